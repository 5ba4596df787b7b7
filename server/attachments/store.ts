import type { Person, PersonColor } from '#shared/people.ts'
import { type Attachment, attachmentLimits } from '#shared/records.ts'
import type { Database, Statement } from '../db/database.ts'

/** An attachment as its row has it, removed or not. */
export interface AttachmentRow extends Attachment {
  readonly documentId: string
  /** SHA-256 of the bytes that are stored, hex. */
  readonly hash: string
  readonly removedAt?: number
}

interface StoredAttachment {
  readonly id: string
  readonly document_id: string
  readonly part: string | null
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly hash: string
  readonly account_id: string
  readonly account_name: string
  readonly account_color: PersonColor
  readonly created_at: number
  readonly removed_at: number | null
}

const selectAttachment = `
  SELECT attachment.id, attachment.document_id, attachment.part, attachment.name, attachment.type, attachment.bytes,
    attachment.hash, attachment.account_id, account.name AS account_name, account.color AS account_color,
    attachment.created_at, attachment.removed_at
  FROM attachment JOIN account ON account.id = attachment.account_id`

/** The files of a document that are not removed, the oldest first. */
export async function attachmentsOf(db: Database, documentId: string): Promise<readonly Attachment[]> {
  const rows = await db.read<StoredAttachment>(
    `${selectAttachment} WHERE attachment.document_id = ? AND attachment.removed_at IS NULL
    ORDER BY attachment.created_at, attachment.id`,
    [documentId],
  )
  return rows.map(shown)
}

export async function findAttachment(db: Database, id: string): Promise<AttachmentRow | undefined> {
  const [row] = await db.read<StoredAttachment>(`${selectAttachment} WHERE attachment.id = ?`, [id])
  return (
    row && {
      ...shown(row),
      documentId: row.document_id,
      hash: row.hash,
      ...(row.removed_at !== null && { removedAt: row.removed_at }),
    }
  )
}

function shown(row: StoredAttachment): Attachment {
  const by: Person = { id: row.account_id, name: row.account_name, color: row.account_color }
  return {
    id: row.id,
    ...(row.part !== null && { part: row.part }),
    name: row.name,
    type: row.type,
    bytes: row.bytes,
    by,
    at: row.created_at,
  }
}

export type NewAttachment = Omit<AttachmentRow, 'removedAt'>

/**
 * What was removed can be brought back for this long, and takes up the disk meanwhile. So that removing makes no endless
 * place, a network's files together with those may take at most twice what its files may.
 */
export const keptAfterRemoval = 30 * 24 * 60 * 60 * 1000
const mostStored = 2 * attachmentLimits.network

/** SQL: the bytes of a network's files; `which` of them. */
const bytesIn = (network: string, which: 'kept' | 'stored'): string => `(
  SELECT coalesce(sum(file.bytes), 0) FROM attachment AS file JOIN document AS home ON home.id = file.document_id
  WHERE home.network_id = ${network}${which === 'kept' ? ' AND file.removed_at IS NULL' : ''})`

/** Fails where the network has no place for it, or where the document was archived meanwhile. */
export const insertAttachment = (attachment: NewAttachment): Statement => ({
  sql: `INSERT INTO attachment (id, document_id, part, name, type, bytes, hash, account_id, created_at)
    SELECT ?1, document.id, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM document
    WHERE document.id = ?2 AND document.archived_at IS NULL
      AND ${bytesIn('document.network_id', 'kept')} + ?6 <= ?10
      AND ${bytesIn('document.network_id', 'stored')} + ?6 <= ?11`,
  args: [
    attachment.id,
    attachment.documentId,
    attachment.part ?? null,
    attachment.name,
    attachment.type,
    attachment.bytes,
    attachment.hash,
    attachment.by.id,
    attachment.at,
    attachmentLimits.network,
    mostStored,
  ],
  expect: 1,
})

/** Changes nothing where it is removed already. */
export const removeAttachment = (id: string, at: number): Statement => ({
  sql: 'UPDATE attachment SET removed_at = ? WHERE id = ? AND removed_at IS NULL',
  args: [at, id],
})

/** Fails where the network has no place for it any more, or where it is not removed. */
export const restoreAttachment = (id: string, networkId: string): Statement => ({
  sql: `UPDATE attachment SET removed_at = NULL
    WHERE id = ?1 AND removed_at IS NOT NULL AND ${bytesIn('?2', 'kept')} + bytes <= ?3`,
  args: [id, networkId, attachmentLimits.network],
  expect: 1,
})

/** Whether a network has place for so many bytes more: to refuse early, and to say why it was refused. */
export async function hasPlaceFor(db: Database, networkId: string, bytes: number): Promise<boolean> {
  const [row] = await db.read<{ readonly kept: number; readonly stored: number }>(
    `SELECT ${bytesIn('?1', 'kept')} AS kept, ${bytesIn('?1', 'stored')} AS stored`,
    [networkId],
  )
  const { kept = 0, stored = 0 } = row ?? {}
  return kept + bytes <= attachmentLimits.network && stored + bytes <= mostStored
}

/** Forgets what was removed before `before`; returns the ids, whose bytes can go. */
export const forgetRemoved = (before: number): Statement => ({
  sql: 'DELETE FROM attachment WHERE removed_at < ? RETURNING id',
  args: [before],
})

/** The ids of all files, removed ones too. */
export async function listAttachmentIds(db: Database): Promise<ReadonlySet<string>> {
  const rows = await db.read<{ readonly id: string }>('SELECT id FROM attachment')
  return new Set(rows.map(({ id }) => id))
}
