import { parentPort, workerData } from 'node:worker_threads'
import { LiveDocument } from '../sync/live-document.ts'
import { restoreFrom, type Snapshot } from '../sync/replay.ts'
import { type Segment, unfold } from '../sync/segments.ts'
import type { LogRow } from '../sync/update-log.ts'
import { type Authored, Authorship, authorsOf } from './authorship.ts'

/** A thread that answers one question about a document's past and ends: old segments are many, and take their time. */
export interface ReplayerData {
  readonly question: Question
  readonly seq: number
  /** A state before `seq` from which less is to be replayed. */
  readonly snapshot: Snapshot | undefined
  readonly segments: readonly Segment[]
  readonly rows: readonly LogRow[]
}

export type Question = 'state' | 'authors'

export type ReplayerAnswer =
  | { readonly state: Uint8Array }
  | { readonly authors: readonly Authored[] }
  /** The rows are not all there, or do not fit. */
  | { readonly damaged: string }

async function answer({ question, seq, snapshot, segments, rows }: ReplayerData): Promise<ReplayerAnswer> {
  const folded = (await Promise.all(segments.map(unfold))).flat()
  const all = [...folded, ...rows].filter((row) => row.seq <= seq)
  const live = new LiveDocument()
  const from = snapshot !== undefined && restoreFrom(live, snapshot) ? snapshot.seq : 0
  const needed = all.filter((row) => row.seq > from)
  if (!needed.every((row, index) => row.seq === from + 1 + index) || from + needed.length !== seq)
    return { damaged: `Of the rows ${from + 1} to ${seq} not all are there` }
  live.replay(needed)
  if (question === 'state') return { state: live.encode() }
  return { authors: authorsOf(live.clone(), authorshipOf(all)) }
}

function authorshipOf(rows: readonly LogRow[]): Authorship {
  const authorship = new Authorship()
  for (const { payload, accountId, at } of rows) authorship.add(payload, { accountId, at })
  return authorship
}

// workerData is what `createPast` sends.
void answer(workerData as ReplayerData)
  .catch((error: unknown): ReplayerAnswer => ({ damaged: String(error) }))
  .then((found) => parentPort?.postMessage(found))
