import { type JSX, Show } from 'solid-js'
import type { Attachment } from '#shared/records.ts'
import { IconButton } from '../ui/Button.tsx'
import { sizeOf, typeName } from './file-words.ts'
import { attachmentAddress } from './requests.ts'
import { SmallPicture } from './SmallPicture.tsx'

/** A file that the document has. */
export function AttachmentRow(props: {
  attachment: Attachment
  canEdit: boolean
  onRemove: () => void
}): JSX.Element {
  const address = () => attachmentAddress(props.attachment.id)
  const about = () => {
    const { type, bytes, by } = props.attachment
    return `${typeName(type)}, ${sizeOf(bytes)}, ${by.name}`
  }
  return (
    <li class="attachment">
      <SmallPicture address={props.attachment.type.startsWith('image/') ? address() : undefined} />
      <div class="attachment-words">
        <a class="clip attachment-link" href={address()} target="_blank" rel="noopener">
          {props.attachment.name}
        </a>
        <span class="label clip">{about()}</span>
      </div>
      <Show when={props.canEdit}>
        <IconButton
          class="no-print"
          icon="trash"
          label={`Remove ${props.attachment.name}`}
          onClick={() => props.onRemove()}
        />
      </Show>
    </li>
  )
}
