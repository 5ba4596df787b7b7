import type { JSX } from 'solid-js'
import { rowText } from '#shared/kinds/rows.ts'
import { setDone } from '#shared/kinds/worksheet/edits.ts'
import { itemsOf, type Section } from '#shared/kinds/worksheet/model.ts'
import { createRowScalar } from '../../form/create-rows.ts'
import { Rows } from '../../form/Rows.tsx'
import { createWords } from '../../form/TextLine.tsx'
import { TickField } from '../../form/TickField.tsx'
import { usePage } from './page.ts'
import { itemsAt } from './section-address.ts'

/** Things to do or to make sure of. */
export function Checklist(props: { section: Section }): JSX.Element {
  return (
    <div class="ws-checklist">
      <Rows
        at={itemsAt(props.section.id)}
        list={itemsOf(props.section.id)}
        label={props.section.heading}
        quiet
        one="item"
        texts={['text']}
        columns={[
          {
            name: 'done',
            label: 'Done',
            width: '1.75rem',
            cell: (row, at) => <Done section={props.section.id} row={row} at={at} />,
          },
          { name: 'text', label: 'Item', placeholder: 'What has to be done' },
        ]}
        empty="Nothing on the list yet."
      />
    </div>
  )
}

function Done(props: { section: string; row: string; at: string }): JSX.Element {
  const { open } = usePage()
  const list = () => itemsOf(props.section)
  const done = createRowScalar(open.doc, list(), props.row, 'done')
  const words = createWords(() => rowText(open.doc, list(), props.row, 'text'))
  return (
    <TickField
      at={`${props.at}/done`}
      label={`Done: ${words() || 'an item without words'}`}
      quiet
      checked={done() === true}
      onChange={(isDone) => setDone(open.edit, open.doc, props.section, props.row, isDone)}
    />
  )
}
