import { crc32 } from 'node:zlib'
import type { Database, Statement } from '../db/database.ts'

/** How an update came in. */
export type Via = 'ws' | 'http' | 'restore' | 'import' | 'transition' | 'system'

/** A row of the log before it has its place in it (D6). */
export interface Entry {
  readonly payload: Uint8Array
  readonly accountId: string | null
  readonly connectionId: string | null
  readonly via: Via
  readonly at: number
}

/** A row of the log. */
export interface LogRow extends Entry {
  readonly seq: number
  /** CRC-32 of the payload as it was written; null where none was kept. */
  readonly checksum: number | null
}

/** Which log rows belong to: a document's, since its history was last broken. */
export interface LogName {
  readonly documentId: string
  readonly epoch: string
}

/**
 * Appends entries after `head`. The head moves in the same transaction, and only from where this process believes it
 * to be: a second writer, or another epoch, fails the whole.
 */
export function appendEntries(
  { documentId, epoch }: LogName,
  head: number,
  entries: readonly Entry[],
): Statement[] {
  const last = entries.at(-1)
  if (last === undefined) return []
  const author = entries.findLast(({ accountId }) => accountId !== null)?.accountId ?? null
  const rows = entries.map(({ payload, accountId, connectionId, via, at }, index) => [
    documentId,
    epoch,
    head + 1 + index,
    payload,
    accountId,
    connectionId,
    via,
    at,
    payload.byteLength,
    crc32(payload),
  ])
  return [
    ...groups(rows).map((group) => ({ sql: insertOf(group.length), args: group.flat() })),
    {
      sql: `UPDATE document SET head_seq = ?, updated_at = ?, updated_by = coalesce(?, updated_by)
        WHERE id = ? AND epoch = ? AND head_seq = ?`,
      args: [head + entries.length, last.at, author, documentId, epoch, head],
      expect: 1,
    },
  ]
}

/** So many rows in one statement, far within what SQLite takes: with a crowd each batch has some twenty. */
const mostRows = 32

function groups<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(rows.length / mostRows)
  return Array.from({ length: count }, (_, index) => rows.slice(index * mostRows, (index + 1) * mostRows))
}

const insertOf = (rows: number): string =>
  `INSERT INTO document_update
    (document_id, epoch, seq, payload, account_id, connection_id, via, created_at, bytes, checksum)
    VALUES ${Array(rows).fill('(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}`

/** Whether entries that were to follow `head` stand there: a commit whose answer got lost may have come through. */
export async function standsInLog(
  db: Database,
  { documentId, epoch }: LogName,
  head: number,
  entries: readonly Entry[],
): Promise<boolean> {
  const last = entries.at(-1)
  if (last === undefined) return true
  const [row] = await db.read<{ payload: Uint8Array; connection_id: string | null }>(
    'SELECT payload, connection_id FROM document_update WHERE document_id = ? AND epoch = ? AND seq = ?',
    [documentId, epoch, head + entries.length],
  )
  return (
    row !== undefined &&
    row.connection_id === last.connectionId &&
    Buffer.compare(row.payload, last.payload) === 0
  )
}
