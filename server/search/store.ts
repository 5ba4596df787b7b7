import { searchLimits } from '#shared/search.ts'
import type { Database } from '../db/database.ts'

export interface FoundPassage {
  readonly documentId: string
  readonly part: string | null
  readonly text: string
}

/**
 * The passages of these documents that fit an expression of FTS5, the best first; of equally good ones that of the document
 * edited last. The index is asked first, whatever the planner thinks: so no reader's question reads all passages.
 */
export const findPassages = (
  db: Database,
  documentIds: readonly string[],
  expression: string,
): Promise<readonly FoundPassage[]> =>
  db.read<FoundPassage>(passageQuery, [
    expression,
    JSON.stringify(documentIds),
    searchLimits.ofDocument,
    searchLimits.results,
  ])

export const passageQuery = `
  WITH found AS MATERIALIZED (
    SELECT passage.id, passage.document_id, bm25(passage_search) AS distance
    FROM passage_search CROSS JOIN passage ON passage.id = passage_search.rowid
    WHERE passage_search MATCH ? AND passage.document_id IN (SELECT value FROM json_each(?))
  ),
  ranked AS (
    SELECT *, row_number() OVER (PARTITION BY document_id ORDER BY distance, id) AS place FROM found
  )
  SELECT ranked.document_id AS documentId, passage.part, passage.text
  FROM ranked
    JOIN document ON document.id = ranked.document_id
    JOIN passage ON passage.id = ranked.id
  WHERE place <= ?
  ORDER BY distance, document.updated_at DESC, ranked.id
  LIMIT ?`
