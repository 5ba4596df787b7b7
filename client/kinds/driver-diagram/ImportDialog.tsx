import { createSignal, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import type { Import } from '#shared/kinds/driver-diagram/import.ts'
import { csvColumns, readCsv } from '#shared/kinds/driver-diagram/table.ts'
import { refusePaste } from '../../sync/paste-guard.ts'
import { guardText } from '../../sync/text-guard.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { ImportPreview } from './ImportPreview.tsx'
import { usePage } from './page.ts'
import { takeIn } from './take-in.ts'

/** A CSV file becomes cards and links: first shown, then made. A row that is wrong is named, and nothing is changed. */
export function ImportDialog(props: { onClose: () => void }) {
  const page = usePage()
  const [source, setSource] = createSignal<Import>()
  const [problem, setProblem] = createSignal<string>()
  const canAdd = () => source() !== undefined && source()?.problems.length === 0

  const read = async (input: HTMLInputElement) => {
    const file = input.files?.[0]
    setSource(undefined)
    setProblem(undefined)
    if (!file) return
    const refusal = refusePaste(page.open.doc, file.size)
    if (refusal !== undefined) return setProblem(refusal)
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
      const said = await guardText(page.open, text, input)
      if (said === undefined) input.value = ''
      else setSource(readCsv(said))
    } catch {
      setProblem('This file is no text in UTF-8. Save it as “CSV UTF-8” and try again.')
    }
  }

  const add = () => {
    const read = source()
    if (read && canAdd() && takeIn(page, read)) props.onClose()
  }

  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      title="Import a CSV file"
      footer={
        <>
          <Button kind="quiet" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="primary" disabled={!canAdd()} onClick={add}>
            {canAdd() ? `Add ${counted(source()?.cards.length ?? 0, 'card')}` : 'Add'}
          </Button>
        </>
      }
    >
      <div class="preview">
        <Field label="File" help={`Its columns: ${csvColumns.join(', ')}.`} error={problem()}>
          {(control) => (
            <input
              {...control}
              type="file"
              accept=".csv,text/csv,text/plain"
              onChange={(event) => void read(event.currentTarget)}
            />
          )}
        </Field>
        <Show when={source()}>{(source) => <ImportPreview source={source()} />}</Show>
      </div>
    </Dialog>
  )
}
