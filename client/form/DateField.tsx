import type { JSX } from 'solid-js'
import { Show } from 'solid-js'
import { dayInWords } from './day-words.ts'
import { FieldFrame, type FieldSaying } from './FieldFrame.tsx'
import { useForm } from './form.ts'

export interface DateFieldProps extends FieldSaying {
  /** A day, `2025-12-01`. */
  value: string | undefined
  onChange: (value: string | undefined) => void
  /** The first and the last day that make sense here. */
  min?: string | undefined
  max?: string | undefined
}

/** A day. The browser's own field: it knows each keyboard, each thumb, and how dates are written where one lives. */
export function DateField(props: DateFieldProps): JSX.Element {
  const { open } = useForm()
  const take = (value: string) => {
    if (value !== '' && !isWhole(value)) return
    if (value !== (props.value ?? '')) props.onChange(value === '' ? undefined : value)
  }
  return (
    <FieldFrame {...props} class="form-date">
      {(control) => (
        <Show
          when={open.canEdit()}
          fallback={<span class="form-words">{props.value ? dayInWords(props.value) : 'Not said'}</span>}
        >
          <span class="form-figure writing">
            <input
              {...control}
              type="date"
              value={props.value ?? ''}
              min={props.min}
              max={props.max}
              onChange={(event) => take(event.currentTarget.value)}
            />
          </span>
        </Show>
      )}
    </FieldFrame>
  )
}

/** While a year is being typed the field already gives the year 2, then 20, then 202. */
const isWhole = (value: string): boolean => Number(value.slice(0, 4)) >= 1900
