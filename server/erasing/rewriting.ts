import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { erasedCharacter, findWords, valueWithoutWords } from '#shared/erasure.ts'

/*
 * Taking words out of a log as if they had never been written. They are rarely in a row as such: someone typed them letter by
 * letter, and each letter is in a row of its own. So the log is replayed with nothing thrown away; wherever the words come to
 * stand in a text, the characters that they are made of are noted by their ids; and in all rows these characters are replaced
 * by as many others. Every row keeps its place, its author and its ids, so that the past can still be read, without the words.
 */

export interface Rewritten {
  /** The rows that are others now, by their place in the log (from 0). */
  readonly changed: ReadonlyMap<number, Uint8Array>
}

/** Throws where the words are left somewhere all the same: in the names of things, where only another program writes them. */
export function rewriteLog(payloads: readonly Uint8Array[], words: string): Rewritten {
  const erased = findCharacters(payloads, words)
  const changed = new Map<number, Uint8Array>()
  for (const [index, payload] of payloads.entries()) {
    const rewritten = rewriteUpdate(payload, erased, words)
    if (rewritten !== undefined) changed.set(index, rewritten)
    if (holds(rewritten ?? payload, words)) throw new WordsLeft(`Row ${index + 1} holds them still`)
  }
  return { changed }
}

export class WordsLeft extends Error {
  override readonly name = 'WordsLeft'
}

/** The characters to take out: of each Yjs client the clocks. */
type Characters = Map<number, Set<number>>

function findCharacters(payloads: readonly Uint8Array[], words: string): Characters {
  const found: Characters = new Map()
  // Nothing is thrown away: who deletes half of a name and writes the rest anew has written it all the same.
  const doc = new Y.Doc({ gc: false })
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    for (const type of textsTouched(transaction)) noteWords(type, words, found)
  })
  for (const payload of payloads) Y.applyUpdate(doc, payload)
  doc.destroy()
  return found
}

/** Yjs does not tell of what is within something new. */
function textsTouched({
  changed,
  beforeState,
  afterState,
  doc,
}: Y.Transaction): Iterable<Y.AbstractType<unknown>> {
  const touched = new Set<Y.AbstractType<unknown>>()
  for (const [type, keys] of changed)
    if (keys.has(null)) touched.add(type as unknown as Y.AbstractType<unknown>)
  for (const [client, end] of afterState) {
    const begin = beforeState.get(client) ?? 0
    const structs = doc.store.clients.get(client) ?? []
    if (begin === end) continue
    for (let index = Y.findIndexSS(structs, begin); index < structs.length; index++) {
      const struct = structs[index]
      if (struct instanceof Y.Item && struct.parent instanceof Y.AbstractType) touched.add(struct.parent)
    }
  }
  return touched
}

function noteWords(type: Y.AbstractType<unknown>, words: string, found: Characters): void {
  let text = ''
  const ids: (Y.ID | undefined)[] = []
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (item.content instanceof Y.ContentString) {
      text += item.content.str
      for (let offset = 0; offset < item.length; offset++)
        ids.push(Y.createID(item.id.client, item.id.clock + offset))
    } else {
      // A picture or another block in between: words do not go on across it.
      text += '\0'.repeat(item.length)
      for (let offset = 0; offset < item.length; offset++) ids.push(undefined)
    }
  }
  for (const { start, end } of findWords(text, words)) {
    for (const id of ids.slice(start, end)) {
      if (id === undefined) continue
      const clocks = found.get(id.client) ?? new Set()
      found.set(id.client, clocks.add(id.clock))
    }
  }
}

/** Undefined where nothing of it is to go. */
function rewriteUpdate(payload: Uint8Array, erased: Characters, words: string): Uint8Array | undefined {
  const { structs, ds } = Y.decodeUpdate(payload)
  let isChanged = false
  for (const struct of structs) {
    if (struct instanceof Y.Item && rewriteContent(struct, erased, words)) isChanged = true
  }
  return isChanged ? encodeUpdate(structs, ds) : undefined
}

/** Whether anything was changed. */
function rewriteContent({ id, content }: Y.Item, erased: Characters, words: string): boolean {
  if (content instanceof Y.ContentString) {
    const str = withoutCharacters(content.str, id, erased.get(id.client))
    const isChanged = str !== content.str
    content.str = str
    return isChanged
  }
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) {
    const arr = valueWithoutWords(content.arr, words)
    const isChanged = arr !== content.arr
    content.arr = arr
    return isChanged
  }
  if (content instanceof Y.ContentFormat) {
    const value = valueWithoutWords(content.value, words)
    const isChanged = value !== content.value
    content.value = value
    return isChanged
  }
  if (content instanceof Y.ContentEmbed) {
    const embed = valueWithoutWords(content.embed, words)
    const isChanged = embed !== content.embed
    content.embed = embed
    return isChanged
  }
  return false
}

function withoutCharacters(str: string, id: Y.ID, clocks: ReadonlySet<number> | undefined): string {
  if (clocks === undefined) return str
  let rewritten = ''
  // By the units that Yjs counts by.
  for (let unit = 0; unit < str.length; unit++)
    rewritten += clocks.has(id.clock + unit) ? erasedCharacter : str.charAt(unit)
  return rewritten
}

type Decoded = ReturnType<typeof Y.decodeUpdate>

/** The first format of Yjs' updates: structs by client, then what is deleted. */
function encodeUpdate(structs: Decoded['structs'], ds: Decoded['ds']): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const { restEncoder } = encoder
  const runs = inRuns(structs)
  encoding.writeVarUint(restEncoder, runs.length)
  for (const run of runs) {
    const first = run[0]
    if (first === undefined) continue
    encoding.writeVarUint(restEncoder, run.length)
    encoder.writeClient(first.id.client)
    encoding.writeVarUint(restEncoder, first.id.clock)
    for (const struct of run) struct.write(encoder, 0)
  }
  encoding.writeVarUint(restEncoder, ds.clients.size)
  for (const [client, deletions] of ds.clients) {
    encoding.writeVarUint(restEncoder, client)
    encoding.writeVarUint(restEncoder, deletions.length)
    for (const { clock, len } of deletions) {
      encoding.writeVarUint(restEncoder, clock)
      encoding.writeVarUint(restEncoder, len)
    }
  }
  return encoder.toUint8Array()
}

function inRuns(structs: Decoded['structs']): readonly Decoded['structs'][] {
  const runs: Decoded['structs'][] = []
  for (const struct of structs) {
    const run = runs.at(-1)
    if (run?.[0]?.id.client === struct.id.client) run.push(struct)
    else runs.push([struct])
  }
  return runs
}

/** Whether bytes hold the words as text anywhere. */
export const holds = (bytes: Uint8Array, words: string): boolean =>
  findWords(Buffer.from(bytes).toString('utf8'), words).length > 0
