import { createSignal, type JSX, lazy, Show, Suspense } from 'solid-js'
import { savesTemplates } from '#shared/access.ts'
import type { DocumentSummary } from '#shared/document.ts'
import type { Network } from '#shared/network.ts'
import { asRefusal } from '../api.ts'
import type { MenuDivision, MenuItem } from '../ui/Menu.tsx'
import { showToast } from '../ui/toasts.tsx'
import { copyWords } from './copy-words.ts'
import { placesToCreate } from './places.ts'
import { archiveDocument, restoreDocument } from './requests.ts'
import type { Step } from './StepDialog.tsx'

/** Fetched when someone takes a step that asks something. */
const StepDialog = lazy(async () => ({ default: (await import('./StepDialog.tsx')).StepDialog }))

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
  const [open, setOpen] = createSignal<Step>()
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

  return {
    items,
    canShare,
    share: () => setOpen('share'),
    restore,
    Dialogs: () => (
      <Show when={open()}>
        {(step) => (
          <Suspense>
            <StepDialog
              step={step()}
              document={document()}
              network={options.network()}
              onClose={() => setOpen(undefined)}
              changed={options.changed}
            />
          </Suspense>
        )}
      </Show>
    ),
  }
}
