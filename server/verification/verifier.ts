import { parentPort, workerData } from 'node:worker_threads'
import { pino } from 'pino'
import type * as Y from 'yjs'
import { openReading } from '../db/connections.ts'
import type { Database, Row, SqlValue } from '../db/database.ts'
import type { Connection } from '../db/guard.ts'
import { findDocument } from '../documents/store.ts'
import { isProjected } from '../projections.ts'
import { replay } from '../sync/replay.ts'
import { verifyLog } from '../sync/verify.ts'

/** The thread that goes through a whole database, one document after the other, while a server may go on with it. */
export interface VerifierData {
  readonly path: string
}

/** Something that is not as it should be; without a document it is the file's. */
export interface Finding {
  readonly documentId?: string
  readonly title?: string
  readonly problem: string
}

export type FromVerifier =
  | { readonly type: 'verified'; readonly documents: number; readonly findings: readonly Finding[] }
  | { readonly type: 'failed'; readonly message: string }

/** What is read of a database here: by this thread alone, and so at once. */
type Reading = Pick<Database, 'read'>

async function verify({ path }: VerifierData): Promise<FromVerifier> {
  const connection = openReading(path, { busyTimeout: 5000 })
  try {
    const findings: Finding[] = [...fileFindings(connection)]
    const ids = connection.rows('SELECT id FROM document ORDER BY id').map(({ id }) => String(id))
    for (const id of ids) findings.push(...(await documentFindings(connection, id)))
    return { type: 'verified', documents: ids.length, findings }
  } finally {
    connection.close()
  }
}

function fileFindings(connection: Connection): readonly Finding[] {
  return connection
    .rows('PRAGMA quick_check(20)')
    .map(({ quick_check }) => String(quick_check))
    .filter((said) => said !== 'ok')
    .map((said) => ({ problem: `The database file is damaged: ${said}.` }))
}

/** Within one transaction, so that an edit that is written meanwhile looks like no fault. */
async function documentFindings(connection: Connection, id: string): Promise<readonly Finding[]> {
  connection.exec('BEGIN')
  try {
    const problems = await documentProblems(reading(connection), id)
    return problems.map(({ title, problem }) => ({ documentId: id, title, problem }))
  } finally {
    connection.exec('COMMIT')
  }
}

async function documentProblems(
  db: Reading,
  id: string,
): Promise<readonly { readonly title: string; readonly problem: string }[]> {
  const row = await findDocument(db as Database, id)
  if (row === undefined) return []
  const { title, epoch } = row
  const deps = { db: db as Database, log: pino({ level: 'silent' }) }
  const problems = [...(await verifyLog(deps, { documentId: id, epoch }))]
  if (problems.length === 0 && row.projectedSeq === row.headSeq) {
    const { live } = await replay(deps, { documentId: id, epoch })
    const doc: Y.Doc = live.clone()
    if (!(await isProjected(deps.db, row, doc)))
      problems.push(
        'Its facts, references or search are not what it says; "throughline reindex" makes them again.',
      )
    doc.destroy()
    live.destroy()
  }
  return problems.map((problem) => ({ title, problem }))
}

const reading = (connection: Connection): Reading => ({
  // The caller states the columns that its own SQL names.
  read: async <T = Row>(sql: string, args?: readonly SqlValue[]) =>
    connection.rows(sql, args) as readonly T[],
})

if (parentPort) {
  const port = parentPort
  verify(workerData as VerifierData)
    .catch((error: unknown): FromVerifier => ({ type: 'failed', message: String(error) }))
    .then((said) => port.postMessage(said))
}
