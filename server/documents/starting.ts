import { Hono } from 'hono'
import { createsDocuments } from '#shared/access.ts'
import { type DocumentChange, newCopySchema, newDocumentSchema } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { kindFiles } from '#shared/kinds/files.ts'
import { type KindName, kinds } from '#shared/kinds/index.ts'
import type { CopiedFrom } from '#shared/kinds/kind.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import type { Database } from '../db/database.ts'
import { invalidFields, valid } from '../http/errors.ts'
import type { Access } from '../networks/access.ts'
import { findTeam } from '../networks/store.ts'
import type { Templates } from '../templates.ts'
import { type CreationDeps, createDocument } from './creation.ts'
import type { DocumentGuard, OpenedDocument } from './guard.ts'
import type { ReadLive } from './live.ts'
import { contentOn, originMissing } from './origin.ts'

export interface StartingDeps extends CreationDeps {
  readonly accounts: Authenticates
  readonly guard: DocumentGuard
  readonly templates: Templates
  /** A template that the network saved itself, or undefined when it has no such one. */
  readonly ownTemplate: (
    networkId: string,
    kind: KindName,
    id: string,
  ) => Promise<{ readonly content: unknown } | undefined>
  readonly readLive: ReadLive
  /** Tells the open boards and lists. */
  readonly announce: (documentId: string, change: DocumentChange) => void
}

/** How documents begin: from a template, from content of one's own, on a part of another document, or as a copy. */
export const startingRoutes = (deps: StartingDeps) => {
  const { db, guard, readLive, announce } = deps
  const me = signedIn(deps.accounts)
  return new Hono()
    .post('/api/networks/:id/documents', me, valid('json', newDocumentSchema), async (c) => {
      const networkId = c.req.param('id')
      const accountId = c.var.account.id
      const { kind, title, template, content, team, on } = c.req.valid('json')
      await requireCreator(deps, accountId, networkId, team)
      if (kinds[kind].needsOrigin && on === undefined && content === undefined) throw originMissing(kind)
      const seed =
        content === undefined
          ? await contentOfTemplate(deps, networkId, kind, template)
          : ownContent(kind, content, template)
      const id = await createDocument(deps, {
        networkId,
        teamId: team,
        kind,
        title,
        content: on === undefined ? seed : await contentOn(deps, { accountId, networkId, kind }, seed, on),
        accountId,
      })
      announce(id, 'created')
      return c.json({ id }, 201)
    })

    .post('/api/documents/:id/copies', me, valid('json', newCopySchema), async (c) => {
      const accountId = c.var.account.id
      const original = await guard.get(accountId, c.req.param('id'), 'view')
      const { title = copyTitle(original.title), team } = c.req.valid('json')
      await requireCreator(deps, accountId, original.networkId, team)
      const kind = kinds[original.kind]
      const { doc } = await readLive(original.id)
      const model: unknown = kind.read(doc)
      const id = await createDocument(deps, {
        networkId: original.networkId,
        teamId: team,
        kind: original.kind,
        title,
        content: kind.copy ? kind.copy(model, await copiedFrom(db, original)) : model,
        accountId,
      })
      announce(id, 'created')
      return c.json({ id }, 201)
    })
}

async function requireCreator(
  { db, access }: { readonly db: Database; readonly access: Access },
  accountId: string,
  networkId: string,
  teamId: string | undefined,
): Promise<void> {
  const viewer = await access.getViewer(networkId, accountId)
  if (teamId !== undefined) await requireTeam(db, networkId, teamId)
  if (createsDocuments(viewer, teamId)) return
  throw new AppError(
    'forbidden',
    teamId === undefined
      ? 'Documents of the network are started by its coordinators, facilitators and coaches.'
      : 'Documents of a team are started by its lead and its members.',
  )
}

export async function requireTeam(db: Database, networkId: string, teamId: string): Promise<void> {
  if (await findTeam(db, networkId, teamId)) return
  throw invalidFields({ team: 'There is no such team in this network.' })
}

async function contentOfTemplate(
  { templates, ownTemplate }: Pick<StartingDeps, 'templates' | 'ownTemplate'>,
  networkId: string,
  kind: KindName,
  id = 'blank',
): Promise<unknown> {
  const template = templates.find(kind, id) ?? (await ownTemplate(networkId, kind, id))
  if (template !== undefined) return template.content
  const ids = templates.list().flatMap((template) => (template.kind === kind ? [template.id] : []))
  throw invalidFields({
    template: `There is no such template. Templates of this kind are: ${ids.join(', ')}.`,
  })
}

function ownContent(kind: KindName, content: unknown, template: string | undefined): unknown {
  if (template !== undefined)
    throw invalidFields({ template: 'A document starts from a template or from content, not from both.' })
  try {
    return kindFiles[kind].parseSeed(content)
  } catch (error) {
    throw invalidFields({ content: shortened((error as Error).message) })
  }
}

/** A sentence names the place, and a name in the content can be as long as the content. */
const shortened = (sentence: string): string =>
  sentence.length > longestSentence ? `${sentence.slice(0, longestSentence)}…` : sentence

const longestSentence = 300

const copyTitle = (title: string): string => `Copy of ${title}`.slice(0, longestTitle)

const longestTitle = 200

/** Where a copy of a document comes from, as its kind is told. */
export async function copiedFrom(
  db: Database,
  { id, networkId, teamId, title }: OpenedDocument,
): Promise<CopiedFrom> {
  const team = teamId === undefined ? undefined : await findTeam(db, networkId, teamId)
  return { documentId: id, title, ...(team && { team: team.name }) }
}
