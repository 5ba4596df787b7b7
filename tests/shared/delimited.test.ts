import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDelimited } from '../../shared/content/delimited.ts'

const cells = (text: string, separator = ',') => {
  const read = readDelimited(text, separator)
  return 'rows' in read ? read.rows.map((row) => row.cells) : read.problem
}

describe('delimited text', () => {
  it('is split into rows and cells, with any line end, quotes and separator', () => {
    expect(cells('a,b\r\nc,d\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    expect(cells('\uFEFFa,"b ""c"", d"\r"e\nf",')).toEqual([
      ['a', 'b "c", d'],
      ['e\nf', ''],
    ])
    expect(cells('a\tb', '\t')).toEqual([['a', 'b']])
    expect(cells(',\n\na')).toEqual([['', ''], [''], ['a']])
    expect(cells('')).toEqual([])
  })

  it('says in which row a quote is wrong', () => {
    expect(cells('a\n"b')).toEqual({ row: 2, message: 'A quotation mark is opened and never closed.' })
    expect(cells('"a" b')).toMatchObject({ row: 1 })
  })

  it('reads what a writer of RFC 4180 wrote', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        (rows) => {
          const text = stringify(rows, { quoted: true, record_delimiter: 'windows' })
          const last = rows.findLastIndex((row) => row.some((cell) => cell.trim() !== ''))
          expect(cells(text)).toEqual(rows.slice(0, last + 1))
        },
      ),
    )
  })
})
