import { bigEndian, checkSize, damaged, Kept, letters, range } from './picture-bytes.ts'

/*
 * A PNG is eight bytes and then a list of chunks: four bytes of length, four letters, so many bytes, and a checksum. Chunks
 * whose first letter is small may be left out (PNG specification, third edition, 5).
 */
const signature = 8
const aroundData = 12

/** What is needed to draw the picture: the picture itself, transparency, and how its colors and pixels are meant. */
const drawn: ReadonlySet<string> = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'cHRM',
  'cICP',
  'gAMA',
  'iCCP',
  'sBIT',
  'sRGB',
  'bKGD',
  'pHYs',
])

export function stripPng(bytes: Uint8Array): readonly Uint8Array[] {
  const kept = new Kept()
  let hasPicture = false
  kept.add(range(bytes, 0, signature))
  for (let at = signature; ; ) {
    const length = bigEndian(bytes, at, 4)
    const name = letters(bytes, at + 4, 4)
    if (!/^[A-Za-z]{4}$/.test(name)) throw damaged()
    const end = at + aroundData + length
    const chunk = range(bytes, at, end)
    // The header comes first, and once.
    if ((name === 'IHDR') !== (at === signature)) throw damaged()
    if (name === 'IHDR') checkHeader(chunk)
    hasPicture ||= name === 'IDAT'
    if (drawn.has(name)) kept.add(chunk)
    else if (mayBeLeftOut(name)) kept.leaveOut()
    else throw damaged()
    if (name === 'IEND') break
    at = end
  }
  if (!hasPicture) throw damaged()
  return kept.pieces
}

const mayBeLeftOut = (name: string): boolean => /^[a-z]/.test(name)

function checkHeader(chunk: Uint8Array): void {
  if (chunk.length !== aroundData + 13) throw damaged()
  checkSize(bigEndian(chunk, 8, 4), bigEndian(chunk, 12, 4))
}
