/** A page of nothing but a document's files, served by the real server. The address names the document. */
import { createSignal, onMount, Show } from 'solid-js'
import { render } from 'solid-js/web'
import type { Records } from '#shared/records.ts'
import { answer, api } from '../../../client/api.ts'
import { Attachments } from '../../../client/attachments/Attachments.tsx'
import { SignOutDialog } from '../../../client/SignOutDialog.tsx'
import { session, startSession } from '../../../client/session.tsx'
import { Button } from '../../../client/ui/Button.tsx'
import { Toasts } from '../../../client/ui/toasts.tsx'
import '../../../client/ui/theme.css'
import '../../../client/ui/base.css'

const documentId = new URL(location.href).pathname.split('/').at(-1) ?? ''

function Page() {
  const [records, setRecords] = createSignal<Records>()
  const [isLeaving, setLeaving] = createSignal(false)
  const reload = async () => {
    const found = await answer(api.documents[':id'].records.$get({ param: { id: documentId } }))
    setRecords(found.records)
  }
  onMount(() => void reload())
  return (
    <main class="page">
      <h1>Photos and files</h1>
      <Show when={records()}>
        {(known) => (
          <Attachments
            documentId={documentId}
            part="do"
            attachments={known().attachments ?? []}
            canEdit={true}
            reload={() => void reload()}
            label="Photos and files"
          />
        )}
      </Show>
      <Button onClick={() => setLeaving(true)}>Sign out</Button>
      <SignOutDialog open={isLeaving()} onClose={() => setLeaving(false)} />
      <Toasts />
    </main>
  )
}

const place = document.getElementById('app')
if (place)
  void startSession().then(() =>
    render(() => <Show when={session().kind === 'signed-in'}>{<Page />}</Show>, place),
  )
