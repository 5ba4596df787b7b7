import { crc32 } from 'node:zlib'
import type { Logger } from 'pino'
import { type Database, ExpectationFailed } from '../db/database.ts'
import { LiveDocument } from './live-document.ts'
import { restoreFrom, type Snapshot } from './replay.ts'
import { foldRows, replaceRows } from './segments.ts'
import { type LogName, listRows } from './update-log.ts'

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
 * Keeps a snapshot and folds the rows behind it, in one transaction. Before that it is loaded from what will be stored:
 * a state that does not come back as it went keeps its rows (H1). Answers whether there is a snapshot now.
 */
export async function takeSnapshot(
  { db, log, now, kept }: SnapshotDeps,
  name: LogName,
  { state, seq, owners }: CommittedState,
): Promise<boolean> {
  const snapshot = { seq, state, checksum: crc32(state), clients: JSON.stringify([...owners]) }
  if (!loadsAsItWas(snapshot)) {
    log.error({ ...name, seq }, 'a snapshot does not load as it was; the log keeps its rows')
    return false
  }
  const segments = await foldRows(await listRows(db, name, 0, seq))
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

function loadsAsItWas(snapshot: Snapshot): boolean {
  const loaded = new LiveDocument()
  const isSame = restoreFrom(loaded, snapshot) && Buffer.compare(loaded.encode(), snapshot.state) === 0
  loaded.destroy()
  return isSame
}
