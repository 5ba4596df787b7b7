import { describe, expect, it } from 'vitest'
import { readRows } from '../../../shared/kinds/rows.ts'
import { itemsOf } from '../../../shared/kinds/worksheet/model.ts'
import { pasteCells } from '../../../shared/kinds/worksheet/paste.ts'
import { asType, type PersonAtWork, two } from './people.ts'

const columns = ['What', { name: 'By when', holds: 'date' as const }, 'Who']

const readDay = (typed: string) => (typed === 'Jan 23' ? '2026-01-23' : undefined)

/** Pastes cells into a row of a table that has these rows, from a column on. */
function paste(rows: string[][], at: { row: number; column: number }, cells: string[][]) {
  const [rafael] = two({ sections: [{ type: 'table', columns, rows }] })
  const { id, columns: read } = asType(rafael.section(0), 'table')
  const row = readRows(rafael.doc, itemsOf(id))[at.row]?.id as string
  const place = { section: id, columns: read, row, column: at.column }
  const { added, remarks } = pasteCells(rafael.edit, rafael.doc, place, cells, readDay)
  return { rafael, added, remarks, rows: rowsOf(rafael) }
}

const rowsOf = (person: PersonAtWork) => asType(person.section(0), 'table').rows.map(({ cells }) => cells)

describe('rows of a spreadsheet', () => {
  it('fill the empty row they are pasted in and follow it, days as days', () => {
    const { rows, added, remarks } = paste([['', '', ''], ['Last']], { row: 0, column: 0 }, [
      ['Call', 'Jan 23', 'Nora'],
      ['Text', '', 'Ruth'],
    ])
    expect(rows).toEqual([
      ['Call', '2026-01-23', 'Nora'],
      ['Text', '', 'Ruth'],
      ['Last', '', ''],
    ])
    expect({ added, remarks }).toEqual({ added: 1, remarks: [] })
  })

  it('follow a row that holds something, from the column on in which they were pasted', () => {
    const { rows } = paste([['Kept', '', '']], { row: 0, column: 1 }, [['Jan 23', 'Nora']])
    expect(rows).toEqual([
      ['Kept', '', ''],
      ['', '2026-01-23', 'Nora'],
    ])
  })

  it('leave out a line that repeats the names of the columns, or of the first ones', () => {
    const short = paste([['', '', '']], { row: 0, column: 0 }, [['What', ''], ['Call']])
    expect(short.rows).toEqual([['Call', '', '']])
    const { rows } = paste([['', '', '']], { row: 0, column: 0 }, [
      ['what', 'By When', 'WHO'],
      ['Call', 'Jan 23', 'Nora'],
    ])
    expect(rows).toEqual([['Call', '2026-01-23', 'Nora']])
  })

  it('say what was left out and which day could not be read', () => {
    const { rows, remarks } = paste([['', '', '']], { row: 0, column: 0 }, [
      ['Call', 'soon', 'Nora', 'beyond', ''],
      ['Text', 'Jan 23', 'Ruth'],
    ])
    expect(rows).toEqual([
      ['Call', '', 'Nora'],
      ['Text', '2026-01-23', 'Ruth'],
    ])
    expect(remarks).toEqual([
      'What stood beyond the last column was left out.',
      'No day could be read in: soon.',
    ])
  })

  it('are one undo step', () => {
    const { rafael } = paste([['', '', '']], { row: 0, column: 0 }, [['Call'], ['Text'], ['Ask']])
    rafael.undo.undo()
    expect(rowsOf(rafael)).toEqual([['', '', '']])
    rafael.undo.redo()
    expect(rowsOf(rafael).map(([what]) => what)).toEqual(['Call', 'Text', 'Ask'])
  })
})
