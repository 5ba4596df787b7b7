import type { Logger } from 'pino'
import { newId } from '#shared/ids.ts'
import { limits } from '#shared/sync-protocol.ts'
import type { Database } from '../db/database.ts'

export interface Suspect {
  readonly documentId: string
  readonly accountId: string
  readonly connectionId: string
  readonly reason: string
  readonly payload: Uint8Array
}

/** What is kept of one person: enough to see what happened, too little to fill a disk with. */
const mostKept = 20
const mostBytes = limits.update

/**
 * Keeps bytes that would have harmed a document, for whoever looks into it: of each person the newest, and of a large one
 * the beginning. Failing to is no reason to stop.
 */
export type Quarantine = (suspect: Suspect) => void

export function createQuarantine({
  db,
  log,
  now,
}: {
  db: Database
  log: Logger
  now: () => number
}): Quarantine {
  return ({ documentId, accountId, connectionId, reason, payload }) => {
    log.warn(
      { documentId, accountId, connectionId, bytes: payload.byteLength },
      `an update was refused: ${reason}`,
    )
    db.write([
      {
        sql: `INSERT INTO document_quarantine
          (id, document_id, account_id, connection_id, reason, payload, bytes, created_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        args: [
          newId(),
          documentId,
          accountId,
          connectionId,
          reason,
          payload.slice(0, mostBytes),
          payload.byteLength,
          now(),
        ],
      },
      {
        sql: `DELETE FROM document_quarantine WHERE account_id = ? AND id NOT IN (
          SELECT id FROM document_quarantine WHERE account_id = ? ORDER BY id DESC LIMIT ${mostKept})`,
        args: [accountId, accountId],
      },
    ]).catch((error: unknown) => log.error({ err: error, documentId }, 'refused bytes could not be kept'))
  }
}
