import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { Database } from '../db/database.ts'
import { type CommittedState, takeSnapshot } from './snapshots.ts'
import type { Cancel, Timers } from './timers.ts'
import type { Tuning } from './tuning.ts'
import type { LogName } from './update-log.ts'
import { type AutomaticCause, automaticVersion } from './versions.ts'

export interface UpkeepDeps {
  readonly db: Database
  readonly log: Logger
  readonly now: () => number
  readonly timers: Timers
  readonly tuning: Tuning
  /** Derives facts and the like from a document at rest; gets a copy that it may do with as it likes. */
  readonly afterQuiet: (documentId: string, doc: Y.Doc, seq: number) => Promise<void>
}

/** The room that is kept up. */
export interface Kept {
  readonly name: LogName
  readonly isEmpty: boolean
  committedState(): Promise<CommittedState>
  committedCopy(): Promise<{ readonly doc: Y.Doc; readonly seq: number }>
}

/** What a commit added to the log. */
export interface Added {
  readonly seq: number
  readonly rows: number
  readonly bytes: number
  readonly accountId: string | null
}

/**
 * What follows from edits without anyone waiting for it: the projection once it is quiet, a snapshot when the log's tail has
 * grown, versions now and then. A part that fails is reported and made up for by the next edit or start.
 */
export class Upkeep {
  readonly #room: Kept
  readonly #deps: UpkeepDeps
  #tail: { rows: number; bytes: number }
  #unprojectedSince: number | undefined
  #activeSince: number | undefined
  #lastEdit: Added | undefined
  #isSnapshotting = false
  /** Whether anyone has been here since the last version: who works without a page leaves no room. */
  #wasEntered = false
  #isSettled: boolean
  #running = 0
  #isClosed = false
  #projection: Cancel | undefined
  #settling: Cancel | undefined

  constructor(room: Kept, tail: { rows: number; bytes: number }, deps: UpkeepDeps) {
    this.#room = room
    this.#tail = { ...tail }
    this.#deps = deps
    this.#isSettled = tail.rows === 0
  }

  /** Whether all has been done that an empty room is owed. */
  get isSettled(): boolean {
    return this.#isSettled && this.#running === 0 && this.#unprojectedSince === undefined
  }

  get isRunning(): boolean {
    return this.#running > 0
  }

  committed(added: Added): void {
    const now = this.#deps.timers.monotonic()
    this.#tail = { rows: this.#tail.rows + added.rows, bytes: this.#tail.bytes + added.bytes }
    this.#lastEdit = added
    this.#isSettled = false
    this.#activeSince ??= now
    this.#unprojectedSince ??= now
    this.#projectWhenQuiet(now)
    if (this.#isTailLong()) this.#snapshot()
    if (now - this.#activeSince >= this.#deps.tuning.activeFor) this.#keepVersion('active')
    if (this.#room.isEmpty) this.emptied()
  }

  #projectWhenQuiet(now: number): void {
    const { timers, tuning } = this.#deps
    const latest = (this.#unprojectedSince ?? now) + tuning.quietAtLatest
    this.#projection?.()
    this.#projection = timers.after(Math.min(tuning.quiet, Math.max(0, latest - now)), () => this.#project())
  }

  #project(): void {
    this.#projection?.()
    this.#projection = undefined
    this.#unprojectedSince = undefined
    this.#run('projecting', async () => {
      const { doc, seq } = await this.#room.committedCopy()
      await this.#deps.afterQuiet(this.#room.name.documentId, doc, seq)
      doc.destroy()
    })
  }

  #isTailLong(): boolean {
    const { snapshotRows, snapshotBytes } = this.#deps.tuning
    return this.#tail.rows > snapshotRows || this.#tail.bytes > snapshotBytes
  }

  #snapshot(): void {
    if (this.#isSnapshotting || this.#tail.rows === 0) return
    this.#isSnapshotting = true
    this.#run('taking a snapshot', async () => {
      try {
        const committed = await this.#room.committedState()
        const before = this.#tail
        this.#tail = { rows: 0, bytes: 0 }
        const deps = { ...this.#deps, kept: this.#deps.tuning.keptSnapshots }
        if (await takeSnapshot(deps, this.#room.name, committed)) return
        // Tried again when as much has come once more.
        this.#tail = { rows: this.#tail.rows + Math.min(before.rows, 1), bytes: this.#tail.bytes }
      } finally {
        this.#isSnapshotting = false
      }
    })
  }

  #keepVersion(cause: Exclude<AutomaticCause, 'deletion'>): void {
    const edit = this.#lastEdit
    if (edit === undefined) return
    this.#lastEdit = undefined
    this.#activeSince = undefined
    const { db, now } = this.#deps
    const { seq, accountId } = edit
    this.#run('keeping a version', () =>
      db.write([automaticVersion(this.#room.name, { cause, seq, accountId, at: now() })]),
    )
  }

  /** The last person has left: a version and a snapshot, unless someone is back at once. */
  emptied(): void {
    this.#settling?.()
    this.#settling = this.#deps.timers.after(this.#deps.tuning.settleAfter, () => this.settle())
  }

  entered(): void {
    this.#wasEntered = true
    this.#stay()
  }

  #stay(): void {
    this.#settling?.()
    this.#settling = undefined
  }

  settle(): void {
    this.#stay()
    if (this.#isClosed || this.#isSettled || !this.#room.isEmpty) return
    this.#isSettled = true
    if (this.#wasEntered) this.#keepVersion('left')
    this.#wasEntered = false
    this.#snapshot()
    if (this.#unprojectedSince !== undefined) this.#project()
  }

  #run(what: string, task: () => Promise<unknown>): void {
    if (this.#isClosed) return
    this.#running++
    task()
      .catch((error: unknown) => {
        if (!this.#isClosed) this.#deps.log.error({ err: error, ...this.#room.name }, `${what} failed`)
      })
      .finally(() => {
        this.#running--
      })
  }

  close(): void {
    this.#isClosed = true
    this.#projection?.()
    this.#settling?.()
  }
}
