import { expect, it } from 'vitest'
import { readCsv } from '#shared/kinds/driver-diagram/table.ts'
import { writeCsv } from '../../../server/export/csv.ts'

it('a CSV export guards cells that a spreadsheet would run, and leaves numbers alone', () => {
  const rows = [['=1+1', '+a', '-b', '@c', 'plain', -5, undefined]]
  expect(writeCsv({ name: 't', columns: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], rows })).toBe(
    "\ufeffa,b,c,d,e,f,g\r\n'=1+1,'+a,'-b,'@c,plain,-5,\r\n",
  )
})

it('a CSV export guards a formula behind a line end, and the guard comes off again', () => {
  const rows = [['x', 1, '', '\n=1+1', '#000000', '']]
  const columns = ['id', 'level', 'parent_id', 'text', 'color', 'extra_parents']
  const written = writeCsv({ name: 't', columns, rows })
  expect(written).toContain(`"'\n=1+1"`)
  expect(readCsv(written.replace(/^\ufeff/, '')).cards[0]?.title).toBe('=1+1')
})

it('a CSV export can be read back to what was typed, apostrophes too', () => {
  const rows = [["'=typed", "it's", "'plain"]]
  expect(writeCsv({ name: 't', columns: ['a', 'b', 'c'], rows })).toBe(
    "\ufeffa,b,c\r\n''=typed,it's,'plain\r\n",
  )
})

it('a CSV export quotes as RFC 4180 says', () => {
  const rows = [['a "b", c', 'two\nlines']]
  expect(writeCsv({ name: 't', columns: ['x', 'y'], rows })).toBe(
    '\ufeffx,y\r\n"a ""b"", c","two\nlines"\r\n',
  )
})
