import { For, type JSX, Show } from 'solid-js'
import type { Network } from '#shared/network.ts'
import { answer, api } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'

/** What the network is called, and in which zone its dates are. */
export function NetworkDialog(props: {
  network: Network
  open: boolean
  onClose: () => void
  changed: () => void
}): JSX.Element {
  const submit = createSubmit(['name', 'timeZone'], async (values) => {
    const json = { name: textOf(values, 'name'), timeZone: textOf(values, 'timeZone') }
    await answer(api.networks[':id'].$put({ param: { id: props.network.id }, json }))
    props.changed()
    props.onClose()
  })
  return (
    <Dialog open={props.open} onClose={props.onClose} title="The network">
      <form class="form" novalidate onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <TextField
          label="Name"
          name="name"
          autocomplete="off"
          value={props.network.name}
          error={submit.error('name')}
        />
        <TextField
          label="Time zone"
          help="Dates and times are shown in it, such as America/Chicago."
          name="timeZone"
          autocomplete="off"
          list="time-zones"
          value={props.network.timeZone}
          error={submit.error('timeZone')}
        />
        <datalist id="time-zones">
          <For each={Intl.supportedValuesOf('timeZone')}>{(zone) => <option value={zone} />}</For>
        </datalist>
        <div class="actions">
          <Button type="submit" kind="primary" busy={submit.isBusy()}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
