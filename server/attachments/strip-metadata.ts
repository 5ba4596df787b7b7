import type { PictureType } from '#shared/file-type.ts'
import { stripJpeg } from './strip-jpeg.ts'
import { stripPng } from './strip-png.ts'
import { stripWebp } from './strip-webp.ts'

/**
 * Takes out of a picture all that is not needed to draw it: where, when and with what it was taken, and by whom; thumbnails,
 * comments, and whatever hangs on behind its end. Answers the rest in order, as pieces of `bytes` but for a few rewritten
 * ones. Colors are kept true; which side is up goes with the rest, so whoever sends a picture turns it first.
 *
 * Each format is a list of parts that say what they are and how long. What is known to draw is kept, everything else goes.
 * Nothing is decoded. The bytes may come from anyone: each length is checked before it is followed, each part is visited once,
 * and what cannot be walked to its end is refused.
 */
export function stripMetadata(bytes: Uint8Array, type: PictureType): readonly Uint8Array[] {
  switch (type) {
    case 'image/jpeg':
      return stripJpeg(bytes)
    case 'image/png':
      return stripPng(bytes)
    case 'image/webp':
      return stripWebp(bytes)
  }
}
