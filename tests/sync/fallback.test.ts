import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { close, limits } from '#shared/sync-protocol.ts'
import { type FailingDatabase, failingDatabase } from '../support/failing-database.ts'
import { HttpPeer } from '../support/http-peer.ts'
import { askMessage, syncMessage, updateOf } from '../support/peer.ts'
import { Harness, type Someone, waitFor } from '../support/sync-harness.ts'

// HTTP fallback (sync.md): the same rooms, and all their promises, over a stream of events and posted bodies.

let harness: Harness
let id: string
let ana: Someone
let ben: Someone
let before: Uint8Array
const opened: HttpPeer[] = []

beforeEach(async () => {
  harness = await Harness.open({ tuning: { markerGrace: 100 } })
  ana = await harness.person('Ana')
  ben = await harness.person('Ben')
  id = await harness.document('here')
  before = (await harness.replayed(id)).whole
})
afterEach(async () => {
  for (const peer of opened.splice(0)) peer.destroy()
  await harness.close()
})

async function over(
  someone: Someone | undefined,
  more: { documentId?: string; query?: string; originHeader?: string | null; site?: string } = {},
) {
  const cookie = someone && { cookie: someone.cookie }
  const peer = await HttpPeer.open({ origin: harness.origin, documentId: id, ...cookie, ...more })
  opened.push(peer)
  return peer
}

/** Typed at the beginning of what the document held when the test began. */
const type = (words: string) => updateOf((doc) => doc.getText('text').insert(0, words), { before })

describe('someone whose network blocks sockets', () => {
  it('[I2] writes and reads in the same room as everyone else', async () => {
    const [peer, socket] = [await over(ana), await harness.peer(ben, id).synced()]
    await peer.sendStepOne()
    await waitFor(() => peer.hasHeard('step-2').length === 1)
    expect(await peer.sendUpdate(type('now '))).toBe(204)
    await waitFor(() => socket.text.toString() === 'now here')
    socket.text.insert(0, 'and ')
    await waitFor(() => peer.hasHeard('update').length === 2)
    const doc = new Y.Doc()
    for (const one of [...peer.hasHeard('step-2'), ...peer.hasHeard('update')])
      Y.applyUpdate(doc, one.payload)
    expect(doc.getText('text').toString()).toBe('and now here')
  })

  it('[I1] is answered once what it sent is in the database, and its markers too', async () => {
    const peer = await over(ana)
    expect(await peer.post(syncMessage(2, type('now ')), askMessage(1))).toBe(204)
    expect(await harness.storedText(id)).toBe('now here')
    await waitFor(() => peer.hasHeard('saved').some(({ counter }) => counter === 1))
  })

  it('[A2] is seen by the others, and no longer when the stream has ended', async () => {
    const [peer, raw] = [await over(ana), await harness.raw(ben, id)]
    await peer.sendPresence(77, 1, { at: 'card/1' })
    const said = () =>
      raw.hasHeard('presence').flatMap(({ states }) => states.filter(({ clientId }) => clientId === 77))
    await waitFor(() => said().some(({ state }) => JSON.stringify(state)?.includes('"name":"Ana"')))
    peer.destroy()
    await waitFor(() => said().at(-1)?.state === null)
    await waitFor(() => harness.sync.gauges.connections() === 1)
  })

  it('[I3] changes nothing who may only read, and hears why', async () => {
    const vera = await harness.person('Vera', 'view')
    const peer = await over(vera)
    await peer.post(syncMessage(2, type('no ')), askMessage(1))
    await waitFor(() => peer.hasHeard('refused').length > 0)
    expect(await harness.storedText(id)).toBe('here')
  })

  it('[I7] loses what it may do within two seconds', async () => {
    const peer = await over(ana)
    harness.levels.set(ana.id, 'view')
    harness.sync.accessChanged({ networkId: harness.networkId, accountId: ana.id })
    await waitFor(() => peer.close?.code === close.levelChanged)
    expect(await peer.sendUpdate(type('late '))).toBe(410)
  })

  it.each([
    ['the document is gone', { documentId: '01a21812-bb90-75eb-8ae1-fd4d78a4baf6' }, close.gone],
    ['another epoch is declared', { query: '?epoch=other' }, close.epochChanged],
    ['the page is too old', { query: '?schema=1' }, close.clientTooOld],
  ])('[O2] hears with a close code why not, where %s', async (_, more, code) => {
    const peer = await over(ana, more)
    await waitFor(() => peer.close?.code === code)
  })

  it('[D4] is told when the server restarts', async () => {
    const peer = await over(ana)
    await harness.sync.close()
    await waitFor(() => peer.close?.code === close.restart)
  })
})

describe('a stream', () => {
  const ask = (documentId: string, json: unknown) =>
    fetch(`${harness.origin}/sync/${documentId}/stream`, {
      method: 'POST',
      headers: { cookie: ana.cookie, origin: harness.origin },
      body: JSON.stringify(json),
    })

  it('carries the wires of several documents, each told apart, and all end with it', async () => {
    const other = await harness.document('there')
    const peer = await over(ana)
    const second = (await (await ask(other, { carrier: peer.carrier, name: 'second' })).json()) as {
      secret: string
    }
    const heard: string[] = []
    peer.onOther = (name, event) => heard.push(`${event} ${name}`)
    await waitFor(() => heard.includes('frame second'))
    await peer.sendStepOne()
    await waitFor(() => peer.hasHeard('step-2').length === 1)
    expect(harness.sync.gauges.connections()).toBe(2)
    const ended = await fetch(`${harness.origin}/sync/${other}/stream/${second.secret}`, {
      method: 'DELETE',
      headers: { cookie: ana.cookie, origin: harness.origin },
    })
    expect(ended.status).toBe(204)
    expect(harness.sync.gauges.connections()).toBe(1)
    peer.destroy()
    await waitFor(() => harness.sync.gauges.connections() === 0)
  })

  it('carries nothing for someone else, twice under one name, or that is not asked for properly', async () => {
    const [hers, his] = [await over(ana), await over(ben)]
    expect((await ask(id, { carrier: his.carrier, name: 'mine' })).status).toBe(410)
    expect((await ask(id, { carrier: 'guessed', name: 'mine' })).status).toBe(410)
    expect((await ask(id, { carrier: hers.carrier, name: hers.name })).status).toBe(409)
    for (const json of [{}, { carrier: hers.carrier }, { carrier: hers.carrier, name: 'a b\n' }, 7])
      expect((await ask(id, json)).status).toBe(400)
    expect(harness.sync.gauges.connections()).toBe(2)
  })

  it('is for those who are signed in, ends no wire of someone else, and opens no more when the server stops', async () => {
    const ofPage = { origin: harness.origin }
    const stream = (headers: Record<string, string>) => fetch(`${harness.origin}/sync/stream`, { headers })
    expect((await stream(ofPage)).status).toBe(401)
    const hers = await over(ana)
    const endedBy = async (someone: Someone) => {
      const headers = { ...ofPage, cookie: someone.cookie }
      return (await fetch(`${hers.address}/${hers.secret}`, { method: 'DELETE', headers })).status
    }
    expect(await endedBy(ben)).toBe(410)
    expect(harness.sync.gauges.connections()).toBe(1)
    expect(await endedBy(ana)).toBe(204)
    expect(await endedBy(ana)).toBe(410)
    await harness.sync.close()
    expect((await stream({ ...ofPage, cookie: ana.cookie })).status).toBe(503)
  })

  it('that carries nothing ends by itself, and so does the oldest of too many', async () => {
    const quick = await Harness.open({ tuning: { sweepEvery: 50 } })
    const [cleo, document] = [await quick.person('Cleo'), await quick.document('')]
    const nothing = new HttpPeer({ origin: quick.origin, documentId: 'none', cookie: cleo.cookie })
    await waitFor(() => nothing.isOver)
    const riders: HttpPeer[] = []
    for (let count = 0; count < 21; count++)
      riders.push(await HttpPeer.open({ origin: quick.origin, documentId: document, cookie: cleo.cookie }))
    await waitFor(() => riders[0]?.isOver === true)
    expect(riders.slice(1).some(({ isOver }) => isOver)).toBe(false)
    for (const peer of riders) peer.destroy()
    await quick.close()
  })

  it('[K1] whose browser reads too slowly gets what it missed at once, and not a letter less', async () => {
    const slow = await Harness.open({
      tuning: {
        slowAt: 20_000,
        caughtUpAt: 5_000,
        slowCheck: 20,
        bytesPerSecond: 1e9,
        bytesBurst: 1e9,
      },
    })
    const [cleo, dora] = [await slow.person('Cleo'), await slow.person('Dora')]
    const document = await slow.document('')
    const reader = await HttpPeer.open({ origin: slow.origin, documentId: document, cookie: cleo.cookie })
    await reader.sendStepOne()
    await waitFor(() => reader.hasHeard('step-2').length === 1)
    const writer = await slow.peer(dora, document).synced()
    const goOn = reader.holdReading()
    // More than all that lies between a server and its reader.
    for (let piece = 0; piece < 120; piece++) {
      writer.doc.transact(() => {
        writer.text.delete(0, writer.text.length)
        writer.text.insert(0, `${piece % 10}`.repeat(100_000))
      })
      await waitFor(async () => (await slow.storedText(document)) === writer.text.toString())
    }
    goOn()
    const doc = () => {
      const read = new Y.Doc()
      for (const one of [...reader.hasHeard('step-2'), ...reader.hasHeard('update')])
        Y.applyUpdate(read, one.payload)
      return read
    }
    await waitFor(() => doc().getText('text').toString() === writer.text.toString())
    expect(doc().store.pendingStructs).toBeNull()
    expect(reader.hasHeard('update').length).toBeLessThan(120)
    reader.destroy()
    await slow.close()
  }, 60_000)
})

describe('what is posted', () => {
  it('[O1] from a page of another address is refused, and so is a stream', async () => {
    const peer = await over(ana)
    expect(await peer.postBody(new Uint8Array(), { origin: 'http://evil.example' })).toBe(403)
    const foreign = await over(ana, { originHeader: 'http://evil.example' })
    expect(foreign.status).toBe(403)
    // A browser names no origin where its own page reads.
    const [own, another] = [{ site: 'same-origin' }, { site: 'cross-site' }]
    expect((await over(ana, { originHeader: null, ...own })).status).toBe(201)
    expect((await over(ana, { originHeader: null, ...another })).status).toBe(403)
    expect((await over(ana, { originHeader: null })).status).toBe(403)
  })

  it('on the wire of someone else is refused', async () => {
    const [hers, his] = [await over(ana), await over(ben)]
    his.secret = hers.secret
    expect(await his.sendUpdate(type('stolen '))).toBe(410)
    expect(await harness.storedText(id)).toBe('here')
  })

  it('without a sign-in is refused, and a stream is told 4401', async () => {
    const peer = await over(undefined)
    await waitFor(() => peer.close?.code === close.sessionEnded)
    peer.secret = 'guessed'
    expect(await peer.ask(1)).toBe(410)
  })

  it.each([
    ['half a length', new Uint8Array([0, 0])],
    ['less than it says', new Uint8Array([0, 0, 0, 9, 1])],
    ['more than four thousand million bytes, it says', new Uint8Array([255, 255, 255, 255])],
    ['a great many empty messages', new Uint8Array(4 * 2_001)],
  ])('is refused where it is %s, and the connection goes on', async (_, body) => {
    const peer = await over(ana)
    expect(await peer.postBody(body)).toBe(400)
    expect(await peer.sendUpdate(type('now '))).toBe(204)
    expect(await harness.storedText(id)).toBe('now here')
  })

  it('[Z2] is refused while too much of it waits, and what waits is kept', async () => {
    let disk: FailingDatabase | undefined
    const slow = await Harness.open({
      database: (db) => {
        disk = failingDatabase(db)
        return disk
      },
    })
    const [cleo, document] = [await slow.person('Cleo'), await slow.document('here')]
    const peer = await HttpPeer.open({ origin: slow.origin, documentId: document, cookie: cleo.cookie })
    let open = () => {}
    if (disk) disk.gate = new Promise((resolve) => (open = resolve))
    const start = (await slow.replayed(document)).whole
    const typed = updateOf((doc) => doc.getText('text').insert(0, 'now '), { before: start })
    const waiting = [peer.sendUpdate(typed), ...[1, 2, 3].map((counter) => peer.ask(counter))]
    await waitFor(async () => (await peer.ask(9)) === 429)
    open()
    expect(await Promise.all(waiting)).toEqual([204, 204, 204, 204])
    expect(await slow.storedText(document)).toBe('now here')
    peer.destroy()
    await slow.close()
  })

  it('[Z1] and larger than any message may be is refused', async () => {
    const peer = await over(ana)
    expect(await peer.postBody(new Uint8Array(limits.frame + 1))).toBe(413)
  })

  it('[I10] and is no message is its sender’s matter alone', async () => {
    const [peer, socket] = [await over(ana), await harness.peer(ben, id).synced()]
    await peer.post(new Uint8Array([0, 2, 255, 255]), new Uint8Array([250, 1]), new Uint8Array())
    socket.text.insert(0, 'still ')
    await waitFor(async () => (await harness.storedText(id)) === 'still here')
  })
})
