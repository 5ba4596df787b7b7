import { createSignal, type JSX, Show } from 'solid-js'
import { saveVersion } from '../documents/versions.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { LongTextField, TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { showToast } from '../ui/toasts.tsx'

/** Gives the document as it is now a name, so that people find it again. */
export function SaveVersion(props: { documentId: string; onSaved: () => void }): JSX.Element {
  const [isNaming, setNaming] = createSignal(false)
  const submit = createSubmit(['name', 'note'], async (values) => {
    const note = textOf(values, 'note').trim()
    await saveVersion(props.documentId, { name: textOf(values, 'name'), ...(note !== '' && { note }) })
    setNaming(false)
    showToast({ text: 'The version is saved.' })
    props.onSaved()
  })
  return (
    <>
      <Button icon="flag" onClick={() => setNaming(true)}>
        Save a version
      </Button>
      <Dialog open={isNaming()} onClose={() => setNaming(false)} title="The document of now gets a name">
        <form class="form" novalidate onSubmit={submit.onSubmit}>
          <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
          <TextField
            label="Name"
            name="name"
            autocomplete="off"
            placeholder="Before the January session"
            error={submit.error('name')}
          />
          <LongTextField label="Note" help="If you like." name="note" rows="2" error={submit.error('note')} />
          <div class="actions">
            <Button type="submit" kind="primary" busy={submit.isBusy()}>
              Save a version
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
