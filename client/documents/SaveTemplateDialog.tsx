import { createSignal, type JSX, Show } from 'solid-js'
import type { DocumentSummary } from '#shared/document.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { Network } from '#shared/network.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { CheckField, TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { showToast } from '../ui/toasts.tsx'
import { saveTemplate } from './requests.ts'

/** The document becomes a template of its network: what new ones of its kind can start from. */
export function SaveTemplateDialog(props: {
  document: DocumentSummary
  network: Network
  onClose: () => void
}): JSX.Element {
  const asks = () => kinds[props.document.kind].emptied !== undefined
  const [isEmptied, setEmptied] = createSignal(true)
  const submit = createSubmit(['name', 'sentence'], async (values) => {
    await saveTemplate(props.document.id, {
      name: textOf(values, 'name'),
      sentence: textOf(values, 'sentence'),
      emptied: asks() && isEmptied(),
    })
    props.onClose()
    showToast({ text: `${props.network.name} has a new template.` })
  })
  return (
    <Dialog open onClose={props.onClose} title="Save as a template">
      <form class="form" novalidate onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <p class="small">
          Everyone in {props.network.name} can start from it. What you change in this document later does not
          change the template.
        </p>
        <TextField
          label="Name"
          name="name"
          autocomplete="off"
          value={props.document.title}
          error={submit.error('name')}
        />
        <TextField
          label="What it is for"
          help="One sentence, for those who choose among templates."
          name="sentence"
          autocomplete="off"
          error={submit.error('sentence')}
        />
        <Show when={asks()}>
          <CheckField
            label="Leave out what is written in it"
            help="The template then holds the questions alone."
            checked={isEmptied()}
            onChange={setEmptied}
          />
        </Show>
        <div class="actions">
          <Button type="submit" kind="primary" busy={submit.isBusy()}>
            Save the template
          </Button>
          <Button kind="quiet" onClick={() => props.onClose()}>
            Not now
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
