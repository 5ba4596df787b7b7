import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import { asRefusal } from './api.ts'
import { getMe, signOut } from './session.tsx'
import type { UnsentWork } from './sync/local-copy.ts'
import { Button } from './ui/Button.tsx'
import { Dialog } from './ui/Dialog.tsx'
import { showToast } from './ui/toasts.tsx'

/** Work on this device that no server has, by document. */
interface UnsentDocument {
  readonly documentId: string
  readonly changes: number
  readonly files: number
}

/** Signs out; asks first when something would be lost by it. */
export function SignOutDialog(props: { open: boolean; onClose: () => void }): JSX.Element {
  const [unsent, setUnsent] = createSignal<readonly UnsentDocument[]>([])
  const [isAsking, setAsking] = createSignal(false)

  const leave = async () => {
    close()
    try {
      await signOut()
    } catch (thrown) {
      showToast({ text: `You are still signed in. ${asRefusal(thrown).message}` })
    }
  }
  const close = () => {
    setAsking(false)
    props.onClose()
  }

  createEffect(
    on(
      () => props.open,
      async (isOpen) => {
        if (!isOpen) return
        const found = await findUnsent()
        if (found.length === 0) return leave()
        setUnsent(found)
        setAsking(true)
      },
    ),
  )

  return (
    <Dialog
      open={isAsking()}
      onClose={close}
      title="Some of your work is only on this device"
      footer={
        <>
          <Button kind="danger" onClick={() => void leave()}>
            Sign out and lose it
          </Button>
          <Button kind="primary" onClick={close}>
            Stay signed in
          </Button>
        </>
      }
    >
      <p class="small">
        Signing out removes everything of yours from this device. This never reached the server. Open a
        document while you are online and it is sent; or download it there.
      </p>
      <ul class="rows small">
        <For each={unsent()}>
          {(document) => (
            <li class="row">
              <a href={`/documents/${document.documentId}`} onClick={close}>
                Open the document
              </a>
              <span class="label push">{amount(document)}</span>
            </li>
          )}
        </For>
      </ul>
      <Show when={!navigator.onLine}>
        <p class="small quiet">You are offline now.</p>
      </Show>
    </Dialog>
  )
}

function amount({ changes, files }: UnsentDocument): string {
  const parts = [changes > 0 ? counted(changes, 'change') : '', files > 0 ? counted(files, 'file') : '']
  return parts.filter(Boolean).join(', ')
}

async function findUnsent(): Promise<readonly UnsentDocument[]> {
  const byDocument = new Map<string, UnsentDocument>()
  for (const { documentId, changes, files } of await unsentAfterAMoment()) {
    const before = byDocument.get(documentId) ?? { documentId, changes: 0, files: 0 }
    byDocument.set(documentId, {
      documentId,
      changes: before.changes + changes,
      files: before.files + files,
    })
  }
  return [...byDocument.values()]
}

/** What was written just now is usually on the server within a moment: nobody need be asked about that. */
async function unsentAfterAMoment(): Promise<readonly UnsentWork[]> {
  const { listUnsentWork } = await import('./sync/local-copy.ts')
  for (let looks = 8; looks > 0; looks -= 1) {
    const found = await listUnsentWork(getMe().id)
    const mayStillBeSent = found.some(({ isKeptCopy }) => !isKeptCopy)
    if (!mayStillBeSent || !navigator.onLine) return found
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return listUnsentWork(getMe().id)
}
