import type { Logger } from 'pino'
import { newId } from '#shared/ids.ts'
import type { Database } from '../db/database.ts'

export interface Suspect {
  readonly documentId: string
  readonly accountId: string
  readonly connectionId: string
  readonly reason: string
  readonly payload: Uint8Array
}

/** Keeps bytes that would have harmed a document, for whoever looks into it. Failing to is no reason to stop. */
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
        sql: `INSERT INTO document_quarantine (id, document_id, account_id, connection_id, reason, payload, created_at)
          VALUES (?, ?, ?, ?, ?, ?, ?)`,
        args: [newId(), documentId, accountId, connectionId, reason, payload, now()],
      },
    ]).catch((error: unknown) => log.error({ err: error, documentId }, 'refused bytes could not be kept'))
  }
}
