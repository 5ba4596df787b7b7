import { For, type JSX, Show } from 'solid-js'
import { FieldFrame, type FieldSaying } from './FieldFrame.tsx'
import { useForm } from './form.ts'
import { nextChoice } from './next-choice.ts'

export interface FieldChoice<Value extends string> {
  readonly value: Value
  readonly label: string
  /** A few words more, where the label alone does not say it. */
  readonly about?: string | undefined
}

export interface ChoiceFieldProps<Value extends string> extends FieldSaying {
  options: readonly FieldChoice<Value>[]
  value: Value | undefined
  onChange: (value: Value | undefined) => void
  /** One below the other, for choices that need words. */
  stacked?: boolean
}

/**
 * One choice of a few, all of them in sight; choosing the chosen one again takes the choice back.
 * https://www.w3.org/WAI/ARIA/apg/patterns/radio/
 */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>): JSX.Element {
  const { open } = useForm()
  const chosen = () => props.options.find(({ value }) => value === props.value)
  return (
    <FieldFrame {...props} isGroup>
      {(control) => (
        <Show
          when={open.canEdit()}
          fallback={<span class="form-words">{chosen()?.label ?? 'Not chosen'}</span>}
        >
          <RadioGroup {...props} describedBy={control['aria-describedby']} />
        </Show>
      )}
    </FieldFrame>
  )
}

function RadioGroup<Value extends string>(
  props: ChoiceFieldProps<Value> & { describedBy: string | undefined },
): JSX.Element {
  let group!: HTMLDivElement
  const at = () => props.options.findIndex(({ value }) => value === props.value)
  const toggle = (value: Value) => props.onChange(value === props.value ? undefined : value)
  const move = (event: KeyboardEvent) => {
    const next = nextChoice(event.key, at(), props.options.length)
    const option = next === undefined ? undefined : props.options[next]
    if (next === undefined || option === undefined) return
    event.preventDefault()
    props.onChange(option.value)
    group.querySelectorAll<HTMLElement>('[role="radio"]')[next]?.focus()
  }
  return (
    <div
      ref={group}
      class="choices"
      classList={{ stacked: props.stacked === true }}
      role="radiogroup"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      onKeyDown={move}
    >
      <For each={props.options}>
        {(option, index) => (
          // biome-ignore lint/a11y/useSemanticElements: the radio group of ARIA, drawn as joined buttons.
          <button
            type="button"
            role="radio"
            aria-checked={option.value === props.value}
            tabIndex={index() === Math.max(0, at()) ? 0 : -1}
            onClick={() => toggle(option.value)}
          >
            <span>{option.label}</span>
            <Show when={option.about}>
              <span class="about">{option.about}</span>
            </Show>
          </button>
        )}
      </For>
    </div>
  )
}
