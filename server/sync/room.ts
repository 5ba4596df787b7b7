import type { Logger } from 'pino'
import * as Y from 'yjs'
import { AppError } from '#shared/errors.ts'
import { type CloseCode, close } from '#shared/sync-protocol.ts'
import type { Connection, Host, WaitingUpdate } from './connection.ts'
import { type PresenceEntry, stepOneFrame, stepTwoFrame, updateFrame } from './frames.ts'
import { Intake, type IntakeDeps, type Receiving } from './intake.ts'
import { type Batch, Journal, type JournalDeps, merged, notSaved } from './journal.ts'
import { HalfApplied, type LiveDocument } from './live-document.ts'
import { Messages } from './messages.ts'
import type { StateBefore } from './outbox.ts'
import { PresenceBoard } from './presence-board.ts'
import { OtherEpoch, type Replayed } from './replay.ts'
import type { CommittedState } from './snapshots.ts'
import type { Cancel } from './timers.ts'
import type { Entry, LogName } from './update-log.ts'
import { type Kept, Upkeep, type UpkeepDeps } from './upkeep.ts'

export interface RoomDeps extends IntakeDeps, JournalDeps, UpkeepDeps {
  readonly log: Logger
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
export class Room implements Host, Kept, Receiving {
  readonly name: LogName
  readonly journal: Journal
  /** Grows with everything that enters or holds the room: who decides to destroy it names the one it decided for (L2, L3). */
  generation = 0

  readonly #deps: RoomDeps
  readonly #connections = new Set<Connection>()
  readonly #presence: PresenceBoard
  readonly #intake: Intake
  readonly #upkeep: Upkeep
  /** Those who wait for the whole document. */
  readonly #unanswered = new Set<Connection>()
  #live: LiveDocument
  #holders = 0
  #idleSince: number
  #isClosed = false
  #reloading:
    | { readonly done: Promise<void>; readonly inbox: { from: Connection; frame: Uint8Array }[] }
    | undefined
  #stopRetry: Cancel | undefined

  constructor(name: LogName, { live, seq, tail }: Replayed, deps: RoomDeps) {
    this.name = name
    this.#deps = deps
    this.#live = live
    this.#idleSince = deps.timers.monotonic()
    this.#presence = new PresenceBoard(this.#connections, deps)
    this.#intake = new Intake(this, deps)
    this.#upkeep = new Upkeep(this, tail, deps)
    this.journal = new Journal(name, seq, deps, {
      listeners: () => this.#connections.size,
      ready: () => this.ready(),
      committed: (batch) => this.#committed(batch),
      readOnly: () => this.#becameReadOnly(),
      recovered: () => this.#recovered(),
      overtaken: () => this.reload(),
      unreadable: () => this.reload(),
    })
  }

  get live(): LiveDocument {
    return this.#live
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

  /** False while the document is being loaded again. */
  get isReady(): boolean {
    return this.#reloading === undefined
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

  join(connection: Connection): void {
    this.generation++
    if (this.#isClosed || this.journal.isReadOnly) {
      connection.close(close.storage, notSaved)
      return
    }
    if (this.#reloading !== undefined) {
      void this.#reloading.done.then(() => connection.isOpen && this.join(connection))
      return
    }
    this.#connections.add(connection)
    this.#upkeep.entered()
    connection.enter(this)
    this.askFor(connection)
    this.#presence.tell(connection)
  }

  leave(connection: Connection): void {
    if (!this.#connections.delete(connection)) return
    this.generation++
    this.#unanswered.delete(connection)
    this.#presence.leave(connection)
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
      if (error instanceof HalfApplied) this.reload()
    }
  }

  receiveUpdate(connection: Connection, update: WaitingUpdate): void {
    this.#intake.receive(connection, update)
  }

  receiveUnfit(connection: Connection, frame: Uint8Array): void {
    this.#intake.expel(connection, 'malformed', frame, 'a message that is not whole')
  }

  receivePresence(connection: Connection, entries: readonly PresenceEntry[]): void {
    this.#presence.receive(connection, entries)
  }

  /** The server's heartbeat. */
  beat(): void {
    this.#presence.beat()
  }

  answerPresenceQuery(connection: Connection): void {
    this.#presence.tell(connection)
  }

  askFor(connection: Connection): void {
    connection.sendAnswer(stepOneFrame(this.#live.stateVector()))
  }

  answerStepOne(connection: Connection, stateVector: Uint8Array): void {
    if (!isStateVector(stateVector)) {
      this.#intake.expel(connection, 'malformed', stateVector, 'a state that is none')
      return
    }
    if (this.journal.isReadOnly) {
      connection.close(close.storage, notSaved)
      return
    }
    this.#unanswered.add(connection)
    this.#sendDiff(connection, stateVector, (diff) => {
      this.#unanswered.delete(connection)
      connection.sendAnswer(stepTwoFrame(diff))
    })
  }

  /** K1: what goes out to all while this is prepared passes the connection by, and is in the diff. */
  catchUp(connection: Connection, stateVector: Uint8Array): void {
    if (this.#reloading !== undefined) {
      void this.#reloading.done.then(() => connection.isOpen && this.catchUp(connection, stateVector))
      return
    }
    this.#sendDiff(connection, stateVector, (diff) => {
      connection.sendMissed(updateFrame(diff))
      this.#presence.tell(connection)
    })
  }

  /** T6: made for this connection alone, and sent once nothing in it could be lost any more (D2). */
  #sendDiff(connection: Connection, stateVector: Uint8Array, send: (diff: Uint8Array) => void): void {
    let diff: Uint8Array | undefined
    this.journal.after({
      prepare: () => {
        diff = connection.isOpen ? this.#live.encode(stateVector) : undefined
      },
      run: () => diff !== undefined && send(diff),
    })
  }

  /** Saved means all that the room holds by now: an edit may have come on another socket of the same client. */
  answerMarker(connection: Connection, counter: number): void {
    if (connection.waiting.length > 0) {
      connection.heldMarker = counter
      return
    }
    if (this.journal.isReadOnly) connection.sendNotSaved(notSaved)
    this.journal.after({ run: (seq) => connection.sendSaved(counter, seq) })
  }

  whenCommitted(): Promise<void> {
    return new Promise((resolve) => this.journal.after({ run: () => resolve(), fail: () => resolve() }))
  }

  #committed({ later, made, rows }: Batch): void {
    this.#applyLater(later)
    const entries = [...made, ...later]
    if (entries.length === 0) return
    this.#broadcast(entries)
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
      this.#deps.log.error(
        { err: error, ...this.name },
        'a committed edit could not be applied; loading again',
      )
      this.reload()
    }
  }

  /** T1: encoded once, the same bytes to everyone, with where people are when that is due; the authors, who wait for nothing in it, come last. */
  #broadcast(entries: readonly Entry[]): void {
    try {
      const update = merged(entries)
      const presence = this.#presence.takeDue()
      const messages = new Messages([updateFrame(update), ...(presence === undefined ? [] : [presence])])
      const stateBefore = this.#stateBefore(update)
      const authors = new Set(entries.map(({ connectionId }) => connectionId))
      const everyone = [...this.#connections]
      const others = everyone.filter(({ id }) => !authors.has(id))
      for (const connection of [...others, ...everyone.filter(({ id }) => authors.has(id))]) {
        connection.sendToAll(messages, stateBefore)
      }
    } catch (error) {
      // It is saved. Whoever comes back asks for it, and nobody may go on without it.
      this.#deps.log.error({ err: error, ...this.name }, 'an update could not be sent')
      this.closeConnections(close.storage, 'Something went wrong on our side. It will be tried again.')
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

  #becameReadOnly(): void {
    for (const connection of this.#unanswered) connection.close(close.storage, notSaved)
    for (const connection of this.#connections) {
      if (connection.hasUnansweredMarker) connection.sendNotSaved(notSaved)
    }
  }

  /** What was refused meanwhile comes again with a new socket, which asks for all that the server lacks. */
  #recovered(): void {
    for (const connection of this.#connections) {
      if (connection.refusedWith === close.storage) connection.close(close.storage, 'Saving works again.')
    }
  }

  /** The state at one place of the log, read in one synchronous step and handed out once it is committed (H1). */
  async committedState(): Promise<CommittedState> {
    await this.ready()
    if (this.#isClosed) throw new AppError('unavailable', 'The document has just been closed. Try again.')
    return new Promise((resolve, reject) => {
      let read: Omit<CommittedState, 'seq'> | undefined
      this.journal.after({
        prepare: () => {
          read = { state: this.#live.encode(), owners: new Map(this.#live.owners) }
        },
        run: (seq) => read && resolve({ ...read, seq }),
        fail: reject,
      })
    })
  }

  async committedCopy(): Promise<{ readonly doc: Y.Doc; readonly seq: number }> {
    const { state, seq } = await this.committedState()
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    return { doc, seq }
  }

  /** Resolves when the document is there to be worked on. */
  async ready(): Promise<void> {
    while (this.#reloading !== undefined) await this.#reloading.done
  }

  /** V1, D6: loads the document anew and puts on it what is not in the log yet. Meanwhile nothing is read. */
  reload(): void {
    if (this.#reloading !== undefined || this.#isClosed) return
    this.journal.suspend()
    for (const connection of this.#connections) connection.pause('room')
    const inbox: { from: Connection; frame: Uint8Array }[] = []
    const done = this.#loadAgain().then(() => {
      this.#reloading = undefined
      for (const connection of this.#connections) connection.resume('room')
      this.journal.resume()
      for (const { from, frame } of inbox) this.receive(from, frame)
    })
    this.#reloading = { done, inbox }
  }

  async #loadAgain(): Promise<void> {
    const { retryFirst, retryMost } = this.#deps.tuning
    for (let wait = retryFirst; !this.#isClosed; wait = Math.min(wait * 2, retryMost)) {
      try {
        const { live, seq } = await this.#deps.replay(this.name)
        this.#replaceLive(live, seq)
        return
      } catch (error) {
        if (error instanceof OtherEpoch) {
          this.#becomeObsolete()
          return
        }
        this.#deps.log.error(
          { err: error, ...this.name },
          'a document could not be loaded again; trying again',
        )
        await this.#pass(wait)
      }
    }
  }

  #pass(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#stopRetry = this.#deps.timers.after(milliseconds, resolve)
    })
  }

  #replaceLive(live: LiveDocument, seq: number): void {
    try {
      live.replay(this.journal.unwritten())
    } catch (error) {
      // Whoever sent these was never told that they are saved, and sends them again.
      this.#deps.log.error({ err: error, ...this.name }, 'edits do not fit the log any more')
      this.journal.discard()
      this.closeConnections(close.storage, 'The document was loaded again. Your changes are sent once more.')
      throw error
    }
    this.#live.destroy()
    this.#live = live
    this.journal.restart(seq)
  }

  /** C2: what was not written belongs to a history that is over. Its senders keep it aside. */
  #becomeObsolete(): void {
    this.journal.discard()
    this.#deps.forget(this)
    this.closeConnections(close.epochChanged, otherEpoch)
  }

  closeConnections(code: CloseCode, reason: string): void {
    for (const connection of [...this.#connections]) connection.close(code, reason)
  }

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

  destroy(): void {
    this.#isClosed = true
    this.#stopRetry?.()
    this.#presence.close()
    this.#upkeep.close()
    this.journal.close()
    this.#live.destroy()
  }
}

export const otherEpoch = 'The document was replaced. Your copy is kept aside; reload to see the new one.'

function isStateVector(bytes: Uint8Array): boolean {
  try {
    return [...Y.decodeStateVector(bytes)].every((pair) => pair.every(Number.isSafeInteger))
  } catch {
    return false
  }
}
