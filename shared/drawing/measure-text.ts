import { characters, widths } from './font-widths.ts'

/** A cut of one of our two type faces at a size in CSS pixels. */
export interface Font {
  readonly family: 'sans' | 'serif'
  /** From 600 on the bold cut is meant. The serif has one weight, 500. */
  readonly weight: number
  readonly size: number
}

type Cut = keyof typeof widths

/**
 * How wide `text` is in CSS pixels, the same in the browser, on the server and in an export: from a table of the fonts'
 * widths, without kerning. Draw with `font-kerning: none`, or expect the browser to be a little narrower.
 */
export function measureText(text: string, font: Font): number {
  const table = tableOf(font)
  let sum = 0
  for (const character of text) sum += widthOf(character, table)
  return (sum * font.size) / 1000
}

/**
 * Breaks `text` into lines of at most `width` CSS pixels: at spaces (a no-break space holds) and behind hyphens and dashes;
 * a word that is longer than a line is broken where it must. White space at the ends of lines is dropped. At least one
 * line, which may be empty.
 */
export function wrapText(text: string, font: Font, width: number): readonly string[] {
  if (text.length > longestKept) return breakLines(text, font, width)
  const key = `${font.family} ${font.weight} ${font.size} ${width} ${text}`
  const known = wrapped.get(key)
  if (known !== undefined) return known
  const lines = breakLines(text, font, width)
  // A pure function's memory, so that the many unchanged titles of a diagram cost nothing; emptied now and then.
  if (wrapped.size >= 4000) wrapped.clear()
  wrapped.set(key, lines)
  return lines
}

const wrapped = new Map<string, readonly string[]>()
const longestKept = 1000

function breakLines(text: string, font: Font, width: number): string[] {
  const table = tableOf(font)
  const room = (width * 1000) / font.size
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const { word, space } of wordsOf(text)) {
    const wordWidth = sumOf(word, table)
    const spaceWidth = line === '' ? 0 : sumOf(space, table)
    if (line !== '' && used + spaceWidth + wordWidth <= room) {
      line += space + word
      used += spaceWidth + wordWidth
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = wordWidth <= room ? [word] : breakWord(word, table, room)
    lines.push(...pieces.slice(0, -1))
    line = pieces[pieces.length - 1] ?? ''
    used = sumOf(line, table)
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}

/** The pieces between which a line may break, each with the space before it. */
function wordsOf(text: string): { word: string; space: string }[] {
  const words: { word: string; space: string }[] = []
  for (const run of text.split(/[ \t\n\r\f\u2028\u2029]+/)) {
    if (run === '') continue
    const pieces = run.split(/(?<=[^\s-][-–—/])(?=\p{L})/u)
    pieces.forEach((word, index) => {
      words.push({ word, space: index === 0 ? ' ' : '' })
    })
  }
  return words
}

function breakWord(word: string, table: Table, room: number): string[] {
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const character of word) {
    const width = widthOf(character, table)
    if (piece !== '' && used + width > room) {
      pieces.push(piece)
      piece = ''
      used = 0
    }
    piece += character
    used += width
  }
  return [...pieces, piece]
}

function sumOf(text: string, table: Table): number {
  let sum = 0
  for (const character of text) sum += widthOf(character, table)
  return sum
}

/** Widths by code point: the first ones in a list, the others by name. */
interface Table {
  readonly first: Uint16Array
  readonly others: ReadonlyMap<number, number>
  /** What was guessed before: guessing takes long, and a text of another script is all guesses. */
  readonly guessed: Map<number, number>
}

const firstCodes = 0x180
const tables = new Map<Cut, Table>()

function tableOf(font: Font): Table {
  const cut: Cut = font.family === 'serif' ? 'serif' : font.weight >= 600 ? 'sansBold' : 'sans'
  const known = tables.get(cut)
  if (known !== undefined) return known
  const first = new Uint16Array(firstCodes)
  const others = new Map<number, number>()
  const digits = widths[cut]
  ;[...characters].forEach((character, index) => {
    const width = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 36)
    const code = character.codePointAt(0) as number
    if (code < firstCodes) first[code] = width
    else others.set(code, width)
  })
  const table = { first, others, guessed: new Map<number, number>() }
  tables.set(cut, table)
  return table
}

function widthOf(character: string, table: Table): number {
  const code = character.codePointAt(0) as number
  const width = code < firstCodes ? table.first[code] : table.others.get(code)
  return width || (table.guessed.get(code) ?? guess(character, code, table))
}

function guess(character: string, code: number, table: Table): number {
  const width = guessedWidth(character, code, table)
  if (table.guessed.size < mostGuessed) table.guessed.set(code, width)
  return width
}

const mostGuessed = 20_000

/** Characters that our fonts' main file does not hold are drawn in another font: taken rather too wide than too narrow. */
function guessedWidth(character: string, code: number, table: Table): number {
  if (code < 0x20 || /^[\p{M}\p{Cf}]$/u.test(character)) return 0
  const base = character.normalize('NFD').codePointAt(0) as number
  if (base !== code && base < firstCodes) return table.first[base] ?? 700
  if (
    /^(\p{Extended_Pictographic}|[\u2E80-\u9FFF\uAC00-\uD7A3\uF900-\uFAFF\uFF01-\uFF60]|[\u{20000}-\u{3FFFF}])$/u.test(
      character,
    )
  )
    return code > 0xffff ? 1400 : 1050
  return 700
}
