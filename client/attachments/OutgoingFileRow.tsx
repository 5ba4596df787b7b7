import { createMemo, type JSX, onCleanup, Show } from 'solid-js'
import { Button, IconButton } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { sizeOf } from './file-words.ts'
import { SmallPicture } from './SmallPicture.tsx'
import type { OutgoingFile } from './sending.ts'
import { stateSentence } from './sending-words.ts'

/** A file on its way, or one that was refused. */
export function OutgoingFileRow(props: {
  file: OutgoingFile
  onRetry: () => void
  onDismiss: () => void
}): JSX.Element {
  const state = () => props.file.state
  const isRefused = () => state().is === 'refused'
  const share = () => {
    const now = state()
    return now.is === 'sending' ? now.share : undefined
  }
  const size = () => (props.file.bytes === undefined ? '' : `${sizeOf(props.file.bytes.size)}. `)
  return (
    <li class="attachment" classList={{ refused: isRefused() }}>
      <SmallPicture address={createPictureAddress(() => props.file.bytes)()} />
      <div class="attachment-words">
        <span class="clip">{props.file.name}</span>
        <Show
          when={isRefused()}
          fallback={
            <span class="label">
              {size()}
              {stateSentence(props.file)}
            </span>
          }
        >
          <span class="attachment-reason">
            <Icon name="alert" />
            {stateSentence(props.file)}
          </span>
        </Show>
        <Show when={share() !== undefined}>
          <progress value={share()} aria-label={`How much of ${props.file.name} is sent`} />
        </Show>
        <Show when={isRefused() && props.file.bytes}>
          <Button class="attachment-retry" icon="reload" onClick={() => props.onRetry()}>
            Try again
          </Button>
        </Show>
      </div>
      <Show when={isRefused() || state().is === 'waiting'}>
        <IconButton icon="close" label={`Do not send ${props.file.name}`} onClick={() => props.onDismiss()} />
      </Show>
    </li>
  )
}

/** An address for a picture that only this page has. */
function createPictureAddress(bytes: () => Blob | undefined): () => string | undefined {
  return createMemo(() => {
    const picture = bytes()
    if (!picture?.type.startsWith('image/')) return undefined
    const address = URL.createObjectURL(picture)
    onCleanup(() => URL.revokeObjectURL(address))
    return address
  })
}
