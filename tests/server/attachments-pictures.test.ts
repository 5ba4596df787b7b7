import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { fileTypeOf, type PictureType } from '#shared/file-type.ts'
import { stripMetadata } from '../../server/attachments/strip-metadata.ts'
import {
  bytes,
  chunk,
  jpeg,
  jpegBody,
  jpegEnd,
  jpegStart,
  lossless,
  lossy,
  phoneNotes,
  png,
  pngHeader,
  pngStart,
  riff,
  segment,
  webp,
  webpList,
} from '../support/pictures.ts'

const stripped = (picture: Uint8Array, type: PictureType): Uint8Array =>
  bytes(...stripMetadata(picture, type))

const same = (left: Uint8Array, right: Uint8Array) =>
  expect(Buffer.from(left).toString('latin1')).toBe(Buffer.from(right).toString('latin1'))

function refused(picture: Uint8Array, type: PictureType, sentence = /damaged or cut off/): void {
  expect(() => stripMetadata(picture, type)).toThrow(AppError)
  expect(() => stripMetadata(picture, type)).toThrow(sentence)
}

describe('a JPEG', () => {
  it('that has nothing to hide stays as it is', () => {
    same(stripped(jpeg(), 'image/jpeg'), jpeg())
  })

  it('loses place, time, thumbnails, XMP, IPTC and comments, and what hangs on behind its end', () => {
    const film = bytes('ftypmp42 a film with sound and place')
    const left = stripped(jpeg(phoneNotes, film), 'image/jpeg')
    // The second JFIF had a thumbnail of one pixel, which is gone; that it is there twice harms nobody.
    const withoutThumbnail = segment(0xe0, bytes('JFIF\0', [1, 2], 1, [0, 72], [0, 72], [0, 0]))
    same(left, jpeg(withoutThumbnail))
  })

  it('keeps its color profile and how its colors are mixed, and nothing that hides behind them', () => {
    const profile = segment(0xe2, 'ICC_PROFILE\0\x01\x01profile')
    const mixing = bytes('Adobe', [0, 100, 0, 0, 0, 0, 1])
    const left = stripped(jpeg(bytes(profile, segment(0xee, bytes(mixing, 'Nora')))), 'image/jpeg')
    same(left, jpeg(bytes(profile, segment(0xee, mixing))))
  })

  it('may have markers with filling, and several scans', () => {
    const picture = bytes(jpegStart, [0xff, 0xff], jpegBody(), segment(0xfe, 'a comment between'))
    const scans = bytes(picture, jpegBody().subarray(jpegBody().lastIndexOf(0xda) - 1), jpegEnd)
    const body = jpegBody()
    same(
      stripped(scans, 'image/jpeg'),
      bytes(jpegStart, body, body.subarray(body.lastIndexOf(0xda) - 1), jpegEnd),
    )
  })

  it('that was cut off anywhere is refused', () => {
    const whole = jpeg(phoneNotes)
    for (let length = 0; length < whole.length; length++) refused(whole.subarray(0, length), 'image/jpeg')
  })

  it('whose lengths lead nowhere is refused', () => {
    refused(bytes(jpegStart, [0xff, 0xe1, 0xff, 0xff], jpegBody(), jpegEnd), 'image/jpeg')
    refused(bytes(jpegStart, [0xff, 0xe1, 0, 0], jpegBody(), jpegEnd), 'image/jpeg')
    refused(bytes(jpegStart, [0xff, 0xdb, 0, 1], jpegBody(), jpegEnd), 'image/jpeg')
    refused(bytes(jpegStart, 'not a marker', jpegBody(), jpegEnd), 'image/jpeg')
  })

  it('without a picture in it, or with two sizes, is refused', () => {
    refused(bytes(jpegStart, jpegEnd), 'image/jpeg')
    refused(bytes(jpegStart, segment(0xfe, 'only words'), jpegEnd), 'image/jpeg')
    const body = jpegBody()
    refused(bytes(jpegStart, body.subarray(body.lastIndexOf(0xda) - 1), jpegEnd), 'image/jpeg')
    refused(bytes(jpegStart, body, body, jpegEnd), 'image/jpeg')
    refused(bytes(jpegStart, jpegBody({ height: 0 }), jpegEnd), 'image/jpeg')
  })

  it('of more pixels than a browser can show is refused', () => {
    const huge = bytes(jpegStart, jpegBody({ width: 65_535, height: 65_535 }), jpegEnd)
    refused(huge, 'image/jpeg', /50 million pixels/)
  })

  it('of a million empty parts is refused', () => {
    const empty = Buffer.alloc(4 * 1_000_000)
    for (let at = 0; at < empty.length; at += 4) empty.writeUInt32BE(0xfffe0002, at)
    const hostile = bytes(jpegStart, empty, jpegBody(), jpegEnd)
    refused(hostile, 'image/jpeg')
  })
})

describe('a PNG', () => {
  const notes = bytes(
    chunk('tEXt', bytes('Author\0Nora')),
    chunk('iTXt', bytes('XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta>')),
    chunk('zTXt', bytes('Comment\0\0zip')),
    chunk('tIME', bytes([7, 234, 1, 14, 9, 0, 0])),
    chunk('eXIf', bytes('MM\0*GPS')),
    chunk('sPLT', bytes('a name\0')),
    chunk('prVt', bytes('what a program keeps for itself')),
  )

  it('keeps what draws it and loses the rest, and what hangs on behind its end', () => {
    const drawn = bytes(chunk('gAMA', bytes([0, 0, 177, 143])), chunk('pHYs', new Uint8Array(9)))
    same(stripped(bytes(png(bytes(notes, drawn)), '<script>alert(1)</script>'), 'image/png'), png(drawn))
  })

  it('that was cut off anywhere is refused', () => {
    const whole = png(notes)
    for (let length = 0; length < whole.length; length++) refused(whole.subarray(0, length), 'image/png')
  })

  it('with a huge chunk length is refused', () => {
    for (const length of [0xffff_ffff, 0x8000_0000, 0x7fff_ffff, 1_000_000])
      refused(png(chunk('tEXt', bytes('short'), length)), 'image/png')
  })

  it('must begin with its header, once, and hold a picture', () => {
    refused(bytes(pngStart, chunk('IDAT', bytes('x')), chunk('IEND')), 'image/png')
    refused(png(pngHeader()), 'image/png')
    refused(bytes(pngStart, chunk('IHDR', bytes('short'))), 'image/png')
    refused(bytes(pngStart, pngHeader(), chunk('IEND')), 'image/png')
    refused(png(chunk('CgBI')), 'image/png')
    refused(png(chunk('t\0Xt')), 'image/png')
  })

  it('of no size or of more pixels than a browser can show is refused', () => {
    const sized = (width: number, height: number) =>
      bytes(pngStart, pngHeader(width, height), png().subarray(pngStart.length + 25))
    same(stripped(sized(5_000, 10_000), 'image/png'), sized(5_000, 10_000))
    refused(sized(0, 1), 'image/png')
    refused(sized(5_001, 10_000), 'image/png', /50 million pixels/)
    refused(sized(0xffff_ffff, 0xffff_ffff), 'image/png', /50 million pixels/)
  })
})

describe('a WebP', () => {
  const exif = riff('EXIF', bytes('GPS'))
  const xmp = riff('XMP ', bytes('<x:xmpmeta>'))

  it('that has nothing to hide stays as it is', () => {
    same(stripped(webp(lossless), 'image/webp'), webp(lossless))
    same(stripped(webp(lossy), 'image/webp'), webp(lossy))
  })

  it('loses EXIF, XMP and what is not known, and says so in its own list', () => {
    const alpha = riff('ALPH', bytes('alpha'))
    const profile = riff('ICCP', bytes('profile'))
    const picture = webp(webpList(0x3e), profile, alpha, lossy, exif, xmp, riff('odd!', bytes('xyz')))
    same(
      stripped(bytes(picture, 'behind its end'), 'image/webp'),
      webp(webpList(0x30), profile, alpha, lossy),
    )
  })

  it('that was cut off anywhere is refused', () => {
    const whole = webp(webpList(0x0c), lossless, exif, xmp)
    for (let length = 12; length < whole.length; length++) refused(whole.subarray(0, length), 'image/webp')
  })

  it('whose lengths lead nowhere, that moves, or that holds no picture is refused', () => {
    refused(webp(riff('EXIF', bytes('GPS'), 0xffff_fff0), lossless), 'image/webp')
    refused(webp(webpList(0x02), riff('ANIM', bytes('loop')), riff('ANMF', lossy)), 'image/webp')
    refused(webp(exif), 'image/webp')
    refused(webp(lossless, lossless), 'image/webp')
    refused(webp(riff('VP8X', bytes('short')), lossless), 'image/webp')
    refused(webp(riff('VP8 ', bytes('no key frame here')), exif), 'image/webp')
    refused(webp(riff('VP8L', bytes('no signature'))), 'image/webp')
  })

  it('of more pixels than a browser can show is refused', () => {
    refused(webp(webpList(0, { width: 16_000, height: 16_000 }), lossless), 'image/webp', /50 million pixels/)
  })
})

const samples = { 'image/jpeg': jpeg(phoneNotes), 'image/png': png(), 'image/webp': webp(webpList(8), lossy) }

describe('any picture', () => {
  const mutated = fc
    .record({
      type: fc.constantFrom(...(Object.keys(samples) as PictureType[])),
      changes: fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 12 }),
      cut: fc.nat(400),
      isCut: fc.boolean(),
    })
    .map(({ type, changes, cut, isCut }) => {
      const picture = samples[type].slice()
      for (const [at, value] of changes) if (at < picture.length) picture[at] = value
      return { type, picture: isCut ? picture.subarray(0, cut) : picture }
    })

  it('however it was damaged, is refused in a sentence or comes out as a picture that stays as it is', () => {
    fc.assert(
      fc.property(mutated, ({ type, picture }) => {
        let left: Uint8Array
        try {
          left = stripped(picture, type)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          return
        }
        expect(left.length).toBeLessThanOrEqual(picture.length)
        same(stripped(left, type), left)
        if (fileTypeOf(picture) === type) expect(fileTypeOf(left)).toBe(type)
      }),
      { numRuns: 2_000 },
    )
  })
})
