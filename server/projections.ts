import type { Logger } from 'pino'
import type * as Y from 'yjs'
import { type AnyKind, findKind } from '#shared/kinds/index.ts'
import { type Database, ExpectationFailed, type Statement } from './db/database.ts'
import type { ReadLive } from './documents/live.ts'
import { type DocumentRow, findDocument } from './documents/store.ts'
import { recordsOf } from './records.ts'
import { passagesOf } from './search/passages.ts'

export interface Projections {
  /**
   * Brings facts, references and passages to what `doc` says at `seq`. Reads `doc` as it likes, so give it a clone.
   * Never rejects: what fails is reported, and the next edit or start makes up for it.
   */
  project(documentId: string, doc: Y.Doc, seq: number): Promise<void>
  /** Projects these documents as they are now, e.g. because their records are others. */
  projectAgain(documentIds: readonly string[], readLive: ReadLive): Promise<void>
  /** Projects each document whose log or records went on since it was last projected; answers how many there were. */
  catchUp(readLive: ReadLive): Promise<number>
  /** Throws away all that was projected and makes it again; answers of how many documents. */
  reindex(readLive: ReadLive): Promise<number>
  /** Waits for what is on its way. */
  close(): Promise<void>
}

export interface ProjectionDeps {
  readonly db: Database
  readonly log: Logger
  /** Told when a document has been projected anew. */
  readonly projected?: (documentId: string) => void
}

/** What is derived from documents; all of it can be rebuilt. One document is projected once at a time. */
export function createProjections({ db, log, projected }: ProjectionDeps): Projections {
  const running = new Map<string, Promise<void>>()

  function project(documentId: string, doc: Y.Doc, seq: number): Promise<void> {
    const before = running.get(documentId) ?? Promise.resolve()
    const run = before
      .then(() => projectNow(db, documentId, doc, seq))
      .then((isNew) => {
        if (isNew) projected?.(documentId)
      })
      .catch((error: unknown) => log.error({ err: error, documentId }, 'a document could not be projected'))
      .finally(() => {
        if (running.get(documentId) === run) running.delete(documentId)
      })
    running.set(documentId, run)
    return run
  }

  async function projectAll(ids: readonly string[], readLive: ReadLive): Promise<number> {
    for (const id of ids) {
      try {
        const { doc, seq } = await readLive(id)
        await project(id, doc, seq)
        doc.destroy()
      } catch (error) {
        log.error({ err: error, documentId: id }, 'a document could not be read to project it')
      }
    }
    return ids.length
  }

  return {
    project,
    async projectAgain(documentIds, readLive) {
      await projectAll(documentIds, readLive)
    },
    async catchUp(readLive) {
      return projectAll(await listBehind(db), readLive)
    },
    async reindex(readLive) {
      await db.write(forgetAll)
      return projectAll(await listBehind(db), readLive)
    },
    async close() {
      while (running.size > 0) await Promise.all(running.values())
    },
  }
}

/** False when a later state was projected already. */
async function projectNow(db: Database, documentId: string, doc: Y.Doc, seq: number): Promise<boolean> {
  for (;;) {
    const row = await findDocument(db, documentId)
    const kind = row && findKind(row.kind)
    if (row === undefined || kind === undefined || row.projectedSeq > seq) return false
    try {
      const wanted = await projectionOf(db, row, kind, doc)
      await db.write(await statementsFor(db, documentId, wanted, row.projectedSeq, seq))
      return true
    } catch (error) {
      if (!(error instanceof ExpectationFailed)) throw error
    }
  }
}

/** Whether what is stored of a document is what `doc`, its state when it was projected, says. */
export async function isProjected(db: Database, row: DocumentRow, doc: Y.Doc): Promise<boolean> {
  const kind = findKind(row.kind)
  if (kind === undefined) return true
  const wanted = await projectionOf(db, row, kind, doc)
  const { length } = await statementsFor(db, row.id, wanted, row.projectedSeq, row.projectedSeq)
  // The first one only moves the document's mark.
  return length === 1
}

/** Rows as JSON arrays of their columns, so that two sets of them can be compared. */
interface Projection {
  readonly facts: readonly string[]
  readonly references: readonly string[]
  readonly passages: readonly string[]
}

async function projectionOf(db: Database, row: DocumentRow, kind: AnyKind, doc: Y.Doc): Promise<Projection> {
  const model = kind.read(doc)
  const records = await recordsOf(db, row)
  return {
    facts: kind
      .facts(model, records)
      .map(({ name, part, value }) => JSON.stringify([name, part ?? null, JSON.stringify(value)])),
    references: kind
      .references(model)
      .map(({ part, documentId, targetPart, relation }) =>
        JSON.stringify([part ?? null, documentId, targetPart ?? null, relation]),
      ),
    passages: passagesOf(kind.blocks(model, records)).map(({ part, text }) =>
      JSON.stringify([part ?? null, text]),
    ),
  }
}

/**
 * Writes only what differs: typing in one card of three hundred changes one row, not a thousand, and the writer is free
 * for the log. The first statement fails the transaction when someone else projected, or the records became others, since the rows were read.
 */
async function statementsFor(
  db: Database,
  documentId: string,
  wanted: Projection,
  before: number,
  seq: number,
): Promise<readonly Statement[]> {
  const [facts, references, passages] = await Promise.all([
    db.read<StoredRow>(
      'SELECT rowid AS id, json_array(name, part, value) AS content FROM fact WHERE document_id = ?',
      [documentId],
    ),
    db.read<StoredRow>(
      `SELECT rowid AS id, json_array(part, target_document_id, target_part, relation) AS content
      FROM reference WHERE document_id = ?`,
      [documentId],
    ),
    db.read<StoredRow>('SELECT id, json_array(part, text) AS content FROM passage WHERE document_id = ?', [
      documentId,
    ]),
  ])
  return [
    {
      sql: 'UPDATE document SET projected_seq = ? WHERE id = ? AND projected_seq = ?',
      args: [seq, documentId, before],
      expect: 1,
    },
    ...replace(facts, wanted.facts, {
      remove: 'DELETE FROM fact WHERE rowid IN (SELECT value FROM json_each(?))',
      add: `INSERT INTO fact (document_id, name, part, value)
        SELECT ?, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`,
      documentId,
    }),
    ...replace(references, wanted.references, {
      remove: 'DELETE FROM reference WHERE rowid IN (SELECT value FROM json_each(?))',
      add: `INSERT INTO reference (document_id, part, target_document_id, target_part, relation)
        SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)`,
      documentId,
    }),
    ...replace(passages, wanted.passages, {
      remove: 'DELETE FROM passage WHERE id IN (SELECT value FROM json_each(?))',
      add: `INSERT INTO passage (document_id, part, text) SELECT ?, value ->> 0, value ->> 1 FROM json_each(?)`,
      documentId,
    }),
  ]
}

interface StoredRow {
  readonly id: number
  readonly content: string
}

function replace(
  stored: readonly StoredRow[],
  wanted: readonly string[],
  { remove, add, documentId }: { remove: string; add: string; documentId: string },
): readonly Statement[] {
  const kept = new Map<string, number[]>()
  for (const { id, content } of stored) {
    // SQL and JavaScript need not agree on how a character is escaped.
    const key = JSON.stringify(JSON.parse(content))
    kept.set(key, [...(kept.get(key) ?? []), id])
  }
  const added = wanted.filter((content) => kept.get(content)?.pop() === undefined)
  const removed = [...kept.values()].flat()
  return [
    ...(removed.length > 0 ? [{ sql: remove, args: [JSON.stringify(removed)] }] : []),
    ...(added.length > 0 ? [{ sql: add, args: [documentId, `[${added.join(',')}]`] }] : []),
  ]
}

async function listBehind(db: Database): Promise<readonly string[]> {
  const rows = await db.read<{ readonly id: string }>(
    'SELECT id FROM document WHERE projected_seq <> head_seq ORDER BY id',
  )
  return rows.map(({ id }) => id)
}

const forgetAll: readonly Statement[] = [
  { sql: 'DELETE FROM fact' },
  { sql: 'DELETE FROM reference' },
  { sql: 'DELETE FROM passage' },
  { sql: 'UPDATE document SET projected_seq = -1' },
]
