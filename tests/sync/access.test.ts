import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#shared/ids.ts'
import { updateOf } from '../support/peer.ts'
import { Harness, type HarnessOptions, type Someone, waitFor } from '../support/sync-harness.ts'

let harness: Harness
let id: string
let ana: Someone

async function start(options: HarnessOptions = {}): Promise<void> {
  harness = await Harness.open(options)
  ana = await harness.person('Ana')
  id = await harness.document('here')
}

afterEach(() => harness.close())

describe('at the door', () => {
  beforeEach(() => start())

  it.each([
    ['[O1] a foreign origin', { originHeader: 'https://elsewhere.example' }, 403],
    ['[O1] no origin and a cookie', { originHeader: null }, 403],
  ])('%s is refused over HTTP', async (_name, options, status) => {
    const raw = await harness.raw(ana, id, options)
    expect(raw.refusedStatus).toBe(status)
  })

  it('[O1] no origin is fine with a bearer secret', async () => {
    const bearer = decodeURIComponent(ana.cookie.replace('person=', ''))
    const raw = await harness.raw(undefined, id, { bearer, originHeader: null })
    raw.sendStepOne()
    await waitFor(() => raw.document().getText('text').toString() === 'here')
  })

  it('[O2] a path that leads nowhere is refused over HTTP', async () => {
    expect((await harness.raw(ana, 'not-an-id')).refusedStatus).toBe(404)
    expect((await harness.raw(ana, `${id}/more`)).refusedStatus).toBe(404)
  })

  it('[O2] without an upgrade it says what it is', async () => {
    const answer = await fetch(`${harness.origin}/sync/${id}`)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { message: expect.stringContaining('WebSocket') } })
  })

  it('[O2] nobody signed in is accepted and closed with 4401', async () => {
    expect(await (await harness.raw(undefined, id)).closed()).toMatchObject({ code: 4401 })
  })

  it('[O2] no level is closed with 4403, no document with 4404', async () => {
    harness.levels.set(ana.id, 'none')
    expect(await (await harness.raw(ana, id)).closed()).toMatchObject({ code: 4403 })
    expect(await (await harness.raw(ana, newId())).closed()).toMatchObject({ code: 4404 })
  })

  it('[C2] another epoch is closed with 4409, the right one is not', async () => {
    const other = await harness.raw(ana, id, { params: { epoch: 'of-long-ago' } })
    expect(await other.closed()).toMatchObject({ code: 4409 })
    const right = harness.peer(ana, id, { params: { epoch: await harness.epochOf(id) } })
    expect((await right.synced()).text.toString()).toBe('here')
  })

  it('[S1] an older schema is closed with 4426, the same or a newer one is not', async () => {
    expect(await (await harness.raw(ana, id, { params: { schema: '2' } })).closed()).toMatchObject({
      code: 4426,
    })
    await harness.peer(ana, id, { params: { schema: '3' } }).synced()
    await harness.peer(ana, id, { params: { schema: '4' } }).synced()
  })

  it('[O2] every reason fits into a close and is a sentence', async () => {
    harness.levels.set(ana.id, 'none')
    const { reason } = await (await harness.raw(ana, id)).closed()
    expect(reason).toMatch(/^[A-Z].*\.$/)
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123)
  })
})

describe('limits at the door', () => {
  it('[Z2] an account has so many connections', async () => {
    await start({ limits: { userConnections: 2 } })
    await harness.peer(ana, id).synced()
    await harness.peer(ana, id).synced()
    expect(await (await harness.raw(ana, id)).closed()).toMatchObject({ code: 4429 })
    await harness.peer(await harness.person('Ben'), id).synced()
  })

  it('[Z2] a room has so many connections', async () => {
    await start({ limits: { roomConnections: 1 } })
    await harness.peer(ana, id).synced()
    expect(await (await harness.raw(await harness.person('Ben'), id)).closed()).toMatchObject({ code: 4429 })
    await harness.peer(ana, await harness.document('another')).synced()
  })

  it('[O2] an address that fails too often is refused over HTTP; those who are signed in there are not', async () => {
    await start({ limits: { upgradesPerMinute: 3 } })
    for (let i = 0; i < 3; i++) await (await harness.raw(undefined, id)).closed()
    expect((await harness.raw(undefined, id)).refusedStatus).toBe(429)
    expect((await harness.raw({ id: '', name: '', cookie: 'person=' }, id)).refusedStatus).toBe(429)
    await harness.peer(ana, id).synced()
  })

  it('[O2] an account opens so many a minute and is then told to come back later', async () => {
    await start({ limits: { upgradesPerMinute: 100 }, tuning: { upgradesPerAccount: 2 } })
    await harness.peer(ana, id).synced()
    await harness.peer(ana, id).synced()
    expect(await (await harness.raw(ana, id)).closed()).toMatchObject({ code: 4529 })
  })
})

describe('on a live connection', () => {
  beforeEach(() => start())

  it('[I7] [P2] losing access closes with 4403 within two seconds, and nothing more is taken', async () => {
    const [peer, raw] = [await harness.peer(ana, id).synced(), await harness.raw(ana, id)]
    harness.levels.set(ana.id, 'none')
    const since = performance.now()
    harness.sync.accessChanged({ networkId: harness.networkId, accountId: ana.id })
    expect(await peer.closed()).toMatchObject({ code: 4403 })
    expect(await raw.closed()).toMatchObject({ code: 4403 })
    expect(performance.now() - since).toBeLessThan(2000)
    peer.text.insert(0, 'too late ')
    expect(await harness.storedText(id)).toBe('here')
  })

  it('[I7] [P2] another level closes with 4501, and the stock client comes back at it', async () => {
    const peer = await harness.peer(ana, id).synced()
    harness.levels.set(ana.id, 'view')
    harness.sync.accessChanged({ networkId: harness.networkId })
    expect(await peer.closed()).toMatchObject({ code: 4501 })
    await peer.synced()
    peer.text.insert(0, 'no longer ')
    await waitFor(() => peer.closes.at(-1)?.code === 4403)
    expect(await harness.storedText(id)).toBe('here')
  })

  it('[I7] [P2] an ended session closes with 4401, on all of its sockets and no other', async () => {
    const ben = await harness.person('Ben')
    const [first, second, other] = [harness.peer(ana, id), harness.peer(ana, id), harness.peer(ben, id)]
    await Promise.all([first.synced(), second.synced(), other.synced()])
    harness.endedSessions.add(ana.id)
    harness.sync.sessionEnded(`session of ${ana.id}`)
    expect(await first.closed()).toMatchObject({ code: 4401 })
    expect(await second.closed()).toMatchObject({ code: 4401 })
    other.text.insert(0, 'still ')
    await waitFor(async () => (await harness.storedText(id)) === 'still here')
  })

  it('[P1] a change elsewhere, or one that leaves the level as it is, disturbs nobody', async () => {
    const peer = await harness.peer(ana, id).synced()
    harness.sync.accessChanged({ networkId: newId() })
    harness.sync.accessChanged({ networkId: harness.networkId, documentId: newId() })
    harness.sync.accessChanged({ networkId: harness.networkId, documentId: id })
    peer.text.insert(0, 'still ')
    await waitFor(async () => (await harness.storedText(id)) === 'still here')
    expect(peer.closes).toEqual([])
  })

  it('[P1] an error while checking closes with a code to come back', async () => {
    const raw = await harness.raw(ana, id)
    raw.sendStepOne()
    await waitFor(() => raw.hasHeard('step-2').length === 1)
    harness.levels.set(ana.id, new Error('the database is away'))
    harness.sync.accessChanged({ networkId: harness.networkId })
    expect(await raw.closed()).toMatchObject({ code: 4503 })
  })

  it.each([
    ['losing access', 'none', 4403],
    ['another level', 'view', 4501],
  ] as const)('[P1] %s between the question and the opening is not missed', async (_name, level, code) => {
    harness.betweenAskingAndOpening = () => {
      harness.levels.set(ana.id, level)
      harness.sync.accessChanged({ networkId: harness.networkId, accountId: ana.id })
    }
    expect(await (await harness.raw(ana, id)).closed()).toMatchObject({ code })
  })

  it('[P1] an ending session between the question and the opening is not missed', async () => {
    harness.betweenAskingAndOpening = () => {
      harness.endedSessions.add(ana.id)
      harness.sync.sessionEnded(`session of ${ana.id}`)
    }
    expect(await (await harness.raw(ana, id)).closed()).toMatchObject({ code: 4401 })
  })
})

describe('when a hint got lost', () => {
  beforeEach(() => start({ tuning: { accessCheckEvery: 100 } }))

  it('[I7] [P1] the backstop finds lost access and ended sessions', async () => {
    const ben = await harness.person('Ben')
    const [first, second] = [await harness.raw(ana, id), await harness.raw(ben, id)]
    harness.levels.set(ana.id, 'none')
    harness.endedSessions.add(ben.id)
    expect(await first.closed()).toMatchObject({ code: 4403 })
    expect(await second.closed()).toMatchObject({ code: 4401 })
  })
})

describe('what a connection may ask', () => {
  beforeEach(() => start())

  it('[R2] the whole document at most five times in ten seconds', async () => {
    const raw = await harness.raw(ana, id)
    for (let i = 0; i < 5; i++) raw.sendStepOne()
    await waitFor(() => raw.hasHeard('step-2').length === 5)
    raw.sendStepOne()
    expect(await raw.closed()).toMatchObject({ code: 4529 })
  })

  it('[R1] unknown messages are dropped, and twenty of them close', async () => {
    const raw = await harness.raw(ana, id)
    for (let i = 0; i < 19; i++) raw.send([77, i])
    raw.socket.send('text is unknown too', () => {})
    expect(await raw.closed()).toMatchObject({ code: 4529 })
    const patient = await harness.raw(ana, id)
    for (let i = 0; i < 19; i++) patient.send([77, i])
    patient.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, 'and ')))
    patient.ask(1)
    expect(await patient.answered(1)).toMatchObject({ kind: 'saved' })
  })
})
