import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { Level } from '#shared/access.ts'
import { type DocumentChange, partSchema } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { type FileType, fileTypeOf, isPicture, notAttachable } from '#shared/file-type.ts'
import { isId } from '#shared/ids.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import { auditEntry } from '../audit.ts'
import { type Database, ExpectationFailed, type Statement } from '../db/database.ts'
import type { DocumentGuard, OpenedDocument } from '../documents/guard.ts'
import type { ProjectAgain } from '../documents/live.ts'
import { recordsAreOthers } from '../documents/store.ts'
import { UnsupportedType, valid } from '../http/errors.ts'
import { attachment, inline } from '../http/file-name.ts'
import { attachmentNameSchema, nameToSave } from './attachment-name.ts'
import { createReceiving } from './receiving.ts'
import type { Storage } from './storage.ts'
import {
  type AttachmentRow,
  findAttachment,
  forgetRemoved,
  keptAfterRemoval,
  removeAttachment,
  restoreAttachment,
} from './store.ts'
import { createStoring, networkFull } from './storing.ts'
import { stripMetadata } from './strip-metadata.ts'

export interface AttachmentDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly guard: DocumentGuard
  readonly attachmentStorage: Storage
  readonly now: () => number
  readonly projectAgain: ProjectAgain
  /** Tells the open pages that the document's files are others now. */
  readonly announce: (documentId: string, change: DocumentChange) => void
}

/** Where files come in. Their limit is their own, not that of other requests. */
export const attachmentsPath = '/api/documents/:id/attachments'

const newAttachmentSchema = v.object({
  id: v.custom<string>(isId, 'The id of a file is a UUID in small letters, made by who sends it.'),
  name: attachmentNameSchema,
  part: v.optional(partSchema),
})

/** Files of documents: whoever may edit a document adds and removes them, whoever may open it opens them. */
export const attachmentRoutes = (deps: AttachmentDeps) => {
  const { db, guard, attachmentStorage: storage, now, projectAgain, announce } = deps
  const me = signedIn(deps.accounts)
  const { receive } = createReceiving()
  const store = createStoring({ db, storage })
  return new Hono()
    .post(attachmentsPath, me, valid('query', newAttachmentSchema), async (c) => {
      const { id: accountId, name: accountName, color } = c.var.account
      const { id: documentId, networkId } = await guard.get(accountId, c.req.param('id'), 'edit')
      const by = { id: accountId, name: accountName, color }
      const { id, name, part } = c.req.valid('query')
      const file = { id, name, ...(part !== undefined && { part }), documentId, networkId, by }
      const stored = await receive(accountId, c.req.raw, (bytes) =>
        store({ ...file, ...checked(bytes), at: now() }),
      )
      await tellOthers(documentId)
      return c.json(stored, 201)
    })

    .get('/api/attachments/:id', me, async (c) => {
      const { row } = await getAttachment(c.var.account.id, c.req.param('id'), 'view')
      if (row.removedAt !== undefined) throw new AppError('gone', 'This file was removed.')
      const file = await storage.open(row.id)
      if (file === undefined) throw new AppError('not-found', 'This file is no longer on the server.')
      const headers = headersOf(row)
      // Nobody would read the stream, so nobody would end it.
      if (c.req.method !== 'HEAD') return c.body(streamOf(file), 200, headers)
      await file.close()
      return c.body(null, 200, headers)
    })

    .delete('/api/attachments/:id', me, async (c) => {
      const accountId = c.var.account.id
      const { row, document } = await getAttachment(accountId, c.req.param('id'), 'edit')
      if (row.removedAt !== undefined) return c.json({})
      const [, , forgotten] = await db.write([
        removeAttachment(row.id, now()),
        auditOf(accountId, 'attachment-removed', row, document),
        forgetRemoved(now() - keptAfterRemoval),
        recordsAreOthers(document.id),
      ])
      for (const { id } of forgotten?.rows ?? []) await storage.remove(String(id))
      await tellOthers(document.id)
      return c.json({})
    })

    .post('/api/attachments/:id/restoration', me, async (c) => {
      const accountId = c.var.account.id
      const { row, document } = await getAttachment(accountId, c.req.param('id'), 'edit')
      if (row.removedAt === undefined) return c.json({})
      try {
        await db.write([
          restoreAttachment(row.id, document.networkId),
          auditOf(accountId, 'attachment-restored', row, document),
          recordsAreOthers(document.id),
        ])
      } catch (error) {
        if (!(error instanceof ExpectationFailed)) throw error
        // Unless someone else brought it back meanwhile.
        if ((await findAttachment(db, row.id))?.removedAt !== undefined) throw networkFull()
      }
      await tellOthers(document.id)
      return c.json({})
    })

  async function tellOthers(documentId: string): Promise<void> {
    await projectAgain([documentId])
    announce(documentId, 'records')
  }

  /** A file that may not be known of is as good as none. */
  async function getAttachment(
    accountId: string,
    id: string,
    needed: Level,
  ): Promise<{ readonly row: AttachmentRow; readonly document: OpenedDocument }> {
    const row = await findAttachment(db, id)
    const document = row && (await guard.find(accountId, row.documentId))
    if (row === undefined || document === undefined)
      throw new AppError('not-found', 'There is no such file, or it is private.')
    return { row, document: await guard.get(accountId, row.documentId, needed) }
  }

  function auditOf(
    accountId: string,
    action: string,
    { id }: AttachmentRow,
    { id: documentId, networkId }: OpenedDocument,
  ): Statement {
    return auditEntry({ networkId, accountId, action, subject: id, detail: { documentId }, at: now() })
  }
}

/** What a file is by its bytes, and what of them is stored. */
function checked(bytes: Uint8Array): { readonly type: FileType; readonly pieces: readonly Uint8Array[] } {
  const type = fileTypeOf(bytes)
  if (type === undefined) throw new UnsupportedType('invalid', notAttachable, { file: notAttachable })
  return { type, pieces: isPicture(type) ? stripMetadata(bytes, type) : [bytes] }
}

/** Whatever a file turns out to be: it is what we say it is, runs nothing, and stays in no browser that others use next. */
function headersOf({ name, type, bytes }: AttachmentRow): Record<string, string> {
  const { title, extension } = nameToSave(name, type)
  return {
    'Content-Type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    'Content-Length': String(bytes),
    'Content-Disposition': isPicture(type) ? inline(title, extension) : attachment(title, extension),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  }
}

/** Closes the file at its end, and when its reader leaves. Node's type for the streams of browsers is another than theirs. */
const streamOf = (file: FileHandle): ReadableStream<Uint8Array> =>
  Readable.toWeb(file.createReadStream()) as unknown as ReadableStream<Uint8Array>
