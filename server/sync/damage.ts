import { crc32 } from 'node:zlib'
import type { Statement } from '../db/database.ts'
import type { LiveDocument } from './live-document.ts'
import type { LogName, LogRow } from './update-log.ts'

/** Why a row of the log does not count. */
export type Damage =
  /** Its bytes are not those that were written. */
  | 'changed'
  /** Its bytes are no update. */
  | 'unreadable'
  | 'missing'
  /** It stands on another row that does not count. */
  | 'unfounded'

export interface DamagedRow {
  readonly seq: number
  readonly payload: Uint8Array
  readonly reason: Damage
}

/** What a row does that does nothing: it keeps the place of one that was set aside. */
export const emptyUpdate = new Uint8Array([0, 0])

export const isChanged = ({ payload, checksum }: LogRow): boolean =>
  checksum !== null && crc32(payload) !== checksum

/**
 * Puts on a document, one by one, those of the rows `from + 1` to `head` that are there and fit, and answers the others. What a
 * browser still holds of them it sends again, since the document asks for all that it lacks.
 */
export function replayWhatFits(
  live: LiveDocument,
  rows: readonly LogRow[],
  { from, head }: { readonly from: number; readonly head: number },
): readonly DamagedRow[] {
  const damaged: DamagedRow[] = []
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  let waiting: LogRow[] = []
  for (let seq = from + 1; seq <= head; seq++) {
    const row = bySeq.get(seq)
    if (row === undefined) damaged.push({ seq, payload: new Uint8Array(), reason: 'missing' })
    else if (isChanged(row)) damaged.push({ seq, payload: row.payload, reason: 'changed' })
    else waiting.push(row)
  }
  // Rows of one tick may lean on each other: as long as one more fits.
  for (let before = Number.POSITIVE_INFINITY; waiting.length < before; ) {
    before = waiting.length
    waiting = waiting.filter((row) => {
      const fit = live.fit(row.payload)
      if (fit === 'never') damaged.push({ seq: row.seq, payload: row.payload, reason: 'unreadable' })
      if (fit === 'now') live.apply(row.payload, row.accountId)
      return fit === 'not yet'
    })
  }
  return [
    ...damaged,
    ...waiting.map(({ seq, payload }) => ({ seq, payload, reason: 'unfounded' as const })),
  ].sort((a, b) => a.seq - b.seq)
}

/** Keeps damaged rows apart and leaves rows that do nothing in their places, so that the log is whole again. */
export const setAside = (
  { documentId, epoch }: LogName,
  rows: readonly DamagedRow[],
  now: number,
): readonly Statement[] =>
  rows.flatMap(({ seq, payload, reason }) => [
    {
      sql: `INSERT OR REPLACE INTO document_damage (document_id, seq, payload, reason, created_at)
        VALUES (?, ?, ?, ?, ?)`,
      args: [documentId, seq, payload, reason, now],
    },
    {
      sql: `INSERT INTO document_update
          (document_id, epoch, seq, payload, account_id, connection_id, via, created_at, bytes, checksum)
        VALUES (?1, ?2, ?3, ?4, NULL, NULL, 'system', ?5, ?6, ?7)
        ON CONFLICT DO UPDATE SET payload = ?4, bytes = ?6, checksum = ?7`,
      args: [documentId, epoch, seq, emptyUpdate, now, emptyUpdate.byteLength, crc32(emptyUpdate)],
    },
  ])
