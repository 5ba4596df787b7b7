import { AppError } from '#shared/errors.ts'

/** What is said of a picture that cannot be walked to its end. */
export function damaged(): AppError {
  const sentence = 'This picture is damaged or cut off. Open it, save it anew, and try again.'
  return new AppError('invalid', sentence, { file: sentence })
}

/** A small file can hold a picture so large that the browsers of those who look at it run out of memory. */
const mostPixels = 50_000_000

/** Refuses a picture of no size, and one that is too large to be shown. */
export function checkSize(width: number, height: number): void {
  if (width === 0 || height === 0) throw damaged()
  if (width * height <= mostPixels) return
  const sentence = 'This picture has more than 50 million pixels. Make it smaller and try again.'
  throw new AppError('invalid', sentence, { file: sentence })
}

/** The bytes from `start` to `end`, refusing what is not all there. */
export function range(bytes: Uint8Array, start: number, end: number): Uint8Array {
  if (start > end || end > bytes.length) throw damaged()
  return bytes.subarray(start, end)
}

/** The text of `length` bytes, each a letter. */
export const letters = (bytes: Uint8Array, start: number, length: number): string =>
  String.fromCharCode(...range(bytes, start, start + length))

/** A number of one to four bytes, the highest first. */
export const bigEndian = (bytes: Uint8Array, start: number, length: number): number =>
  range(bytes, start, start + length).reduce((number, byte) => number * 256 + byte, 0)

/** A number of one to four bytes, the lowest first. */
export const littleEndian = (bytes: Uint8Array, start: number, length: number): number =>
  range(bytes, start, start + length).reduceRight((number, byte) => number * 256 + byte, 0)

/** Cameras and programs write a few thousand at most. */
const mostParts = 20_000

/** What is kept of a picture, part by part. Neighbors become one piece, so that there are few. */
export class Kept {
  readonly #pieces: Uint8Array[] = []
  #parts = 0

  add(part: Uint8Array): void {
    this.#count()
    const last = this.#pieces.at(-1)
    if (last && last.buffer === part.buffer && last.byteOffset + last.length === part.byteOffset) {
      const both = last.length + part.length
      this.#pieces[this.#pieces.length - 1] = new Uint8Array(last.buffer, last.byteOffset, both)
    } else this.#pieces.push(part)
  }

  leaveOut(): void {
    this.#count()
  }

  get pieces(): readonly Uint8Array[] {
    return this.#pieces
  }

  get length(): number {
    return this.#pieces.reduce((sum, { length }) => sum + length, 0)
  }

  /** Millions of empty parts are nobody's picture, and would keep everyone else waiting. */
  #count(): void {
    this.#parts += 1
    if (this.#parts > mostParts) throw damaged()
  }
}
