import { createSignal, For, type JSX, Show } from 'solid-js'
import { createNow } from '../clock.ts'
import { PersonName } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { LongTextField, TextField } from '../ui/Field.tsx'
import { createLoad, Loaded } from '../ui/load.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { showToast } from '../ui/toasts.tsx'
import { dayOf, timeOfDay } from '../ui/when.ts'
import type { Found } from './remembered.ts'
import { listVersions, saveVersion } from './requests.ts'

export interface VersionsDialogProps {
  found: Found
  canSave: boolean
  open: boolean
  onClose: () => void
}

/** The states that someone named, and a way to name this one. */
export function VersionsDialog(props: VersionsDialogProps): JSX.Element {
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Versions">
      <Versions {...props} />
    </Dialog>
  )
}

function Versions(props: VersionsDialogProps): JSX.Element {
  const now = createNow()
  const id = () => props.found.detail.id
  const load = createLoad(id, listVersions)
  let form: HTMLFormElement | undefined
  const submit = createSubmit(['name', 'note'], async (values) => {
    const note = textOf(values, 'note').trim()
    await saveVersion(id(), { name: textOf(values, 'name'), ...(note !== '' && { note }) })
    form?.reset()
    showToast({ text: 'The version is saved.' })
    await load.reload()
  })
  const [isNaming, setNaming] = createSignal(false)
  return (
    <>
      <Show when={props.canSave}>
        <Show
          when={isNaming()}
          fallback={
            <div class="row">
              <Button icon="history" onClick={() => setNaming(true)}>
                Save a version
              </Button>
              <span class="label">The state of now, with a name.</span>
            </div>
          }
        >
          <form ref={form} class="form" novalidate onSubmit={submit.onSubmit}>
            <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
            <TextField
              label="Name"
              name="name"
              autocomplete="off"
              placeholder="Before the January session"
              error={submit.error('name')}
            />
            <LongTextField
              label="Note"
              help="If you like."
              name="note"
              rows="2"
              error={submit.error('note')}
            />
            <div class="actions">
              <Button type="submit" kind="primary" busy={submit.isBusy()}>
                Save a version
              </Button>
            </div>
          </form>
        </Show>
      </Show>
      <Loaded load={load} lines={3}>
        {(versions) => (
          <Show when={versions().length > 0} fallback={<p class="small quiet">No version has a name yet.</p>}>
            <ul class="rows versions">
              <For each={versions()}>
                {(version) => (
                  <li>
                    <p>{version.name}</p>
                    <Show when={version.note}>
                      <p class="small quiet">{version.note}</p>
                    </Show>
                    <p class="label row">
                      <Show when={version.by}>{(person) => <PersonName person={person()} />}</Show>
                      <time dateTime={new Date(version.createdAt).toISOString()}>
                        {dayOf(version.createdAt, now(), props.found.network)},{' '}
                        {timeOfDay(version.createdAt, props.found.network)}
                      </time>
                    </p>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </Loaded>
    </>
  )
}
