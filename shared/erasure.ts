import * as v from 'valibot'
import type { KindName } from './kinds/index.ts'

/*
 * Erasing: taking something out of a document for good, out of its past too. It is for what must not be kept at all, such as
 * a student's name; what is merely wrong is edited, and its history stays.
 */

/** Fewer characters than this would hit words that nobody meant. */
export const fewestCharacters = 3
const mostCharacters = 200

export const wordsSchema = v.pipe(
  v.string(),
  v.transform((words) => words.trim().replace(/\s+/g, ' ').normalize('NFC')),
  v.minLength(fewestCharacters, `Give at least ${fewestCharacters} characters, so that nothing else is hit.`),
  v.maxLength(mostCharacters, `Give at most ${mostCharacters} characters; erase a longer passage in pieces.`),
  v.check((words) => !words.includes(erasedCharacter), 'Give words that are not erased yet.'),
)

/** What is to be erased of a document: words wherever they stand in it, a file of it, or all of it. */
export const erasureSchema = v.variant('what', [
  v.object({ what: v.literal('words'), words: wordsSchema }),
  v.object({ what: v.literal('file'), file: v.string() }),
  v.object({ what: v.literal('document') }),
])

export type Erasure = v.InferOutput<typeof erasureSchema>

/** What goes when it is erased, and what stays where the server cannot reach. */
export interface ErasurePreview {
  /** Passages in which the words stand now, of many the first ones; and how many there are. */
  readonly now: readonly ErasedPassage[]
  readonly places: number
  /** The changes that brought the words, from the first one on. */
  readonly earlier?: { readonly changes: number; readonly since: number }
  /** What stands beside the document and holds the words. */
  readonly records: readonly ErasedRecord[]
  /** All that the document has, where all of it goes. */
  readonly whole?: { readonly changes: number; readonly versions: number; readonly files: number }
  readonly file?: { readonly name: string; readonly bytes: number }
  /** Other documents of the network that hold the same words now. */
  readonly others: readonly {
    readonly id: string
    readonly title: string
    readonly kind: KindName
  }[]
  /** Names of the network's own templates that hold them. */
  readonly templates: readonly string[]
  readonly backups: readonly StoredElsewhere[]
}

export interface ErasedPassage {
  readonly part?: string
  readonly text: string
}

export interface ErasedRecord {
  readonly what: RecordKind
  readonly count: number
}

export type RecordKind =
  | 'title'
  | 'version'
  | 'step'
  | 'seal'
  | 'amendment'
  | 'proposal'
  | 'file-name'
  | 'refused'
  | 'audit'

/** A copy that was made while the words were there and that the program does not change. */
export interface StoredElsewhere {
  readonly file: string
  readonly at: number
}

export interface ErasureAnswer {
  readonly backups: readonly StoredElsewhere[]
}

/** What stands in the place of each erased character. */
export const erasedCharacter = '█'

export interface Stretch {
  readonly start: number
  readonly end: number
}

/** Where `words` stand in `text`: in capitals or not, composed or not, with whatever sort of space between them. */
export function findWords(text: string, words: string): readonly Stretch[] {
  const plain = comparable(text)
  const found: Stretch[] = []
  for (const form of new Set([comparable(words), comparable(words.normalize('NFD'))])) {
    for (let start = plain.indexOf(form); start >= 0; start = plain.indexOf(form, start + form.length)) {
      found.push({ start, end: start + form.length })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** Of the same length, so that a place in one is the same place in the other. */
function comparable(text: string): string {
  const spaced = text.replace(/\s/g, ' ')
  const small = spaced.toLowerCase()
  return small.length === spaced.length ? small : spaced.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** `text` with an `erasedCharacter` for each character of `words` in it. */
export function withoutWords(text: string, words: string): string {
  return findWords(text, words).reduce(
    (left, { start, end }) => left.slice(0, start) + erasedCharacter.repeat(end - start) + left.slice(end),
    text,
  )
}

/** The same for every string in a value of JSON; the very value where there are none. */
export function valueWithoutWords<T>(value: T, words: string): T {
  if (typeof value === 'string') return withoutWords(value, words) as T
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => valueWithoutWords(item, words))
    return items.every((item, index) => item === value[index]) ? value : (items as T)
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  const entries = Object.entries(value).map(([key, held]) => [key, valueWithoutWords(held, words)] as const)
  const isSame = entries.every(([key, held]) => held === (value as Record<string, unknown>)[key])
  return isSame ? value : (Object.fromEntries(entries) as T)
}
