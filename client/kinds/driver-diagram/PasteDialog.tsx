import { createMemo, createSignal, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import { aimId } from '#shared/kinds/driver-diagram/model.ts'
import { readPaste } from '#shared/kinds/driver-diagram/paste.ts'
import { guardText } from '../../sync/text-guard.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CheckField, LongTextField } from '../../ui/Field.tsx'
import { ImportPreview } from './ImportPreview.tsx'
import { usePage } from './page.ts'
import { takeIn } from './take-in.ts'
import { quoted } from './words.ts'

/** An indented outline, or rows of a spreadsheet, becomes cards and links: first shown, then made. */
export function PasteDialog(props: { text: string; under?: string; onClose: () => void }) {
  const page = usePage()
  const [text, setText] = createSignal(props.text)
  /** The driver under which it may be put; the aim is what everything is put under otherwise. */
  const card = () => {
    const chosen = page.diagram.card(props.under ?? aimId)
    return chosen?.column === 'primary' || chosen?.column === 'secondary' ? chosen : undefined
  }
  const [isUnder, setUnder] = createSignal(card() !== undefined)
  /** Rows that name their columns say themselves where they belong; then there is nothing to choose. */
  const fitting = createMemo(() => {
    const chosen = card()
    return chosen && readPaste(text(), chosen.column).top.length > 0 ? chosen : undefined
  })
  const under = () => (isUnder() ? fitting() : undefined)
  const source = createMemo(() => readPaste(text(), under()?.column))
  const isEmpty = () => text().trim() === ''
  const canAdd = () => !isEmpty() && source().problems.length === 0
  let field: HTMLTextAreaElement | undefined
  const add = async () => {
    const said = await guardText(page.open, text(), field)
    if (said === undefined) return
    setText(said)
    if (canAdd() && takeIn(page, source(), under()?.id)) props.onClose()
  }
  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      title="Paste an outline or rows"
      footer={
        <>
          <Button kind="quiet" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="primary" disabled={!canAdd()} onClick={() => void add()}>
            {canAdd() ? `Add ${counted(source().cards.length, 'card')}` : 'Add'}
          </Button>
        </>
      }
    >
      <div class="preview">
        <LongTextField
          ref={field}
          label="Outline or rows"
          help="One card a line, indented under what it leads to. Or rows from a spreadsheet: aim, primary driver, secondary driver, change idea."
          value={text()}
          rows={8}
          spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={writeTab}
        />
        <Show when={isEmpty() ? card() : fitting()}>
          {(card) => (
            <CheckField
              label={`Put it under ${quoted(card().title)}`}
              checked={isUnder()}
              onChange={setUnder}
            />
          )}
        </Show>
        <Show when={!isEmpty()}>
          <ImportPreview source={source()} />
        </Show>
      </div>
    </Dialog>
  )
}

/** Tab indents here; Escape, then Tab, leaves the field. */
function writeTab(event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }): void {
  if (event.key !== 'Tab' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
  const field = event.currentTarget
  if (field.value === '') return
  event.preventDefault()
  field.setRangeText('\t', field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
