import type { Person } from '#shared/people.ts'
import type { Amendment, Seal } from '#shared/records.ts'
import type { Database, Statement } from '../db/database.ts'

/** The seals of a document with their amendments, the oldest first. */
export async function listSeals(db: Database, documentId: string): Promise<readonly Seal[]> {
  const rows = await db.read<{
    readonly id: string
    readonly name: string
    readonly text: string
    readonly hash: string
    readonly person: string
    readonly present: string
    readonly created_at: number
    readonly erased_at: number | null
  }>(
    `SELECT seal.id, seal.name, seal.text, seal.hash, seal.created_at, seal.erased_at,
      json_object('id', account.id, 'name', account.name, 'color', account.color) AS person,
      (SELECT json_group_array(json_object('id', there.id, 'name', there.name, 'color', there.color))
        FROM json_each(seal.present) JOIN account AS there ON there.id = json_each.value) AS present
    FROM seal JOIN account ON account.id = seal.account_id
    WHERE seal.document_id = ? ORDER BY seal.created_at, seal.id`,
    [documentId],
  )
  if (rows.length === 0) return []
  const amendments = await listAmendments(db, documentId)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    text: row.text,
    hash: row.hash,
    by: JSON.parse(row.person) as Person,
    present: JSON.parse(row.present) as readonly Person[],
    at: row.created_at,
    ...(row.erased_at !== null && { erasedAt: row.erased_at }),
    amendments: amendments.get(row.id) ?? [],
  }))
}

/** By their seals, the oldest first. */
async function listAmendments(
  db: Database,
  documentId: string,
): Promise<ReadonlyMap<string, readonly Amendment[]>> {
  const rows = await db.read<{
    readonly id: string
    readonly seal_id: string
    readonly part: string
    readonly text: string
    readonly hash: string
    readonly reason: string
    readonly person: string
    readonly created_at: number
    readonly erased_at: number | null
  }>(
    `SELECT amendment.id, amendment.seal_id, amendment.part, amendment.text, amendment.hash, amendment.reason,
      amendment.created_at, amendment.erased_at, json_object('id', account.id, 'name', account.name, 'color', account.color) AS person
    FROM amendment JOIN seal ON seal.id = amendment.seal_id JOIN account ON account.id = amendment.account_id
    WHERE seal.document_id = ? ORDER BY amendment.created_at, amendment.id`,
    [documentId],
  )
  const bySeal = new Map<string, Amendment[]>()
  for (const row of rows) {
    const { id, part, text, hash, reason } = row
    const amendment = {
      id,
      part,
      text,
      hash,
      reason,
      by: JSON.parse(row.person) as Person,
      at: row.created_at,
      ...(row.erased_at !== null && { erasedAt: row.erased_at }),
    }
    bySeal.set(row.seal_id, [...(bySeal.get(row.seal_id) ?? []), amendment])
  }
  return bySeal
}

export interface SealRow {
  readonly id: string
  readonly documentId: string
  readonly name: string
}

export async function findSeal(db: Database, id: string): Promise<SealRow | undefined> {
  const [row] = await db.read<SealRow>('SELECT id, document_id AS documentId, name FROM seal WHERE id = ?', [
    id,
  ])
  return row
}

export interface NewSeal extends SealRow {
  readonly text: string
  readonly hash: string
  readonly accountId: string
  /** Accounts. */
  readonly present: readonly string[]
  readonly createdAt: number
}

export const insertSeal = (seal: NewSeal): Statement => ({
  sql: `INSERT INTO seal (id, document_id, name, text, hash, account_id, present, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [
    seal.id,
    seal.documentId,
    seal.name,
    seal.text,
    seal.hash,
    seal.accountId,
    JSON.stringify(seal.present),
    seal.createdAt,
  ],
  expect: 1,
})

export interface NewAmendment {
  readonly id: string
  readonly sealId: string
  readonly part: string
  readonly text: string
  readonly hash: string
  readonly reason: string
  readonly accountId: string
  readonly createdAt: number
}

/** Changes no row where the last amendment of that part says the same. */
export const insertAmendment = (amendment: NewAmendment): Statement => ({
  sql: `INSERT INTO amendment (id, seal_id, part, text, hash, reason, account_id, created_at)
    SELECT ?, ?, ?, ?, ?, ?, ?, ?
    WHERE ? IS NOT (SELECT hash FROM amendment WHERE seal_id = ? AND part = ? ORDER BY created_at DESC, id DESC LIMIT 1)`,
  args: [
    amendment.id,
    amendment.sealId,
    amendment.part,
    amendment.text,
    amendment.hash,
    amendment.reason,
    amendment.accountId,
    amendment.createdAt,
    amendment.hash,
    amendment.sealId,
    amendment.part,
  ],
  expect: 1,
})
