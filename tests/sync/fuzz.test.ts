import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { Level } from '#shared/access.ts'
import { levels } from '#shared/access.ts'
import { Connection } from '../../server/sync/connection.ts'
import { mutated } from '../support/mutations.ts'
import { askMessage, type Peer, type RawPeer, readHeard, syncMessage, updateOf } from '../support/peer.ts'
import { below, editAtRandom, type Random, randomFrom } from '../support/random-edits.ts'
import { Harness, type Someone, waitFor } from '../support/sync-harness.ts'

const isLong = process.env.THROUGHLINE_LONG === '1'
const framesPerLevel = isLong ? 1_000_000 : 20_000 / levels.length
const seed = Number(process.env.FUZZ_SEED ?? (isLong ? Date.now() % 1e9 : 7))
/** Sent at a time, and how many such senders there are at once. */
const batch = 40
const senders = 6

let harness: Harness
let ben: Someone

beforeAll(async () => {
  harness = await Harness.open({
    // What comes too fast or too often is slowed down or sent away; here as much as can be is to be looked at.
    tuning: {
      messagesPerSecond: 1e9,
      messagesBurst: 1e9,
      bytesPerSecond: 1e12,
      bytesBurst: 1e12,
      unknownMessages: 1e9,
    },
  })
  ben = await harness.person('Ben')
})
afterAll(() => harness.close())

/** What two people's stock clients send while they edit. */
async function recordTraffic(id: string, random: Random): Promise<readonly Uint8Array[]> {
  const frames: Uint8Array[] = [askMessage(1)]
  const peers = [harness.peer(ben, id), harness.peer(await harness.person('Cleo'), id)]
  await Promise.all(peers.map((peer) => peer.synced()))
  for (const { provider } of peers) {
    const socket = provider.ws as unknown as { send(data: Uint8Array): void }
    const send = socket.send.bind(socket)
    socket.send = (data) => {
      frames.push(Uint8Array.from(data))
      send(data)
    }
  }
  for (let turn = 0; turn < 120; turn++) {
    const peer = peers[turn % 2] as Peer
    editAtRandom(peer.doc, random)
    peer.provider.awareness.setLocalState({ at: `card ${below(random, 9)}`, writing: random() < 0.5 })
  }
  await waitFor(() => peers[0]?.text.toString() === peers[1]?.text.toString())
  const state = Y.encodeStateAsUpdate((peers[0] as Peer).doc)
  for (const peer of peers) peer.destroy()
  return [...frames, ...Array.from({ length: 200 }, () => syncMessage(2, newEdit(state, random)))]
}

/** An edit that nobody has made yet, so that what becomes of it is news to the server. */
const newEdit = (before: Uint8Array, random: Random): Uint8Array =>
  updateOf((doc) => editAtRandom(doc, random), { before, clientId: 1 + below(random, 2 ** 31) })

/** One socket after the other, each until it is closed, until `isEnough`. */
async function sendMutated(
  someone: Someone,
  id: string,
  corpus: readonly Uint8Array[],
  random: Random,
  isEnough: () => boolean,
): Promise<void> {
  let counter = 1000
  while (!isEnough()) {
    const raw = new WebSocket(`${harness.origin.replace('http', 'ws')}/sync/${id}`, {
      headers: { cookie: someone.cookie, origin: harness.origin },
    })
    raw.on('error', () => {})
    const closed = new Promise<void>((resolve) => raw.once('close', () => resolve()))
    await Promise.race([new Promise<void>((resolve) => raw.once('open', () => resolve())), closed])
    while (raw.readyState === WebSocket.OPEN && !isEnough()) {
      for (let sent = 0; sent < batch; sent++) {
        raw.send(mutated(corpus[below(random, corpus.length)] as Uint8Array, corpus, random))
      }
      const asked = ++counter
      raw.send(askMessage(asked))
      const answered = new Promise<void>((resolve) => {
        raw.on('message', function hear(data: Buffer) {
          const heard = readHeard(new Uint8Array(data))
          if (!('counter' in heard) || heard.counter !== asked) return
          raw.off('message', hear)
          resolve()
        })
      })
      // A marker that waits for what is missing is never answered: then another socket goes on.
      await Promise.race([answered, closed, new Promise((resolve) => setTimeout(resolve, 50).unref())])
    }
    raw.terminate()
  }
}

async function roundTrips(peer: RawPeer, count: number): Promise<readonly number[]> {
  const took: number[] = []
  for (let turn = 0; turn < count; turn++) {
    const [begin, asked] = [performance.now(), peer.hasHeard('saved').length + 1]
    peer.ask(asked)
    await peer.answered(asked)
    took.push(performance.now() - begin)
  }
  return took.sort((a, b) => a - b)
}

it.each(levels)(
  '[I3] [I10] [I9] whatever bytes someone sends who may %s: nothing breaks, and nothing changes that they may not change',
  { timeout: isLong ? 3_600_000 : 60_000 },
  async (level: Level) => {
    const random = randomFrom(seed)
    const id = await harness.document('here')
    const corpus = await recordTraffic(id, random)
    const elsewhere = await harness.document('elsewhere')
    const bystander = await harness.raw(ben, elsewhere)
    const before = { ...(await harness.replayed(id)), times: await roundTrips(bystander, 20) }

    let handled = 0
    const { handle } = Connection.prototype
    Connection.prototype.handle = function (frame) {
      if (this.admission.documentId === id) handled++
      return handle.call(this, frame)
    }
    const times: number[] = []
    try {
      let isDone = false
      const attack = Promise.all(
        Array.from({ length: senders }, async (_, index) => {
          const someone = await harness.person(`Sender ${index}`, level)
          await sendMutated(someone, id, corpus, random, () => handled >= framesPerLevel)
        }),
      ).then(() => {
        isDone = true
      })
      while (!isDone) times.push(...(await roundTrips(bystander, 1)))
      await attack
    } finally {
      Connection.prototype.handle = handle
    }
    console.log(
      `seed ${seed}, ${level}: ${handled} frames; ${JSON.stringify(Object.fromEntries(harness.sync.gauges.refused()))}`,
    )

    const after = await harness.replayed(id)
    expect(after.fromSnapshot).toEqual(after.whole)
    expect(Buffer.compare(after.whole, before.whole) === 0).toBe(level !== 'edit')
    const { doc } = await harness.sync.readLive(id)
    expect(doc.store.pendingStructs).toBeNull()
    expect(bystander.close).toBe(undefined)
    if (isLong) {
      const [now = 0, then = 0] = [times.sort((a, b) => a - b)[times.length >> 1], before.times[10]]
      expect(now).toBeLessThan(2 * then + 20)
    }
    bystander.destroy()
  },
)
