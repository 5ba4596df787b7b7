import { createSignal, type JSX, onMount, Show } from 'solid-js'
import * as Y from 'yjs'
import { counted } from '#shared/counted.ts'
import { getMe } from '../session.tsx'
import { downloadFile } from '../sync/download.ts'
import { findLostWork, type LostWork as Lost } from '../sync/local-copy.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { asFile } from './as-file.ts'
import { recallFound } from './remembered.ts'

/** A document that one no longer has, and changes to it that are only on this device: they are offered before they go. */
export function LostWork(props: { documentId: string }): JSX.Element {
  const [lost, setLost] = createSignal<Lost>()
  onMount(async () => setLost(await findLostWork(getMe().id, props.documentId)))

  const download = async (work: Lost) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, work.state, 'lost work')
    const found = await recallFound(getMe().id, props.documentId)
    downloadFile(
      found
        ? asFile(found.detail, doc)
        : { name: 'document.yjs', type: 'application/octet-stream', body: work.state },
    )
    doc.destroy()
  }
  const remove = async (work: Lost) => {
    await work.forget()
    setLost(undefined)
  }
  return (
    <Show when={lost()}>
      {(work) => (
        <Notice
          tone="waits"
          actions={
            <>
              <Button icon="download" onClick={() => void download(work())}>
                Download what is here
              </Button>
              <Button kind="quiet" icon="trash" onClick={() => void remove(work())}>
                Remove the copy on this device
              </Button>
            </>
          }
        >
          {counted(work().changes, 'change')} of yours to this document never reached the server.
        </Notice>
      )}
    </Show>
  )
}
