import { type JSX, Show } from 'solid-js'
import type { TemplateSummary } from '#shared/document.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit } from '../ui/submit.ts'
import { removeTemplate } from './requests.ts'

/** Asks before the network gives up a template that it saved: it cannot be brought back. */
export function RemoveTemplateDialog(props: {
  networkId: string
  template: TemplateSummary
  onClose: () => void
  removed: () => void
}): JSX.Element {
  const submit = createSubmit([], async () => {
    await removeTemplate(props.networkId, props.template.id)
    props.onClose()
    props.removed()
  })
  return (
    <Dialog open onClose={props.onClose} title={`Remove the template “${props.template.name}”?`}>
      <form class="form" onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <p class="small">Nobody can start from it any more. Documents that were started from it stay.</p>
        <div class="actions">
          <Button type="submit" kind="danger" busy={submit.isBusy()}>
            Remove
          </Button>
          <Button kind="quiet" onClick={() => props.onClose()}>
            Keep it
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
