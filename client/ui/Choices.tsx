import { For, type JSX, Show } from 'solid-js'
import { Icon, type IconName } from './Icon.tsx'

export interface Choice<Value extends string> {
  value: Value
  label: string
  icon?: IconName
}

export interface ChoicesProps<Value extends string> {
  /** What is chosen, for those who hear the page. */
  label: string
  options: readonly Choice<Value>[]
  value: Value
  onChange: (value: Value) => void
  /** On a phone only the icons are drawn. */
  compact?: boolean
}

/** One choice of a few, all of them in sight. https://www.w3.org/WAI/ARIA/apg/patterns/radio/ */
export function Choices<Value extends string>(props: ChoicesProps<Value>): JSX.Element {
  let group: HTMLDivElement | undefined
  const choose = (value: Value) => {
    props.onChange(value)
    queueMicrotask(() => group?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus())
  }
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = props.options.findIndex((option) => option.value === props.value)
    const next = props.options[(at + step + props.options.length) % props.options.length]
    if (next) choose(next.value)
  }
  return (
    <div
      ref={group}
      class="choices"
      classList={{ compact: props.compact === true }}
      role="radiogroup"
      aria-label={props.label}
      onKeyDown={move}
    >
      <For each={props.options}>
        {(option) => (
          // biome-ignore lint/a11y/useSemanticElements: the radio group of ARIA, drawn as joined buttons.
          <button
            type="button"
            role="radio"
            aria-checked={option.value === props.value}
            tabIndex={option.value === props.value ? 0 : -1}
            onClick={() => choose(option.value)}
          >
            <Show when={option.icon}>{(name) => <Icon name={name()} />}</Show>
            <span>{option.label}</span>
          </button>
        )}
      </For>
    </div>
  )
}
