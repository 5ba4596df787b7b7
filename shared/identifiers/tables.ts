import type { Stretch } from './identifier.ts'

/** A cell of a pasted table: its words without spaces and quotation marks around them, and where these stand. */
export interface Cell extends Stretch {
  readonly text: string
}

export interface Row extends Stretch {
  readonly cells: readonly Cell[]
}

/** Lines that follow each other and are divided in the same way. */
export interface Table {
  /** `''` where the lines have one cell each. */
  readonly separator: string
  readonly rows: readonly Row[]
}

/** What may stand between cells, the surest first. Two spaces are what is left of a table from a PDF file. */
const separators = ['\t', '|', '  ', ';', ','] as const

/** The tables in `text`. Any text consists of tables: lines of prose are rows of one cell, or are divided by their commas. */
export function readTables(text: string): readonly Table[] {
  const tables: { separator: string; rows: Row[] }[] = []
  let from = 0
  let isFresh = true
  while (from <= text.length) {
    const end = text.indexOf('\n', from)
    const to = end === -1 ? text.length : end
    const line = text.slice(from, to)
    if (line.trim() === '') isFresh = true
    else {
      const separator = separators.find((sign) => line.trim().includes(sign)) ?? ''
      const last = tables.at(-1)
      const row = { from, to, cells: readCells(line, from, separator) }
      if (!isFresh && last?.separator === separator) last.rows.push(row)
      else tables.push({ separator, rows: [row] })
      isFresh = false
    }
    from = to + 1
  }
  return tables
}

/** The cells below the first one that is such a heading, in each column that has one. */
export function cellsUnder({ rows }: Table, isHeading: (text: string) => boolean): readonly Cell[] {
  const top = rows.findIndex(({ cells }) => cells.some(({ text }) => isHeading(text)))
  const columns = rows[top]?.cells.flatMap(({ text }, column) => (isHeading(text) ? [column] : [])) ?? []
  return rows.slice(top + 1).flatMap(({ cells }) => columns.flatMap((column) => cells[column] ?? []))
}

/** The cells of each column, from the top; rows that are too short are left out. */
export function columnsOf({ rows }: Table): readonly (readonly Cell[])[] {
  const columns: Cell[][] = []
  for (const { cells } of rows) {
    for (const [index, cell] of cells.entries()) {
      columns[index] ??= []
      columns[index].push(cell)
    }
  }
  return columns
}

function readCells(line: string, offset: number, separator: string): readonly Cell[] {
  if (separator === '') return [cellOf(line, offset, 0, line.length)]
  const cells: Cell[] = []
  let from = 0
  while (from <= line.length) {
    const next = endOfCell(line, from, separator)
    cells.push(cellOf(line, offset, from, next))
    from = next + separator.length
    // Any number of spaces is one gap.
    while (separator === '  ' && line[from] === ' ') from += 1
  }
  return separator === '|' ? withoutFrame(cells) : cells
}

/** A separator inside of quotation marks separates nothing. */
function endOfCell(line: string, from: number, separator: string): number {
  let begin = from
  while (line[begin] === ' ') begin += 1
  const quote = line[begin] === '"' ? line.indexOf('"', begin + 1) : -1
  const end = line.indexOf(separator, quote === -1 ? from : quote + 1)
  return end === -1 ? line.length : end
}

function cellOf(line: string, offset: number, start: number, end: number): Cell {
  let from = start
  let to = end
  while (from < to && /[\s"]/.test(line[from] ?? '')) from += 1
  while (to > from && /[\s"]/.test(line[to - 1] ?? '')) to -= 1
  return { text: line.slice(from, to), from: offset + from, to: offset + to }
}

/** A row of Markdown begins and ends with its separator. */
function withoutFrame(cells: readonly Cell[]): readonly Cell[] {
  const inner = cells[0]?.text === '' ? cells.slice(1) : cells
  return inner.at(-1)?.text === '' ? inner.slice(0, -1) : inner
}
