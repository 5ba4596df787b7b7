import { createSignal, For, type JSX, Show } from 'solid-js'
import type * as Y from 'yjs'
import { plainLines } from '#shared/content/blocks.ts'
import { readRichText } from '#shared/content/rich-text.ts'
import type { OpenDocument } from '../sync/open-document.ts'
import { showToast } from '../ui/toasts.tsx'
import { type Caret, createRichText } from './create-rich-text.ts'
import './editor.css'
import { Toolbar } from './Toolbar.tsx'

export interface RichTextProps {
  /** A root type of the document (`doc.getXmlFragment('notes/…')`), so that nobody creates it twice (Y2). */
  fragment: Y.XmlFragment
  open: OpenDocument
  /** What a screen reader calls the text. */
  label: string
  placeholder?: string
  editable: boolean
  /** Someone asked for the editor in order to write: the caret goes to the end of the text. */
  autofocus?: boolean
  /** They are in the text already: the caret goes where they pointed, at once. */
  caret?: Caret | undefined
  /** The id of what describes the text to those who hear it. */
  describedBy?: string | undefined
}

/** The editor itself, in a piece of the program of its own; `RichText` loads it. */
export function RichTextEditor(props: RichTextProps): JSX.Element {
  const [place, setPlace] = createSignal<HTMLElement>()
  const [isLinking, setLinking] = createSignal(false)
  const text = createRichText(place, {
    fragment: props.fragment,
    open: props.open,
    label: props.label,
    isEditable: () => props.editable && props.open.canEdit(),
    autofocus: props.autofocus === true,
    caret: props.caret,
    describedBy: props.describedBy,
    onRefused: (sentence) => showToast({ text: sentence }),
    onLink: () => setLinking(true),
  })
  const tools = () => {
    const editor = text.editor()
    const state = text.state()
    return editor && state && props.editable && props.open.canEdit() ? { editor, state } : undefined
  }

  return (
    <div class="rich-text">
      <Show when={tools()}>
        {(found) => (
          <Toolbar
            editor={found().editor}
            state={found().state}
            label={props.label}
            isLinking={isLinking()}
            onLinking={setLinking}
          />
        )}
      </Show>
      <Show when={!text.isBeyondUs()} fallback={<BeyondUs {...props} />}>
        <div
          ref={setPlace}
          class="rich-text-place"
          classList={{ 'is-empty': text.state()?.isEmpty === true }}
          data-placeholder={props.placeholder}
        />
      </Show>
    </div>
  )
}

/** Better unedited than damaged: this text holds what only a newer version knows. */
function BeyondUs(props: RichTextProps): JSX.Element {
  return (
    <>
      <p class="notice">This text holds something that this version cannot edit. Reload the page.</p>
      <For each={plainLines(readRichText(props.fragment))}>{(line) => <p>{line}</p>}</For>
    </>
  )
}
