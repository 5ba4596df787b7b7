import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { presenceMessage, syncMessage } from './peer.ts'
import { below, type Random } from './random-edits.ts'

/** What happens to a frame on its way from a broken or hostile program. `corpus` is other traffic of the same sort. */
export function mutated(frame: Uint8Array, corpus: readonly Uint8Array[], random: Random): Uint8Array {
  const mutation = mutations[below(random, mutations.length)] ?? flipBit
  const once = mutation(frame, corpus, random)
  return random() < 0.15 ? mutated(once, corpus, random) : once
}

type Mutation = (frame: Uint8Array, corpus: readonly Uint8Array[], random: Random) => Uint8Array

/** What others sent, sent once more: in somebody else's name where it is an edit. */
function asItIs(frame: Uint8Array): Uint8Array {
  return frame
}

function flipBit(frame: Uint8Array, _: readonly Uint8Array[], random: Random): Uint8Array {
  const copy = Uint8Array.from(frame)
  const at = below(random, copy.length)
  copy[at] = (copy[at] ?? 0) ^ (1 << below(random, 8))
  return copy
}

function setByte(frame: Uint8Array, _: readonly Uint8Array[], random: Random): Uint8Array {
  const copy = Uint8Array.from(frame)
  copy[below(random, copy.length)] = [0, 1, 127, 128, 255][below(random, 5)] ?? 0
  return copy
}

const truncate: Mutation = (frame, _, random) => frame.slice(0, below(random, frame.length))

const extend: Mutation = (frame, _, random) =>
  Uint8Array.from([...frame, ...Array.from({ length: 1 + below(random, 9) }, () => below(random, 256))])

function dropBytes(frame: Uint8Array, _: readonly Uint8Array[], random: Random): Uint8Array {
  const at = below(random, frame.length)
  return Uint8Array.from([...frame.slice(0, at), ...frame.slice(at + 1 + below(random, 4))])
}

/** The same number in more bytes than it needs. */
function padVarint(frame: Uint8Array, _: readonly Uint8Array[], random: Random): Uint8Array {
  const at = below(random, frame.length)
  const byte = frame[at] ?? 0
  if (byte > 127) return frame
  return Uint8Array.from([...frame.slice(0, at), byte | 128, 128, 0, ...frame.slice(at + 1)])
}

/** A length, a clock or a count that nobody has. */
function hugeNumber(frame: Uint8Array, _: readonly Uint8Array[], random: Random): Uint8Array {
  const at = below(random, frame.length)
  const huge = [
    [255, 255, 255, 255, 15],
    [255, 255, 255, 255, 255, 255, 255, 15],
    [255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
  ][below(random, 3)] as number[]
  return Uint8Array.from([...frame.slice(0, at), ...huge, ...frame.slice(at + 1)])
}

function splice(frame: Uint8Array, corpus: readonly Uint8Array[], random: Random): Uint8Array {
  const other = corpus[below(random, corpus.length)] ?? frame
  return Uint8Array.from([
    ...frame.slice(0, below(random, frame.length)),
    ...other.slice(below(random, other.length)),
  ])
}

/** Another sort of message with the same bytes in it. */
const swapType: Mutation = (frame, _, random) =>
  Uint8Array.from([[0, 1, 2, 3, 102, 200][below(random, 6)] ?? 0, below(random, 4), ...frame.slice(2)])

const presenceOfOthers: Mutation = (_frame, _corpus, random) =>
  presenceMessage(
    Array.from({ length: 1 + below(random, 20) }, () => ({
      clientId: below(random, 2 ** 31),
      clock: below(random, 50),
      state: random() < 0.5 ? null : { at: 'card', user: { id: 'someone', name: 'Someone else' } },
    })),
  )

const absurdClock: Mutation = (_frame, _corpus, random) =>
  presenceMessage([
    { clientId: below(random, 9), clock: Number.MAX_SAFE_INTEGER - below(random, 9), state: {} },
  ])

/** An edit that stands on another one which is not sent. */
function missingDependency(_frame: Uint8Array, _corpus: readonly Uint8Array[], random: Random): Uint8Array {
  const doc = new Y.Doc()
  doc.getText('text').insert(0, 'never sent')
  const before = Y.encodeStateVector(doc)
  doc.getText('text').insert(below(random, 10), 'stands on it')
  return syncMessage(2, Y.encodeStateAsUpdate(doc, before))
}

/** A value deeper in itself than anything that reads it by calling itself could go. */
const nestedValue = (depth: number): Uint8Array =>
  syncMessage(
    2,
    encoding.encode((encoder) => {
      // One client with one struct, at clock 0.
      for (const number of [1, 1, 4711, 0]) encoding.writeVarUint(encoder, number)
      // Content of any sort, in the root `bomb`.
      encoding.writeUint8(encoder, 8)
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarString(encoder, 'bomb')
      encoding.writeVarUint(encoder, 1)
      for (let level = 0; level < depth; level++) {
        encoding.writeUint8(encoder, 117)
        encoding.writeVarUint(encoder, 1)
      }
      encoding.writeUint8(encoder, 126)
      encoding.writeVarUint(encoder, 0)
    }),
  )

function nestedTypes(depth: number): Uint8Array {
  const doc = new Y.Doc()
  let map = doc.getMap<unknown>('bomb')
  doc.transact(() => {
    for (let level = 0; level < depth; level++) {
      const next = new Y.Map<unknown>()
      map.set('in', next)
      map = next
    }
  })
  return syncMessage(2, Y.encodeStateAsUpdate(doc))
}

function nestedPresence(depth: number): Uint8Array {
  const state: unknown = JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`)
  return presenceMessage([{ clientId: 3, clock: 1, state: { at: state } }])
}

const bombs: readonly Uint8Array[] = [
  ...[70, 5_000, 30_000].map(nestedValue),
  ...[3, 70, 400].map(nestedTypes),
  ...[70, 900].map(nestedPresence),
]

const bomb: Mutation = (frame, _, random) => bombs[below(random, bombs.length)] ?? frame

const mutations: readonly Mutation[] = [
  asItIs,
  flipBit,
  flipBit,
  setByte,
  truncate,
  extend,
  dropBytes,
  padVarint,
  hugeNumber,
  splice,
  swapType,
  presenceOfOthers,
  absurdClock,
  missingDependency,
  bomb,
]
