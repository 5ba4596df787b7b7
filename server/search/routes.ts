import { Hono } from 'hono'
import { type SearchResult, searchLimits, searchSchema } from '#shared/search.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import type { Database } from '../db/database.ts'
import type { DocumentGuard, OpenedDocument } from '../documents/guard.ts'
import { listDocuments } from '../documents/store.ts'
import { valid } from '../http/errors.ts'
import type { Access } from '../networks/access.ts'
import { findPassages } from './store.ts'
import { holdsAll, markWords, matchExpression, readWords, type Words } from './words.ts'

export interface SearchDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly access: Access
  readonly guard: DocumentGuard
}

/** As much of a passage as two lines of a list hold. */
const passageLength = 180

/** Titles and text of the documents that the reader may open and that are in use. Of all others nothing is looked at. */
export const searchRoutes = ({ accounts, db, access, guard }: SearchDeps) =>
  new Hono().get('/api/networks/:id/search', signedIn(accounts), valid('query', searchSchema), async (c) => {
    const networkId = c.req.param('id')
    const accountId = c.var.account.id
    await access.getViewer(networkId, accountId)
    const words = readWords(c.req.valid('query').q)
    if (words.length === 0) return c.json({ results: [] })
    const rows = await listDocuments(db, networkId, { archived: false })
    const opened = await Promise.all(rows.map((row) => guard.open(accountId, row)))
    const readable = opened.filter((document) => document !== undefined)
    const results = [...foundInTitles(readable, words), ...(await foundInText(db, readable, words))]
    return c.json({ results: results.slice(0, searchLimits.results) })
  })

/** In the order of the documents: the last edited first. */
const foundInTitles = (documents: readonly OpenedDocument[], words: Words): readonly SearchResult[] =>
  documents
    .filter(({ title }) => holdsAll(title, words))
    .map((document) => ({ ...placeOf(document), isTitle: true, passage: markWords(document.title, words) }))

async function foundInText(
  db: Database,
  documents: readonly OpenedDocument[],
  words: Words,
): Promise<readonly SearchResult[]> {
  const byId = new Map(documents.map((document) => [document.id, document]))
  const passages = await findPassages(db, [...byId.keys()], matchExpression(words))
  return passages.flatMap(({ documentId, part, text }): readonly SearchResult[] => {
    const document = byId.get(documentId)
    if (document === undefined) return []
    const passage = markWords(text, words, passageLength)
    return [{ ...placeOf(document), ...(part !== null && { part }), passage }]
  })
}

const placeOf = ({ id, kind, title, teamId }: OpenedDocument) => ({
  documentId: id,
  kind,
  title,
  ...(teamId !== undefined && { teamId }),
})
