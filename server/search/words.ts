import type { MarkedText } from '#shared/search.ts'

/**
 * What was typed, as words to look for. A word may consist of several tokens ("follow-up"), which then stand one after the
 * other. All words must be found; the last one may go on, since somebody may still be typing it.
 */
export type Words = readonly (readonly Token[])[]

interface Token {
  readonly text: string
  /** Without case and diacritics, as the index has it. */
  readonly folded: string
  readonly from: number
  readonly to: number
}

/** The words of what somebody typed. Signs between words mean nothing: no input is an expression of the index. */
export const readWords = (typed: string): Words =>
  typed
    .split(/\s+/)
    .map(tokensOf)
    .filter((tokens) => tokens.length > 0)

/** The words as an expression of FTS5. Each token stands in quotation marks, which none of them can hold. */
export const matchExpression = (words: Words): string =>
  words
    .map((tokens) => `"${tokens.map(({ text }) => text).join(' ')}"`)
    .join(' AND ')
    .concat('*')

/** Whether each of the words is in `text`. */
export function holdsAll(text: string, words: Words): boolean {
  const tokens = tokensOf(text)
  return words.every((word, index) => placesOf(word, tokens, index === words.length - 1).length > 0)
}

/** `text` with the words marked: all of it, or where it is long about `most` characters around the first of them. */
export function markWords(
  text: string,
  words: Words,
  most = Number.POSITIVE_INFINITY,
): readonly MarkedText[] {
  const line = text.replace(/\s+/g, ' ').trim()
  const tokens = tokensOf(line)
  const marks = words
    .flatMap((word, index) => placesOf(word, tokens, index === words.length - 1))
    .sort((a, b) => a.from - b.from || b.to - a.to)
  const { from, to } = cutAround(line, marks[0]?.from ?? 0, most)
  const parts: MarkedText[] = from > 0 ? [{ text: '… ' }] : []
  let at = from
  for (const mark of marks) {
    if (mark.from < at || mark.to > to) continue
    if (mark.from > at) parts.push({ text: line.slice(at, mark.from) })
    parts.push({ text: line.slice(mark.from, mark.to), isMatch: true })
    at = mark.to
  }
  if (at < to) parts.push({ text: line.slice(at, to) })
  return to < line.length ? [...parts, { text: ' …' }] : parts
}

interface Place {
  readonly from: number
  readonly to: number
}

/** Where a word stands among `tokens`. What a begun word goes on with is marked with it. */
function placesOf(word: readonly Token[], tokens: readonly Token[], mayGoOn: boolean): readonly Place[] {
  const fits = (wanted: Token, index: number, found: Token | undefined) =>
    mayGoOn && index === word.length - 1
      ? found?.folded.startsWith(wanted.folded)
      : found?.folded === wanted.folded
  return tokens.flatMap((first, start) => {
    if (!word.every((wanted, index) => fits(wanted, index, tokens[start + index]))) return []
    return [{ from: first.from, to: tokens[start + word.length - 1]?.to ?? first.to }]
  })
}

/** The same division as the index makes (unicode61): letters, digits and private characters, with their marks. */
const token = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu

const tokensOf = (text: string): readonly Token[] =>
  Array.from(text.matchAll(token), ({ 0: found, index }) => ({
    text: found,
    folded: found.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(),
    from: index,
    to: index + found.length,
  }))

/** A stretch of about `most` characters that begins a little before `at` and cuts no word. */
function cutAround(line: string, at: number, most: number): Place {
  if (line.length <= most) return { from: 0, to: line.length }
  const wanted = Math.max(0, Math.min(at - Math.floor(most / 3), line.length - most))
  const from = wanted === 0 ? 0 : line.indexOf(' ', wanted) + 1
  // A word longer than the stretch stands alone in it.
  const begin = from === 0 || from > at ? Math.min(wanted, at) : from
  if (begin + most >= line.length) return { from: begin, to: line.length }
  const end = line.lastIndexOf(' ', begin + most)
  return { from: begin, to: end > at ? end : begin + most }
}
