import type { Import } from './import.ts'
import type { Column } from './model.ts'
import { readIndented } from './outline.ts'
import { readCsv, readRows } from './table.ts'

/**
 * Reads pasted text: a CSV file's where the first line names its columns, rows of a spreadsheet where lines hold tabs
 * between words, an indented outline otherwise.
 *
 * @param under the column of the card under which it is pasted; the aim when it is pasted into the diagram itself
 */
export function readPaste(text: string, under: Column = 'aim'): Import {
  if (/^\W*id\W+level\W/i.test(text)) return readCsv(text)
  return /\S[^\S\n]*\t[^\S\n]*\S/.test(text) ? readRows(text, under) : readIndented(text, under)
}
