import { createMemo, For, type JSX, Show } from 'solid-js'
import type { Attachment } from '#shared/records.ts'
import { getMe } from '../session.tsx'
import { AddFiles } from './AddFiles.tsx'
import { AttachmentRow } from './AttachmentRow.tsx'
import { createAttachmentSender } from './create-sender.ts'
import { OutgoingFileRow } from './OutgoingFileRow.tsx'
import { removeWithUndo } from './removal.ts'
import type { OutgoingFile } from './sending.ts'
import { sendingSentence } from './sending-words.ts'
import './attachments.css'

export interface AttachmentsProps {
  documentId: string
  /** Only the files of this part; absent: those of the document as a whole. */
  part?: string
  /** All files of the document, as its records say. */
  attachments: readonly Attachment[]
  canEdit: boolean
  /** Asks for the records again. */
  reload: () => unknown
  /** What the list holds, for those who hear the page. */
  label: string
}

/** Photos and files of a document: those that it has, those that are on their way, and the way to add one. */
export function Attachments(props: AttachmentsProps): JSX.Element {
  const sender = createAttachmentSender({
    documentId: props.documentId,
    accountId: getMe().id,
    attachments: () => props.attachments,
    onSent: () => props.reload(),
  })
  const stored = () => props.attachments.filter(({ part }) => part === props.part)
  const outgoing = () => notYetThere(sender.files(), props.attachments, props.part)
  // By their ids: a picture must not be fetched again whenever the records are.
  const storedIds = createIds(stored)
  const outgoingIds = createIds(outgoing)
  return (
    <div class="attachments">
      <Show when={storedIds().length + outgoingIds().length > 0}>
        <ul class="attachment-list" aria-label={props.label}>
          <For each={storedIds()}>
            {(id) => (
              <Show when={stored().find((each) => each.id === id)}>
                {(attachment) => (
                  <AttachmentRow
                    attachment={attachment()}
                    canEdit={props.canEdit}
                    onRemove={() => void removeWithUndo(attachment(), () => props.reload())}
                  />
                )}
              </Show>
            )}
          </For>
          <For each={outgoingIds()}>
            {(id) => (
              <Show when={outgoing().find((each) => each.id === id)}>
                {(file) => (
                  <OutgoingFileRow
                    file={file()}
                    onRetry={() => sender.retry(id)}
                    onDismiss={() => sender.dismiss(id)}
                  />
                )}
              </Show>
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.canEdit}>
        <AddFiles onChoose={(files) => sender.add(files, props.part)} />
      </Show>
      <p class="visually-hidden" role="status">
        {sendingSentence(outgoing())}
      </p>
    </div>
  )
}

/** The list may know of a file before its sender does. */
function notYetThere(
  files: readonly OutgoingFile[],
  attachments: readonly Attachment[],
  wanted: string | undefined,
): readonly OutgoingFile[] {
  const there = new Set(attachments.map(({ id }) => id))
  return files.filter(({ id, part }) => part === wanted && !there.has(id))
}

const createIds = (list: () => readonly { readonly id: string }[]) =>
  createMemo(() => list().map(({ id }) => id), [], {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  })
