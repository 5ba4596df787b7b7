import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { fileTypeOf } from '#shared/file-type.ts'
import { attachmentNameSchema, nameToSave } from '../../server/attachments/attachment-name.ts'
import { bytes, jpeg, lossy, png, webp } from '../support/pictures.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('what a file is', () => {
  it('is what its first bytes say', () => {
    expect(fileTypeOf(jpeg())).toBe('image/jpeg')
    expect(fileTypeOf(png())).toBe('image/png')
    expect(fileTypeOf(webp(lossy))).toBe('image/webp')
    expect(fileTypeOf(bytes('%PDF-1.7\n', [0x80, 0]))).toBe('application/pdf')
  })

  it('is text where all of it can be read', () => {
    expect(fileTypeOf(utf8('31 of 44 texts were answered before 8:15.'))).toBe('text/plain')
    expect(fileTypeOf(utf8('\ufeffÉcole 學校 🙂\r\n\tindented\f'))).toBe('text/plain')
    expect(fileTypeOf(utf8('Dear all,\nthanks,\nNora'))).toBe('text/plain')
    expect(fileTypeOf(utf8('fewer < 5 & more > 3'))).toBe('text/plain')
  })

  it('is a table where its rows have equally many cells', () => {
    expect(fileTypeOf(utf8('date,count\n2026-01-14,31\n'))).toBe('text/csv')
    expect(fileTypeOf(utf8('date;count\r\n2026-01-14;31\r\n\r\n'))).toBe('text/csv')
    expect(fileTypeOf(utf8('date\tcount\n2026-01-14\t31'))).toBe('text/csv')
    expect(fileTypeOf(utf8('who,said\nNora,"first, second\nthird"\n'))).toBe('text/csv')
    expect(fileTypeOf(utf8('a,b\nc\n'))).toBe('text/plain')
    expect(fileTypeOf(utf8('a,b'))).toBe('text/plain')
  })

  it('is nothing that may be attached where it could be run', () => {
    const pages = [
      '<!DOCTYPE html><p>hello',
      '  \n<html><body>',
      '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
      '<?xml version="1.0"?><s:svg xmlns:s="http://www.w3.org/2000/svg"/>',
      '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>',
      '<!-- a comment first --><SVG onload=alert(1)>',
      'a text at first\n<script>alert(1)</script>',
      'a,b\n<iframe src=x>,c',
    ]
    for (const page of pages) expect(fileTypeOf(utf8(page)), page).toBeUndefined()
  })

  it('is nothing that may be attached where it is two things at once, or none', () => {
    const others = [
      bytes(),
      bytes('   \n'),
      bytes('GIF89a/*<html>*/=1;'),
      bytes('before it ', 0xe2, '%PDF-1.7'),
      bytes('RIFF', [4, 0, 0, 0], 'AVI '),
      bytes('MZ', [0x90, 0]),
      bytes('PK', [3, 4]),
      bytes([0x1f, 0x8b, 8]),
      bytes([0, 0, 0, 24], 'ftypheic'),
      bytes('text with a NUL', 0),
      bytes('text with an escape', 0x1b),
      bytes('not UTF-8 ', 0xe9),
      bytes([0xff, 0xfe], 'h', 0, 'i', 0),
      bytes([0xff, 0xd8]),
    ]
    for (const other of others) expect(fileTypeOf(other)).toBeUndefined()
  })
})

describe('the name of a file', () => {
  const named = (name: string) => v.safeParse(attachmentNameSchema, name).output

  it('is what people called it, without the folders it lay in', () => {
    expect(named('  Board of   the 14th.jpg ')).toBe('Board of the 14th.jpg')
    expect(named('../../etc/passwd')).toBe('passwd')
    expect(named('C:\\Users\\nora\\photo.jpg')).toBe('photo.jpg')
    expect(named('E\u0301cole.pdf')).toBe('École.pdf')
  })

  it('has nothing in it that cannot be seen', () => {
    expect(named('a\r\nSet-Cookie: x\0.txt')).toBe('a Set-Cookie: x .txt')
    expect(named('photo\u202egpj.exe')).toBe('photo gpj.exe')
  })

  it('is refused where nothing is left of it, or too much', () => {
    for (const name of ['', '   ', 'folder/', '\u202e\0', 'x'.repeat(201)])
      expect(v.safeParse(attachmentNameSchema, name).success).toBe(false)
  })

  it('ends as what the file is, when it is saved', () => {
    const saved = (name: string, type: string) => Object.values(nameToSave(name, type)).join('|')
    expect(saved('Board.JPG', 'image/jpeg')).toBe('Board|jpg')
    expect(saved('Board', 'image/png')).toBe('Board|png')
    expect(saved('run-me.bat', 'text/plain')).toBe('run-me.bat|txt')
    expect(saved('page.html', 'image/jpeg')).toBe('page.html|jpg')
    expect(saved('one column.csv', 'text/plain')).toBe('one column|csv')
    expect(saved('.csv', 'text/csv')).toBe('|csv')
  })
})
