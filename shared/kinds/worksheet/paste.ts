import type * as Y from 'yjs'
import type { Edit } from '../edit.ts'
import { addRows, rowMap, rowText } from '../rows.ts'
import { tableRow } from './born.ts'
import { type Column, cellName, itemsOf } from './model.ts'

/** Where in a table something is pasted. */
export interface PastePlace {
  readonly section: string
  readonly columns: readonly Column[]
  /** Filled itself while it holds nothing; the other rows follow it. */
  readonly row: string
  /** The column in which the first cell comes to stand. */
  readonly column: number
}

export interface Pasted {
  /** How many rows came to be. */
  readonly added: number
  /** What was left out or could not be read, in sentences. */
  readonly remarks: readonly string[]
}

/**
 * Writes cells of a spreadsheet into a table, as one undo step. A first line that repeats the names of the columns is left
 * out, and so is what stands beyond the last one.
 *
 * @param readDay a day as people write it, as `2025-12-31`; undefined for anything else
 */
export function pasteCells(
  edit: Edit,
  doc: Y.Doc,
  place: PastePlace,
  lines: readonly (readonly string[])[],
  readDay: (typed: string) => string | undefined,
): Pasted {
  const { columns, row, section, column } = place
  const list = itemsOf(section)
  const body = repeatsNames(lines[0] ?? [], columns.slice(column)) ? lines.slice(1) : lines
  const unread: string[] = []
  const cellsOf = (line: readonly string[]) =>
    columns.map(({ holds }, index) => {
      const cell = index < column ? '' : (line[index - column] ?? '').trim()
      if (holds !== 'date' || cell === '') return cell
      const day = readDay(cell)
      if (day === undefined) unread.push(cell)
      return day ?? ''
    })
  const rows = body.map(cellsOf)
  const isEmpty = columns.every((_, index) => isEmptyCell(doc, list, row, index))
  const [first = [], ...rest] = rows
  const added = isEmpty ? rest : rows
  const fill = () => isEmpty && fillCells(doc, list, row, columns, first)
  if (added.length === 0) edit(fill)
  else {
    // The row that was pasted in is filled in the same step in which the others appear.
    const withFirst: Edit = (change, options) =>
      edit(() => {
        if (options?.tracked !== false) fill()
        return change()
      }, options)
    addRows(
      withFirst,
      doc,
      list,
      added.map((cells) => tableRow(columns, cells)),
      row,
    )
  }
  return { added: added.length, remarks: remarksOn(body, columns.length - column, unread) }
}

function repeatsNames(line: readonly string[], columns: readonly Column[]): boolean {
  const said = line
    .map((cell, index) => ({ cell: cell.trim().toLowerCase(), index }))
    .filter(({ cell }) => cell !== '')
  return (
    said.length > 0 && said.every(({ cell, index }) => cell === columns[index]?.name.trim().toLowerCase())
  )
}

function isEmptyCell(doc: Y.Doc, list: string, row: string, column: number): boolean {
  const text = rowText(doc, list, row, cellName(column))
  return text === undefined ? rowMap(doc, list, row)?.get(cellName(column)) === undefined : text.length === 0
}

function fillCells(
  doc: Y.Doc,
  list: string,
  row: string,
  columns: readonly Column[],
  cells: readonly string[],
): void {
  columns.forEach(({ holds }, column) => {
    const cell = cells[column] ?? ''
    if (cell === '') return
    if (holds === 'date') rowMap(doc, list, row)?.set(cellName(column), cell)
    else rowText(doc, list, row, cellName(column))?.insert(0, cell)
  })
}

function remarksOn(lines: readonly (readonly string[])[], room: number, unread: readonly string[]): string[] {
  const isTooWide = lines.some((line) => line.slice(room).some((cell) => cell.trim() !== ''))
  return [
    ...(isTooWide ? ['What stood beyond the last column was left out.'] : []),
    ...(unread.length > 0 ? [`No day could be read in: ${unread.slice(0, 3).join(', ')}.`] : []),
  ]
}
