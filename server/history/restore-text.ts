import type * as Y from 'yjs'
import { align } from '#shared/content/align.ts'

/*
 * Makes one shared text say what another says, with the fewest and smallest edits: what both have stays the same characters,
 * so that carets, comments' places and whatever a colleague types into it at that moment stay where they are (H4, I8).
 */

type Attributes = Readonly<Record<string, unknown>>

/** A run of characters that look alike, or one embedded thing. */
interface Run {
  readonly insert: string | object
  readonly attributes?: Attributes
}

export function restoreText(live: Y.Text, past: Y.Text): void {
  const wanted = past.toDelta() as readonly Run[]
  restoreWords(live, wanted)
  restoreLooks(live, wanted)
}

/** A word, a stretch of spaces, a sign, or something embedded. */
interface Token {
  readonly words: string | object
  readonly attributes?: Attributes
}

function restoreWords(live: Y.Text, wanted: readonly Run[]): void {
  const aligned = align(tokensOf(live.toDelta()), tokensOf(wanted), (one, other) =>
    isSameContent(one.words, other.words) ? 1 : 0,
  )
  let at = 0
  for (const { before, after } of aligned) {
    if (before === undefined && after !== undefined) insert(live, at, after)
    if (before !== undefined && after === undefined) live.delete(at, lengthOf(before))
    if (after !== undefined) at += lengthOf(after)
  }
}

function insert(live: Y.Text, at: number, { words, attributes = {} }: Token): void {
  if (typeof words === 'string') live.insert(at, words, attributes)
  else live.insertEmbed(at, words, attributes)
}

const token = /[\p{L}\p{M}\p{N}_'’]+|\s+|./gsu

const tokensOf = (runs: readonly Run[]): readonly Token[] =>
  runs.flatMap(({ insert, attributes }): Token[] => {
    const looks = attributes === undefined ? {} : { attributes }
    if (typeof insert !== 'string') return [{ words: insert, ...looks }]
    return (insert.match(token) ?? []).map((words) => ({ words, ...looks }))
  })

const lengthOf = ({ words }: Token): number => (typeof words === 'string' ? words.length : 1)

const isSameContent = (one: string | object, other: string | object): boolean =>
  typeof one === 'string' || typeof other === 'string'
    ? one === other
    : JSON.stringify(one) === JSON.stringify(other)

/** The words are right by now: each stretch gets the looks that it had. */
function restoreLooks(live: Y.Text, wanted: readonly Run[]): void {
  let at = 0
  for (const { insert, attributes = {} } of wanted) {
    const length = typeof insert === 'string' ? insert.length : 1
    for (const { from, to, changes } of differingLooks(live, at, at + length, attributes))
      live.format(from, to - from, changes)
    at += length
  }
}

interface Differing {
  readonly from: number
  readonly to: number
  /** Null takes a look away. */
  readonly changes: Attributes
}

function differingLooks(live: Y.Text, from: number, to: number, wanted: Attributes): readonly Differing[] {
  const differing: Differing[] = []
  let at = 0
  for (const { insert, attributes = {} } of live.toDelta() as readonly Run[]) {
    const end = at + (typeof insert === 'string' ? insert.length : 1)
    const [start, stop] = [Math.max(at, from), Math.min(end, to)]
    const changes = start < stop ? changesTo(attributes, wanted) : {}
    if (Object.keys(changes).length > 0) differing.push({ from: start, to: stop, changes })
    at = end
  }
  return differing
}

function changesTo(attributes: Attributes, wanted: Attributes): Attributes {
  const changes: Record<string, unknown> = {}
  for (const name of new Set([...Object.keys(attributes), ...Object.keys(wanted)])) {
    if (JSON.stringify(attributes[name]) !== JSON.stringify(wanted[name]))
      changes[name] = wanted[name] ?? null
  }
  return changes
}
