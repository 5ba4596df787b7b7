import type { Logger } from 'pino'
import * as Y from 'yjs'
import { AppError } from '#shared/errors.ts'
import type { Database } from '../db/database.ts'
import { listSnapshots, readNewest } from '../sync/replay.ts'
import { listSegments } from '../sync/segments.ts'
import type { LogName } from '../sync/update-log.ts'
import { openWorker } from '../worker.ts'
import type { Authored } from './authorship.ts'
import type { Question, ReplayerAnswer, ReplayerData } from './replayer.ts'

/** Reads documents as they were, off the main thread: however long a history is, nobody's typing waits for it. */
export interface Past {
  /** The document as it was after the row `seq`, one that its reader may do with as they like. Throws what the past is not. */
  readAt(name: LogName, seq: number): Promise<Y.Doc>
  authorsAt(name: LogName, seq: number): Promise<readonly Authored[]>
}

export interface PastDeps {
  readonly db: Database
  readonly log: Logger
}

/** More at once would take the processor from those who type. */
const mostThreads = 2
const mostWaiting = 40
/** The states that are kept for whoever looks at a moment again, or restores it. */
const mostStates = 12
const mostStateBytes = 32 * 1024 * 1024
/** A replay that takes longer, in milliseconds, is given up. */
const longestReplay = 60_000

export function createPast({ db, log }: PastDeps): Past {
  const states = new Map<string, Uint8Array>()
  const inTurn = createTurns()

  async function ask(asked: Asked): Promise<Exclude<ReplayerAnswer, { readonly damaged: string }>> {
    const data = await gather(db, asked)
    const answer = await inTurn(() => runReplayer(data))
    if (!('damaged' in answer)) return answer
    log.error(
      { ...asked.name, seq: asked.seq, reason: answer.damaged },
      'an earlier state could not be replayed',
    )
    if (data.snapshot !== undefined) return ask({ ...asked, isFromBeginning: true })
    throw new AppError('unavailable', 'This moment cannot be read. Try another one, or try again later.')
  }

  function remember(key: string, state: Uint8Array): void {
    states.delete(key)
    states.set(key, state)
    const bytes = () => [...states.values()].reduce((sum, { byteLength }) => sum + byteLength, 0)
    for (const oldest of states.keys()) {
      if (states.size <= mostStates && bytes() <= mostStateBytes) return
      states.delete(oldest)
    }
  }

  return {
    async readAt(name, seq) {
      const key = `${name.documentId} ${name.epoch} ${seq}`
      const state = states.get(key) ?? stateOf(await ask({ name, seq, question: 'state' }))
      remember(key, state)
      const doc = new Y.Doc()
      Y.applyUpdate(doc, state)
      return doc
    },
    async authorsAt(name, seq) {
      const answer = await ask({ name, seq, question: 'authors' })
      return 'authors' in answer ? answer.authors : []
    },
  }
}

const stateOf = (answer: ReplayerAnswer): Uint8Array =>
  'state' in answer ? answer.state : new Uint8Array([0, 0])

interface Asked {
  readonly name: LogName
  readonly seq: number
  readonly question: Question
  /** Without a snapshot, which may be broken. */
  readonly isFromBeginning?: true
}

/** All that a replay up to `seq` needs: from the newest snapshot before it, or for authors from the very first row. */
async function gather(db: Database, { name, seq, question, isFromBeginning }: Asked): Promise<ReplayerData> {
  const { head, rows, snapshot: newest } = await readNewest(db, name)
  if (seq < 1 || seq > head) throw new AppError('not-found', `This document has moments from 1 to ${head}.`)
  const isLater = newest !== undefined && newest.seq > seq
  const found = isLater ? (await listSnapshots(db, name, seq + 1))[0] : newest
  const snapshot = isFromBeginning ? undefined : found
  const from = question === 'authors' ? 0 : (snapshot?.seq ?? 0)
  const segments = (await listSegments(db, name, from)).filter(({ firstSeq }) => firstSeq <= seq)
  return { question, seq, snapshot, segments, rows: rows.filter((row) => row.seq <= seq) }
}

function runReplayer(data: ReplayerData): Promise<ReplayerAnswer> {
  const worker = openWorker('history/replayer', data)
  return new Promise<ReplayerAnswer>((resolve) => {
    const damaged = (reason: string) => resolve({ damaged: reason })
    const timer = setTimeout(() => damaged('It took too long'), longestReplay)
    worker.once('message', (answer: ReplayerAnswer) => resolve(answer))
    worker.once('error', (error) => damaged(String(error)))
    worker.once('exit', (code) => damaged(`The thread ended with ${code}`))
    worker.once('exit', () => clearTimeout(timer))
  }).finally(() => void worker.terminate())
}

/** Lets few work at once, the others in the order in which they came. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= mostThreads) {
      if (waiting.length >= mostWaiting)
        throw new AppError(
          'unavailable',
          'Many people look at the past at the moment. Try again in a moment.',
        )
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}
