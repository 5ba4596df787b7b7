import { createEffect, createSignal, type JSX, onCleanup, Show } from 'solid-js'
import type * as Y from 'yjs'
import { bindText } from '../sync/text-binding.ts'
import { showToast } from '../ui/toasts.tsx'
import { FieldFrame, type FieldSaying, type FrameControl } from './FieldFrame.tsx'
import { useForm } from './form.ts'

export interface TextProps extends FieldSaying {
  /** A short text of the document; undefined while its row is not there. */
  text: () => Y.Text | undefined
  placeholder?: string | undefined
  /** In characters. What would go above it is refused, never cut. */
  maxLength?: number
}

/** One line that several people type in at once. It wraps where it must, and Enter leaves it. */
export function TextLine(props: TextProps): JSX.Element {
  return (
    <FieldFrame {...props}>
      {(control) => <SharedWords {...props} control={control} isSingleLine />}
    </FieldFrame>
  )
}

/** Several lines of plain words that several people type in at once. */
export function TextArea(props: TextProps): JSX.Element {
  return <FieldFrame {...props}>{(control) => <SharedWords {...props} control={control} />}</FieldFrame>
}

export interface SharedWordsProps {
  text: () => Y.Text | undefined
  control: FrameControl
  placeholder?: string | undefined
  maxLength?: number
  isSingleLine?: boolean
  onKeyDown?: (event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }) => void
  onPaste?: (event: ClipboardEvent) => void
}

/**
 * The words of a short text with the field over them. The words stay under the field, unseen, and give it its size, so that
 * nothing jumps and nothing need be measured.
 */
export function SharedWords(props: SharedWordsProps): JSX.Element {
  const { open } = useForm()
  const words = createWords(props.text)
  return (
    <Show when={open.canEdit()} fallback={<ReadWords words={words()} />}>
      <span class="form-words writing">
        <span class="said" aria-hidden="true">
          {words() || props.placeholder}
        </span>
        <Field {...props} />
      </span>
    </Show>
  )
}

function ReadWords(props: { words: string }): JSX.Element {
  return (
    <span class="form-words" classList={{ faint: props.words === '' }}>
      {props.words || 'Not said'}
    </span>
  )
}

function Field(props: SharedWordsProps): JSX.Element {
  const { open } = useForm()
  let field!: HTMLTextAreaElement
  createEffect(() => {
    const text = props.text()
    if (text === undefined) return
    onCleanup(
      bindText(field, text, open, {
        singleLine: props.isSingleLine === true,
        ...(props.maxLength === undefined ? {} : { maxLength: props.maxLength }),
        onRefused: (sentence) => showToast({ text: sentence }),
      }),
    )
  })
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }) => {
    props.onKeyDown?.(event)
    if (event.defaultPrevented || !props.isSingleLine || event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    event.currentTarget.blur()
  }
  return (
    <textarea
      ref={field}
      {...props.control}
      rows={1}
      placeholder={props.placeholder}
      onKeyDown={onKeyDown}
      onPaste={(event) => props.onPaste?.(event)}
    />
  )
}

/** The words of a short text, live. */
export function createWords(text: () => Y.Text | undefined): () => string {
  const [words, setWords] = createSignal('')
  createEffect(() => {
    const source = text()
    const read = () => setWords(source?.toString() ?? '')
    read()
    source?.observe(read)
    onCleanup(() => source?.unobserve(read))
  })
  return words
}
