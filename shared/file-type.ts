/** What may be attached. A file is what its bytes say; its name and its sender say nothing. */
export type FileType = PictureType | 'application/pdf' | 'text/plain' | 'text/csv'
export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp'

export const isPicture = (type: string): type is PictureType => type.startsWith('image/')

/** What is said of a file that is none of these. */
export const notAttachable =
  'Pictures (JPEG, PNG, WebP), PDF, text and CSV can be attached. This file is none of them.'

/**
 * The type of a file, or undefined for everything that may not be attached: what could be run, what is two things at once, and
 * text that cannot be read. Whether a text is a table, its first rows say.
 */
export function fileTypeOf(bytes: Uint8Array): FileType | undefined {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  if (startsWith(bytes, ascii('RIFF')) && startsWith(bytes.subarray(8), ascii('WEBP'))) return 'image/webp'
  // Readers of PDF look for this further down too, so that a file can be two things at once: here it is first, or it is none.
  if (startsWith(bytes, ascii('%PDF-'))) return 'application/pdf'
  return textTypeOf(bytes)
}

const ascii = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0))

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte)

function textTypeOf(bytes: Uint8Array): FileType | undefined {
  const text = utf8Of(bytes)
  if (text === undefined || !isProse(text) || isMarkup(text)) return undefined
  return isTable(text) ? 'text/csv' : 'text/plain'
}

function utf8Of(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Something to read, without NUL and the other characters that only machines write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const isProse = (text: string): boolean => text.trim() !== '' && !/[\0-\x08\x0e-\x1f\x7f]/.test(text)

/** What a browser might run if it ever took it for a page or a picture. */
const isMarkup = (text: string): boolean =>
  /<(!doctype|\?xml|html|head|body|script|iframe|svg)\b|www\.w3\.org\/(2000\/svg|1999\/xhtml)/i.test(text)

/** How much is looked at to tell a table from a text. */
const lookedAt = { rows: 20, characters: 64 * 1024 } as const

/** Rows of equally many cells, at least two of each. */
function isTable(text: string): boolean {
  return [',', ';', '\t'].some((separator) => {
    const [first = 0, ...others] = cellCounts(text, separator)
    return first >= 2 && others.length >= 1 && others.every((count) => count === first)
  })
}

/** How many cells each of the first rows has. A quoted cell may hold separators and line ends. */
function cellCounts(text: string, separator: string): readonly number[] {
  const counts: number[] = []
  const end = Math.min(text.length, lookedAt.characters)
  let cells = 1
  let start = 0
  let isQuoted = false
  for (let at = 0; at < end && counts.length < lookedAt.rows; at++) {
    const character = text[at]
    if (character === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    // In prose a space follows.
    else if (character === separator && text[at + 1] !== ' ') cells += 1
    else if (character === '\n') {
      if (text.slice(start, at).trim() !== '') counts.push(cells)
      cells = 1
      start = at + 1
    }
  }
  const isWhole = end === text.length && text.slice(start).trim() !== ''
  return isWhole && counts.length < lookedAt.rows ? [...counts, cells] : counts
}
