import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import type { DocumentSummary } from '#shared/document.ts'
import type { Network } from '#shared/network.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { showToast } from '../ui/toasts.tsx'
import { copyWords } from './copy-words.ts'
import { PlaceField } from './PlaceField.tsx'
import { placeName, placesToCreate } from './places.ts'
import { copyDocument, renameDocument, shareDocument } from './requests.ts'
import { SaveTemplateDialog } from './SaveTemplateDialog.tsx'

/** A step with a document as a whole that asks something first. */
export type Step = 'rename' | 'copy' | 'share' | 'template'

interface StepDialogProps {
  document: DocumentSummary
  network: Network
  onClose: () => void
  changed: () => void
}

/** The dialog of one step. */
export function StepDialog(props: StepDialogProps & { step: Step }): JSX.Element {
  return (
    <Switch>
      <Match when={props.step === 'rename'}>
        <RenameDialog {...props} />
      </Match>
      <Match when={props.step === 'copy'}>
        <CopyDialog {...props} />
      </Match>
      <Match when={props.step === 'share'}>
        <ShareDialog {...props} />
      </Match>
      <Match when={props.step === 'template'}>
        <SaveTemplateDialog document={props.document} network={props.network} onClose={props.onClose} />
      </Match>
    </Switch>
  )
}

function RenameDialog(props: StepDialogProps): JSX.Element {
  const submit = createSubmit(['title'], async (values) => {
    await renameDocument(props.document.id, textOf(values, 'title'))
    props.changed()
    props.onClose()
  })
  return (
    <Dialog open onClose={props.onClose} title="Rename">
      <form class="form" novalidate onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <TextField
          label="Title"
          name="title"
          autocomplete="off"
          value={props.document.title}
          error={submit.error('title')}
        />
        <div class="actions">
          <Button type="submit" kind="primary" busy={submit.isBusy()}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function CopyDialog(props: StepDialogProps): JSX.Element {
  const navigate = useNavigate()
  const places = placesToCreate(props.network)
  const words = () => copyWords(props.document)
  const [place, setPlace] = createSignal(
    places.find(({ teamId }) => teamId === props.document.teamId) ?? places[0],
  )
  const submit = createSubmit(['title', 'team'], async (values) => {
    const id = await copyDocument(props.document.id, {
      title: textOf(values, 'title'),
      teamId: place()?.teamId,
    })
    props.changed()
    props.onClose()
    navigate(`/documents/${id}`)
  })
  return (
    <Dialog open onClose={props.onClose} title={words().label}>
      <form class="form" novalidate onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <p class="small">{words().sentence}</p>
        <TextField
          label="Title"
          name="title"
          autocomplete="off"
          value={words().title}
          error={submit.error('title')}
        />
        <Show when={places.length > 1} fallback={<p class="label">It will stand in {place()?.name}.</p>}>
          <PlaceField places={places} place={place()} onChange={setPlace} error={submit.error('team')} />
        </Show>
        <div class="actions">
          <Button type="submit" kind="primary" busy={submit.isBusy()}>
            {words().label}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function ShareDialog(props: StepDialogProps): JSX.Element {
  const submit = createSubmit([], async () => {
    await shareDocument(props.document.id)
    props.changed()
    props.onClose()
    showToast({ text: `Shared with ${props.network.name}.` })
  })
  return (
    <Dialog open onClose={props.onClose} title={`Share with ${props.network.name}?`}>
      <form class="form" onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <p class="small">
          Everyone in the network will be able to read “{props.document.title}”.{' '}
          {whoEdits(props.document, props.network)} It cannot become a draft again.
        </p>
        <div class="actions">
          <Button type="submit" kind="primary" icon="share" busy={submit.isBusy()}>
            Share
          </Button>
          <Button kind="quiet" onClick={() => props.onClose()}>
            Keep it a draft
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const whoEdits = (document: DocumentSummary, network: Network): string =>
  document.teamId === undefined
    ? 'Coordinators, facilitators and coaches edit it.'
    : `${placeName(network, document.teamId)} edits it, and so do coordinators, facilitators and coaches.`
