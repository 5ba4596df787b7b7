import type { Logger } from 'pino'
import * as Y from 'yjs'
import { AppError } from '#shared/errors.ts'
import { type CloseCode, close, limits } from '#shared/sync-protocol.ts'
import type { Database } from '../db/database.ts'
import type { Connection, Host, StateBefore, WaitingUpdate } from './connection.ts'
import { type PresenceEntry, stepOneFrame, stepTwoFrame, updateFrame } from './frames.ts'
import { type Batch, Journal, merged, notSaved, type Output } from './journal.ts'
import { deletedLength, HalfApplied, type LiveDocument } from './live-document.ts'
import { PresenceTable } from './presence.ts'
import type { Quarantine } from './quarantine.ts'
import { OtherEpoch, type Replayed } from './replay.ts'
import type { CommittedState } from './snapshots.ts'
import type { Cancel, Timers } from './timers.ts'
import type { Tuning } from './tuning.ts'
import { type Kept, Upkeep, type UpkeepDeps } from './upkeep.ts'
import type { Entry, LogName } from './update-log.ts'
import { automaticVersion } from './versions.ts'

export interface RoomDeps extends UpkeepDeps {
  readonly db: Database
  readonly log: Logger
  readonly now: () => number
  readonly timers: Timers
  readonly tuning: Tuning
  readonly quarantine: Quarantine
  /** Loads the document anew from its log. */
  readonly replay: (name: LogName) => Promise<Replayed>
  /** The log that this room stands for is no more: whoever comes next gets another room. */
  readonly forget: (room: Room) => void
}

/**
 * One document while people have it open: its live Yjs document, who is there, and the journal between the two. A room is a
 * cache of the log with sockets attached; whatever goes wrong with it, the log says how things are.
 *
 * A frame from a connection is examined, applied to the live document, and what it changed in effect goes to the journal.
 * Once that is committed it goes out to all, and with it the answers that depend on it.
 */
export class Room implements Host, Kept {
  readonly name: LogName
  readonly journal: Journal
  /** Grows with everything that enters or holds the room: who decides to destroy it names the one it decided for (L2, L3). */
  generation = 0

  readonly #deps: RoomDeps
  readonly #connections = new Set<Connection>()
  readonly #presence: PresenceTable
  readonly #upkeep: Upkeep
  readonly #unanswered = new Set<Connection>()
  #live: LiveDocument
  #holders = 0
  #idleSince: number
  #isClosed = false
  #hasWarned = false
  #presenceTick: Cancel | undefined
  // Frames that came in while the room was being loaded again, and who waits for it.
  #reloading: { readonly done: Promise<void>; readonly inbox: { from: Connection; frame: Uint8Array }[] } | undefined
  #stopRetry: Cancel | undefined

  constructor(name: LogName, { live, seq, tail }: Replayed, deps: RoomDeps) {
    this.name = name
    this.#deps = deps
    this.#live = live
    this.#presence = new PresenceTable({ clockStep: deps.tuning.presenceClockStep })
    this.#idleSince = deps.timers.monotonic()
    this.#upkeep = new Upkeep(this, tail, deps)
    this.journal = new Journal(name, seq, deps, {
      ready: () => this.ready(),
      committed: (batch) => this.#committed(batch),
      readOnly: () => this.#becameReadOnly(),
      recovered: () => this.#recovered(),
      overtaken: () => this.#reload(),
    })
  }

  get connections(): ReadonlySet<Connection> {
    return this.#connections
  }

  get isEmpty(): boolean {
    return this.#connections.size === 0
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  get memory(): number {
    return this.#live.memory
  }

  /** Since when nobody is here; undefined while someone is. */
  get idleSince(): number | undefined {
    return this.isEmpty && this.#holders === 0 ? this.#idleSince : undefined
  }

  get isSettled(): boolean {
    return this.#upkeep.isSettled
  }

  settle(): void {
    this.#upkeep.settle()
  }

  // ——— who is here ———

  join(connection: Connection): void {
    this.generation++
    if (this.#isClosed || this.journal.isReadOnly) return connection.close(close.storage, notSaved)
    if (this.#reloading !== undefined) {
      void this.#reloading.done.then(() => connection.isOpen && this.join(connection))
      return
    }
    this.#connections.add(connection)
    this.#upkeep.entered()
    connection.enter(this)
    connection.sendAnswer(stepOneFrame(this.#live.stateVector()))
    connection.sendPresence(this.#presence.everyone())
  }

  leave(connection: Connection): void {
    if (!this.#connections.delete(connection)) return
    this.generation++
    this.#unanswered.delete(connection)
    this.#presence.leave(connection)
    this.#tickPresence()
    if (!this.isEmpty) return
    this.#idleSince = this.#deps.timers.monotonic()
    this.#upkeep.emptied()
  }

  /** Keeps the room from being destroyed until the answer is called. */
  hold(): () => void {
    this.generation++
    this.#holders++
    return () => {
      this.#holders--
      this.#idleSince = this.#deps.timers.monotonic()
    }
  }

  // ——— what comes in ———

  /** I10: whatever a frame does, it is the matter of its sender alone. */
  receive(connection: Connection, frame: Uint8Array): void {
    if (this.#reloading !== undefined) {
      this.#reloading.inbox.push({ from: connection, frame })
      return
    }
    try {
      connection.handle(frame)
    } catch (error) {
      this.#deps.log.error({ err: error, ...this.name, accountId: connection.accountId }, 'a frame failed')
      connection.close(close.storage, 'Something went wrong on our side. It will be tried again.')
      if (error instanceof HalfApplied) this.#reload()
    }
  }

  /** T6: the diff is made for this connection, and sent once nothing in it could be lost any more (D2). */
  answerStepOne(connection: Connection, stateVector: Uint8Array): void {
    if (this.journal.isReadOnly) return connection.close(close.storage, notSaved)
    if (!isStateVector(stateVector)) {
      this.#expel(connection, stateVector, 'a state that is none')
      return
    }
    this.#unanswered.add(connection)
    this.#answerOnceCommitted(connection, stateVector, (diff) => {
      this.#unanswered.delete(connection)
      connection.sendAnswer(stepTwoFrame(diff))
    })
  }

  #answerOnceCommitted(connection: Connection, stateVector: Uint8Array, send: (diff: Uint8Array) => void): void {
    let diff: Uint8Array | undefined
    this.journal.after({
      prepare: () => {
        diff = connection.isOpen ? this.#live.encode(stateVector) : undefined
      },
      run: () => diff !== undefined && send(diff),
    })
  }

  receiveUnfit(connection: Connection, frame: Uint8Array): void {
    this.#expel(connection, frame, 'a message that is not whole')
  }

  receiveUpdate(connection: Connection, received: WaitingUpdate): void {
    const hasApplied = this.#take(connection, received)
    if (connection.waiting.length > 0 && connection.isOpen) this.#moveWaiting(connection, received.kind, hasApplied)
  }

  /** V1: in this order nothing touches the document that could harm it. Answers whether it was changed. */
  #take(connection: Connection, received: WaitingUpdate): boolean {
    const { kind, update } = received
    if (connection.refusedWith !== undefined) return false
    const refusal = update.byteLength > limitOf(kind) ? largeUpdate : undefined
    if (refusal !== undefined) return this.#refuseTooLarge(connection, refusal)

    const verdict = this.#live.examine(update, connection.accountId)
    if (verdict.kind === 'malformed') return this.#expel(connection, update, 'an update that is none')
    if (verdict.kind === 'nothing') return false
    if (connection.level !== 'edit') return this.#refuseEdit(connection)
    if (this.journal.isReadOnly) return this.#refuseUnsaved(connection)
    if (verdict.kind === 'foreign') return this.#expel(connection, update, 'an update in the name of someone else')
    if (verdict.kind === 'missing') return this.#keepWaiting(connection, received)
    if (verdict.writes && this.#isTooLargeWith(update)) return this.#refuseTooLarge(connection, largeDocument)
    return this.#apply(connection, update, verdict.deletes)
  }

  #refuseEdit(connection: Connection): false {
    const may = connection.level === 'comment' ? 'read this document and comment on it' : 'read this document'
    connection.refuse(`You may ${may}, not edit it. This change was not saved.`)
    return false
  }

  #refuseUnsaved(connection: Connection): false {
    connection.refuse(notSaved, close.storage)
    return false
  }

  #refuseTooLarge(connection: Connection, reason: string): false {
    if (connection.level !== 'edit') return this.#refuseEdit(connection)
    connection.refuseForGood(close.tooLarge, reason)
    return false
  }

  #isTooLargeWith(update: Uint8Array): boolean {
    this.#warnWhenLarge()
    return this.#live.isLargerThan(limits.document - update.byteLength)
  }

  #warnWhenLarge(): void {
    const { size } = this.#live
    if (this.#hasWarned || size <= limits.documentWarning) return
    this.#hasWarned = true
    this.#deps.log.warn({ ...this.name, size }, 'a document is becoming large')
  }

  #apply(connection: Connection, update: Uint8Array, deletes: number): boolean {
    const { accountId, id: connectionId } = connection
    const wasLarge = this.#live.size > this.#deps.tuning.largeDocument
    try {
      const at = this.#deps.now()
      for (const payload of this.#live.apply(update, accountId)) {
        const entry: Entry = { payload, accountId, connectionId, via: 'ws', at }
        const isLarge = wasLarge && deletes >= smallestLargeDeletion && this.#deletesMost(payload)
        this.journal.add(entry, isLarge ? (head) => [this.#checkpoint(head, entry)] : undefined)
      }
      return true
    } catch (error) {
      if (!(error instanceof HalfApplied)) throw error
      this.#deps.log.error({ err: error, ...this.name, accountId }, 'an update was half applied')
      this.#expel(connection, update, 'an update that could not be applied whole')
      this.#reload()
      return false
    }
  }

  /** S5: what takes away more than it leaves. */
  #deletesMost(payload: Uint8Array): boolean {
    return deletedLength(payload) > this.#live.livingLength()
  }

  #checkpoint(head: number, { accountId, at }: Entry) {
    return automaticVersion(this.name, { cause: 'deletion', seq: head, accountId, at })
  }

  #keepWaiting(connection: Connection, received: WaitingUpdate): false {
    connection.waiting.push(received)
    return false
  }

  /** V2: tries again what waits, and asks its sender where what came did not bring what is missing. */
  #moveWaiting(connection: Connection, after: WaitingUpdate['kind'], hasApplied: boolean): void {
    const isAnswer = after === 'step-2'
    if (isAnswer || hasApplied) this.#retryWaiting(connection)
    if (!connection.isOpen) return
    if (connection.waiting.length === 0) return this.#allArrived(connection)
    const { waitingBytes, waitingUpdates, waitingTries } = this.#deps.tuning
    const bytes = connection.waiting.reduce((sum, { update }) => sum + update.byteLength, 0)
    const isTooMuch = bytes > waitingBytes || connection.waiting.length > waitingUpdates
    if (isTooMuch || (isAnswer && connection.asked >= waitingTries)) {
      const all = Buffer.concat(connection.waiting.map(({ update }) => update))
      this.#expel(connection, all, 'updates that stand on something nobody has')
    } else if (isAnswer || connection.asked === 0) {
      connection.asked++
      connection.sendAnswer(stepOneFrame(this.#live.stateVector()))
    }
  }

  /** As long as one more fits; in their order, so that mostly once is enough. */
  #retryWaiting(connection: Connection): void {
    for (let before = Number.POSITIVE_INFINITY; connection.waiting.length < before; ) {
      const held = connection.waiting
      before = held.length
      connection.waiting = []
      for (const received of held) if (connection.isOpen) this.#take(connection, received)
    }
  }

  #allArrived(connection: Connection): void {
    connection.asked = 0
    const counter = connection.heldMarker
    connection.heldMarker = undefined
    if (counter !== undefined) this.answerMarker(connection, counter)
  }

  #expel(connection: Connection, payload: Uint8Array, reason: string): false {
    const { accountId, id: connectionId } = connection
    if (connection.level === 'edit') {
      this.#deps.quarantine({ documentId: this.name.documentId, accountId, connectionId, reason, payload })
    }
    connection.close(close.noAccess, 'This page sent something that the document cannot take. Keep a copy and reload.')
    return false
  }

  answerMarker(connection: Connection, counter: number): void {
    if (connection.waiting.length > 0) {
      connection.heldMarker = counter
      return
    }
    if (this.journal.isReadOnly) connection.sendNotSaved(notSaved)
    this.journal.after({ run: (seq) => connection.sendSaved(counter, seq) })
  }

  receivePresence(connection: Connection, entries: readonly PresenceEntry[]): void {
    this.#presence.receive(connection, entries)
    this.#tickPresence()
  }

  answerPresenceQuery(connection: Connection): void {
    connection.sendPresence(this.#presence.everyone())
  }

  // ——— what goes out ———

  #committed({ later, made, rows }: Batch): void {
    this.#applyLater(later)
    const entries = [...made, ...later]
    if (entries.length === 0) return
    const update = merged(entries)
    const frame = updateFrame(update)
    const stateBefore = this.#stateBefore(update)
    for (const connection of this.#connections) connection.sendUpdate(frame, stateBefore)
    this.#upkeep.committed({
      seq: this.journal.head,
      rows: rows.length,
      bytes: rows.reduce((sum, { payload }) => sum + payload.byteLength, 0),
      accountId: rows.findLast(({ accountId }) => accountId !== null)?.accountId ?? null,
    })
  }

  #applyLater(later: readonly Entry[]): void {
    try {
      for (const { payload, accountId } of later) this.#live.apply(payload, accountId)
    } catch (error) {
      this.#deps.log.error({ err: error, ...this.name }, 'a committed edit could not be applied; loading again')
      this.#reload()
    }
  }

  /**
   * What a connection has that did not get `update`: the state now, without that update and without all that is not sent
   * yet. Worked out only when someone is behind, once for all who are.
   */
  #stateBefore(update: Uint8Array): StateBefore {
    let known: Uint8Array | undefined
    return () => {
      known ??= this.#stateWithout([update, ...this.journal.unsent()])
      return known
    }
  }

  #stateWithout(updates: readonly Uint8Array[]): Uint8Array {
    const clocks = Y.decodeStateVector(this.#live.stateVector())
    for (const update of updates) {
      for (const [client, clock] of Y.parseUpdateMeta(update).from) {
        clocks.set(client, Math.min(clock, clocks.get(client) ?? 0))
      }
    }
    return Y.encodeStateVector(clocks)
  }

  /** K1: what goes out while this is prepared goes past the connection, and is in the diff. */
  catchUp(connection: Connection, stateVector: Uint8Array): void {
    if (this.#reloading !== undefined) {
      void this.#reloading.done.then(() => connection.isOpen && this.catchUp(connection, stateVector))
      return
    }
    this.#answerOnceCommitted(connection, stateVector, (diff) => {
      connection.sendMissed(updateFrame(diff))
      connection.sendPresence(this.#presence.everyone())
    })
  }

  /** T3: presence has a tick of its own, and all who changed since the last go out in one frame. */
  #tickPresence(): void {
    if (this.#presenceTick !== undefined || !this.#hasPresenceToSend()) return
    this.#presenceTick = this.#deps.timers.after(this.#deps.tuning.presenceTick, () => {
      this.#presenceTick = undefined
      this.#sendPresence()
    })
  }

  #hasPresenceToSend(): boolean {
    return this.#presence.hasChanged || [...this.#connections].some((connection) => connection.hasPresenceLater)
  }

  #sendPresence(): void {
    for (const connection of this.#connections) connection.retryPresence()
    if (this.#presence.hasChanged) {
      const frame = this.#presence.takeChanges()
      for (const connection of this.#connections) connection.sendPresence(frame)
    }
    this.#tickPresence()
  }

  // ——— storage ———

  #becameReadOnly(): void {
    for (const connection of this.#unanswered) connection.close(close.storage, notSaved)
    for (const connection of this.#connections) if (connection.hasUnansweredMarker) connection.sendNotSaved(notSaved)
  }

  /** What was refused meanwhile comes again with a new socket, which asks for all that the server lacks. */
  #recovered(): void {
    for (const connection of this.#connections) {
      if (connection.refusedWith === close.storage) connection.close(close.storage, 'Saving works again.')
    }
  }

  /** The state at one place of the log, read in one synchronous step and handed out once it is committed (H1). */
  committedState(): Promise<CommittedState> {
    return this.#whenCommitted((live) => ({ state: live.encode(), owners: new Map(live.owners) }))
  }

  async committedCopy(): Promise<{ readonly doc: Y.Doc; readonly seq: number }> {
    return this.#whenCommitted((live) => ({ doc: live.clone() }))
  }

  async #whenCommitted<T extends object>(take: (live: LiveDocument) => T): Promise<T & { readonly seq: number }> {
    await this.ready()
    if (this.#isClosed) throw new AppError('unavailable', 'The document has just been closed. Try again.')
    return new Promise((resolve, reject) => {
      let taken: T | undefined
      const output: Output = {
        prepare: () => {
          taken = take(this.#live)
        },
        run: (seq) => (taken ? resolve({ ...taken, seq }) : reject(new Error('Nothing was read'))),
        fail: reject,
      }
      this.journal.after(output)
    })
  }

  /** A copy of all that the document holds now, committed or not: for edits that are committed together with it (D7). */
  copyOfLive(): Y.Doc {
    return this.#live.clone()
  }

  /** Resolves when the document is there to be worked on. */
  async ready(): Promise<void> {
    while (this.#reloading !== undefined) await this.#reloading.done
  }

  get isReady(): boolean {
    return this.#reloading === undefined
  }

  /** V1, D3: loads the document anew and puts on it what is not in the log yet. Meanwhile nothing is read. */
  #reload(): void {
    if (this.#reloading !== undefined || this.#isClosed) return
    this.journal.hold()
    for (const connection of this.#connections) connection.pause('room')
    const inbox: { from: Connection; frame: Uint8Array }[] = []
    const done = this.#loadAgain().then(() => {
      this.#reloading = undefined
      for (const connection of this.#connections) connection.resume('room')
      this.journal.release()
      for (const { from, frame } of inbox) this.receive(from, frame)
    })
    this.#reloading = { done, inbox }
  }

  async #loadAgain(): Promise<void> {
    for (let wait = this.#deps.tuning.retryFirst; !this.#isClosed; wait = Math.min(wait * 2, this.#deps.tuning.retryMost)) {
      try {
        const { live, seq } = await this.#deps.replay(this.name)
        this.#replaceLive(live, seq)
        return
      } catch (error) {
        if (error instanceof OtherEpoch) return this.#obsolete()
        this.#deps.log.error({ err: error, ...this.name }, 'a document could not be loaded again; trying again')
        await new Promise<void>((resolve) => {
          this.#stopRetry = this.#deps.timers.after(wait, resolve)
        })
      }
    }
  }

  /** C2: what was not written belongs to a history that is over. Its senders keep it aside. */
  #obsolete(): void {
    this.journal.discard()
    this.#deps.forget(this)
    this.#closeAll(close.epochChanged, otherEpoch)
  }

  #replaceLive(live: LiveDocument, seq: number): void {
    try {
      live.replay(this.journal.unwritten())
    } catch (error) {
      // Whoever sent these was never told that they are saved, and sends them again.
      this.#deps.log.error({ err: error, ...this.name }, 'edits do not fit the log any more')
      this.journal.discard()
      this.#closeAll(close.storage, 'The document was loaded again. Your changes are sent once more.')
      throw error
    }
    this.#live.destroy()
    this.#live = live
    this.journal.restart(seq)
  }

  #closeAll(code: CloseCode, reason: string): void {
    for (const connection of [...this.#connections]) connection.close(code, reason)
  }

  // ——— the end ———

  /** L2: nobody here, nothing waiting, nothing uncommitted, and nothing has happened since the decision. */
  isDestroyable(generation: number): boolean {
    return (
      generation === this.generation &&
      this.isEmpty &&
      this.#holders === 0 &&
      this.isReady &&
      this.journal.isAtRest &&
      !this.#upkeep.isRunning
    )
  }

  async drain(): Promise<void> {
    await this.journal.drain()
  }

  closeConnections(code: CloseCode, reason: string): void {
    this.#closeAll(code, reason)
  }

  destroy(): void {
    this.#isClosed = true
    this.#presenceTick?.()
    this.#stopRetry?.()
    this.#upkeep.close()
    this.journal.close()
    this.#live.destroy()
  }
}

const largeUpdate = 'This change is too large to be saved: at most 1 MB at once. Keep a copy and make it smaller.'
const largeDocument = 'The document would become larger than 8 MB. Keep a copy, and split it or remove something.'
const otherEpoch = 'The document was replaced. Your copy is kept aside; reload to see the new one.'

/** Whatever is smaller cannot be most of a document over 2 KiB. */
const smallestLargeDeletion = 512

const limitOf = (kind: WaitingUpdate['kind']): number => (kind === 'update' ? limits.update : limits.document)

function isStateVector(bytes: Uint8Array): boolean {
  try {
    return [...Y.decodeStateVector(bytes)].every((pair) => pair.every(Number.isSafeInteger))
  } catch {
    return false
  }
}
