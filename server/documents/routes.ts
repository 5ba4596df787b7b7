import { Hono } from 'hono'
import {
  type DocumentChange,
  type DocumentDetail,
  type DocumentSummary,
  documentChangesSchema,
  documentFilterSchema,
  newVersionSchema,
} from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { kinds } from '#shared/kinds/index.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import { auditEntry } from '../audit.ts'
import type { Database, Statement } from '../db/database.ts'
import { valid } from '../http/errors.ts'
import type { Access } from '../networks/access.ts'
import type { Templates } from '../templates.ts'
import type { DocumentGuard, OpenedDocument } from './guard.ts'
import type { Commit, ReadLive } from './live.ts'
import { recordsFor } from './reader-records.ts'
import { referencesOf } from './references.ts'
import { requireTeam } from './starting.ts'
import {
  archiveDocument,
  insertVersion,
  listDocuments,
  listVersions,
  renameDocument,
  restoreDocument,
  shareDocument,
} from './store.ts'

export interface DocumentDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly access: Access
  readonly guard: DocumentGuard
  readonly templates: Templates
  readonly readLive: ReadLive
  readonly commit: Commit
  readonly now: () => number
  /** Live connections and feeds hear at once that a document's level is another now. */
  readonly accessChanged: (change: { readonly networkId: string; readonly documentId: string }) => void
  /** Tells the open boards and lists. */
  readonly announce: (documentId: string, change: DocumentChange) => void
}

export const documentRoutes = (deps: DocumentDeps) => {
  const { db, access, guard, templates, readLive, commit, now, accessChanged, announce } = deps
  const me = signedIn(deps.accounts)
  return new Hono()
    .get('/api/templates', me, (c) => c.json({ templates: templates.list() }))

    .get('/api/networks/:id/documents', me, valid('query', documentFilterSchema), async (c) => {
      const networkId = c.req.param('id')
      const accountId = c.var.account.id
      await access.getViewer(networkId, accountId)
      const { kind, team, archived } = c.req.valid('query')
      if (team !== undefined) await requireTeam(db, networkId, team)
      const rows = await listDocuments(db, networkId, { kind, teamId: team, archived: archived === 'true' })
      const opened = await Promise.all(rows.map((row) => guard.open(accountId, row)))
      return c.json({ documents: opened.flatMap((document) => (document ? [summary(document)] : [])) })
    })

    .get('/api/documents/:id', me, async (c) => {
      const document = await guard.get(c.var.account.id, c.req.param('id'), 'view')
      return c.json(detail(document))
    })

    .get('/api/documents/:id/content', me, async (c) => {
      const accountId = c.var.account.id
      const document = await guard.get(accountId, c.req.param('id'), 'view')
      const { doc } = await readLive(document.id)
      const model: unknown = kinds[document.kind].read(doc)
      return c.json({ model, records: await recordsFor(deps, accountId, document) })
    })

    .get('/api/documents/:id/records', me, async (c) => {
      const accountId = c.var.account.id
      const document = await guard.get(accountId, c.req.param('id'), 'view')
      return c.json({ records: await recordsFor(deps, accountId, document) })
    })

    .put('/api/documents/:id', me, valid('json', documentChangesSchema), async (c) => {
      const accountId = c.var.account.id
      const document = await guard.get(accountId, c.req.param('id'), 'edit')
      const { title, shared } = c.req.valid('json')
      const isRenamed = title !== undefined && title !== document.title
      const isShared = shared === true && !document.shared
      const changes = [
        ...(isRenamed ? [renameDocument(document.id, title, accountId, now())] : []),
        ...(isShared ? [shareDocument(document.id), auditOf(accountId, 'document-shared', document)] : []),
      ]
      if (changes.length > 0) await db.write(changes)
      if (isShared) accessChanged({ networkId: document.networkId, documentId: document.id })
      if (isRenamed) announce(document.id, 'renamed')
      if (isShared) announce(document.id, 'shared')
      return c.json(detail(await guard.get(accountId, document.id, 'view')))
    })

    .post('/api/documents/:id/archive', me, async (c) => {
      const accountId = c.var.account.id
      const document = await guard.get(accountId, c.req.param('id'), 'edit')
      const { id, networkId } = document
      await db.write([
        archiveDocument(id, accountId, now()),
        auditOf(accountId, 'document-archived', document),
      ])
      accessChanged({ networkId, documentId: id })
      announce(id, 'archived')
      return c.json({})
    })

    .delete('/api/documents/:id/archive', me, async (c) => {
      const accountId = c.var.account.id
      const document = await guard.get(accountId, c.req.param('id'), 'view')
      const { id, networkId, archivedAt, mayRestore } = document
      if (archivedAt === undefined) throw new AppError('conflict', 'This document is not archived.')
      if (!mayRestore) throw new AppError('forbidden', 'Only those who may edit a document can restore it.')
      await db.write([restoreDocument(id), auditOf(accountId, 'document-restored', document)])
      accessChanged({ networkId, documentId: id })
      announce(id, 'restored')
      return c.json({})
    })

    .get('/api/documents/:id/versions', me, async (c) => {
      const { id } = await guard.get(c.var.account.id, c.req.param('id'), 'view')
      return c.json({ versions: await listVersions(db, id) })
    })

    .post('/api/documents/:id/versions', me, valid('json', newVersionSchema), async (c) => {
      const accountId = c.var.account.id
      const { id: documentId } = await guard.get(accountId, c.req.param('id'), 'edit')
      const { name, note } = c.req.valid('json')
      const id = newId()
      const seq = await commit([documentId], ([live]) => {
        if (live === undefined) throw new AppError('not-found', 'There is no such document.')
        const { epoch, seq } = live
        const version = {
          id,
          documentId,
          epoch,
          seq,
          name,
          note,
          cause: 'by-hand',
          accountId,
          createdAt: now(),
        } as const
        return {
          edits: [],
          statements: [insertVersion(version)],
          author: accountId,
          via: 'http',
          answer: seq,
        }
      })
      return c.json({ id, seq }, 201)
    })

    .get('/api/documents/:id/references', me, async (c) => {
      const accountId = c.var.account.id
      const document = await guard.get(accountId, c.req.param('id'), 'view')
      return c.json(await referencesOf(deps, accountId, document))
    })

  function auditOf(accountId: string, action: string, { id, networkId }: OpenedDocument): Statement {
    return auditEntry({ networkId, accountId, action, subject: id, at: now() })
  }
}

function summary(document: OpenedDocument): DocumentSummary {
  const { epoch, schema, headSeq, projectedSeq, ...shown } = document
  return shown
}

const detail = ({ epoch, schema, ...document }: OpenedDocument): DocumentDetail => ({
  ...summary({ epoch, schema, ...document }),
  epoch,
  schema,
})
