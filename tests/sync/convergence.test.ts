import { afterEach, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { Peer } from '../support/peer.ts'
import { below, editAtRandom, randomFrom } from '../support/random-edits.ts'
import { encoded, Harness, waitFor } from '../support/sync-harness.ts'
import { openWire, type Wire } from '../support/wire.ts'

let harness: Harness
const wires: Wire[] = []

afterEach(async () => {
  for (const wire of wires.splice(0)) await wire.close()
  await harness.close()
})

it.each([1, 2, 3, 4])(
  '[I2] [I4] five people edit at random over bad networks, and all end with the same document (%i)',
  async (seed) => {
    harness = await Harness.open({ tuning: { snapshotRows: 40, settleAfter: 5, idleFor: 5, sweepEvery: 10 } })
    const id = await harness.document('', () => {})
    const random = randomFrom(seed)
    const peers: { readonly wire: Wire; readonly peer: Peer }[] = []
    for (const name of ['Ana', 'Ben', 'Cleo', 'Dan', 'Eva']) {
      const wire = await openWire(harness.origin)
      wire.delay = below(random, 3) * 15
      wires.push(wire)
      const someone = await harness.person(name)
      peers.push({
        wire,
        peer: harness.peer(someone, id, { origin: wire.origin, originHeader: harness.origin }),
      })
    }
    await Promise.all(peers.map(({ peer }) => peer.synced()))

    for (let step = 0; step < 250; step++) {
      const { wire, peer } = peers[below(random, peers.length)] as { wire: Wire; peer: Peer }
      const event = random()
      if (event < 0.9) editAtRandom(peer.doc, random)
      else if (event < 0.94) wire.cut()
      else if (event < 0.96) wire.stall()
      else if (event < 0.98) wire.resume()
      else if (event < 0.99) peer.disconnect()
      else peer.connect()
      // A frame that comes twice or late is nothing new to a document.
      if (event > 0.3 && event < 0.33 && peer.provider.wsconnected) send(peer, wholeState(peer.doc))
      if (random() < 0.4) await new Promise((resolve) => setTimeout(resolve, below(random, 12)))
    }

    for (const { wire, peer } of peers) {
      wire.resume()
      peer.connect()
    }
    const live = () => harness.sync.readLive(id)
    await waitFor(
      async () => {
        const state = encoded([Y.encodeStateAsUpdate((await live()).doc)])
        return peers.every(
          ({ peer }) => Buffer.compare(encoded([Y.encodeStateAsUpdate(peer.doc)]), state) === 0,
        )
      },
      { timeout: 15_000, every: 50, what: 'all to have the same document' },
    )
    const { whole, fromSnapshot } = await harness.replayed(id)
    expect(whole).toEqual(encoded([Y.encodeStateAsUpdate((await live()).doc)]))
    expect(fromSnapshot).toEqual(whole)
    for (const { peer } of peers)
      expect(peer.closes.filter(({ code }) => code >= 4400 && code < 4500)).toEqual([])
  },
)

const send = (peer: Peer, frame: Uint8Array): void =>
  (peer.provider.ws as unknown as WebSocket | null)?.send(frame)

function wholeState(doc: Y.Doc): Uint8Array {
  const state = Y.encodeStateAsUpdate(doc)
  const length: number[] = []
  for (let left = state.byteLength; ; left = Math.floor(left / 128)) {
    length.push(left > 127 ? (left % 128) | 128 : left)
    if (left <= 127) break
  }
  return Uint8Array.from([0, 2, ...length, ...state])
}
