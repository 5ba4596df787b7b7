import type { Logger } from 'pino'
import { type CloseCode, close, limits } from '#shared/sync-protocol.ts'
import type { Connection, WaitingUpdate } from './connection.ts'
import { type Journal, notSaved } from './journal.ts'
import { deletedLength, HalfApplied, type LiveDocument } from './live-document.ts'
import type { Meters, RefusedBecause } from './meters.ts'
import type { Quarantine } from './quarantine.ts'
import type { Tuning } from './tuning.ts'
import type { Entry, LogName } from './update-log.ts'
import { automaticVersion } from './versions.ts'

export interface IntakeDeps {
  readonly log: Logger
  readonly now: () => number
  readonly tuning: Tuning
  readonly meters: Meters
  readonly quarantine: Quarantine
  /** S5: most of a document was removed at once, and a version from before is kept. */
  readonly mostRemoved: (documentId: string) => void
}

/** The room that updates come into. */
export interface Receiving {
  readonly name: LogName
  readonly live: LiveDocument
  readonly journal: Journal
  /** Asks a connection for all that the room lacks. */
  askFor(connection: Connection): void
  answerMarker(connection: Connection, counter: number): void
  /** The live document is no longer to be trusted. */
  reload(): void
}

/** What becomes of an update. */
type Outcome = 'nothing' | 'applied' | 'waits' | 'refused'

/**
 * The way of an update from a connection into the live document and the journal: examined, allowed, applied, in this order,
 * so that nothing touches the document that could harm it (V1). What stands on something that is not there waits on its
 * connection (V2); what nobody may send is kept aside, and its sender closed.
 */
export class Intake {
  readonly #room: Receiving
  readonly #deps: IntakeDeps
  #hasWarned = false

  constructor(room: Receiving, deps: IntakeDeps) {
    this.#room = room
    this.#deps = deps
  }

  receive(connection: Connection, received: WaitingUpdate): void {
    const outcome = this.#take(connection, received)
    if (connection.waiting.length > 0 && connection.isOpen)
      this.#moveWaiting(connection, received.kind, outcome)
  }

  #take(connection: Connection, received: WaitingUpdate): Outcome {
    const { kind, update } = received
    if (connection.refusedWith !== undefined) return 'refused'
    if (update.byteLength > limitOf(kind)) return this.#refuseTooLarge(connection, largeUpdate)

    const verdict = this.#room.live.examine(update, connection.accountId)
    if (verdict.kind === 'malformed')
      return this.expel(connection, 'malformed', update, 'an update that is none')
    if (verdict.kind === 'nothing') return 'nothing'
    if (connection.level !== 'edit')
      return this.#refuse(connection, 'not-allowed', mayNotEdit[connection.level])
    if (this.#room.journal.isReadOnly) return this.#refuse(connection, 'not-saving', notSaved, close.storage)
    if (verdict.kind === 'foreign')
      return this.expel(connection, 'foreign', update, 'an update in the name of someone else')
    if (verdict.kind === 'missing') return this.#wait(connection, received)
    if (verdict.writes && this.#isTooLargeWith(update)) return this.#refuseTooLarge(connection, largeDocument)
    return this.#apply(connection, update, verdict.deletes)
  }

  #refuse(connection: Connection, because: RefusedBecause, reason: string, code?: CloseCode): Outcome {
    connection.refuse(because, reason, code)
    return 'refused'
  }

  #refuseTooLarge(connection: Connection, reason: string): Outcome {
    if (connection.level !== 'edit')
      return this.#refuse(connection, 'not-allowed', mayNotEdit[connection.level])
    connection.refuseForGood('too-large', close.tooLarge, reason)
    return 'refused'
  }

  #isTooLargeWith(update: Uint8Array): boolean {
    const { live, name } = this.#room
    if (!this.#hasWarned && live.size > limits.documentWarning) {
      this.#hasWarned = true
      this.#deps.log.warn({ ...name, size: live.size }, 'a document is becoming large')
    }
    return live.isLargerThan(limits.document - update.byteLength)
  }

  #apply(connection: Connection, update: Uint8Array, deletes: number): Outcome {
    const { live, name, journal } = this.#room
    const { accountId, id: connectionId } = connection
    const isSmall = live.size <= this.#deps.tuning.largeDocument
    try {
      const at = this.#deps.now()
      for (const payload of live.apply(update, accountId)) {
        const entry: Entry = { payload, accountId, connectionId, via: 'ws', at }
        const isLargeDeletion = !isSmall && deletes >= smallestLargeDeletion && deletesMost(live, payload)
        journal.add(entry, isLargeDeletion ? (head) => [this.#checkpoint(head, entry)] : undefined)
        if (isLargeDeletion) journal.after({ run: () => this.#deps.mostRemoved(name.documentId) })
      }
      return 'applied'
    } catch (error) {
      if (!(error instanceof HalfApplied)) throw error
      this.#deps.log.error({ err: error, ...name, accountId }, 'an update was half applied')
      this.#room.reload()
      return this.expel(connection, 'malformed', update, 'an update that could not be applied whole')
    }
  }

  #checkpoint(head: number, { accountId, at }: Entry) {
    return automaticVersion(this.#room.name, { cause: 'deletion', seq: head, accountId, at })
  }

  /** Keeps the bytes aside and closes their sender, whose own copy is the only one now. */
  expel(connection: Connection, because: RefusedBecause, payload: Uint8Array, reason: string): Outcome {
    this.#deps.meters.refuse(because)
    const { accountId, id: connectionId, level } = connection
    const { documentId } = this.#room.name
    // Whoever may not edit harms nothing and would only fill the disk.
    if (level === 'edit') this.#deps.quarantine({ documentId, accountId, connectionId, reason, payload })
    connection.close(
      close.noAccess,
      'This page sent something that the document cannot take. Keep a copy and reload.',
    )
    return 'refused'
  }

  #wait(connection: Connection, received: WaitingUpdate): Outcome {
    connection.waiting.push(received)
    return 'waits'
  }

  /** Tries again what waits, and asks its sender where what came did not bring what is missing. */
  #moveWaiting(connection: Connection, kind: WaitingUpdate['kind'], outcome: Outcome): void {
    const isAnswer = kind === 'step-2'
    if (isAnswer || outcome === 'applied') this.#retryWaiting(connection)
    if (!connection.isOpen) return
    if (connection.waiting.length === 0) this.#allArrived(connection)
    else if (this.#hasWaitedEnough(connection, isAnswer)) this.#expelWaiting(connection)
    else if (isAnswer || connection.asked === 0) this.#askAgain(connection)
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

  #hasWaitedEnough(connection: Connection, isAnswer: boolean): boolean {
    const { waitingBytes, waitingUpdates, waitingTries } = this.#deps.tuning
    const bytes = connection.waiting.reduce((sum, { update }) => sum + update.byteLength, 0)
    if (bytes > waitingBytes || connection.waiting.length > waitingUpdates) return true
    return isAnswer && connection.asked >= waitingTries
  }

  #expelWaiting(connection: Connection): void {
    const all = Buffer.concat(connection.waiting.map(({ update }) => update))
    this.expel(connection, 'unfounded', all, 'updates that stand on something nobody has')
  }

  #askAgain(connection: Connection): void {
    connection.asked++
    this.#room.askFor(connection)
  }

  #allArrived(connection: Connection): void {
    connection.asked = 0
    const counter = connection.heldMarker
    connection.heldMarker = undefined
    if (counter !== undefined) this.#room.answerMarker(connection, counter)
  }
}

const mayNotEdit = {
  comment: 'You may read this document and comment on it, not edit it. This change was not saved.',
  view: 'You may read this document, not edit it. This change was not saved.',
}

const largeUpdate =
  'This change is too large to be saved: at most 1 MB at once. Keep a copy and make it smaller.'
const largeDocument =
  'The document would become larger than 8 MB. Keep a copy, and split it or remove something.'

/** Whatever is smaller cannot be most of a document over 2 KiB. */
const smallestLargeDeletion = 512

/** S5: takes away more than it leaves. */
const deletesMost = (live: LiveDocument, payload: Uint8Array): boolean =>
  deletedLength(payload) > live.livingLength()

/** Z1. What was done offline comes as one step 2, and may be as large as a document. */
const limitOf = (kind: WaitingUpdate['kind']): number => (kind === 'update' ? limits.update : limits.document)
