import type { JSX } from 'solid-js'
import { counted } from '#shared/counted.ts'
import { setDay } from '#shared/kinds/worksheet/edits.ts'
import { type Column, cellName, itemsOf, type Section } from '#shared/kinds/worksheet/model.ts'
import { pasteCells } from '#shared/kinds/worksheet/paste.ts'
import { createRowScalar } from '../../form/create-rows.ts'
import { DateField } from '../../form/DateField.tsx'
import { type RowColumn, Rows } from '../../form/Rows.tsx'
import { readDate } from '../../form/read-fields.ts'
import { showToast } from '../../ui/toasts.tsx'
import { usePage } from './page.ts'
import { itemsAt } from './section-address.ts'

type TableSection = Extract<Section, { type: 'table' }>

/** A small table: its columns are the template's, its rows are everybody's. Rows of a spreadsheet can be pasted. */
export function TableForm(props: { section: TableSection }): JSX.Element {
  const { open } = usePage()
  const columns = () => props.section.columns
  const texts = () => columns().flatMap(({ holds }, index) => (holds === 'date' ? [] : [cellName(index)]))
  const paste = (
    { row, column }: { readonly row: string; readonly column: string },
    cells: readonly (readonly string[])[],
  ) => {
    const place = { section: props.section.id, columns: columns(), row, column: Number(column.slice(1)) }
    const { added, remarks } = pasteCells(open.edit, open.doc, place, cells, readDay)
    const words = added > 0 ? [`${counted(added, 'row')} added. Undo takes them back.`] : []
    if (words.length + remarks.length > 0) showToast({ text: [...words, ...remarks].join(' ') })
  }
  return (
    <div class="ws-table" classList={{ 'is-labelled': columns()[0]?.holds === 'label' }}>
      <Rows
        at={itemsAt(props.section.id)}
        list={itemsOf(props.section.id)}
        label={props.section.heading}
        quiet
        one="row"
        texts={texts()}
        columns={columns().map((column, index) => rowColumn(props.section.id, column, index))}
        onPasteCells={paste}
        empty="No rows yet. Rows copied from a spreadsheet can be pasted into the first one."
      />
    </div>
  )
}

function rowColumn(section: string, { name, holds }: Column, index: number): RowColumn {
  const column = { name: cellName(index), label: name }
  if (holds !== 'date') return column
  return {
    ...column,
    width: '7.5rem',
    cell: (row, at) => <Day section={section} row={row} at={at} column={index} label={name} />,
  }
}

function Day(props: {
  section: string
  row: string
  at: string
  column: number
  label: string
}): JSX.Element {
  const { open } = usePage()
  const day = createRowScalar(open.doc, itemsOf(props.section), props.row, cellName(props.column))
  const value = () => {
    const held = day()
    return typeof held === 'string' ? held : undefined
  }
  return (
    <DateField
      at={`${props.at}/${cellName(props.column)}`}
      label={props.label}
      quiet
      value={value()}
      onChange={(chosen) => setDay(open.edit, open.doc, props.section, props.row, props.column, chosen)}
    />
  )
}

/** A whole day as people write it in a spreadsheet. */
function readDay(typed: string): string | undefined {
  const date = readDate(typed)
  return date !== undefined && date !== 'unreadable' && date.length === 10 ? date : undefined
}
