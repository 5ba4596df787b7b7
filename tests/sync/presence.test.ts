import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RawPeer } from '../support/peer.ts'
import { presenceMessage } from '../support/peer.ts'
import { Harness, type Someone, waitFor } from '../support/sync-harness.ts'

let harness: Harness
let id: string
let ana: Someone
let ben: Someone

beforeEach(async () => {
  harness = await Harness.open({ tuning: { presenceTick: 20 } })
  ana = await harness.person('Ana')
  ben = await harness.person('Ben')
  id = await harness.document('here')
})
afterEach(() => harness.close())

const heardOf = (raw: RawPeer, clientId: number) =>
  raw.hasHeard('presence').flatMap(({ states }) => states.filter((state) => state.clientId === clientId))

const latest = (raw: RawPeer, clientId: number) =>
  waitFor(() => heardOf(raw, clientId).at(-1), { what: `presence of ${clientId}` })

describe('people who are present', () => {
  it('[A1] see each other with the name and role of their session, whatever they say', async () => {
    const [first, second] = [harness.peer(ana, id), harness.peer(ben, id)]
    await Promise.all([first.synced(), second.synced()])
    first.provider.awareness.setLocalState({ at: 'card 1', user: { name: 'The Coordinator', id: ben.id } })
    const seen = await waitFor(() => {
      const state = second.others.get(first.doc.clientID)
      return state?.at === 'card 1' ? state : undefined
    })
    expect(seen).toEqual({ at: 'card 1', user: { id: ana.id, name: 'Ana', color: 3, role: 'Coach' } })
  })

  it('[A2] disappear at once when they leave', async () => {
    const [first, second] = [harness.peer(ana, id), harness.peer(ben, id)]
    await Promise.all([first.synced(), second.synced()])
    await waitFor(() => second.others.has(first.doc.clientID))
    first.provider.ws?.close()
    first.provider.shouldConnect = false
    await waitFor(() => !second.others.has(first.doc.clientID))
  })

  it('[A2] [A3] are seen again at once when they come back with the clock they left with', async () => {
    const watching = await harness.raw(ben, id)
    const first = await harness.raw(ana, id)
    first.sendPresence(9, 5, { at: 'card 1' })
    expect(await latest(watching, 9)).toMatchObject({ clock: 5 })
    first.destroy()
    await waitFor(() => heardOf(watching, 9).at(-1)?.state === null)
    expect(heardOf(watching, 9).at(-1)).toEqual({ clientId: 9, clock: 6, state: null })
    const again = await harness.raw(ana, id)
    again.sendPresence(9, 5, { at: 'card 2' })
    await waitFor(() => heardOf(watching, 9).at(-1)?.state !== null)
    expect(heardOf(watching, 9).at(-1)).toMatchObject({ clock: 7, state: { at: 'card 2' } })
    // Its owner hears of the clock, takes it over, and goes on from there.
    expect(await latest(again, 9)).toMatchObject({ clock: 7 })
    again.sendPresence(9, 8, { at: 'card 3' })
    await waitFor(() => heardOf(watching, 9).at(-1)?.clock === 8)
  })

  it('[T3] are told to be there still with the heartbeat, all in one message', async () => {
    await harness.close()
    harness = await Harness.open({ tuning: { presenceTick: 20, heartbeat: 1500 } })
    const document = await harness.document('here')
    const [watching, one, two] = [
      await harness.raw(ben, document),
      await harness.raw(ana, document),
      await harness.raw(ana, document),
    ]
    one.sendPresence(9, 1, { at: 'card 1' })
    two.sendPresence(10, 1, { at: 'card 2' })
    await Promise.all([latest(watching, 9), latest(watching, 10)])
    const before = watching.hasHeard('presence').length
    // Who they are and where they are is the same; only their clients’ clocks go on.
    one.sendPresence(9, 2, { at: 'card 1' })
    two.sendPresence(10, 2, { at: 'card 2' })
    await waitFor(() => heardOf(watching, 9).at(-1)?.clock === 2)
    expect(heardOf(watching, 10).at(-1)?.clock).toBe(2)
    const since = watching.hasHeard('presence').slice(before)
    expect(since.map(({ states }) => states.length).filter((count) => count > 0)).toEqual([2])
  })

  it('[A2] with the stock client too', async () => {
    const [first, second] = [harness.peer(ana, id), harness.peer(ben, id)]
    await Promise.all([first.synced(), second.synced()])
    for (let round = 0; round < 3; round++) {
      await waitFor(() => second.others.has(first.doc.clientID))
      first.provider.ws?.close()
      await waitFor(() => !second.others.has(first.doc.clientID))
    }
    await waitFor(() => second.others.has(first.doc.clientID))
    first.provider.awareness.setLocalState({ at: 'card 4' })
    await waitFor(() => second.others.get(first.doc.clientID)?.at === 'card 4')
  })

  it('[A1] move to the newer connection of the same account, and the old one leaves without a word', async () => {
    const watching = await harness.raw(ben, id)
    const [old, young] = [await harness.raw(ana, id), await harness.raw(ana, id)]
    old.sendPresence(9, 1, { at: 'old' })
    await latest(watching, 9)
    young.sendPresence(9, 2, { at: 'young' })
    await waitFor(() => JSON.stringify(heardOf(watching, 9).at(-1)?.state).includes('young'))
    old.sendPresence(9, 3, { at: 'old again' })
    old.destroy()
    young.sendPresence(9, 4, { at: 'young still' })
    await waitFor(() => JSON.stringify(heardOf(watching, 9).at(-1)?.state).includes('still'))
    expect(JSON.stringify(heardOf(watching, 9))).not.toContain('old again')
    expect(heardOf(watching, 9).every(({ state }) => state !== null)).toBe(true)
  })

  it('[A1] cannot speak for someone else, nor for a second client id', async () => {
    const watching = await harness.raw(ben, id)
    const [first, thief] = [await harness.raw(ana, id), await harness.raw(ben, id)]
    first.sendPresence(9, 1, { at: 'mine' })
    await latest(watching, 9)
    thief.sendPresence(9, 50, { at: 'stolen' })
    thief.sendPresence(9, 51, null)
    thief.sendPresence(10, 1, { at: 'thief' })
    await latest(watching, 10)
    thief.sendPresence(11, 1, { at: 'second' })
    thief.sendPresence(10, 2, { at: 'end' })
    await waitFor(() => JSON.stringify(heardOf(watching, 10)).includes('end'))
    expect(heardOf(watching, 9)).toHaveLength(1)
    expect(heardOf(watching, 11)).toEqual([])
  })

  it('[A1] echoes of others, which the stock client sends, are passed over', async () => {
    const watching = await harness.raw(ben, id)
    const first = await harness.raw(ana, id)
    first.sendPresence(9, 1, { at: 'mine' })
    await latest(watching, 9)
    const before = watching.hasHeard('presence').length
    const echoing = await harness.raw(ana, id)
    echoing.sendPresence(12, 1, {})
    for (let i = 0; i < 100; i++)
      echoing.send(presenceMessage([{ clientId: 9, clock: 1, state: { at: 'mine' } }]))
    echoing.sendPresence(12, 2, { at: 'own' })
    await waitFor(() => JSON.stringify(heardOf(watching, 12)).includes('own'))
    expect(heardOf(watching, 9)).toHaveLength(1)
    expect(watching.hasHeard('presence').length - before).toBeLessThan(4)
  })

  it('[A1] say at most 2 KiB, in steps of at most 1,000, and nothing that is not a state', async () => {
    const watching = await harness.raw(ben, id)
    const raw = await harness.raw(ana, id)
    raw.sendPresence(9, 1, { at: 'first' })
    await latest(watching, 9)
    raw.sendPresence(9, 2, { at: 'x'.repeat(3000) })
    raw.sendPresence(9, 2000, { at: 'far ahead' })
    raw.sendPresence(9, 3, ['no state'])
    raw.sendPresence(9, 4, 'no state')
    raw.sendPresence(9, 5, { at: 'last' })
    await waitFor(() => heardOf(watching, 9).at(-1)?.clock === 5)
    expect(heardOf(watching, 9).map(({ clock }) => clock)).toEqual([1, 5])
  })

  it('[A1] say at most so much a second, and the last of it is not lost', async () => {
    const watching = await harness.raw(ben, id)
    const raw = await harness.raw(ana, id)
    for (let clock = 1; clock <= 60; clock++) raw.sendPresence(9, clock, { at: `card ${clock}` })
    await waitFor(() => heardOf(watching, 9).at(-1)?.clock === 60)
    expect(heardOf(watching, 9).length).toBeLessThan(15)
  })

  it('[A1] are listed without a cursor where they only read', async () => {
    const vera = await harness.person('Vera', 'view')
    const watching = await harness.raw(ben, id)
    const raw = await harness.raw(vera, id)
    raw.sendPresence(9, 1, { at: 'card 1', cursor: { anchor: 1 }, writing: true })
    expect((await latest(watching, 9)).state).toEqual({
      user: { id: vera.id, name: 'Vera', color: 3, role: 'Coach' },
    })
  })

  it('[T3] are told to who comes later, and to who asks', async () => {
    const first = await harness.raw(ana, id)
    first.sendPresence(9, 1, { at: 'card 1' })
    await latest(first, 9)
    const late = await harness.raw(ben, id)
    expect(await latest(late, 9)).toMatchObject({ state: { at: 'card 1' } })
    late.send([3])
    await waitFor(() => heardOf(late, 9).length === 2)
  })
})

describe('silence', () => {
  it('[T3] is broken before the stock client takes it for a lost connection', async () => {
    await harness.close()
    harness = await Harness.open({ tuning: { heartbeat: 20, silence: 50 } })
    const raw = await harness.raw(await harness.person('Ana'), await harness.document('quiet'))
    const before = raw.hasHeard('presence').length
    await waitFor(() => raw.hasHeard('presence').length > before + 3)
    expect(raw.hasHeard('presence').at(-1)?.states).toEqual([])
  })

  it('[A2] of someone whose lid was closed ends their presence', async () => {
    await harness.close()
    harness = await Harness.open({ tuning: { heartbeat: 20, deadAfter: 100, presenceTick: 20 } })
    const someone = await harness.person('Ana')
    const document = await harness.document('quiet')
    const [asleep, awake] = [await harness.raw(someone, document), await harness.raw(someone, document)]
    asleep.sendPresence(9, 1, { at: 'card 1' })
    await latest(awake, 9)
    asleep.socket.pause()
    await waitFor(() => heardOf(awake, 9).at(-1)?.state === null)
    expect(harness.sync.gauges.connections()).toBe(1)
  })
})

const placeOf = (raw: RawPeer, clientId: number) =>
  (heardOf(raw, clientId).at(-1)?.state as { readonly at?: string } | null | undefined)?.at

describe('a crowd', () => {
  /** Four people are one more than make a crowd here; `crowdTick` says when their list is told. */
  async function crowdOf(crowdTick: number) {
    await harness.close()
    harness = await Harness.open({ tuning: { presenceTick: 10, crowd: 3, crowdTick } })
    id = await harness.document('here')
    const people = await Promise.all(['Ana', 'Ben', 'Cleo', 'Dana'].map((name) => harness.person(name)))
    const carl = await harness.person('Carl', 'comment')
    const watching = await harness.raw(people[0], id)
    const raws = await Promise.all(people.slice(1).map((person) => harness.raw(person, id)))
    const [ben, cleo] = raws
    watching.sendPresence(1, 1, {})
    ben?.sendPresence(2, 1, { at: 'card 1' })
    await latest(watching, 2)
    cleo?.sendPresence(3, 1, {})
    await latest(watching, 3)
    const commenting = await harness.raw(carl, id)
    commenting.sendPresence(5, 1, { at: 'card 5' })
    return { watching, ben, commenting }
  }

  it('[T4] sees at once where those are who edit, and is told of its people later', async () => {
    const { watching, ben, commenting } = await crowdOf(60_000)
    ben?.sendPresence(2, 2, { at: 'card 2' })
    await waitFor(() => placeOf(watching, 2) === 'card 2')
    commenting.sendPresence(5, 2, { at: 'card 6' })
    ben?.sendPresence(2, 3, { at: 'card 3' })
    await waitFor(() => placeOf(watching, 2) === 'card 3')
    expect(heardOf(watching, 5)).toEqual([])
  })

  it('[T4] lists those who do not edit, without what they look at', async () => {
    const { watching } = await crowdOf(50)
    const { state } = await latest(watching, 5)
    expect(state).toEqual({ user: expect.objectContaining({ name: 'Carl' }) })
  })
})
