import { Show } from 'solid-js'
import { Icon } from '../../ui/Icon.tsx'
import { usePage } from './page.ts'

/** Says to those who may not edit that they may not, before they try. */
export function ReadOnlyNote() {
  const { open } = usePage()
  return (
    <Show when={open.level() !== 'edit'}>
      <span class="read-only label">
        <Icon name="lock" />
        You can read this diagram, not edit it.
      </span>
    </Show>
  )
}
