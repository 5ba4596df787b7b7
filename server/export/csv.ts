import { stringify } from 'csv-stringify/sync'
import type { Table } from '#shared/kinds/kind.ts'

/**
 * A table as RFC 4180 text, with the mark by which spreadsheet programs know UTF-8. Cells that such a program would run
 * as a formula begin with an apostrophe; whoever reads the file back takes one off.
 */
export const writeCsv = (table: Table): string =>
  stringify([[...table.columns], ...table.rows.map((row) => row.map(guardedTwice))], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
    // The stringifier quotes the line end that it writes itself, not the other ones.
    quoted_match: /[\r\n]/,
  })

/**
 * What looks guarded already gets an apostrophe too, or reading it back would take off one that somebody typed. A line
 * end before a formula is not on the stringifier's own list.
 */
const guardedTwice = <Cell>(cell: Cell): Cell | string =>
  typeof cell === 'string' && /^('+[=+\-@\t\r\n＝＋－＠]|\n)/.test(cell) ? `'${cell}` : cell
