import { type Block, plainLines } from '../../content/blocks.ts'

/** The words of a rich text, a line for each paragraph. */
export const linesOf = (blocks: readonly Block[]): string => plainLines(blocks).join('\n')

/** The words of a rich text on one line, shortened. */
export const oneLine = (blocks: readonly Block[], most?: number): string => shortened(linesOf(blocks), most)

export const isFilled = (text: string): boolean => text.trim() !== ''

export const isWritten = (blocks: readonly Block[]): boolean => isFilled(linesOf(blocks))

/** At most `most` characters of a text, on one line. */
export function shortened(text: string, most = 60): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= most) return line
  // Half of a surrogate pair would be left of a sign that is cut in two.
  const start = line.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')
  return `${start.trimEnd()}…`
}

/** "who, when and where" */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`

/** A moment, in milliseconds since 1970, as "2025-12-01 12:52 UTC"; '' for one that no calendar has. */
export function momentOf(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
