import type { Logger } from 'pino'
import * as Y from 'yjs'
import { AppError } from '#shared/errors.ts'
import { ConstraintFailed, type Database, ExpectationFailed, type Statement } from '../db/database.ts'
import type { Meters } from './meters.ts'
import type { Cancel, Timers } from './timers.ts'
import type { Tuning } from './tuning.ts'
import { appendEntries, type Entry, type LogName, standsInLog } from './update-log.ts'

/** Something that may only be said once all that the room holds by now is committed. */
export interface Output {
  /**
   * Reads from the document what is to be said, in the one step in which the document holds exactly what will be committed
   * when `run` is called: no edit less, and none more, that came while the output waited for its batch.
   */
  prepare?(): void
  run(seq: number): void
  /** Called instead when storage fails, by those that would rather not wait. */
  fail?(error: unknown): void
}

/** What is written together: edits that the room's document holds already, and edits that it gets with the commit. */
export interface Batch {
  /** The head of the log before it. */
  readonly head: number
  /** When the first of it came. */
  readonly since: number
  readonly made: readonly Entry[]
  readonly later: readonly Entry[]
  /** The rows: one for each connection and batch (D6). */
  readonly rows: readonly Entry[]
  readonly extras: readonly Extra[]
  readonly outputs: Output[]
}

/** Rows of other tables that belong to an edit (D7), worked out for the head that it follows. */
export type Extra = (head: number) => readonly Statement[]

/** What a journal tells its room. */
export interface JournalEvents {
  /** How many hear of each batch. */
  listeners(): number
  /** Resolves when the room's document may be touched. */
  ready(): Promise<void>
  /** Before anyone hears of it: `later` goes into the document now, and all of it to everyone. */
  committed(batch: Batch): void
  /** Storage has failed for half a minute: the room takes no more until it works again. */
  readOnly(): void
  recovered(): void
  /** The log is not where this room believed: it has to be loaded again. The journal is held before this returns. */
  overtaken(): void
  /** The document cannot be encoded as it is. */
  unreadable(): void
}

export interface JournalDeps {
  readonly db: Database
  readonly log: Logger
  readonly timers: Timers
  readonly tuning: Tuning
  readonly meters: Meters
}

export const notSaved = 'The server cannot save at the moment. It keeps trying; do not close this page.'

/**
 * What stands between an edit and everyone who may see it: edits wait here for the room's next tick, are written as one
 * batch (D1), and only after the commit goes out what depends on it (D2): the broadcast, the markers, the answers to those
 * who joined. One batch is on its way at a time. Where storage fails the batch stays and is tried again for ever (D3).
 */
export class Journal {
  readonly #name: LogName
  readonly #deps: JournalDeps
  readonly #events: JournalEvents
  #head: number
  #made: Entry[] = []
  #bytes = 0
  #since: number | undefined
  #extras: Extra[] = []
  #outputs: Output[] = []
  #inFlight: Batch | undefined
  #lastStart = Number.NEGATIVE_INFINITY
  #scheduled: Cancel | undefined
  #holds = 0
  #lock: Promise<void> = Promise.resolve()
  #isSuspended = false
  #isFailing = false
  #isReadOnly = false
  #isClosed = false
  #stopWaiting: Cancel | undefined
  #whenFree: { resolve: () => void; reject: (error: Error) => void }[] = []

  constructor(name: LogName, head: number, deps: JournalDeps, events: JournalEvents) {
    this.#name = name
    this.#head = head
    this.#deps = deps
    this.#events = events
  }

  /** The last row that is committed. */
  get head(): number {
    return this.#head
  }

  get isFailing(): boolean {
    return this.#isFailing
  }

  get isReadOnly(): boolean {
    return this.#isReadOnly
  }

  /** Nothing uncommitted, nothing on its way, nobody who holds it (L2). */
  get isAtRest(): boolean {
    return (
      this.#made.length === 0 &&
      this.#inFlight === undefined &&
      this.#holds === 0 &&
      this.#outputs.length === 0
    )
  }

  /** The edits that the document holds and the log does not, in their order. */
  unwritten(): readonly Entry[] {
    return [...(this.#inFlight?.made ?? []), ...this.#made]
  }

  /** How many edits are not committed yet. */
  get waiting(): number {
    return (this.#inFlight?.rows.length ?? 0) + this.#made.length
  }

  /** Updates that are not broadcast yet. */
  unsent(): readonly Uint8Array[] {
    return this.#made.map(({ payload }) => payload)
  }

  /** The last row once what waits now is written. */
  get seqAfterWaiting(): number {
    return this.#head + mergedByConnection(this.#made).length
  }

  /** Whether a batch is on its way that the document holds only in part. */
  get #bringsLater(): boolean {
    return (this.#inFlight?.later.length ?? 0) > 0
  }

  add(entry: Entry, extra?: Extra): void {
    this.#made.push(entry)
    this.#since ??= this.#deps.timers.monotonic()
    this.#bytes += entry.payload.byteLength
    if (extra) this.#extras.push(extra)
    this.#schedule()
  }

  /** Runs `output` once all that the document holds by now is committed: at once when it is already. */
  after(output: Output): void {
    if (this.#isFailing && output.fail) {
      output.fail(new AppError('unavailable', notSaved))
      return
    }
    const isTooEarly = output.prepare !== undefined && (this.#bringsLater || this.#isSuspended)
    if (this.#made.length > 0 || isTooEarly) {
      this.#outputs.push(output)
      return
    }
    if (!this.#prepare(output)) return
    if (this.#inFlight !== undefined) this.#inFlight.outputs.push(output)
    else this.#run(output)
  }

  #prepare(output: Output): boolean {
    try {
      output.prepare?.()
      return true
    } catch (error) {
      this.#deps.log.error({ err: error, ...this.#name }, 'a document could not be read')
      output.fail?.(error)
      this.#events.unreadable()
      return false
    }
  }

  /** T1: a lone edit goes at once, the next ones with the tick, and many bytes do not wait for it. */
  #schedule(): void {
    if (this.#inFlight !== undefined || this.#holds > 0 || this.#made.length === 0 || this.#isClosed) return
    const { timers, tuning } = this.#deps
    const tick = tickFor(tuning, this.#events.listeners())
    const wait = this.#bytes >= tuning.tickBytes ? 0 : this.#lastStart + tick - timers.monotonic()
    if (this.#scheduled !== undefined && wait > 0) return
    this.#scheduled?.()
    const run = () => {
      this.#scheduled = undefined
      this.#flush()
    }
    this.#scheduled = wait > 0 ? timers.after(wait, run) : timers.soon(run)
  }

  #flush(): void {
    if (this.#inFlight !== undefined || this.#holds > 0 || this.#made.length === 0) return
    const batch = this.take([])
    this.#write(batch)
      .then(
        () => this.finish(batch),
        (error: unknown) => this.#overtaken(batch, error),
      )
      .catch((error: unknown) =>
        this.#deps.log.error({ err: error, ...this.#name }, 'a batch was not finished'),
      )
  }

  /** Takes all that waits into a batch, together with `later`; until it is finished or put back nothing else goes. */
  take(later: readonly Entry[]): Batch {
    const made = this.#made
    const rows = [...mergedByConnection(made), ...later]
    // What reads the document reads it when it holds `later` too.
    const isDue = (output: Output): boolean => later.length === 0 || output.prepare === undefined
    const outputs = this.#outputs.filter(isDue).filter((output) => this.#prepare(output))
    const since = this.#since ?? this.#deps.timers.monotonic()
    const batch = { head: this.#head, since, made, later, rows, extras: this.#extras, outputs }
    this.#outputs = this.#outputs.filter((output) => !isDue(output))
    this.#made = []
    this.#bytes = 0
    this.#since = undefined
    this.#extras = []
    this.#inFlight = batch
    this.#lastStart = this.#deps.timers.monotonic()
    return batch
  }

  statements({ head, rows, extras }: Batch): Statement[] {
    return [...extras.flatMap((extra) => extra(head)), ...appendEntries(this.#name, head, rows)]
  }

  /** Tries for ever; rejects only when another writer was there first. */
  async #write(batch: Batch): Promise<void> {
    const { db, timers, tuning } = this.#deps
    const statements = this.statements(batch)
    for (let wait = tuning.retryFirst; ; wait = Math.min(wait * 2, tuning.retryMost)) {
      try {
        if (this.#isFailing && (await standsInLog(db, this.#name, batch.head, batch.rows))) return
        await db.write(statements)
        return
      } catch (error) {
        if (error instanceof ExpectationFailed || error instanceof ConstraintFailed) throw error
        if (this.#isClosed) return new Promise(() => {})
        this.#fail(error)
        await new Promise<void>((resolve) => {
          timers.after(wait, resolve)
        })
      }
    }
  }

  #fail(error: unknown): void {
    const { log, timers, tuning } = this.#deps
    log.error({ err: error, ...this.#name, head: this.#head }, 'edits could not be saved; trying again')
    if (this.#isFailing) return
    this.#isFailing = true
    this.#stopWaiting = timers.after(tuning.readOnlyAfter, () => {
      this.#isReadOnly = true
      this.#events.readOnly()
    })
    this.#failWaiting(error)
  }

  #failWaiting(error: unknown): void {
    const failable = (output: Output): boolean => output.fail !== undefined
    const queues = [this.#outputs, ...(this.#inFlight ? [this.#inFlight.outputs] : [])]
    for (const queue of queues) {
      const failing = queue.filter(failable)
      queue.splice(0, queue.length, ...queue.filter((output) => !failable(output)))
      for (const output of failing) output.fail?.(error)
    }
    const waiting = this.#whenFree
    this.#whenFree = []
    for (const { reject } of waiting) reject(new AppError('unavailable', notSaved))
  }

  /** After the commit of `batch`, whoever wrote it. */
  async finish(batch: Batch): Promise<void> {
    await this.#events.ready()
    if (this.#isClosed) return
    this.#head = batch.head + batch.rows.length
    this.#inFlight = undefined
    this.#recover()
    this.#events.committed(batch)
    if (batch.rows.length > 0) this.#deps.meters.tick(this.#deps.timers.monotonic() - batch.since)
    for (const output of batch.outputs) this.#run(output)
    this.#askAgain()
    this.#free()
  }

  #askAgain(): void {
    for (const output of this.#outputs.splice(0)) this.after(output)
  }

  /** I10: what cannot be said to one must not keep the others from hearing. */
  #run(output: Output): void {
    try {
      output.run(this.#head)
    } catch (error) {
      this.#deps.log.error({ err: error, ...this.#name }, 'an answer after a commit failed')
      output.fail?.(error)
    }
  }

  #recover(): void {
    if (!this.#isFailing) return
    this.#deps.log.warn({ ...this.#name, head: this.#head }, 'edits are saved again')
    const wasReadOnly = this.#isReadOnly
    this.#isFailing = false
    this.#isReadOnly = false
    this.#stopWaiting?.()
    if (wasReadOnly) this.#events.recovered()
  }

  /** Nothing of `batch` was written: its edits wait again, before those that came since. `later` is forgotten. */
  putBack(batch: Batch): void {
    this.#made = [...batch.made, ...this.#made]
    this.#since = batch.since
    this.#bytes = this.#made.reduce((bytes, { payload }) => bytes + payload.byteLength, 0)
    this.#extras = [...batch.extras, ...this.#extras]
    this.#outputs = [...batch.outputs, ...this.#outputs]
    this.#inFlight = undefined
    this.#askAgain()
    this.#free()
  }

  #overtaken(batch: Batch, error: unknown): void {
    this.#deps.log.error(
      { err: error, ...this.#name, head: this.#head },
      'the log is not where this room left it',
    )
    this.#events.overtaken()
    this.putBack({ ...batch, extras: [] })
  }

  /** From where a room goes on that was loaded again. */
  restart(head: number): void {
    if (this.#inFlight === undefined) this.#head = head
  }

  /** Forgets edits that turned out not to fit any more. */
  discard(): void {
    this.#made = []
    this.#extras = []
    for (const output of this.#outputs.splice(0)) output.fail?.(new AppError('unavailable', notSaved))
  }

  #hold(): void {
    this.#holds++
  }

  #release(): void {
    this.#holds--
    this.#schedule()
  }

  /** The document is being loaded again: nothing is written, and nothing of it is read, until `resume`. */
  suspend(): void {
    this.#isSuspended = true
    this.#hold()
  }

  resume(): void {
    this.#isSuspended = false
    this.#askAgain()
    this.#release()
  }

  /** D7: resolves when nothing is on its way and nothing else goes until `release`; one at a time. */
  async acquire(): Promise<() => void> {
    const before = this.#lock
    let unlock = () => {}
    this.#lock = new Promise((resolve) => {
      unlock = resolve
    })
    const release = () => {
      this.#release()
      unlock()
    }
    this.#hold()
    try {
      await before
      await this.#untilFree()
    } catch (error) {
      release()
      throw error
    }
    return release
  }

  #untilFree(): Promise<void> {
    if (this.#isFailing) return Promise.reject(new AppError('unavailable', notSaved))
    if (this.#inFlight === undefined) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#whenFree.push({ resolve, reject })
    })
  }

  #free(): void {
    const waiting = this.#whenFree
    this.#whenFree = []
    for (const { resolve } of waiting) resolve()
    this.#schedule()
  }

  /** Writes what waits without waiting for its tick; resolves when nothing is left or nothing can be written. */
  async drain(): Promise<void> {
    while (!this.isAtRest && !this.#isFailing && !this.#isClosed) {
      this.#scheduled?.()
      this.#scheduled = undefined
      this.#flush()
      await this.#untilFree().catch(() => {})
      await new Promise<void>((resolve) => {
        this.#deps.timers.soon(resolve)
      })
    }
  }

  close(): void {
    this.#isClosed = true
    this.#scheduled?.()
    this.#stopWaiting?.()
    this.#failWaiting(new AppError('unavailable', notSaved))
  }
}

/**
 * Each batch costs a commit, and a frame for everyone. With many people there is something in every tick, and twice the time
 * between two is half the work, for a delay that nobody sees; with few, each is a person who waits for another's word.
 */
const tickFor = ({ tick, tickPeople }: Tuning, listeners: number): number =>
  tick * Math.min(2, Math.max(1, listeners / tickPeople))

/** D6: one row for each connection, in the order in which each came first. */
function mergedByConnection(entries: readonly Entry[]): readonly Entry[] {
  const byAuthor = new Map<string, Entry[]>()
  for (const entry of entries) {
    const key = `${entry.connectionId ?? ''} ${entry.accountId ?? ''} ${entry.via}`
    const group = byAuthor.get(key)
    if (group) group.push(entry)
    else byAuthor.set(key, [entry])
  }
  return [...byAuthor.values()].flatMap(asOneRow)
}

function asOneRow(group: readonly Entry[]): readonly Entry[] {
  const last = group.at(-1)
  if (last === undefined) return []
  try {
    return [{ ...last, payload: merged(group) }]
  } catch {
    // More rows than there need be are as good; an edit that is not written because of it would not be.
    return group
  }
}

/** One update that says what all of them say. */
export function merged(entries: readonly { readonly payload: Uint8Array }[]): Uint8Array {
  const [first, ...others] = entries.map(({ payload }) => payload)
  if (first === undefined) return new Uint8Array([0, 0])
  return others.length === 0 ? first : Y.mergeUpdates([first, ...others])
}
