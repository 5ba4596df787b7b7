import { createSignal, type JSX } from 'solid-js'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'

/** A link to send to someone, with a button that copies it. */
export function CopyLink(props: { label: string; link: string }): JSX.Element {
  const [isCopied, setCopied] = createSignal(false)
  let input: HTMLInputElement | undefined
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.link)
      setCopied(true)
    } catch {
      // Not on a secure address, or not allowed: then the keyboard's own copy works on what is selected.
      input?.select()
    }
  }
  return (
    <Field label={props.label}>
      {(control) => (
        <span class="copy-link">
          <input
            {...control}
            ref={(element) => {
              input = element
            }}
            readOnly
            value={props.link}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button kind="primary" icon={isCopied() ? 'check' : 'copy'} onClick={() => void copy()}>
            <span aria-live="polite">{isCopied() ? 'Copied' : 'Copy'}</span>
          </Button>
        </span>
      )}
    </Field>
  )
}
