import { createSignal, type JSX, Show } from 'solid-js'

export interface TitleFieldProps {
  title: string
  canRename: boolean
  onRename: (title: string) => Promise<void>
}

/** The document's title, changed in place by those who may. Enter keeps it, Escape leaves it as it was. */
export function TitleField(props: TitleFieldProps): JSX.Element {
  const [isEditing, setEditing] = createSignal(false)
  let button: HTMLButtonElement | undefined
  const end = async (input: HTMLInputElement) => {
    if (!isEditing()) return
    const title = input.value.trim()
    setEditing(false)
    if (title !== '' && title !== props.title) await props.onRename(title)
  }
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    event.stopPropagation()
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    // Otherwise the same key would press the button that takes the field's place.
    event.preventDefault()
    if (event.key === 'Escape') event.currentTarget.value = props.title
    void end(event.currentTarget)
    button?.focus()
  }
  return (
    <h1 class="doctitle">
      <Show when={props.canRename} fallback={props.title}>
        <Show
          when={isEditing()}
          fallback={
            <button
              ref={(element) => {
                button = element
              }}
              type="button"
              title="Rename"
              onClick={() => setEditing(true)}
            >
              {props.title}
            </button>
          }
        >
          <input
            ref={(input) => queueMicrotask(() => input.select())}
            aria-label="Title"
            maxLength={200}
            size={Math.max(props.title.length, 12)}
            value={props.title}
            onKeyDown={onKeyDown}
            onBlur={(event) => void end(event.currentTarget)}
          />
        </Show>
      </Show>
    </h1>
  )
}
