/** A record of a delimited text and its number, counted as a spreadsheet counts rows: from 1. */
export interface DelimitedRow {
  readonly row: number
  readonly cells: readonly string[]
}

export type Delimited =
  | { readonly rows: readonly DelimitedRow[] }
  | { readonly problem: { readonly row: number; readonly message: string } }

/**
 * Splits delimited text (RFC 4180, any separator, with or without a byte order mark) into records. Empty lines at the end
 * are left out. What is malformed is said with its row.
 */
export function readDelimited(text: string, separator: string): Delimited {
  const source = text.replace(/^\uFEFF/, '')
  const rows: DelimitedRow[] = []
  let cells: string[] = []
  let at = 0
  while (at < source.length) {
    const row = rows.length + 1
    const cell = source[at] === '"' ? quotedCell(source, at, separator) : plainCell(source, at, separator)
    if (cell.problem !== undefined) return { problem: { row, message: cell.problem } }
    cells.push(cell.text)
    at = cell.end
    if (source[at] === separator) {
      at++
      // A separator at the very end opens one more, empty cell.
      if (at < source.length) continue
      cells.push('')
    }
    if (source.startsWith('\r\n', at)) at += 2
    else if (source[at] === '\n' || source[at] === '\r') at++
    rows.push({ row, cells })
    cells = []
  }
  const last = rows.findLastIndex((row) => row.cells.some((text) => text.trim() !== ''))
  return { rows: rows.slice(0, last + 1) }
}

interface Cell {
  readonly text: string
  /** Where the cell has ended: at a separator, a line's end or the text's. */
  readonly end: number
  readonly problem?: string
}

function plainCell(source: string, start: number, separator: string): Cell {
  let end = start
  while (end < source.length && source[end] !== separator && source[end] !== '\n' && source[end] !== '\r')
    end++
  return { text: source.slice(start, end), end }
}

function quotedCell(source: string, start: number, separator: string): Cell {
  let text = ''
  let at = start + 1
  for (;;) {
    const quote = source.indexOf('"', at)
    if (quote === -1) return { text, end: at, problem: 'A quotation mark is opened and never closed.' }
    text += source.slice(at, quote)
    at = quote + 1
    if (source[at] !== '"') break
    text += '"'
    at++
  }
  const next = source[at]
  if (next === undefined || next === separator || next === '\n' || next === '\r') return { text, end: at }
  return {
    text,
    end: at,
    problem: 'Something follows a closing quotation mark; inside a cell, write it twice.',
  }
}
