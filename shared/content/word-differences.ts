import { align } from './align.ts'
import type { Span } from './blocks.ts'

/** Which side alone has something: it came, or it was taken away. */
export type Mark = 'added' | 'removed'

/** Words with how they look; without a mark both sides have them. */
export interface MarkedSpan extends Span {
  readonly mark?: Mark
}

/**
 * Two texts as one, word by word: what both have, what only the earlier has (`removed`) and what only the later has
 * (`added`), the removed before what stands in its place. Without the added words it reads as the earlier text, without the
 * removed ones as the later. Words are the same when their letters are and they lead to the same address; bold and italic
 * are those of the later side.
 */
export function wordDifferences(before: readonly Span[], after: readonly Span[]): readonly MarkedSpan[] {
  const aligned = align(before.flatMap(wordsOf), after.flatMap(wordsOf), (a, b) =>
    a.text === b.text && a.link === b.link ? 1 : 0,
  )
  return joined(
    inRuns(
      aligned.map(({ before: earlier, after: later }): MarkedSpan => {
        if (later === undefined) return { ...(earlier as Span), mark: 'removed' }
        return earlier === undefined ? { ...later, mark: 'added' } : later
      }),
    ),
  )
}

/** A word, a run of white space, or one other sign. Scripts that write no spaces are compared sign by sign. */
const token =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}_'’]+|\s+|./gsu

const wordsOf = (span: Span): Span[] => (span.text.match(token) ?? []).map((text) => ({ ...span, text }))

/**
 * Between two words that both have, all that was removed, then all that came. White space between two changes goes with
 * them: a new phrase is read as one, not word by word.
 */
function inRuns(words: readonly MarkedSpan[]): readonly MarkedSpan[] {
  const runs: MarkedSpan[] = []
  let removed: MarkedSpan[] = []
  let added: MarkedSpan[] = []
  const endRun = () => {
    runs.push(...removed, ...added)
    removed = []
    added = []
  }
  words.forEach((word, index) => {
    if (word.mark === 'removed') removed.push(word)
    else if (word.mark === 'added') added.push(word)
    else if (removed.length + added.length > 0 && isSpaceBetween(words, index)) {
      removed.push({ ...word, mark: 'removed' })
      added.push({ ...word, mark: 'added' })
    } else {
      endRun()
      runs.push(word)
    }
  })
  endRun()
  return runs
}

const isSpaceBetween = (words: readonly MarkedSpan[], index: number): boolean =>
  words[index]?.text.trim() === '' && words[index + 1]?.mark !== undefined

/** Neighbors that look alike as one. */
function joined(spans: readonly MarkedSpan[]): readonly MarkedSpan[] {
  const found: MarkedSpan[] = []
  for (const span of spans) {
    const last = found.at(-1)
    if (last !== undefined && looksLike(last, span))
      found[found.length - 1] = { ...last, text: last.text + span.text }
    else found.push(span)
  }
  return found
}

const looksLike = (a: MarkedSpan, b: MarkedSpan): boolean =>
  a.mark === b.mark && a.bold === b.bold && a.italic === b.italic && a.link === b.link
