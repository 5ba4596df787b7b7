import { useNavigate } from '@solidjs/router'
import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import { kinds } from '#shared/kinds/index.ts'
import { asRefusal } from '../api.ts'
import { downloadFile } from '../sync/download.ts'
import { type KeptCopy, readKeptCopy, removeKeptCopy } from '../sync/kept-copies.ts'
import type { OpenDocument } from '../sync/open-document.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice } from '../ui/Notice.tsx'
import { showToast } from '../ui/toasts.tsx'
import { whenOf } from '../ui/when.ts'
import { asFile } from './as-file.ts'
import { placesToCreate } from './places.ts'
import type { Found } from './remembered.ts'
import { createDocument } from './requests.ts'

const reasonWords: Readonly<Record<KeptCopy['reason'], string>> = {
  replaced: 'The document was replaced while these changes were on their way.',
  'too-large': 'The document could not take them: it was too large.',
  refused: 'The server did not accept them.',
  asked: 'You kept it by hand.',
}

/** Copies of this document with changes that could not be merged: they lie on this device until someone decides. */
export function KeptCopies(props: { found: Found; open: OpenDocument }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false)
  const [copies, setCopies] = createSignal<readonly KeptCopy[]>([])
  const look = async () => setCopies(await props.open.keptCopies())
  // Looked for at first, and again when a trouble has set one aside.
  createEffect(on(() => props.open.trouble()?.keptAside, look))
  return (
    <Show when={copies().length > 0}>
      <Notice
        tone="waits"
        actions={
          <Button onClick={() => setOpen(true)}>
            {copies().length === 1 ? 'Look at the copy' : `Look at ${copies().length} copies`}
          </Button>
        }
      >
        Changes of yours that could not be merged are kept on this device.
      </Notice>
      <Dialog open={isOpen()} onClose={() => setOpen(false)} title="Kept copies">
        <ul class="rows">
          <For each={copies()}>
            {(copy) => <KeptCopyRow copy={copy} found={props.found} removed={() => void look()} />}
          </For>
        </ul>
      </Dialog>
    </Show>
  )
}

function KeptCopyRow(props: { copy: KeptCopy; found: Found; removed: () => void }): JSX.Element {
  const navigate = useNavigate()
  const places = () => placesToCreate(props.found.network)
  const place = () => places().find(({ teamId }) => teamId === props.found.detail.teamId) ?? places()[0]
  const title = () => `${props.found.detail.title} (kept copy)`

  const download = () => {
    const doc = readKeptCopy(props.copy)
    downloadFile(asFile({ kind: props.found.detail.kind, title: title() }, doc))
    doc.destroy()
  }
  const openAsNew = async () => {
    const { kind, networkId } = props.found.detail
    const doc = readKeptCopy(props.copy)
    const content: unknown = kinds[kind].read(doc)
    doc.destroy()
    try {
      navigate(
        `/documents/${await createDocument({ networkId, teamId: place()?.teamId, kind, title: title(), content })}`,
      )
    } catch (thrown) {
      showToast({ text: asRefusal(thrown).message })
    }
  }
  const remove = async () => {
    await removeKeptCopy(props.copy.id)
    props.removed()
  }
  return (
    <li class="stack">
      <div>
        <p>
          {counted(props.copy.changes, 'change')}, kept {whenOf(props.copy.keptAt, Date.now())}
        </p>
        <p class="label">{reasonWords[props.copy.reason]}</p>
      </div>
      <div class="row-wide">
        <Show when={place()}>
          <Button icon="document" onClick={() => void openAsNew()}>
            Open as a new document
          </Button>
        </Show>
        <Button kind="quiet" icon="download" onClick={download}>
          Download
        </Button>
        <Button kind="quiet" icon="trash" onClick={() => void remove()}>
          Remove
        </Button>
      </div>
    </li>
  )
}
