import { deflateSync } from 'node:zlib'

/** Pictures made by hand, part by part, so that a test can put into them what no camera would. */
export const bytes = (
  ...parts: (string | number | readonly number[] | Uint8Array)[]
): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    Buffer.concat(
      parts.map((part) =>
        typeof part === 'string'
          ? Buffer.from(part, 'latin1')
          : Buffer.from(typeof part === 'number' ? [part] : part),
      ),
    ),
  )

const big = (number: number, length: number): readonly number[] =>
  Array.from({ length }, (_, index) => (number >>> (8 * (length - 1 - index))) & 0xff)
const little = (number: number, length: number): readonly number[] => [...big(number, length)].reverse()

/** A segment of a JPEG. */
export const segment = (code: number, content: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes([0xff, code], big(content.length + 2, 2), content)

const frame = ({ width = 8, height = 8 } = {}) =>
  segment(0xc0, bytes(8, big(height, 2), big(width, 2), 1, [1, 0x11, 0]))
/** Two stuffed bytes and a restart marker lie in the compressed picture. */
const scan = bytes(segment(0xda, bytes([1, 1, 0, 0, 63, 0])), [1, 2, 0xff, 0, 3, 0xff, 0xd3, 4, 0xff, 0, 5])
const density = bytes('JFIF\0', [1, 2], 1, [0, 72], [0, 72])

export const jpegStart = bytes([0xff, 0xd8])
export const jpegEnd = bytes([0xff, 0xd9])
export const jpegBody = (size?: { width?: number; height?: number }) =>
  bytes(segment(0xdb, bytes(0, new Uint8Array(64).fill(1))), frame(size), scan)

/** A small JPEG: with what `more` puts before the picture, and `after` behind its end. */
export const jpeg = (more: Uint8Array = bytes(), after: Uint8Array = bytes()): Uint8Array<ArrayBuffer> =>
  bytes(jpegStart, segment(0xe0, bytes(density, [0, 0])), more, jpegBody(), jpegEnd, after)

/** What a phone adds: where it was, a thumbnail, who took it, and what for. */
export const phoneNotes = bytes(
  segment(0xe0, bytes(density, [1, 1], 'RGB')),
  segment(0xe0, 'JFXX\0\x13thumbnail'),
  segment(0xe1, 'Exif\0\0MM\0*GPS 41.8781 N 87.6298 W'),
  segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Imani</x:xmpmeta>'),
  segment(0xe2, 'MPF\0more pictures'),
  segment(0xed, 'Photoshop 3.0\x008BIM IPTC Alder Creek'),
  segment(0xfe, 'taken by Nora'),
)

/** A chunk of a PNG, whose length may be another than it says. Nobody here looks at the checksum. */
export const chunk = (name: string, content: Uint8Array = bytes(), length = content.length) =>
  bytes(big(length, 4), name, content, big(0, 4))

export const pngStart = bytes([0x89], 'PNG\r\n\x1a\n')
export const pngHeader = (width = 1, height = 1) =>
  chunk('IHDR', bytes(big(width, 4), big(height, 4), [8, 0, 0, 0, 0]))
const pixels = chunk('IDAT', new Uint8Array(deflateSync(Uint8Array.of(0, 128))))

/** A small PNG: with what `more` puts before the picture. */
export const png = (more: Uint8Array = bytes()): Uint8Array<ArrayBuffer> =>
  bytes(pngStart, pngHeader(), more, pixels, chunk('IEND'))

const padded = (content: Uint8Array) => bytes(content, content.length % 2 === 1 ? [0] : [])
export const riff = (name: string, content: Uint8Array, length = content.length) =>
  bytes(name, little(length, 4), padded(content))

export const lossless = riff('VP8L', bytes(0x2f, little((7 << 14) | 7, 4), 'pixels'))
export const lossy = riff('VP8 ', bytes([0x30, 1, 0], [0x9d, 1, 0x2a], little(8, 2), little(8, 2), 'pixels'))
/** The list of what a WebP holds; bits 2, 4 and 8 say that it moves, and has XMP and EXIF. */
export const webpList = (bits: number, { width = 8, height = 8 } = {}) =>
  riff('VP8X', bytes(bits, [0, 0, 0], little(width - 1, 3), little(height - 1, 3)))

export const webp = (...chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const content = bytes('WEBP', ...chunks)
  return bytes('RIFF', little(content.length, 4), content)
}
