import { crc32 } from 'node:zlib'
import type { Logger } from 'pino'
import { type Database, ExpectationFailed } from '../db/database.ts'
import { LiveDocument } from './live-document.ts'
import { readNewest, restoreFrom, type Snapshot } from './replay.ts'
import { foldRows, replaceRows } from './segments.ts'
import type { LogName, LogRow } from './update-log.ts'

export interface SnapshotDeps {
  readonly db: Database
  readonly log: Logger
  readonly now: () => number
  /** How many snapshots of a document are kept, the newest included. */
  readonly kept: number
}

/** The committed state of a document at one place of its log, encoded in one synchronous step (H1). */
export interface CommittedState {
  readonly state: Uint8Array
  readonly seq: number
  readonly owners: ReadonlyMap<number, string | null>
}

/**
 * Keeps a snapshot and folds the rows behind it, in one transaction. Before that the rows are replayed and the snapshot is
 * loaded: a state that is not what the log says, or does not come back as it went, is none, and the rows stay (H1). Answers
 * whether there is a snapshot now.
 */
export async function takeSnapshot(
  { db, log, now, kept }: SnapshotDeps,
  name: LogName,
  { state, seq, owners }: CommittedState,
): Promise<boolean> {
  const snapshot = { seq, state, checksum: crc32(state), clients: JSON.stringify([...owners]) }
  const newest = await readNewest(db, name)
  const rows = newest.rows.filter((row) => row.seq <= seq)
  if (!isWhatTheLogSays(state, newest.snapshot, rows) || !loadsAsItWas(snapshot)) {
    log.error({ ...name, seq }, 'a snapshot is not what the log says; the log keeps its rows')
    return false
  }
  const segments = await foldRows(rows)
  try {
    await db.write([
      {
        sql: `INSERT INTO document_snapshot (document_id, epoch, seq, state, checksum, clients, created_at)
          VALUES (?, ?, ?, ?, ?, ?, ?)`,
        args: [name.documentId, name.epoch, seq, state, snapshot.checksum, snapshot.clients, now()],
      },
      ...replaceRows(name, segments, now()),
      {
        sql: `DELETE FROM document_snapshot WHERE document_id = ?1 AND epoch = ?2 AND seq NOT IN (
          SELECT seq FROM document_snapshot WHERE document_id = ?1 AND epoch = ?2 ORDER BY seq DESC LIMIT ?3)`,
        args: [name.documentId, name.epoch, kept],
      },
    ])
    return true
  } catch (error) {
    if (error instanceof ExpectationFailed) log.error({ ...name, seq }, 'rows to fold were not all there')
    else log.error({ err: error, ...name, seq }, 'a snapshot could not be stored')
    return false
  }
}

function isWhatTheLogSays(state: Uint8Array, before: Snapshot | undefined, rows: readonly LogRow[]): boolean {
  const replayed = new LiveDocument()
  // With a broken one before it there is nothing to measure by, and the sooner there is a good one the better.
  if (before !== undefined && !restoreFrom(replayed, before)) return true
  replayed.replay(rows)
  const isSame = Buffer.compare(replayed.encode(), state) === 0
  replayed.destroy()
  return isSame
}

function loadsAsItWas(snapshot: Snapshot): boolean {
  const loaded = new LiveDocument()
  const isSame = restoreFrom(loaded, snapshot) && Buffer.compare(loaded.encode(), snapshot.state) === 0
  loaded.destroy()
  return isSame
}
