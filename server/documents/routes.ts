import { Hono } from 'hono'
import { createsDocuments } from '#shared/access.ts'
import {
  type DocumentChange,
  type DocumentDetail,
  type DocumentSummary,
  documentChangesSchema,
  documentFilterSchema,
  newCopySchema,
  newDocumentSchema,
  newTransitionSchema,
  newVersionSchema,
} from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { type KindName, kinds } from '#shared/kinds/index.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import { auditEntry } from '../audit.ts'
import type { Statement } from '../db/database.ts'
import { invalidFields, valid } from '../http/errors.ts'
import { findTeam } from '../networks/store.ts'
import type { Templates } from '../templates.ts'
import { type CreationDeps, createDocument } from './creation.ts'
import type { DocumentGuard, OpenedDocument } from './guard.ts'
import type { Commit, ReadLive } from './live.ts'
import { referencesOf } from './references.ts'
import {
  archiveDocument,
  insertVersion,
  listDocuments,
  listVersions,
  renameDocument,
  restoreDocument,
  shareDocument,
} from './store.ts'

export interface DocumentDeps extends CreationDeps {
  readonly accounts: Authenticates
  readonly guard: DocumentGuard
  readonly templates: Templates
  readonly readLive: ReadLive
  readonly commit: Commit
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
      if (team !== undefined) await requireTeam(team, networkId)
      const rows = await listDocuments(db, networkId, { kind, teamId: team, archived: archived === 'true' })
      const opened = await Promise.all(rows.map((row) => guard.open(accountId, row)))
      return c.json({ documents: opened.flatMap((document) => (document ? [summary(document)] : [])) })
    })

    .post('/api/networks/:id/documents', me, valid('json', newDocumentSchema), async (c) => {
      const networkId = c.req.param('id')
      const accountId = c.var.account.id
      const { kind, title, template, content, team } = c.req.valid('json')
      await requireCreator(accountId, networkId, team)
      const start =
        content === undefined ? contentOfTemplate(kind, template) : ownContent(kind, content, template)
      const id = await createDocument(deps, {
        networkId,
        teamId: team,
        kind,
        title,
        content: start,
        accountId,
      })
      announce(id, 'created')
      return c.json({ id }, 201)
    })

    .get('/api/documents/:id', me, async (c) => {
      const document = await guard.get(c.var.account.id, c.req.param('id'), 'view')
      return c.json(detail(document))
    })

    .get('/api/documents/:id/content', me, async (c) => {
      const { id, kind } = await guard.get(c.var.account.id, c.req.param('id'), 'view')
      const { doc } = await readLive(id)
      const model: unknown = kinds[kind].read(doc)
      return c.json({ model, records: {} })
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

    .post('/api/documents/:id/copies', me, valid('json', newCopySchema), async (c) => {
      const accountId = c.var.account.id
      const original = await guard.get(accountId, c.req.param('id'), 'view')
      const { title = copyTitle(original.title), team } = c.req.valid('json')
      await requireCreator(accountId, original.networkId, team)
      const { doc } = await readLive(original.id)
      const id = await createDocument(deps, {
        networkId: original.networkId,
        teamId: team,
        kind: original.kind,
        title,
        content: kinds[original.kind].read(doc),
        accountId,
      })
      announce(id, 'created')
      return c.json({ id }, 201)
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

    .post('/api/documents/:id/transitions', me, valid('json', newTransitionSchema), async (c) => {
      const { kind } = await guard.get(c.var.account.id, c.req.param('id'), 'edit')
      const steps = Object.keys(kinds[kind].transitions ?? {})
      throw new AppError(
        'not-found',
        steps.length === 0
          ? `A ${kinds[kind].label.toLowerCase()} has no steps to take.`
          : `The steps of a ${kinds[kind].label.toLowerCase()} are: ${steps.join(', ')}.`,
      )
    })

  async function requireCreator(
    accountId: string,
    networkId: string,
    teamId: string | undefined,
  ): Promise<void> {
    const viewer = await access.getViewer(networkId, accountId)
    if (teamId !== undefined) await requireTeam(teamId, networkId)
    if (createsDocuments(viewer, teamId)) return
    throw new AppError(
      'forbidden',
      teamId === undefined
        ? 'Documents of the network are started by its coordinators, facilitators and coaches.'
        : 'Documents of a team are started by its lead and its members.',
    )
  }

  async function requireTeam(teamId: string, networkId: string): Promise<void> {
    if (await findTeam(db, networkId, teamId)) return
    throw invalidFields({ team: 'There is no such team in this network.' })
  }

  function auditOf(accountId: string, action: string, { id, networkId }: OpenedDocument): Statement {
    return auditEntry({ networkId, accountId, action, subject: id, at: now() })
  }

  function contentOfTemplate(kind: KindName, id = 'blank'): unknown {
    const template = templates.find(kind, id)
    if (template !== undefined) return template.content
    const ids = templates.list().flatMap((template) => (template.kind === kind ? [template.id] : []))
    throw invalidFields({
      template: `There is no such template. Templates of this kind are: ${ids.join(', ')}.`,
    })
  }
}

function ownContent(kind: KindName, content: unknown, template: string | undefined): unknown {
  if (template !== undefined)
    throw invalidFields({ template: 'A document starts from a template or from content, not from both.' })
  try {
    return kinds[kind].parseSeed(content)
  } catch (error) {
    throw invalidFields({ content: shortened((error as Error).message) })
  }
}

/** A sentence names the place, and a name in the content can be as long as the content. */
const shortened = (sentence: string): string =>
  sentence.length > longestSentence ? `${sentence.slice(0, longestSentence)}…` : sentence

const longestSentence = 300

const longestTitle = 200

const copyTitle = (title: string): string => `Copy of ${title}`.slice(0, longestTitle)

function summary(document: OpenedDocument): DocumentSummary {
  const { epoch, schema, headSeq, projectedSeq, ...shown } = document
  return shown
}

const detail = ({ epoch, schema, ...document }: OpenedDocument): DocumentDetail => ({
  ...summary({ epoch, schema, ...document }),
  epoch,
  schema,
})
