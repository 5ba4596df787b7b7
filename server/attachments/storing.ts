import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import { AppError } from '#shared/errors.ts'
import type { Attachment } from '#shared/records.ts'
import { type Database, ExpectationFailed } from '../db/database.ts'
import { findDocument, recordsAreOthers } from '../documents/store.ts'
import type { Storage } from './storage.ts'
import {
  type AttachmentRow,
  findAttachment,
  forgetRemoved,
  hasPlaceFor,
  insertAttachment,
  keptAfterRemoval,
  listAttachmentIds,
  type NewAttachment,
} from './store.ts'

interface StoringDeps {
  readonly db: Database
  readonly storage: Storage
}

/** A file on its way to the disk: all of its row but what follows from its bytes. */
export interface FileToStore extends Omit<NewAttachment, 'bytes' | 'hash'> {
  readonly networkId: string
  readonly pieces: readonly Uint8Array[]
}

/**
 * Stores a file once under its id, which the device made that sends it: sent again, because the answer was lost, it is found
 * and answered as before. First the bytes, then the row.
 */
export function createStoring({ db, storage }: StoringDeps): (file: FileToStore) => Promise<Attachment> {
  const inTurn = createTurns()

  async function store({ networkId, pieces, ...described }: FileToStore): Promise<Attachment> {
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0)
    const row: NewAttachment = { ...described, bytes, hash: hashOf(pieces) }
    const known = await findAttachment(db, row.id)
    if (known) return sameOrRefused(known, row)
    if (!(await hasPlaceFor(db, networkId, bytes))) throw networkFull()
    await storage.write(row.id, pieces)
    try {
      await db.write([insertAttachment(row), recordsAreOthers(row.documentId)])
    } catch (error) {
      if (!(error instanceof ExpectationFailed)) throw error
      // After any other failure the row may be there all the same; what it then lacks could not be made up for.
      await storage.remove(row.id)
      throw await whyNotStored(row.documentId)
    }
    return shownOf(row)
  }

  async function whyNotStored(documentId: string): Promise<AppError> {
    const isArchived = (await findDocument(db, documentId))?.archivedAt !== undefined
    return isArchived
      ? new AppError('conflict', 'This document is archived. Restore it first.')
      : networkFull()
  }

  // Two that come at once with one id must not both find it free: the second would write over the bytes of the first.
  return (file) => inTurn(file.id, () => store(file))
}

function sameOrRefused(known: AttachmentRow, sent: NewAttachment): Attachment {
  const isSame =
    known.hash === sent.hash && known.documentId === sent.documentId && known.by.id === sent.by.id
  if (isSame) return shownOf(known)
  throw new AppError('conflict', 'Another file has this id. Choose the file again to send it.')
}

function shownOf({ documentId, hash, removedAt, ...shown }: AttachmentRow): Attachment {
  return shown
}

function hashOf(pieces: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}

export const networkFull = (): AppError =>
  new AppError(
    'too-large',
    'The files of this network take up all of its 1 GB. Remove some that are no longer needed.',
  )

type InTurn = <T>(id: string, work: () => Promise<T>) => Promise<T>

/** Does what concerns one id one after the other. */
function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>()
  return (id, work) => {
    const before = last.get(id) ?? Promise.resolve()
    const run = before.then(work, work)
    const settled = run.then(
      () => {},
      () => {},
    )
    last.set(id, settled)
    void settled.then(() => last.get(id) === settled && last.delete(id))
    return run
  }
}

/** More than a crash can leave behind. */
const mostLeftBehind = 16

/**
 * At the start: takes away the files of attachments that were removed long ago, and those that a crash left without a row. Where
 * there are many of those, it is the database that is not the one of this folder, and none is touched.
 */
export async function sweepAttachments({
  db,
  storage,
  log,
  now,
}: StoringDeps & { readonly log: Logger; readonly now: () => number }): Promise<void> {
  const [forgotten] = await db.write([forgetRemoved(now() - keptAfterRemoval)])
  for (const { id } of forgotten?.rows ?? []) await storage.remove(String(id))
  const known = await listAttachmentIds(db)
  const unknown = (await storage.list()).filter((id) => !known.has(id))
  if (unknown.length > mostLeftBehind) {
    log.warn({ files: unknown.length }, 'the uploads hold many files that this database does not know')
    return
  }
  for (const id of unknown) await storage.remove(id)
}
