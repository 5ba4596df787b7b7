import { Hono } from 'hono'
import { savesTemplates } from '#shared/access.ts'
import { newTemplateSchema, type TemplateSummary } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { kindFiles } from '#shared/kinds/files.ts'
import { findKind, type KindName, kinds } from '#shared/kinds/index.ts'
import { type Authenticates, signedIn } from './accounts/signed-in.ts'
import { auditEntry } from './audit.ts'
import type { Database, Statement } from './db/database.ts'
import type { DocumentGuard, OpenedDocument } from './documents/guard.ts'
import type { ReadLive } from './documents/live.ts'
import { copiedFrom } from './documents/starting.ts'
import { invalidFields, valid } from './http/errors.ts'
import type { Access } from './networks/access.ts'
import type { Templates } from './templates.ts'

export interface NetworkTemplateDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly access: Access
  readonly guard: DocumentGuard
  readonly templates: Templates
  readonly readLive: ReadLive
  readonly now: () => number
}

/** A page that lists more is of no use to anybody. */
const mostTemplates = 200

/** What documents of a network can start from: what comes with the product, and what the network made of its own documents. */
export const networkTemplateRoutes = (deps: NetworkTemplateDeps) => {
  const { db, access, guard, templates, readLive, now } = deps
  const me = signedIn(deps.accounts)
  return new Hono()
    .get('/api/networks/:id/templates', me, async (c) => {
      const networkId = c.req.param('id')
      await access.getViewer(networkId, c.var.account.id)
      return c.json({ templates: [...templates.list(), ...(await listOwn(db, networkId))] })
    })

    .post('/api/documents/:id/templates', me, valid('json', newTemplateSchema), async (c) => {
      const accountId = c.var.account.id
      const document = await guard.get(accountId, c.req.param('id'), 'view')
      const { networkId, kind } = document
      await requireSaver(networkId, accountId)
      const { name, sentence, emptied } = c.req.valid('json')
      const own = await listOwn(db, networkId)
      if (own.length >= mostTemplates)
        throw new AppError(
          'conflict',
          `A network keeps at most ${mostTemplates} templates: remove one first.`,
        )
      if (own.some((template) => template.kind === kind && template.name === name))
        throw invalidFields({ name: 'The network has a template of this name already.' })
      const { doc } = await readLive(document.id)
      const model: unknown = kinds[kind].read(doc)
      const content = templateOf(
        kind,
        emptied ? emptiedModel(kind, model) : await copiedModel(document, model),
      )
      const id = newId()
      await db.write([
        insertTemplate({ id, networkId, kind, name, sentence, content, accountId, createdAt: now() }),
        auditEntry({ networkId, accountId, action: 'template-saved', subject: id, at: now() }),
      ])
      return c.json({ id }, 201)
    })

    .delete('/api/networks/:id/templates/:templateId', me, async (c) => {
      const { id: networkId, templateId } = c.req.param()
      const accountId = c.var.account.id
      await requireSaver(networkId, accountId)
      const own = await listOwn(db, networkId)
      if (!own.some(({ id }) => id === templateId))
        throw new AppError('not-found', 'The network has no such template of its own.')
      await db.write([
        {
          sql: 'DELETE FROM network_template WHERE network_id = ? AND id = ?',
          args: [networkId, templateId],
        },
        auditEntry({ networkId, accountId, action: 'template-removed', subject: templateId, at: now() }),
      ])
      return c.json({})
    })

  /** What a copy would leave behind (results, what became of it) a template leaves behind too; often it leaves more. */
  async function copiedModel(document: OpenedDocument, model: unknown): Promise<unknown> {
    const { copy, template } = kinds[document.kind]
    if (template) return template(model)
    return copy ? copy(model, await copiedFrom(db, document)) : model
  }

  async function requireSaver(networkId: string, accountId: string): Promise<void> {
    if (savesTemplates(await access.getViewer(networkId, accountId))) return
    throw new AppError('forbidden', 'Templates of the network are kept by its coordinators and facilitators.')
  }
}

function emptiedModel(kind: KindName, model: unknown): unknown {
  const { emptied, label } = kinds[kind]
  if (emptied) return emptied(model)
  throw invalidFields({ emptied: `A ${label.toLowerCase()} is kept as it is.` })
}

/** The model in the form of a template's file, as JSON. */
function templateOf(kind: KindName, model: unknown): string {
  const content = JSON.stringify(model)
  try {
    kindFiles[kind].parseSeed(JSON.parse(content))
  } catch {
    throw new AppError('too-large', 'This is too much for a template: take something out of a copy first.')
  }
  return content
}

/** The content of a template of the network's own, or undefined when it has no such one. */
export async function findOwnTemplate(
  db: Database,
  networkId: string,
  kind: KindName,
  id: string,
): Promise<{ readonly content: unknown } | undefined> {
  const [row] = await db.read<{ readonly content: string }>(
    'SELECT content FROM network_template WHERE network_id = ? AND kind = ? AND id = ?',
    [networkId, kind, id],
  )
  if (row === undefined) return undefined
  try {
    return { content: kindFiles[kind].parseSeed(JSON.parse(row.content)) }
  } catch (error) {
    throw new AppError(
      'conflict',
      `This template was saved by another version and cannot be read any more: ${(error as Error).message}`,
    )
  }
}

async function listOwn(db: Database, networkId: string): Promise<readonly TemplateSummary[]> {
  const rows = await db.read<{
    readonly id: string
    readonly kind: string
    readonly name: string
    readonly sentence: string
  }>('SELECT id, kind, name, sentence FROM network_template WHERE network_id = ? ORDER BY name, id', [
    networkId,
  ])
  return rows.flatMap(({ kind, ...row }) =>
    // A kind of a later version of this program is as good as absent to this one.
    findKind(kind) === undefined ? [] : [{ ...row, kind: kind as KindName, sources: [], own: true as const }],
  )
}

interface NewTemplate {
  readonly id: string
  readonly networkId: string
  readonly kind: KindName
  readonly name: string
  readonly sentence: string
  /** JSON. */
  readonly content: string
  readonly accountId: string
  readonly createdAt: number
}

const insertTemplate = (template: NewTemplate): Statement => ({
  sql: `INSERT INTO network_template (id, network_id, kind, schema, name, sentence, content, account_id, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [
    template.id,
    template.networkId,
    template.kind,
    kinds[template.kind].schema,
    template.name,
    template.sentence,
    template.content,
    template.accountId,
    template.createdAt,
  ],
})
