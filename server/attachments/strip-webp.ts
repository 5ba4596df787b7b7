import { checkSize, damaged, Kept, letters, littleEndian, range } from './picture-bytes.ts'

/*
 * A WebP is "RIFF", its length, "WEBP", and a list of chunks: four letters, a length, so many bytes, and one more where that is
 * odd. Its own list of what it holds, VP8X, must agree with what is left (RFC 9649).
 */
const header = 12
const beforeData = 8

const isCompressed = (name: string): boolean => name === 'VP8 ' || name === 'VP8L'

export function stripWebp(bytes: Uint8Array): readonly Uint8Array[] {
  const kept = new Kept()
  let pictures = 0
  const endOfFile = beforeData + littleEndian(bytes, 4, 4)
  const file = range(bytes, 0, endOfFile)
  for (let at = header; at < endOfFile; ) {
    const name = letters(file, at, 4)
    const length = littleEndian(file, at + 4, 4)
    const end = at + beforeData + length + (length % 2)
    const chunk = range(file, at, end)
    at = end
    if (isCompressed(name)) {
      if (++pictures > 1) throw damaged()
      checkSizeOf(name, chunk)
      kept.add(chunk)
    } else if (name === 'VP8X') kept.add(withoutNote(chunk))
    // Transparency and the color profile.
    else if (name === 'ALPH' || name === 'ICCP') kept.add(chunk)
    else kept.leaveOut()
  }
  // A moving picture has its pictures further down: it is none that we show.
  if (pictures === 0) throw damaged()
  return [newHeader(kept.length), ...kept.pieces]
}

function newHeader(length: number): Uint8Array {
  const start = new Uint8Array(header)
  const view = new DataView(start.buffer)
  start.set([...'RIFF'].map(code))
  view.setUint32(4, 4 + length, true)
  start.set([...'WEBP'].map(code), 8)
  return start
}

const code = (letter: string): number => letter.charCodeAt(0)

/** Bits of the list that say: animated, XMP, EXIF. */
const noted = 0x02 | 0x04 | 0x08

function withoutNote(chunk: Uint8Array): Uint8Array {
  if (chunk.length !== beforeData + 10) throw damaged()
  checkSize(littleEndian(chunk, 12, 3) + 1, littleEndian(chunk, 15, 3) + 1)
  const copy = chunk.slice()
  copy[beforeData] = (copy[beforeData] ?? 0) & ~noted
  return copy
}

function checkSizeOf(name: string, chunk: Uint8Array): void {
  if (name === 'VP8L') {
    if (littleEndian(chunk, 8, 1) !== 0x2f) throw damaged()
    const bits = littleEndian(chunk, 9, 4)
    checkSize((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
    return
  }
  if (letters(chunk, 11, 3) !== '\x9d\x01\x2a') throw damaged()
  checkSize(littleEndian(chunk, 14, 2) & 0x3fff, littleEndian(chunk, 16, 2) & 0x3fff)
}
