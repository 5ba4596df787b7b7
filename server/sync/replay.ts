import { crc32 } from 'node:zlib'
import type { Logger } from 'pino'
import { type Database, StorageFailed } from '../db/database.ts'
import { isChanged, replayWhatFits, setAside } from './damage.ts'
import { LiveDocument } from './live-document.ts'
import type { Meters } from './meters.ts'
import { listSegments, unfold } from './segments.ts'
import type { LogName, LogRow, Via } from './update-log.ts'

/** A document as its log says that it is. */
export interface Replayed {
  readonly live: LiveDocument
  readonly seq: number
  /** What lies behind the newest snapshot: the next one is due when it grows. */
  readonly tail: { readonly rows: number; readonly bytes: number }
}

/** The log does not say what the document holds: rows are missing or do not fit. */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged'
}

/** The document is gone, or its history was broken: there is another log now. */
export class OtherEpoch extends Error {
  override readonly name = 'OtherEpoch'
}

export interface ReplayDeps {
  readonly db: Database
  readonly log: Logger
}

export interface RepairDeps extends ReplayDeps {
  readonly now: () => number
  /** The alarm. */
  readonly meters: Pick<Meters, 'damaged'>
}

/** A snapshot as it is stored. */
export interface Snapshot {
  readonly seq: number
  readonly state: Uint8Array
  readonly checksum: number
  readonly clients: string
}

/**
 * Loads a document: its newest snapshot and the rows after it, read in one statement so that no fold comes between
 * (H1). Where that snapshot is broken, an older one and what was folded since.
 */
export async function replay({ db, log }: ReplayDeps, name: LogName): Promise<Replayed> {
  const { head, snapshot, rows } = await readNewest(db, name)
  const live = new LiveDocument()
  if (snapshot === undefined || restoreFrom(live, snapshot)) {
    const from = snapshot?.seq ?? 0
    // As mostly when nobody has written for a while.
    if (snapshot?.seq === head && rows.length === 0) {
      live.rememberEncoding(snapshot.state)
      return { live, seq: head, tail: { rows: 0, bytes: 0 } }
    }
    // Without a snapshot nothing was ever folded.
    return replayed(live, head, rows, from)
  }
  log.error({ ...name, seq: snapshot.seq }, 'a snapshot is broken; an older one is used')
  return replayOlder(db, name, head, snapshot.seq, rows)
}

function replayed(live: LiveDocument, head: number, rows: readonly LogRow[], from: number): Replayed {
  requireEach(rows, from, head)
  live.replay(rows)
  live.encode()
  return {
    live,
    seq: head,
    tail: { rows: rows.length, bytes: sum(rows.map(({ payload }) => payload.byteLength)) },
  }
}

/** From an older snapshot, or from the first row on. The tail is told as endless, so that a new snapshot is made soon. */
async function replayOlder(
  db: Database,
  name: LogName,
  head: number,
  brokenSeq: number,
  rows: readonly LogRow[],
): Promise<Replayed> {
  const older = await listSnapshots(db, name, brokenSeq)
  for (const snapshot of [...older, undefined]) {
    const live = new LiveDocument()
    if (snapshot !== undefined && !restoreFrom(live, snapshot)) continue
    const from = snapshot?.seq ?? 0
    const folded = (await Promise.all((await listSegments(db, name, from)).map(unfold))).flat()
    const all = [...folded.filter(({ seq }) => seq > from && seq <= brokenSeq), ...rows]
    return { ...replayed(live, head, all, from), tail: { rows: Number.POSITIVE_INFINITY, bytes: 0 } }
  }
  throw new LogDamaged('Neither a snapshot nor the whole log is there')
}

/**
 * Loads a document whatever its log is like: rows that are damaged are set aside with an alarm, and the rest of the document
 * opens. Rejects where even that is not possible.
 */
export async function replayOrRepair(deps: RepairDeps, name: LogName): Promise<Replayed> {
  try {
    return await replay(deps, name)
  } catch (error) {
    if (error instanceof OtherEpoch || error instanceof StorageFailed) throw error
    deps.log.error({ err: error, ...name }, 'a log is damaged; what of it counts is looked for')
    await repair(deps, name, error)
    return replay(deps, name)
  }
}

async function repair({ db, log, now, meters }: RepairDeps, name: LogName, why: unknown): Promise<void> {
  const { head, snapshot, rows } = await readNewest(db, name)
  const live = new LiveDocument()
  // Two faults at once, in a snapshot and behind it, are more than can be mended here.
  if (snapshot !== undefined && !restoreFrom(live, snapshot)) throw why
  const aside = replayWhatFits(live, rows, { from: snapshot?.seq ?? 0, head })
  live.destroy()
  // Someone else has set them aside meanwhile.
  if (aside.length === 0) return
  await db.write(setAside(name, aside, now()))
  meters.damaged(aside.length)
  log.error(
    { ...name, rows: aside.map(({ seq, reason }) => `${seq} ${reason}`) },
    'rows of a log were damaged and are set aside; the rest of the document opens',
  )
}

/** Every row from the log's first on, folded or not: what a snapshot is measured against. */
export async function replayWholeLog(db: Database, name: LogName): Promise<LiveDocument> {
  const { head, snapshot, rows } = await readNewest(db, name)
  const folded = (await Promise.all((await listSegments(db, name, 0)).map(unfold))).flat()
  const live = new LiveDocument()
  replayed(live, head, [...folded.filter(({ seq }) => seq <= (snapshot?.seq ?? 0)), ...rows], 0)
  return live
}

export function restoreFrom(live: LiveDocument, { state, checksum, clients }: Snapshot): boolean {
  if (crc32(state) !== checksum) return false
  try {
    live.restore(state, JSON.parse(clients) as [number, string | null][])
    return true
  } catch {
    // Whatever is wrong with it, the caller has an older one.
    return false
  }
}

function requireEach(rows: readonly LogRow[], from: number, head: number): void {
  const changed = rows.find(isChanged)
  if (changed !== undefined) throw new LogDamaged(`Row ${changed.seq} is not what was written`)
  const isEach = rows.every(({ seq }, index) => seq === from + 1 + index)
  if (!isEach || from + rows.length !== head) {
    throw new LogDamaged(`The log goes on from ${from} with ${rows.length} rows, but its head is ${head}`)
  }
}

interface StoredPart {
  readonly part: number
  readonly seq: number
  readonly payload: Uint8Array | null
  readonly checksum: number | null
  readonly clients: string | null
  readonly account_id: string | null
  readonly connection_id: string | null
  readonly via: Via | null
  readonly created_at: number | null
}

/** What a document is loaded from. */
export interface Newest {
  readonly head: number
  readonly snapshot: Snapshot | undefined
  readonly rows: readonly LogRow[]
}

/** The newest snapshot and all rows after it, as they were at one moment. */
export async function readNewest(db: Database, { documentId, epoch }: LogName): Promise<Newest> {
  const parts = await db.read<StoredPart>(
    `WITH newest AS (
      SELECT seq, state, checksum, clients FROM document_snapshot
        WHERE document_id = ?1 AND epoch = ?2 ORDER BY seq DESC LIMIT 1
    )
    SELECT 0 AS part, head_seq AS seq, NULL AS payload, NULL AS checksum, NULL AS clients, NULL AS account_id,
        NULL AS connection_id, NULL AS via, NULL AS created_at
      FROM document WHERE id = ?1 AND epoch = ?2
    UNION ALL SELECT 1, seq, state, checksum, clients, NULL, NULL, NULL, NULL FROM newest
    UNION ALL SELECT 2, seq, payload, checksum, NULL, account_id, connection_id, via, created_at
      FROM document_update
      WHERE document_id = ?1 AND epoch = ?2 AND seq > coalesce((SELECT seq FROM newest), 0)
    ORDER BY part, seq`,
    [documentId, epoch],
  )
  const head = parts.find(({ part }) => part === 0)
  if (head === undefined) throw new OtherEpoch('There is no such document, or it has another epoch by now')
  const snapshot = parts.find(({ part }) => part === 1)
  return {
    head: head.seq,
    snapshot: snapshot && {
      seq: snapshot.seq,
      state: snapshot.payload ?? new Uint8Array(),
      checksum: snapshot.checksum ?? 0,
      clients: snapshot.clients ?? '[]',
    },
    rows: parts.flatMap((row) =>
      row.part === 2 && row.payload !== null && row.via !== null && row.created_at !== null
        ? [
            {
              seq: row.seq,
              payload: row.payload,
              accountId: row.account_id,
              connectionId: row.connection_id,
              via: row.via,
              at: row.created_at,
              checksum: row.checksum,
            },
          ]
        : [],
    ),
  }
}

/** The snapshots of a log before a row, the newest first. */
export async function listSnapshots(
  db: Database,
  { documentId, epoch }: LogName,
  before: number,
): Promise<readonly Snapshot[]> {
  const rows = await db.read<{ seq: number; state: Uint8Array; checksum: number; clients: string }>(
    `SELECT seq, state, checksum, clients FROM document_snapshot
      WHERE document_id = ? AND epoch = ? AND seq < ? ORDER BY seq DESC`,
    [documentId, epoch, before],
  )
  return rows
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
