import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import type { Database, Statement } from '../db/database.ts'
import type { LogName, LogRow, Via } from './update-log.ts'

/**
 * Rows behind a snapshot, folded (H2): their payloads one after the other, compressed together, and in the index what
 * each row said of itself. A segment holds a stretch of time, never one person's part of it, since a person's rows alone
 * do not replay.
 */
export interface Segment {
  readonly firstSeq: number
  readonly lastSeq: number
  readonly payload: Uint8Array
  readonly boundaries: readonly Boundary[]
}

interface Boundary {
  readonly seq: number
  readonly at: number
  readonly accountId: string | null
  readonly connectionId: string | null
  readonly via: Via
  readonly length: number
}

/** A segment is read as a whole: small enough to be read at once, large enough to compress well. */
const largestSegment = 1024 * 1024

const compress = promisify(deflate)
const decompress = promisify(inflate)

export async function foldRows(rows: readonly LogRow[]): Promise<readonly Segment[]> {
  return Promise.all(inStretches(rows).map(foldStretch))
}

function inStretches(rows: readonly LogRow[]): readonly (readonly LogRow[])[] {
  const stretches: LogRow[][] = []
  let bytes = largestSegment
  for (const row of rows) {
    if (bytes + row.payload.byteLength > largestSegment) {
      stretches.push([])
      bytes = 0
    }
    stretches.at(-1)?.push(row)
    bytes += row.payload.byteLength
  }
  return stretches
}

async function foldStretch(rows: readonly LogRow[]): Promise<Segment> {
  const payload = await compress(Buffer.concat(rows.map((row) => row.payload)))
  // Zlib keeps a checksum of all of them.
  const boundaries = rows.map(({ payload, checksum: _, ...row }) => ({ ...row, length: payload.byteLength }))
  return { firstSeq: rows[0]?.seq ?? 0, lastSeq: rows.at(-1)?.seq ?? 0, payload, boundaries }
}

/** The rows as they were; throws when the segment is damaged (zlib keeps a checksum). */
export async function unfold({ payload, boundaries }: Segment): Promise<readonly LogRow[]> {
  const bytes = await decompress(payload)
  let offset = 0
  return boundaries.map(({ length, ...row }) => {
    const start = offset
    offset += length
    return { ...row, payload: bytes.subarray(start, offset), checksum: null }
  })
}

/** Puts segments in the place of their rows; fails when these are not all there. */
export function replaceRows(name: LogName, segments: readonly Segment[], now: number): Statement[] {
  return [
    ...insertSegments(name, segments, now),
    ...segments.map(({ firstSeq, lastSeq, boundaries }) => ({
      sql: 'DELETE FROM document_update WHERE document_id = ? AND epoch = ? AND seq BETWEEN ? AND ?',
      args: [name.documentId, name.epoch, firstSeq, lastSeq],
      expect: boundaries.length,
    })),
  ]
}

export const insertSegments = (
  { documentId, epoch }: LogName,
  segments: readonly Segment[],
  now: number,
): Statement[] =>
  segments.map(({ firstSeq, lastSeq, payload, boundaries }) => ({
    sql: `INSERT INTO document_segment (document_id, epoch, first_seq, last_seq, payload, boundaries, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    args: [documentId, epoch, firstSeq, lastSeq, payload, JSON.stringify(boundaries), now],
  }))

interface StoredSegment {
  readonly first_seq: number
  readonly last_seq: number
  readonly payload: Uint8Array
  readonly boundaries: string
}

/** The segments that hold rows after `after`, in their order. */
export async function listSegments(
  db: Database,
  { documentId, epoch }: LogName,
  after: number,
): Promise<readonly Segment[]> {
  const stored = await db.read<StoredSegment>(
    `SELECT first_seq, last_seq, payload, boundaries FROM document_segment
      WHERE document_id = ? AND epoch = ? AND last_seq > ? ORDER BY first_seq`,
    [documentId, epoch, after],
  )
  return stored.map((row) => ({
    firstSeq: row.first_seq,
    lastSeq: row.last_seq,
    payload: row.payload,
    // Written by `replaceRows` alone.
    boundaries: JSON.parse(row.boundaries) as Boundary[],
  }))
}
