import { type JSX, Show } from 'solid-js'
import { start } from './session.tsx'
import { Icon } from './ui/Icon.tsx'

/** In the demo every page says so. */
export function DemoRibbon(): JSX.Element {
  return (
    <Show when={start()?.demo}>
      <div class="ribbon no-print" role="note">
        <Icon name="flag" />
        <span>{start()?.demo?.notice}</span>
      </div>
    </Show>
  )
}
