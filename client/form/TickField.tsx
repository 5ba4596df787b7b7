import { type JSX, Show } from 'solid-js'
import { Icon } from '../ui/Icon.tsx'
import { FieldFrame, type FieldSaying } from './FieldFrame.tsx'
import { useForm } from './form.ts'

export interface TickFieldProps extends FieldSaying {
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Something that holds or does not. The label stands beside the box. */
export function TickField(props: TickFieldProps): JSX.Element {
  const { open } = useForm()
  return (
    <FieldFrame {...props} class="form-tick">
      {(control) => (
        <Show when={open.canEdit()} fallback={<ReadTick checked={props.checked} />}>
          <input
            {...control}
            type="checkbox"
            checked={props.checked}
            onChange={(event) => props.onChange(event.currentTarget.checked)}
          />
        </Show>
      )}
    </FieldFrame>
  )
}

function ReadTick(props: { checked: boolean }): JSX.Element {
  return (
    <span class="form-words">
      <Icon name={props.checked ? 'check' : 'minus'} />
      <span class="visually-hidden">{props.checked ? 'Yes' : 'No'}</span>
    </span>
  )
}
