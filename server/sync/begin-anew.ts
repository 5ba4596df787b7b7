import { crc32 } from 'node:zlib'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import type { CloseCode } from '#shared/sync-protocol.ts'
import type { Database, Statement } from '../db/database.ts'
import { readNewest } from './replay.ts'
import { NoSuchDocument, type Rooms } from './rooms.ts'
import { foldRows, insertSegments, listSegments, type Segment } from './segments.ts'
import type { LogName, LogRow } from './update-log.ts'

/** All that is written of a document: what is folded, and the rows since. */
export interface WholeLog {
  readonly segments: readonly Segment[]
  readonly rows: readonly LogRow[]
}

/** What takes the place of a log: as many rows, and what they come to. */
export interface NewLog {
  readonly rows: readonly LogRow[]
  readonly state: Uint8Array
  readonly owners: readonly (readonly [number, string | null])[]
}

/** What is to be written in the one transaction with which a document's history is another one, or none. */
export interface Anew<T> {
  /** Absent where the log stays as it is, or goes with the document. */
  readonly log?: NewLog
  readonly statements: readonly Statement[]
  /** With what those who have the document open are sent away; without it with that their copy is of the past. */
  readonly farewell?: { readonly code: CloseCode; readonly reason: string }
  readonly answer: T
}

export interface BeginAnewDeps {
  readonly db: Database
  readonly rooms: Rooms
  readonly now: () => number
}

export async function readWholeLog(db: Database, name: LogName): Promise<WholeLog> {
  const { rows } = await readNewest(db, name)
  return { segments: await listSegments(db, name, 0), rows }
}

/**
 * C2: gives a document another history under another epoch, for what cannot be a forward edit. What has come in is written
 * before; from then on nothing is, until the new history stands, and whoever has the document open comes back to that one
 * with nothing of the old.
 */
export async function beginAnew<T>(
  { db, rooms, now }: BeginAnewDeps,
  documentId: string,
  plan: (log: WholeLog) => Promise<Anew<T>>,
): Promise<T> {
  const { room, letGo } = await rooms
    .with(documentId, (room) => ({ room, letGo: room.hold() }))
    .catch((error: unknown) => {
      throw error instanceof NoSuchDocument ? new AppError('not-found', 'There is no such document.') : error
    })
  let release = () => {}
  // Somebody else may have begun it anew while this one waited for its turn.
  const replaced = () => new AppError('conflict', 'The document was replaced in the same moment. Try again.')
  try {
    await room.journal.drain()
    release = await room.journal.acquire()
    await room.ready()
    if (room.isClosed) throw replaced()
    const { head } = room.journal
    const { log, statements, farewell, answer } = await plan(await readWholeLog(db, room.name))
    await db.write([
      ...statements,
      ...(log === undefined ? [] : await replaceLog(room.name, head, log, now())),
    ])
    if (farewell !== undefined) room.closeConnections(farewell.code, farewell.reason)
    // It finds that its log is no more, and closes; or that nothing has become of it.
    room.reload()
    return answer
  } finally {
    release()
    letGo()
  }
}

async function replaceLog(
  { documentId, epoch }: LogName,
  head: number,
  { rows, state, owners }: NewLog,
  now: number,
): Promise<readonly Statement[]> {
  if (rows.length !== head) throw new Error(`A log of ${head} rows cannot become one of ${rows.length}`)
  const next = { documentId, epoch: newId() }
  const clients = JSON.stringify(owners)
  return [
    {
      // What was derived from the old one is made again.
      sql: 'UPDATE document SET epoch = ?, projected_seq = -1 WHERE id = ? AND epoch = ? AND head_seq = ?',
      args: [next.epoch, documentId, epoch, head],
      expect: 1,
    },
    ...['document_update', 'document_segment', 'document_snapshot'].map((table) => ({
      sql: `DELETE FROM ${table} WHERE document_id = ?`,
      args: [documentId],
    })),
    {
      sql: 'UPDATE document_version SET epoch = ? WHERE document_id = ?',
      args: [next.epoch, documentId],
    },
    ...insertSegments(next, await foldRows(rows), now),
    ...(rows.length === 0
      ? []
      : [
          {
            sql: `INSERT INTO document_snapshot (document_id, epoch, seq, state, checksum, clients, created_at)
              VALUES (?, ?, ?, ?, ?, ?, ?)`,
            args: [documentId, next.epoch, head, state, crc32(state), clients, now],
          },
        ]),
  ]
}
