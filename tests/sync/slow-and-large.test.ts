import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Peer, updateOf } from '../support/peer.ts'
import { Harness, type HarnessOptions, type Someone, waitFor } from '../support/sync-harness.ts'
import { openWire, type Wire } from '../support/wire.ts'

let harness: Harness
let wire: Wire | undefined
let ana: Someone
let ben: Someone

async function start(options: HarnessOptions = {}): Promise<void> {
  harness = await Harness.open(options)
  ana = await harness.person('Ana')
  ben = await harness.person('Ben')
}
afterEach(async () => {
  await wire?.close()
  wire = undefined
  await harness.close()
})

const noise = (length: number): string => randomBytes(length / 2).toString('hex')

describe('someone whose network is slow', () => {
  it('[K1] misses nothing: what was held back comes as one diff when the way is free', async () => {
    await start({ tuning: { slowCheck: 20, messagesBurst: 10_000, bytesBurst: 2 ** 30 } })
    const id = await harness.document('')
    wire = await openWire(harness.origin)
    const slow = await harness.raw(ben, id, { origin: wire.origin, originHeader: harness.origin })
    slow.sendStepOne()
    await waitFor(() => slow.hasHeard('step-2').length === 1)
    const [fast, other] = [harness.peer(ana, id), harness.peer(ana, id)]
    await Promise.all([fast.synced(), other.synced()])
    wire.stall()
    // Far more than the system itself holds between two sockets.
    for (let i = 0; i < 80; i++) await writeALot(fast, other, i)
    fast.text.insert(0, 'the end ')
    await waitFor(() => other.text.toString().startsWith('the end'))
    wire.resume()
    await waitFor(() => slow.hasHeard('update').length > 0)
    await waitFor(() => slow.document().getText('text').toString() === fast.text.toString(), { every: 200 })
    expect(slow.document().store.pendingStructs).toBeNull()
    expect(slow.hasHeard('update').length).toBeLessThan(80)
    fast.text.insert(0, 'and on ')
    await waitFor(() => slow.document().getText('text').toString().startsWith('and on the end'))
    expect(slow.close).toBeUndefined()
  })

  it('[K1] [I10] is closed with 1013 when it never recovers, and nobody else waits for it', async () => {
    await start({ tuning: { slowCheck: 20, tooSlowAfter: 200, messagesBurst: 10_000, bytesBurst: 2 ** 30 } })
    const id = await harness.document('')
    wire = await openWire(harness.origin)
    const stuck = await harness.raw(ben, id, { origin: wire.origin, originHeader: harness.origin })
    stuck.sendStepOne()
    await waitFor(() => stuck.hasHeard('step-2').length === 1)
    const [fast, other] = [harness.peer(ana, id), harness.peer(ana, id)]
    await Promise.all([fast.synced(), other.synced()])
    wire.stall()
    for (let i = 0; i < 80; i++) await writeALot(fast, other, i)
    await waitFor(() => harness.sync.gauges.connections() === 2, { timeout: 10_000 })
  })
})

/** Most of it is deleted again, so that the document stays small while the way is filled. */
async function writeALot(writer: Peer, reader: Peer, turn: number): Promise<void> {
  writer.text.insert(0, noise(150_000))
  if (turn % 4 === 3) writer.text.delete(100, writer.text.length - 100)
  await waitFor(() => reader.text.length === writer.text.length)
}

describe('someone who sends a lot', () => {
  it('[Z2] is read more slowly, loses nothing and is not closed', async () => {
    await start({ tuning: { messagesPerSecond: 200, messagesBurst: 50 } })
    const id = await harness.document('')
    const raw = await harness.raw(ana, id)
    const doc = new Y.Doc()
    doc.on('update', (update) => raw.sendUpdate(update))
    const since = performance.now()
    // In pieces, since what one piece of the network brings is taken as a whole.
    for (let i = 0; i < 250; i++) {
      doc.getText('text').insert(i, 'x')
      if (i % 25 === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    raw.ask(1)
    expect(await raw.answered(1)).toMatchObject({ kind: 'saved' })
    expect(performance.now() - since).toBeGreaterThan(500)
    expect(await harness.storedText(id)).toBe('x'.repeat(250))
    expect(raw.close).toBeUndefined()
  })

  it('[Z1] in one update is answered with a nack and 4413, which the stock client takes as final', async () => {
    await start()
    const id = await harness.document('')
    const raw = await harness.raw(ana, id)
    raw.ask(1)
    await raw.answered(1)
    raw.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, 'x'.repeat(1024 * 1024))))
    expect(await raw.closed()).toMatchObject({ code: 4413 })
    expect(raw.hasHeard('refused')).toMatchObject([
      { counter: 1, reason: expect.stringContaining('too large') },
    ])

    const peer = await harness.peer(ben, id).synced()
    peer.text.insert(0, 'x'.repeat(1024 * 1024 + 1))
    expect(await peer.closed()).toMatchObject({ code: 4413 })
    expect(peer.provider.shouldConnect).toBe(false)
    expect(await harness.storedText(id)).toBe('')
  })

  it('[Z1] may bring more than that from a long time offline', async () => {
    await start()
    const id = await harness.document('')
    const doc = new Y.Doc()
    for (let i = 0; i < 4; i++) doc.getText('text').insert(0, noise(600_000))
    const peer = harness.peer(ana, id, { doc })
    await peer.synced()
    await waitFor(async () => (await harness.storedText(id)).length === 2_400_000)
    expect(peer.closes).toEqual([])
  })

  it('[Z1] may fill a document up to 8 MiB and then only make it smaller', async () => {
    await start({ tuning: { bytesBurst: 2 ** 30 } })
    const id = await harness.document('')
    const doc = new Y.Doc()
    for (let i = 0; i < 8; i++) doc.getText('text').insert(0, noise(1_000_000))
    const peer = await harness.peer(ana, id, { doc }).synced()
    await waitFor(async () => (await harness.sync.readLive(id)).doc.getText('text').length === 8_000_000)
    const more = await harness.raw(ben, id)
    more.sendUpdate(updateOf((other) => other.getText('more').insert(0, noise(500_000))))
    expect(await more.closed()).toMatchObject({ code: 4413 })
    peer.text.delete(0, 4_000_000)
    await waitFor(async () => (await harness.sync.readLive(id)).doc.getText('text').length === 4_000_000)
    const again = await harness.raw(ben, id)
    again.sendUpdate(updateOf((other) => other.getText('more').insert(0, noise(500_000))))
    again.ask(1)
    expect(await again.answered(1)).toMatchObject({ kind: 'saved' })
  })

  it('[Z1] beyond the transport limit is cut off, and the rest goes on', async () => {
    await start()
    const id = await harness.document('')
    const peer = await harness.peer(ben, id).synced()
    const raw = await harness.raw(ana, id)
    raw.send(new Uint8Array(11 * 1024 * 1024))
    expect(await raw.closed()).toMatchObject({ code: 1009 })
    peer.text.insert(0, 'on')
    await waitFor(async () => (await harness.storedText(id)) === 'on')
  })
})
