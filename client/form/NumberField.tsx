import { createSignal, type JSX, Show } from 'solid-js'
import { withUnit } from '#shared/drawing/figures.ts'
import { FieldFrame, type FieldSaying } from './FieldFrame.tsx'
import { useForm } from './form.ts'
import { type NumberRange, readNumber, whyNot } from './read-fields.ts'

export interface NumberFieldProps extends FieldSaying, NumberRange {
  value: number | undefined
  onChange: (value: number | undefined) => void
  /** Drawn after the number; may be typed with it. */
  unit?: string | undefined
}

/** A number, written as a whole when one leaves the field or presses Enter. */
export function NumberField(props: NumberFieldProps): JSX.Element {
  const { open } = useForm()
  const [problem, setProblem] = createSignal<string>()
  const shown = () => (props.value === undefined ? '' : String(props.value))
  const take = (typed: string) => {
    const value = readNumber(withoutUnit(typed, props.unit))
    const refused = whyNot(value, props)
    setProblem(refused)
    if (refused === undefined && value !== 'unreadable' && value !== props.value) props.onChange(value)
  }
  return (
    <FieldFrame {...props} problem={problem() ?? props.problem} class="form-number">
      {(control) => (
        <Show
          when={open.canEdit()}
          fallback={<span class="form-words">{inWords(props.value, props.unit)}</span>}
        >
          <span class="form-figure writing">
            <input
              {...control}
              type="text"
              inputmode={props.min !== undefined && props.min >= 0 ? 'decimal' : 'text'}
              autocomplete="off"
              value={shown()}
              onChange={(event) => take(event.currentTarget.value)}
              onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
            />
            <Show when={props.unit}>
              <span class="form-unit" aria-hidden="true">
                {props.unit}
              </span>
            </Show>
          </span>
        </Show>
      )}
    </FieldFrame>
  )
}

const inWords = (value: number | undefined, unit = ''): string =>
  value === undefined ? 'Not said' : withUnit(value, unit)

function withoutUnit(typed: string, unit: string | undefined): string {
  const text = typed.trim()
  return unit && text.toLowerCase().endsWith(unit.toLowerCase()) ? text.slice(0, -unit.length) : text
}
