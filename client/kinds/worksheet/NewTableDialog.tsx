import { createSignal, type JSX } from 'solid-js'
import type { Column } from '#shared/kinds/worksheet/model.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LongTextField } from '../../ui/Field.tsx'
import { createAdding } from './create-adding.ts'

const mostColumns = 8

/** A table needs to know its columns before it has rows. */
export function NewTableDialog(props: { after: string | undefined; onClose: () => void }): JSX.Element {
  const adding = createAdding()
  const [text, setText] = createSignal('')
  const [problem, setProblem] = createSignal<string>()
  const add = (event: SubmitEvent) => {
    event.preventDefault()
    const columns = readColumns(text())
    if (columns.length === 0) return setProblem('Name at least one column.')
    if (columns.length > mostColumns) return setProblem(`A small table has at most ${mostColumns} columns.`)
    props.onClose()
    adding.table(columns, props.after)
  }
  return (
    <Dialog open onClose={props.onClose} title="Add a table">
      <form class="form" novalidate onSubmit={add}>
        <LongTextField
          label="Columns"
          help="One name a line. A column that is called “By when”, “Date” or “… on” holds days."
          value={text()}
          rows={4}
          error={problem()}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <div class="actions">
          <Button type="submit" kind="primary">
            Add the table
          </Button>
          <Button kind="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const readColumns = (text: string): Column[] =>
  text
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => (namesDays.test(name) ? { name, holds: 'date' } : { name }))

const namesDays = /^(by when|date|day|when|since|until|.+ on|.+ date)$/i
