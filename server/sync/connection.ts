import type { Level } from '#shared/access.ts'
import { newId } from '#shared/ids.ts'
import { type CloseCode, close, type PresenceState } from '#shared/sync-protocol.ts'
import { Budget } from './budget.ts'
import { type PresenceEntry, type Received, readFrame, refusedFrame, savedFrame } from './frames.ts'
import type { Messages } from './messages.ts'
import type { Meters, RefusedBecause } from './meters.ts'
import { Outbox, type StateBefore } from './outbox.ts'
import type { Attendee } from './presence.ts'
import type { Cancel, Timers } from './timers.ts'
import type { Tuning } from './tuning.ts'
import type { Wire } from './wire.ts'

/** Whom a socket was accepted for, and as what. A live connection never changes any of it (P2). */
export interface Admission {
  readonly documentId: string
  readonly networkId: string
  readonly sessionId: string
  readonly level: Level
  readonly user: NonNullable<PresenceState['user']>
  /** By which the request for the socket was signed in, so that it can be checked again. */
  readonly signedInBy: SignedInBy
}

/** What of a request's headers says who asks; all of them would be kept for as long as the socket is open. */
export interface SignedInBy {
  readonly cookie?: string
  readonly authorization?: string
}

/** An update as it came: one that happened just now, or all that the server lacked when it asked. */
export interface WaitingUpdate {
  readonly kind: 'step-2' | 'update'
  readonly update: Uint8Array
}

/** The room as a connection knows it. */
export interface Host {
  /** Deals with a frame now, or once the room is itself again. */
  receive(connection: Connection, frame: Uint8Array): void
  answerStepOne(connection: Connection, stateVector: Uint8Array): void
  receiveUpdate(connection: Connection, update: WaitingUpdate): void
  /** A sync message that is not whole: what it was to say is lost, and its sender must not believe it saved. */
  receiveUnfit(connection: Connection, frame: Uint8Array): void
  receivePresence(connection: Connection, entries: readonly PresenceEntry[]): void
  answerPresenceQuery(connection: Connection): void
  answerMarker(connection: Connection, counter: number): void
  /** Resolves once all that the room holds by now is committed, or will not be. */
  whenCommitted(): Promise<void>
  /** Its send buffer is nearly empty again: it may have what it missed. */
  catchUp(connection: Connection, stateVector: Uint8Array): void
  leave(connection: Connection): void
}

export interface ConnectionDeps {
  readonly timers: Timers
  readonly tuning: Tuning
  readonly now: () => number
  readonly meters: Meters
}

/**
 * One socket of one person on one document: takes frames apart, watches how fast they come, and knows what may be said to
 * it. What it means for the document is the room's matter.
 */
export class Connection implements Attendee {
  readonly id = newId()
  readonly admission: Admission
  /** Resolves once the socket is gone, however it went. */
  readonly closed: Promise<void>
  presenceId: number | undefined
  /** Updates that stand on something this document does not have yet (V2). */
  waiting: WaitingUpdate[] = []
  /** How often its client was asked for what these stand on. */
  asked = 0
  /** A marker that must not be answered before these are in. */
  heldMarker: number | undefined

  readonly #socket: Wire
  readonly #deps: ConnectionDeps
  readonly #outbox: Outbox
  readonly #messages: Budget
  readonly #bytes: Budget
  readonly #presences: Budget
  readonly #pauses = new Set<'speed' | 'room'>()
  readonly #timers = new Set<Cancel>()
  #host: Host | undefined
  #isOpen = true
  #lastHeard: number
  #unknown = 0
  #stepOnes: readonly number[] = []
  #presenceLater: readonly PresenceEntry[] | undefined
  // The marker that was asked for last; none at all by a stock client.
  #counter: number | undefined
  #answered: number | undefined
  #refusal: { readonly reason: string; readonly code: CloseCode } | undefined

  constructor(socket: Wire, admission: Admission, deps: ConnectionDeps) {
    this.#socket = socket
    this.admission = admission
    this.#deps = deps
    const { tuning, timers, meters } = deps
    const now = timers.monotonic()
    this.#messages = new Budget({ perSecond: tuning.messagesPerSecond, most: tuning.messagesBurst, now })
    this.#bytes = new Budget({ perSecond: tuning.bytesPerSecond, most: tuning.bytesBurst, now })
    this.#presences = new Budget({ perSecond: tuning.presencePerSecond, most: tuning.presencePerSecond, now })
    this.#lastHeard = now
    this.#outbox = new Outbox(socket, {
      timers,
      tuning,
      meters,
      caughtUp: (stateVector) => this.#host?.catchUp(this, stateVector),
      tooSlow: () => this.close(close.tooSlow, tooSlow),
    })
    this.closed = new Promise((resolve) => {
      socket.once('close', () => resolve())
    })
    this.#listen()
    // Nothing is read before there is a room to read it for.
    this.pause('room')
  }

  get accountId(): string {
    return this.admission.user.id
  }

  get user(): NonNullable<PresenceState['user']> {
    return this.admission.user
  }

  get level(): Level {
    return this.admission.level
  }

  get isListedOnly(): boolean {
    return this.level === 'view'
  }

  get mayEdit(): boolean {
    return this.level === 'edit'
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  get hasUnansweredMarker(): boolean {
    return this.#counter !== this.#answered
  }

  /** Why something of its was refused, if so: nothing that it sent since counts as saved. */
  get refusedWith(): CloseCode | undefined {
    return this.#refusal?.code
  }

  get hasPresenceLater(): boolean {
    return this.#presenceLater !== undefined
  }

  enter(host: Host): void {
    this.#host = host
    this.resume('room')
  }

  #listen(): void {
    const socket = this.#socket
    // V4: without a listener an error of one socket ends the process. The close that follows says all.
    socket.on('error', () => {})
    socket.on('pong', () => this.#heard())
    socket.on('close', () => this.#end())
    socket.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary))
  }

  #heard(): void {
    this.#lastHeard = this.#deps.timers.monotonic()
  }

  #receive(frame: Buffer, isBinary: boolean): void {
    if (!this.#isOpen) return
    this.#heard()
    this.#deps.meters.received(frame.byteLength)
    this.#watchSpeed(frame.byteLength)
    if (!isBinary) this.#countUnknown()
    else this.#host?.receive(this, frame)
  }

  /** Z2: what comes too fast is left where it is until the budget allows it. */
  #watchSpeed(bytes: number): void {
    const now = this.#deps.timers.monotonic()
    const wait = Math.max(this.#messages.spend(1, now), this.#bytes.spend(bytes, now))
    if (wait === 0 || this.#pauses.has('speed')) return
    this.pause('speed')
    this.#after(wait, () => this.resume('speed'))
  }

  pause(why: 'speed' | 'room'): void {
    this.#pauses.add(why)
    this.#socket.pause()
  }

  resume(why: 'speed' | 'room'): void {
    this.#pauses.delete(why)
    // What was not read could not answer pings either.
    this.#heard()
    if (this.#pauses.size === 0) this.#socket.resume()
  }

  /** R1: the messages that there are. What each may do at which level is for the room to say. */
  handle(frame: Uint8Array): void {
    if (this.#isOpen && this.#host !== undefined) this.#dispatch(this.#host, readFrame(frame), frame)
  }

  #dispatch(host: Host, received: Received, frame: Uint8Array): void {
    switch (received.kind) {
      case 'step-1':
        if (this.#mayAskAgain()) host.answerStepOne(this, received.stateVector)
        break
      case 'step-2':
      case 'update':
        host.receiveUpdate(this, received)
        break
      case 'unfit':
        host.receiveUnfit(this, frame)
        break
      case 'presence':
        this.#receivePresence(host, received.entries)
        break
      case 'query-presence':
        host.answerPresenceQuery(this)
        break
      case 'ask':
        this.#counter = received.counter
        host.answerMarker(this, received.counter)
        break
      case 'unknown':
        this.#countUnknown()
    }
  }

  /** R2 */
  #mayAskAgain(): boolean {
    const { stepOnes, stepOnesWithin } = this.#deps.tuning
    const now = this.#deps.timers.monotonic()
    this.#stepOnes = [...this.#stepOnes.filter((at) => now - at < stepOnesWithin), now]
    if (this.#stepOnes.length <= stepOnes) return true
    this.#deps.meters.refuse('too-often')
    this.close(
      close.slowDown,
      'This page asks for the whole document again and again. It will come back by itself.',
    )
    return false
  }

  #receivePresence(host: Host, entries: readonly PresenceEntry[]): void {
    const own = entries.filter(
      ({ clientId }) => this.presenceId === undefined || this.presenceId === clientId,
    )
    if (own.length === 0) return
    const isInTime = this.#presences.trySpend(1, this.#deps.timers.monotonic())
    this.#presenceLater = isInTime ? undefined : own
    host.receivePresence(this, isInTime ? own : [])
  }

  /** The latest of the presence messages that came too fast, once there may be another (A1). */
  retryPresence(): void {
    const entries = this.#presenceLater
    if (entries === undefined || !this.#presences.trySpend(1, this.#deps.timers.monotonic())) return
    this.#presenceLater = undefined
    this.#host?.receivePresence(this, entries)
  }

  #countUnknown(): void {
    this.#unknown++
    this.#deps.meters.refuse('unknown')
    if (this.#unknown < this.#deps.tuning.unknownMessages) return
    this.close(close.slowDown, 'This page sends messages that this server does not know. Reload it.')
  }

  /** Resolves once what it has sent so far is committed, or will not be. */
  async whenCommitted(): Promise<void> {
    await this.#host?.whenCommitted()
  }

  /** An update that everyone gets, and what goes with it. */
  sendToAll(messages: Messages, stateBefore: StateBefore): void {
    if (this.#isOpen) this.#outbox.sendToAll(messages, stateBefore)
  }

  /** Something for this connection alone. It may be a whole document. */
  sendAnswer(frame: Uint8Array): void {
    if (this.#isOpen) this.#outbox.sendAnswer(frame)
  }

  sendPresence(presence: Messages): void {
    if (this.#isOpen) this.#outbox.sendPresence(presence)
  }

  /** K1: all updates that it did not get while its network was slow. */
  sendMissed(frame: Uint8Array): void {
    if (this.#isOpen) this.#outbox.sendMissed(frame)
  }

  /** Answers a marker, now that all before it is committed: saved, unless some of it was refused. */
  sendSaved(counter: number, seq: number): void {
    const { reason } = this.#refusal ?? {}
    this.#answered = counter
    this.#sendMarker(
      reason === undefined ? savedFrame(counter, seq, this.#deps.now()) : refusedFrame(counter, reason),
    )
  }

  /** D3: what was asked for last is not saved, though it may still become so. */
  sendNotSaved(reason: string): void {
    if (this.#counter !== undefined) this.#sendMarker(refusedFrame(this.#counter, reason))
  }

  #sendMarker(frame: Uint8Array): void {
    if (this.#isOpen) this.#outbox.send(frame)
  }

  /**
   * Takes no part in what this connection sent. Our own client learns it with its next marker; a stock client, which
   * sends none, is closed, or it would believe for ever that all is well.
   */
  refuse(because: RefusedBecause, reason: string, code: CloseCode = close.noAccess): void {
    this.#deps.meters.refuse(because)
    this.#refusal ??= { reason, code }
    if (this.#counter !== undefined) return
    this.#after(this.#deps.tuning.markerGrace, () => {
      if (this.#counter === undefined) this.close(code, reason)
    })
  }

  /** Z1: too large to be tried again; our own client hears it as a marker too. */
  refuseForGood(because: RefusedBecause, code: CloseCode, reason: string): void {
    this.#deps.meters.refuse(because)
    this.#refusal ??= { reason, code }
    this.sendNotSaved(reason)
    this.close(code, reason)
  }

  /** T3, and finds out who is gone without having said so. */
  beat(): void {
    if (!this.#isOpen) return
    const silence = this.#deps.timers.monotonic() - this.#lastHeard
    if (this.#pauses.size === 0 && silence > this.#deps.tuning.deadAfter) {
      this.terminate()
      return
    }
    this.#outbox.breakSilence()
    // Whoever has just been heard of is there; of two thousand idle ones each ping is one of many.
    if (silence > this.#deps.tuning.deadAfter / 2) this.#socket.ping()
  }

  /** Ends it with a code and a sentence for people. The room is left at once; nothing more is dealt with. */
  close(code: CloseCode, reason: string): void {
    if (!this.#isOpen) return
    this.#end()
    // Paused, it would never hear the peer's goodbye.
    this.#socket.resume()
    this.#socket.close(code, shortened(reason))
  }

  terminate(): void {
    this.#end()
    this.#socket.terminate()
  }

  #end(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
    this.#outbox.close()
    this.#host?.leave(this)
    this.#host = undefined
  }

  #after(milliseconds: number, run: () => void): void {
    const cancel = this.#deps.timers.after(milliseconds, () => {
      this.#timers.delete(cancel)
      if (this.#isOpen) run()
    })
    this.#timers.add(cancel)
  }
}

const tooSlow = 'The network is too slow for what happens here. It will be tried again.'

/** A close reason has at most 123 bytes. */
export function shortened(reason: string): string {
  const bytes = Buffer.from(reason)
  if (bytes.byteLength <= 123) return reason
  return `${bytes
    .subarray(0, 119)
    .toString()
    .replace(/\ufffd+$/, '')}…`
}
