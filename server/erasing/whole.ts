import type { ErasurePreview } from '#shared/erasure.ts'
import type { Database, Statement } from '../db/database.ts'
import { forgetRefused } from './records.ts'

/** What is lost with all of a document. */
export async function measureWhole(
  db: Database,
  documentId: string,
): Promise<NonNullable<ErasurePreview['whole']>> {
  const [row] = await db.read<NonNullable<ErasurePreview['whole']>>(
    `SELECT head_seq AS changes,
      (SELECT count(*) FROM document_version WHERE document_id = ?1) AS versions,
      (SELECT count(*) FROM attachment WHERE document_id = ?1) AS files
    FROM document WHERE id = ?1`,
    [documentId],
  )
  return row ?? { changes: 0, versions: 0, files: 0 }
}

/** The tables whose rows are a document's own, those first that point at others of them. */
const ofDocument = [
  'amendment WHERE seal_id IN (SELECT id FROM seal WHERE document_id = ?1)',
  'seal WHERE document_id = ?1',
  'stage_change WHERE document_id = ?1',
  'ballot_answer WHERE document_id = ?1',
  'ballot_reveal WHERE document_id = ?1',
  'attachment WHERE document_id = ?1',
  'proposal WHERE ?1 IN (document_id, from_document_id)',
  'document_version WHERE document_id = ?1',
  'document_update WHERE document_id = ?1',
  'document_segment WHERE document_id = ?1',
  'document_snapshot WHERE document_id = ?1',
  'fact WHERE document_id = ?1',
  'reference WHERE document_id = ?1',
  'passage WHERE document_id = ?1',
]

/** Leaves nothing of a document but what the audit says of it, without its words. */
export const deleteWhole = (documentId: string): readonly Statement[] => [
  ...ofDocument.map((rows) => ({ sql: `DELETE FROM ${rows}`, args: [documentId] })),
  ...forgetRefused(documentId),
  { sql: "UPDATE audit SET detail = '{}' WHERE subject = ?", args: [documentId] },
  { sql: 'DELETE FROM document WHERE id = ?', args: [documentId], expect: 1 },
]

/** What was derived from a document's words; it is made again. */
export const deleteDerived = (documentId: string): readonly Statement[] =>
  ['fact', 'reference', 'passage'].map((table) => ({
    sql: `DELETE FROM ${table} WHERE document_id = ?`,
    args: [documentId],
  }))

/** The index keeps what was deleted from it until its parts are merged. */
export const compactSearch: Statement = {
  sql: "INSERT INTO passage_search (passage_search) VALUES ('optimize')",
}
