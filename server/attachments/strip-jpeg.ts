import { bigEndian, checkSize, damaged, Kept, letters, range } from './picture-bytes.ts'

/*
 * A JPEG is a list of segments: 0xFF, a code, and for most of them two bytes of length that count themselves. The segment that
 * starts a scan is followed by the compressed picture, in which 0xFF stands only before 0x00, before a restart marker, or
 * before the next segment (ITU-T T.81, annex B).
 */
const startOfScan = 0xda
const endOfImage = 0xd9
const jfif = 0xe0
const colorProfile = 0xe2
const adobe = 0xee

/** Tables that the decoder needs: Huffman, arithmetic, quantization, restart interval. */
const tables: ReadonlySet<number> = new Set([0xc4, 0xcc, 0xdb, 0xdd])

/** What a JPEG says of its picture: the size, and how it is compressed. 0xC4, 0xC8 and 0xCC are none of them. */
const isFrame = (code: number): boolean =>
  code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc

/** Segments that programs put in for themselves (APP0 to APP15), and comments. */
const isForPrograms = (code: number): boolean => (code >= 0xe0 && code <= 0xef) || code === 0xfe

export function stripJpeg(bytes: Uint8Array): readonly Uint8Array[] {
  const kept = new Kept()
  let frames = 0
  let scans = 0
  kept.add(range(bytes, 0, 2))
  for (let at = 2; ; ) {
    const { start, code } = markerAt(bytes, at)
    if (code === endOfImage) {
      if (scans === 0) throw damaged()
      // What follows belongs to no picture: the film of a "live" photo, say, with all that a camera writes into it.
      kept.add(range(bytes, start, start + 2))
      return kept.pieces
    }
    const end = start + 2 + bigEndian(bytes, start + 2, 2)
    const segment = range(bytes, start, end)
    at = end
    if (tables.has(code)) kept.add(segment)
    else if (isFrame(code)) {
      // The second frame of a picture would be of another size than the one that was checked.
      if (++frames > 1) throw damaged()
      checkSize(bigEndian(segment, 7, 2), bigEndian(segment, 5, 2))
      kept.add(segment)
    } else if (code === startOfScan) {
      if (frames === 0) throw damaged()
      scans += 1
      at = endOfScan(bytes, end)
      kept.add(range(bytes, start, at))
    } else if (isForPrograms(code)) {
      const needed = neededToDraw(code, segment)
      if (needed === undefined) kept.leaveOut()
      else kept.add(needed)
    } else throw damaged()
  }
}

/** 0xFF may be repeated before a marker. */
function markerAt(bytes: Uint8Array, at: number): { readonly start: number; readonly code: number } {
  if (bytes[at] !== 0xff) throw damaged()
  let start = at
  while (bytes[start + 1] === 0xff) start += 1
  const code = bytes[start + 1]
  if (code === undefined) throw damaged()
  return { start, code }
}

/** Where the compressed picture that begins at `from` ends: at the next marker that is not part of it. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length - 1; at++) {
    if (bytes[at] !== 0xff) continue
    const next = bytes[at + 1] ?? 0
    const isPart = next === 0x00 || next === 0xff || (next >= 0xd0 && next <= 0xd7)
    if (!isPart) return at
  }
  throw damaged()
}

/** What of a program's segment changes how the picture looks; undefined for the others. */
function neededToDraw(code: number, segment: Uint8Array): Uint8Array | undefined {
  switch (code) {
    case jfif:
      return named(segment, 'JFIF\0') && segment.length >= 18 ? withoutThumbnail(segment) : undefined
    case colorProfile:
      return named(segment, 'ICC_PROFILE\0') ? segment : undefined
    case adobe:
      return named(segment, 'Adobe') && segment.length >= 16 ? shortened(segment, 16) : undefined
    default:
      return undefined
  }
}

const named = (segment: Uint8Array, name: string): boolean =>
  segment.length >= 4 + name.length && letters(segment, 4, name.length) === name

/** The density of the pixels stays; the last two bytes are the width and the height of the thumbnail. */
function withoutThumbnail(segment: Uint8Array): Uint8Array {
  const short = shortened(segment, 18)
  short.fill(0, 16)
  return short
}

/** The beginning of a segment as a segment of its own. */
function shortened(segment: Uint8Array, length: number): Uint8Array {
  const short = segment.slice(0, length)
  short[2] = 0
  short[3] = length - 2
  return short
}
