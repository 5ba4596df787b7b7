/** A page of nothing but an open document's fields, for the browser tests of what stands under every document. */
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { render } from 'solid-js/web'
import { RichText } from '../../../client/editor/RichText.tsx'
import { openDocument } from '../../../client/sync/open-document.ts'
import { bindText } from '../../../client/sync/text-binding.ts'
import { showToast, Toasts } from '../../../client/ui/toasts.tsx'
import '../../../client/ui/theme.css'
import '../../../client/ui/base.css'

const asked = new URL(location.href).searchParams
const account = asked.get('account') ?? 'ada'
// A browser that keeps nothing, as some are set to.
if (asked.get('storage') === 'none') Object.defineProperty(window, 'indexedDB', { value: undefined })

function Page() {
  const open = openDocument(
    { id: 'page', epoch: asked.get('epoch') ?? `one:${account}`, schema: 1, level: 'edit', updatedAt: 1 },
    { id: account, name: `${account} Example`, color: 1, email: `${account}@example.org` },
  )
  onCleanup(() => open.close())
  Object.assign(window, { open })
  return (
    <main>
      <output id="saved">{JSON.stringify(open.saved())}</output>
      <output id="trouble">{JSON.stringify(open.trouble())}</output>
      <ul id="people">
        <For each={open.people()}>
          {(person) => (
            <li>
              {person.name} {person.at ?? ''} {person.writing ? 'writing' : ''}
            </li>
          )}
        </For>
      </ul>
      <Show when={open.ready()}>
        <Fields open={open} />
      </Show>
      <Toasts />
    </main>
  )
}

function Fields(props: { open: ReturnType<typeof openDocument> }) {
  const [areNotesOpen, setNotesOpen] = createSignal(asked.has('notes'))
  let field: HTMLTextAreaElement | undefined
  onMount(() => {
    const { open } = props
    if (!field) return
    onCleanup(
      bindText(field, open.doc.getText('title/1'), open, {
        maxLength: 2_000,
        onRefused: (text) => showToast({ text }),
      }),
    )
  })
  return (
    <>
      <textarea ref={field} aria-label="Title" />
      <button type="button" onClick={() => setNotesOpen(!areNotesOpen())}>
        Notes
      </button>
      <button
        type="button"
        onClick={() =>
          props.open.edit(() => props.open.doc.getMap('card').set('order', String(Math.random())))
        }
      >
        Move
      </button>
      <Show when={areNotesOpen()}>
        <RichText
          fragment={props.open.doc.getXmlFragment('notes/1')}
          open={props.open}
          label="Notes"
          placeholder="What have you seen?"
          editable={true}
        />
      </Show>
    </>
  )
}

const place = document.getElementById('app')
if (place) render(() => <Page />, place)
