import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { savesTemplates } from '#shared/access.ts'
import type { DocumentSummary } from '#shared/document.ts'
import type { Network } from '#shared/network.ts'
import { asRefusal } from '../api.ts'
import { kindViews } from '../kinds/index.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import type { MenuDivision, MenuItem } from '../ui/Menu.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { showToast } from '../ui/toasts.tsx'
import { PlaceField } from './PlaceField.tsx'
import { placeName, placesToCreate } from './places.ts'
import { archiveDocument, copyDocument, renameDocument, restoreDocument, shareDocument } from './requests.ts'
import { SaveTemplateDialog } from './SaveTemplateDialog.tsx'

/** What can be done with a document as a whole, from a list as from its own page. */
export interface DocumentSteps {
  /** For a menu: only what the reader may do. */
  readonly items: () => readonly (MenuItem | MenuDivision)[]
  readonly canShare: () => boolean
  share(): void
  restore(): Promise<void>
  /** The dialogs of the steps; draw them once, beside the menu. */
  readonly Dialogs: () => JSX.Element
}

export interface DocumentStepsOptions {
  document: () => DocumentSummary
  network: () => Network
  /** The row has changed: show it anew. */
  changed: () => void
  /** Left out where the title can be changed in place. */
  rename?: boolean
}

export function createDocumentSteps(options: DocumentStepsOptions): DocumentSteps {
  const [open, setOpen] = createSignal<'rename' | 'copy' | 'share' | 'template'>()
  const document = options.document
  const mayEdit = () => document().level === 'edit' && document().archivedAt === undefined
  const canShare = () => mayEdit() && !document().shared

  async function attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      options.changed()
      return true
    } catch (thrown) {
      showToast({ text: asRefusal(thrown).message })
      return false
    }
  }

  async function archive(): Promise<void> {
    const { id, title } = document()
    if (!(await attempt(() => archiveDocument(id)))) return
    showToast({ text: `“${title}” is archived.`, action: { label: 'Undo', run: () => void unarchive(id) } })
  }

  const unarchive = (id: string) => attempt(() => restoreDocument(id))

  async function restore(): Promise<void> {
    const { id, title } = document()
    if (await unarchive(id)) showToast({ text: `“${title}” is back.` })
  }

  const items = (): readonly (MenuItem | MenuDivision)[] => [
    ...(mayEdit() && options.rename
      ? [{ label: 'Rename', icon: 'edit' as const, run: () => setOpen('rename') }]
      : []),
    ...(canShare()
      ? [{ label: 'Share with the network', icon: 'share' as const, run: () => setOpen('share') }]
      : []),
    ...(placesToCreate(options.network()).length > 0
      ? [{ label: copyWords(document()).label, icon: 'copy' as const, run: () => setOpen('copy') }]
      : []),
    ...(savesTemplates(options.network())
      ? [{ label: 'Save as a template', icon: 'document' as const, run: () => setOpen('template') }]
      : []),
    ...(mayEdit() ? [{ label: 'Archive', icon: 'archive' as const, run: () => void archive() }] : []),
    ...(document().mayRestore
      ? [{ label: 'Restore', icon: 'restore' as const, run: () => void restore() }]
      : []),
  ]

  const close = () => setOpen(undefined)
  return {
    items,
    canShare,
    share: () => setOpen('share'),
    restore,
    Dialogs: () => (
      <Switch>
        <Match when={open() === 'rename'}>
          <RenameDialog document={document()} onClose={close} changed={options.changed} />
        </Match>
        <Match when={open() === 'copy'}>
          <CopyDialog
            document={document()}
            network={options.network()}
            onClose={close}
            changed={options.changed}
          />
        </Match>
        <Match when={open() === 'share'}>
          <ShareDialog
            document={document()}
            network={options.network()}
            onClose={close}
            changed={options.changed}
          />
        </Match>
        <Match when={open() === 'template'}>
          <SaveTemplateDialog document={document()} network={options.network()} onClose={close} />
        </Match>
      </Switch>
    ),
  }
}

/** What a copy is called, and what it takes: everything, where the kind does not say otherwise. */
function copyWords({ kind, title }: DocumentSummary) {
  const { copy } = kindViews[kind]
  return copy
    ? { ...copy, title }
    : {
        label: 'Make a copy',
        sentence: 'The copy holds all that is in it now and goes its own way from there.',
        title: `Copy of ${title}`,
      }
}

interface StepDialogProps {
  document: DocumentSummary
  onClose: () => void
  changed: () => void
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

function CopyDialog(props: StepDialogProps & { network: Network }): JSX.Element {
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

function ShareDialog(props: StepDialogProps & { network: Network }): JSX.Element {
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
