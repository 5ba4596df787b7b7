import { Hono } from 'hono'
import { factFilterSchema } from '#shared/document.ts'
import type { Fact, PlacedFact } from '#shared/fact.ts'
import { type Authenticates, signedIn } from './accounts/signed-in.ts'
import type { Database } from './db/database.ts'
import type { DocumentGuard } from './documents/guard.ts'
import { listDocuments } from './documents/store.ts'
import { valid } from './http/errors.ts'
import type { Access } from './networks/access.ts'

export interface FactDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly access: Access
  readonly guard: DocumentGuard
}

/** What the documents of a network say that can be counted: of those that the reader may open and that are in use. */
export const factRoutes = ({ accounts, db, access, guard }: FactDeps) =>
  new Hono().get(
    '/api/networks/:id/facts',
    signedIn(accounts),
    valid('query', factFilterSchema),
    async (c) => {
      const networkId = c.req.param('id')
      const accountId = c.var.account.id
      await access.getViewer(networkId, accountId)
      const { kind, team, name, on, part } = c.req.valid('query')
      const all = await listDocuments(db, networkId, { kind, teamId: team, archived: false })
      const standing = on === undefined ? undefined : await listStandingOn(db, on, part)
      const rows = all.filter(({ id }) => standing?.has(id) ?? true)
      const opened = await Promise.all(rows.map((row) => guard.open(accountId, row)))
      const readable = new Map(opened.flatMap((document) => (document ? [[document.id, document]] : [])))
      const stored = await listFacts(db, [...readable.keys()], name)
      const facts = stored.flatMap(({ documentId, ...fact }): readonly PlacedFact[] => {
        const document = readable.get(documentId)
        if (document === undefined) return []
        const { kind, teamId } = document
        return [{ ...fact, documentId, kind, ...(teamId !== undefined && { teamId }) }]
      })
      return c.json({ facts })
    },
  )

/** The documents that stand on another one, or on one part of it. */
async function listStandingOn(
  db: Database,
  documentId: string,
  part: string | undefined,
): Promise<ReadonlySet<string>> {
  const rows = await db.read<{ readonly document_id: string }>(
    `SELECT DISTINCT document_id FROM reference
    WHERE target_document_id = ? AND target_part IS coalesce(?, target_part)`,
    [documentId, part ?? null],
  )
  return new Set(rows.map((row) => row.document_id))
}

async function listFacts(
  db: Database,
  documentIds: readonly string[],
  name: string | undefined,
): Promise<readonly (Fact & { readonly documentId: string })[]> {
  const rows = await db.read<{
    readonly document_id: string
    readonly name: string
    readonly part: string | null
    readonly value: string
  }>(
    `SELECT document_id, name, part, value FROM fact
    WHERE document_id IN (SELECT value FROM json_each(?)) AND name = coalesce(?, name)
    ORDER BY document_id, rowid`,
    [JSON.stringify(documentIds), name ?? null],
  )
  return rows.map((row) => ({
    documentId: row.document_id,
    name: row.name,
    ...(row.part !== null && { part: row.part }),
    value: JSON.parse(row.value),
  }))
}
