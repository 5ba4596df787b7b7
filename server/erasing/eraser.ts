import { parentPort, workerData } from 'node:worker_threads'
import { LiveDocument } from '../sync/live-document.ts'
import { type Segment, unfold } from '../sync/segments.ts'
import type { LogRow } from '../sync/update-log.ts'
import { rewriteLog, WordsLeft } from './rewriting.ts'

/** A thread that takes words out of one document's log and ends: a long history takes its time. */
export interface EraserData {
  readonly words: string
  readonly segments: readonly Segment[]
  /** What is not folded yet. */
  readonly rows: readonly LogRow[]
}

export type FromEraser =
  | {
      readonly type: 'erased'
      /** All rows of the log, without the words. */
      readonly rows: readonly LogRow[]
      /** How many of them held some of the words, and when the first was written. */
      readonly changes: number
      readonly since: number | undefined
      /** What the rows come to. */
      readonly state: Uint8Array
      readonly owners: readonly (readonly [number, string | null])[]
    }
  /** The words stand where they cannot be taken out one by one. */
  | { readonly type: 'left' }
  | { readonly type: 'failed'; readonly message: string }

async function erase({ words, segments, rows }: EraserData): Promise<FromEraser> {
  const folded = (await Promise.all(segments.map(unfold))).flat()
  const last = folded.at(-1)?.seq ?? 0
  const all = [...folded, ...rows.filter(({ seq }) => seq > last)]
  if (!all.every(({ seq }, index) => seq === index + 1))
    return { type: 'failed', message: 'the log is not whole' }
  const { changed } = rewriteLog(
    all.map(({ payload }) => payload),
    words,
  )
  const rewritten = all.map((row, index) => ({ ...row, payload: changed.get(index) ?? row.payload }))
  const live = new LiveDocument()
  live.replay(rewritten)
  const [first] = [...changed.keys()].sort((a, b) => a - b)
  return {
    type: 'erased',
    rows: rewritten,
    changes: changed.size,
    since: first === undefined ? undefined : all[first]?.at,
    state: live.encode(),
    owners: [...live.owners],
  }
}

// workerData is what `createErasing` sends.
void erase(workerData as EraserData)
  .catch(
    (error: unknown): FromEraser =>
      error instanceof WordsLeft ? { type: 'left' } : { type: 'failed', message: String(error) },
  )
  .then((said) => parentPort?.postMessage(said))
