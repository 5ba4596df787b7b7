import { createEffect, createUniqueId, onCleanup } from 'solid-js'
import type * as Y from 'yjs'
import { bindText } from '../../sync/text-binding.ts'
import { showToast } from '../../ui/toasts.tsx'
import { usePage } from './page.ts'

/** A long text of the document in a field: several people may write in it at once. */
export function SharedText(props: {
  label: string
  text: Y.Text
  help?: string
  placeholder?: string
  autofocus?: boolean
}) {
  const { open } = usePage()
  const id = createUniqueId()
  let field!: HTMLTextAreaElement
  createEffect(() => {
    onCleanup(bindText(field, props.text, open, { onRefused: (text) => showToast({ text }) }))
    if (props.autofocus) field.focus()
  })
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <textarea
        ref={field}
        id={id}
        rows={1}
        placeholder={props.placeholder}
        aria-describedby={props.help ? `${id}-help` : undefined}
      />
      {props.help && (
        <span class="help" id={`${id}-help`}>
          {props.help}
        </span>
      )}
    </div>
  )
}

/** A short value that is written as a whole, when one leaves the field or presses Enter. */
export function ShortField(props: {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  list?: string
  inputMode?: 'decimal' | 'text'
  error?: string | undefined
}) {
  const { open } = usePage()
  const id = createUniqueId()
  return (
    <div class="field" classList={{ invalid: props.error !== undefined }}>
      <label for={id}>{props.label}</label>
      <input
        id={id}
        type="text"
        value={props.value}
        placeholder={props.placeholder}
        list={props.list}
        inputmode={props.inputMode}
        disabled={!open.canEdit()}
        aria-invalid={props.error !== undefined}
        aria-describedby={props.error ? `${id}-error` : undefined}
        onChange={(event) => props.onChange(event.currentTarget.value.trim())}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      {props.error && (
        <span class="error" id={`${id}-error`}>
          {props.error}
        </span>
      )}
    </div>
  )
}
