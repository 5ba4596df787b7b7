import { createSignal, type JSX, Show } from 'solid-js'
import { Icon } from '../ui/Icon.tsx'

/** A picture small; a sheet of paper for other files, and where the picture cannot be had, as without the server. */
export function SmallPicture(props: { address: string | undefined }): JSX.Element {
  const [missing, setMissing] = createSignal<string>()
  const shown = () => (props.address === missing() ? undefined : props.address)
  return (
    <span class="attachment-picture">
      <Show when={shown()} fallback={<Icon name="document" />}>
        {(address) => (
          <img src={address()} alt="" loading="lazy" decoding="async" onError={() => setMissing(address())} />
        )}
      </Show>
    </span>
  )
}
