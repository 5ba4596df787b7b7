import { type ErasedRecord, type RecordKind, valueWithoutWords, withoutWords } from '#shared/erasure.ts'
import type { Database, Row, SqlValue, Statement } from '../db/database.ts'

/** Where words of people stand beside the documents themselves: which rows belong to a document, and which columns hold words. */
interface Written {
  readonly what: RecordKind
  readonly table: string
  readonly key: readonly string[]
  readonly words: readonly string[]
  /** Columns of JSON; words in them are taken out of its strings. */
  readonly json?: readonly string[]
  /** SQL with the document's id as `?1`. */
  readonly of: string
  /** Says in its row that words were taken out. */
  readonly marks?: true
}

const written: readonly Written[] = [
  { what: 'title', table: 'document', key: ['id'], words: ['title'], of: 'id = ?1' },
  {
    what: 'version',
    table: 'document_version',
    key: ['id'],
    words: ['name', 'note'],
    of: 'document_id = ?1',
  },
  {
    what: 'step',
    table: 'stage_change',
    key: ['document_id', 'number'],
    words: ['reason'],
    json: ['missing'],
    of: 'document_id = ?1',
  },
  {
    what: 'seal',
    table: 'seal',
    key: ['id'],
    words: [],
    json: ['text'],
    of: 'document_id = ?1',
    marks: true,
  },
  {
    what: 'amendment',
    table: 'amendment',
    key: ['id'],
    words: ['reason'],
    json: ['text'],
    of: 'seal_id IN (SELECT id FROM seal WHERE document_id = ?1)',
    marks: true,
  },
  {
    what: 'proposal',
    table: 'proposal',
    key: ['id'],
    words: ['sentence'],
    json: ['args'],
    of: '?1 IN (document_id, from_document_id)',
  },
  { what: 'file-name', table: 'attachment', key: ['id'], words: ['name'], of: 'document_id = ?1' },
  { what: 'audit', table: 'audit', key: ['id'], words: [], json: ['detail'], of: 'subject = ?1' },
]

export interface ErasedRecords {
  readonly found: readonly ErasedRecord[]
  readonly statements: readonly Statement[]
}

/** Takes the words out of all that stands beside a document. */
export async function eraseFromRecords(
  db: Database,
  documentId: string,
  words: string,
  now: number,
): Promise<ErasedRecords> {
  const found: ErasedRecord[] = []
  const statements: Statement[] = []
  for (const place of written) {
    const columns = [...place.words, ...(place.json ?? [])]
    const rows = await db.read<Row>(
      `SELECT ${[...place.key, ...columns].join(', ')} FROM ${place.table} WHERE ${place.of}`,
      [documentId],
    )
    const changed = rows.flatMap((row) => changeOf(place, row, words, now))
    if (changed.length > 0) found.push({ what: place.what, count: changed.length })
    statements.push(...changed)
  }
  const refused = await countRefused(db, documentId)
  if (refused > 0) found.push({ what: 'refused', count: refused })
  return { found, statements: [...statements, ...forgetRefused(documentId)] }
}

function changeOf(place: Written, row: Row, words: string, now: number): readonly Statement[] {
  const next: [string, SqlValue][] = []
  const take = (column: string, without: (text: string) => string) => {
    const value = row[column]
    if (typeof value !== 'string') return
    const left = without(value)
    if (left !== value) next.push([column, left])
  }
  for (const column of place.words) take(column, (text) => withoutWords(text, words))
  for (const column of place.json ?? []) take(column, (text) => jsonWithoutWords(text, words))
  if (next.length === 0) return []
  if (place.marks) next.push(['erased_at', now])
  return [
    {
      sql: `UPDATE ${place.table} SET ${next.map(([column]) => `${column} = ?`).join(', ')}
        WHERE ${place.key.map((column) => `${column} = ?`).join(' AND ')}`,
      args: [...next.map(([, value]) => value), ...place.key.map((column) => row[column] as SqlValue)],
      expect: 1,
    },
  ]
}

/** Canonical texts are of JSON too, and stay canonical: their keys keep their order. */
function jsonWithoutWords(text: string, words: string): string {
  const value: unknown = JSON.parse(text)
  const left = valueWithoutWords(value, words)
  return left === value ? text : JSON.stringify(left)
}

/** Bytes that were refused, or damaged, may hold anything, and nobody needs them any more. */
export const forgetRefused = (documentId: string): readonly Statement[] =>
  ['document_quarantine', 'document_damage'].map((table) => ({
    sql: `DELETE FROM ${table} WHERE document_id = ?`,
    args: [documentId],
  }))

async function countRefused(db: Database, documentId: string): Promise<number> {
  const [row] = await db.read<{ readonly count: number }>(
    'SELECT count(*) AS count FROM document_quarantine WHERE document_id = ?',
    [documentId],
  )
  return row?.count ?? 0
}
