import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'
import type { Attachment } from '#shared/records.ts'
import { session } from '../session.tsx'
import { askBeforeLeaving } from '../sync/leaving.ts'
import { dropFile, isWaiting, keepFile, listWaitingFiles } from '../sync/waiting-files.ts'
import { prepareFile } from './prepare-file.ts'
import { redraw } from './redraw.ts'
import { type OutgoingFile, Sending } from './sending.ts'
import { uploadFile } from './upload-file.ts'

/** How a page sends files with its document. */
export interface AttachmentSender {
  /** Files on their way, and those that were refused; the one that was chosen first before the others. */
  readonly files: Accessor<readonly OutgoingFile[]>
  add(chosen: Iterable<File>, part?: string): void
  /** Tries a file again that was refused. */
  retry(id: string): void
  /** Gives a file up that was not sent. */
  dismiss(id: string): void
}

export interface SenderOptions {
  readonly documentId: string
  readonly accountId: string
  /** The files that the document has. */
  readonly attachments: Accessor<readonly Attachment[]>
  /** The server has a new one: it is time to ask for them. */
  readonly onSent: () => void
}

/**
 * Sends files with a document, those of earlier visits first. What is on its way goes on when the page is left; what could not
 * be sent is taken up by the next page of this document, or by `sendWaitingFiles`.
 */
export function createAttachmentSender(options: SenderOptions): AttachmentSender {
  const { sending, files, listeners } = open(options.accountId, options.documentId)
  listeners.add(options.onSent)
  onCleanup(() => {
    listeners.delete(options.onSent)
    closeIfDone(options.accountId, options.documentId)
  })
  createEffect(() => {
    // Asked for again when either changes: the list may know of a file before its answer is here.
    files()
    sending.seen(options.attachments())
  })
  return {
    files,
    add: (chosen, part) => void sending.add(chosen, part),
    retry: (id) => void sending.retry(id),
    dismiss: (id) => void sending.dismiss(id),
  }
}

/** Sends whatever waits on this device of `accountId`, for any document: when the server is there to say who this is. */
export async function sendWaitingFiles(accountId: string): Promise<void> {
  for (const { documentId } of await listWaitingFiles(accountId)) open(accountId, documentId)
}

interface Opened {
  readonly sending: Sending
  readonly files: Accessor<readonly OutgoingFile[]>
  /** Those of the pages that are open. */
  readonly listeners: Set<() => void>
  close(): void
}

/** One for each document, however many of its pages come and go. */
const opened = new Map<string, Opened>()

const nameOf = (accountId: string, documentId: string): string => `${accountId}/${documentId}`

function open(accountId: string, documentId: string): Opened {
  const name = nameOf(accountId, documentId)
  const known = opened.get(name)
  if (known !== undefined) return known
  const [files, setFiles] = createSignal<readonly OutgoingFile[]>([])
  const listeners = new Set<() => void>()
  const sending = new Sending({
    accountId,
    documentId,
    store: { keep: keepFile, list: listWaitingFiles, isWaiting, drop: dropFile },
    prepare: (file) => prepareFile(file, redraw),
    upload: uploadFile,
    alone,
    maySend: () => isHere(accountId) && !hasEnded(),
    random: Math.random,
    now: Date.now,
    changed(now) {
      setFiles(now)
      closeIfDone(accountId, documentId)
    },
    sent() {
      for (const listener of listeners) listener()
    },
  })
  const stopAsking = askBeforeLeaving(() => isHere(accountId) && sending.wouldLose)
  const wake = () => {
    if (document.visibilityState === 'visible') void sending.wake()
  }
  window.addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  const close = () => {
    sending.close()
    stopAsking()
    window.removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', wake)
  }
  const made = { sending, files, listeners, close }
  opened.set(name, made)
  void sending.resume().then(() => closeIfDone(accountId, documentId))
  return made
}

function closeIfDone(accountId: string, documentId: string): void {
  const name = nameOf(accountId, documentId)
  const found = opened.get(name)
  if (found === undefined || found.listeners.size > 0 || !found.sending.isDone) return
  found.close()
  opened.delete(name)
}

/** Whether this person still uses the page: nothing goes out in the name of who comes after them. */
function isHere(accountId: string): boolean {
  const now = session()
  return now.kind === 'signed-in' && now.me.id === accountId
}

function hasEnded(): boolean {
  const now = session()
  return now.kind === 'signed-in' && now.hasEnded === true
}

/** Only pages with a secure address have locks; elsewhere the server sees to it that a file is stored once. */
const alone = <T>(id: string, work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request(`throughline.file.${id}`, work) : work()
