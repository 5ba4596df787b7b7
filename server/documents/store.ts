import type { Version } from '#shared/document.ts'
import type { Person, PersonColor } from '#shared/people.ts'
import type { Database, SqlValue, Statement } from '../db/database.ts'

export interface DocumentRow {
  readonly id: string
  readonly networkId: string
  readonly teamId?: string
  readonly kind: string
  readonly title: string
  readonly shared: boolean
  readonly epoch: string
  readonly schema: number
  readonly headSeq: number
  readonly projectedSeq: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly updatedBy?: Person
  readonly archivedAt?: number
}

interface StoredDocument {
  readonly id: string
  readonly network_id: string
  readonly team_id: string | null
  readonly kind: string
  readonly title: string
  readonly shared: number
  readonly epoch: string
  readonly schema: number
  readonly head_seq: number
  readonly projected_seq: number
  readonly created_at: number
  readonly updated_at: number
  readonly updated_by: string | null
  readonly updater_name: string | null
  readonly updater_color: number | null
  readonly archived_at: number | null
}

const selectDocument = `
  SELECT document.id, document.network_id, document.team_id, document.kind, document.title, document.shared,
    document.epoch, document.schema, document.head_seq, document.projected_seq, document.created_at,
    document.updated_at, document.updated_by, account.name AS updater_name, account.color AS updater_color,
    document.archived_at
  FROM document LEFT JOIN account ON account.id = document.updated_by`

export async function findDocument(db: Database, id: string): Promise<DocumentRow | undefined> {
  const [row] = await db.read<StoredDocument>(`${selectDocument} WHERE document.id = ?`, [id])
  return row && documentRow(row)
}

export interface DocumentFilter {
  readonly kind?: string | undefined
  readonly teamId?: string | undefined
  /** Absent: both archived ones and those in use. */
  readonly archived?: boolean | undefined
}

/** The documents of a network, the last edited first. */
export async function listDocuments(
  db: Database,
  networkId: string,
  filter: DocumentFilter = {},
): Promise<readonly DocumentRow[]> {
  const conditions = ['document.network_id = ?']
  const args: SqlValue[] = [networkId]
  if (filter.kind !== undefined) {
    conditions.push('document.kind = ?')
    args.push(filter.kind)
  }
  if (filter.teamId !== undefined) {
    conditions.push('document.team_id = ?')
    args.push(filter.teamId)
  }
  if (filter.archived !== undefined)
    conditions.push(`document.archived_at IS ${filter.archived ? 'NOT NULL' : 'NULL'}`)
  const rows = await db.read<StoredDocument>(
    `${selectDocument} WHERE ${conditions.join(' AND ')} ORDER BY document.updated_at DESC, document.id DESC`,
    args,
  )
  return rows.map(documentRow)
}

/** Documents by their ids, in no order; those that do not exist are left out. */
export async function listDocumentsById(
  db: Database,
  ids: readonly string[],
): Promise<readonly DocumentRow[]> {
  const rows = await db.read<StoredDocument>(
    `${selectDocument} WHERE document.id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  )
  return rows.map(documentRow)
}

function documentRow(row: StoredDocument): DocumentRow {
  return {
    id: row.id,
    networkId: row.network_id,
    ...(row.team_id !== null && { teamId: row.team_id }),
    kind: row.kind,
    title: row.title,
    shared: row.shared === 1,
    epoch: row.epoch,
    schema: row.schema,
    headSeq: row.head_seq,
    projectedSeq: row.projected_seq,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...personOf('updatedBy', row.updated_by, row.updater_name, row.updater_color),
    ...(row.archived_at !== null && { archivedAt: row.archived_at }),
  }
}

function personOf<Name extends string>(
  property: Name,
  id: string | null,
  name: string | null,
  color: number | null,
): { readonly [property in Name]?: Person } {
  if (id === null || name === null || color === null) return {}
  return { [property]: { id, name, color: color as PersonColor } } as { readonly [property in Name]?: Person }
}

export interface NewDocument {
  readonly id: string
  readonly networkId: string
  readonly teamId?: string | undefined
  readonly kind: string
  readonly schema: number
  readonly title: string
  readonly shared: boolean
  readonly epoch: string
  /** The Yjs update that holds the whole starting content. */
  readonly content: Uint8Array
  readonly createdBy: string
  readonly createdAt: number
}

/** C1: the row and its content, as the log's first entry, belong to one transaction. */
export const insertDocument = (document: NewDocument): readonly Statement[] => [
  {
    sql: `INSERT INTO document (id, network_id, team_id, kind, title, shared, epoch, schema, created_by, created_at,
      head_seq, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
    args: [
      document.id,
      document.networkId,
      document.teamId ?? null,
      document.kind,
      document.title,
      document.shared ? 1 : 0,
      document.epoch,
      document.schema,
      document.createdBy,
      document.createdAt,
      document.createdAt,
      document.createdBy,
    ],
    expect: 1,
  },
  {
    // No account: what a template brings was written by nobody, and nobody may write on under its client id (V7).
    sql: `INSERT INTO document_update (document_id, epoch, seq, payload, account_id, connection_id, via, created_at, bytes)
      VALUES (?, ?, 1, ?, NULL, NULL, 'system', ?, ?)`,
    args: [document.id, document.epoch, document.content, document.createdAt, document.content.byteLength],
    expect: 1,
  },
]

export const renameDocument = (id: string, title: string, accountId: string, now: number): Statement => ({
  sql: 'UPDATE document SET title = ?, updated_at = ?, updated_by = ? WHERE id = ?',
  args: [title, now, accountId, id],
  expect: 1,
})

export const shareDocument = (id: string): Statement => ({
  sql: 'UPDATE document SET shared = 1 WHERE id = ?',
  args: [id],
  expect: 1,
})

/** Changes nothing when someone else archived it first: theirs is the name that stands there. */
export const archiveDocument = (id: string, accountId: string, now: number): Statement => ({
  sql: 'UPDATE document SET archived_at = ?, archived_by = ? WHERE id = ? AND archived_at IS NULL',
  args: [now, accountId, id],
})

export const restoreDocument = (id: string): Statement => ({
  sql: 'UPDATE document SET archived_at = NULL, archived_by = NULL WHERE id = ?',
  args: [id],
  expect: 1,
})

/** Fails the transaction where the document has been archived meanwhile. */
export const isInUse = (id: string): Statement => ({
  sql: 'SELECT id FROM document WHERE id = ? AND archived_at IS NULL',
  args: [id],
  expect: 1,
})

/**
 * Belongs to every transaction that changes records which a kind derives something from. What is derived now is out of
 * date, also for whoever is just deriving it from the records as they were, and for the next start after a crash.
 */
export const recordsAreOthers = (id: string): Statement => ({
  sql: 'UPDATE document SET projected_seq = min(projected_seq, 0) - 1 WHERE id = ?',
  args: [id],
  expect: 1,
})

export interface NewVersion {
  readonly id: string
  readonly documentId: string
  readonly epoch: string
  readonly seq: number
  readonly name: string
  readonly note?: string | undefined
  readonly cause: Version['cause']
  readonly accountId: string
  readonly createdAt: number
}

export const insertVersion = (version: NewVersion): Statement => ({
  sql: `INSERT INTO document_version (id, document_id, epoch, seq, name, note, cause, account_id, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [
    version.id,
    version.documentId,
    version.epoch,
    version.seq,
    version.name,
    version.note ?? null,
    version.cause,
    version.accountId,
    version.createdAt,
  ],
  expect: 1,
})

/** The versions of a document, the newest first. */
export async function listVersions(db: Database, documentId: string): Promise<readonly Version[]> {
  const rows = await db.read<{
    readonly id: string
    readonly seq: number
    readonly name: string
    readonly note: string | null
    readonly cause: Version['cause']
    readonly account_id: string | null
    readonly account_name: string | null
    readonly account_color: number | null
    readonly created_at: number
  }>(
    `SELECT version.id, version.seq, version.name, version.note, version.cause, version.account_id,
      account.name AS account_name, account.color AS account_color, version.created_at
    FROM document_version AS version LEFT JOIN account ON account.id = version.account_id
    WHERE version.document_id = ? ORDER BY version.created_at DESC, version.id DESC`,
    [documentId],
  )
  return rows.map((row) => ({
    id: row.id,
    seq: row.seq,
    name: row.name,
    ...(row.note !== null && { note: row.note }),
    cause: row.cause,
    ...personOf('by', row.account_id, row.account_name, row.account_color),
    createdAt: row.created_at,
  }))
}
