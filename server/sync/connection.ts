import type { WebSocket } from 'ws'
import type { Level } from '#shared/access.ts'
import { newId } from '#shared/ids.ts'
import { type CloseCode, close, type PresenceState } from '#shared/sync-protocol.ts'
import { Budget } from './budget.ts'
import { emptyPresence, type PresenceEntry, readFrame, refusedFrame, savedFrame } from './frames.ts'
import type { Attendee } from './presence.ts'
import type { Cancel, Timers } from './timers.ts'
import type { Tuning } from './tuning.ts'

/** Whom a socket was accepted for, and as what. A live connection never changes any of it (P2). */
export interface Admission {
  readonly documentId: string
  readonly networkId: string
  readonly sessionId: string
  readonly level: Level
  readonly user: NonNullable<PresenceState['user']>
  /** Of the request that asked for the socket: with them the sign-in can be checked again. */
  readonly headers: Headers
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
  /** Its send buffer is nearly empty again: it may have what it missed. */
  catchUp(connection: Connection, stateVector: Uint8Array): void
  leave(connection: Connection): void
}

export interface ConnectionDeps {
  readonly timers: Timers
  readonly tuning: Tuning
  readonly now: () => number
}

/** What every connection that is behind is told by; the room works it out once for all of them. */
export type StateBefore = () => Uint8Array

/**
 * One socket of one person on one document: decodes what comes in, watches how fast it comes and how fast what goes out
 * is taken, and knows what may be said to it. What it means for the document is the room's matter.
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

  readonly #socket: WebSocket
  readonly #deps: ConnectionDeps
  readonly #messages: Budget
  readonly #bytes: Budget
  readonly #presences: Budget
  readonly #pauses = new Set<'speed' | 'room'>()
  readonly #stepOnes: number[] = []
  readonly #timers = new Set<Cancel>()
  #host: Host | undefined
  #isOpen = true
  #unknown = 0
  #lastSent: number
  #lastHeard: number
  #presenceLater: readonly PresenceEntry[] | undefined
  // The marker that was asked for last, and whether this client sends any.
  #counter: number | undefined
  #answered: number | undefined
  #refusal: { reason: string; code: CloseCode } | undefined
  #behind: { readonly stateVector: Uint8Array; readonly since: number } | undefined
  #largeAnswer = 0

  constructor(socket: WebSocket, admission: Admission, deps: ConnectionDeps) {
    this.#socket = socket
    this.admission = admission
    this.#deps = deps
    const { tuning, timers } = deps
    const now = timers.monotonic()
    this.#messages = new Budget({ perSecond: tuning.messagesPerSecond, most: tuning.messagesBurst, now })
    this.#bytes = new Budget({ perSecond: tuning.bytesPerSecond, most: tuning.bytesBurst, now })
    this.#presences = new Budget({ perSecond: tuning.presencePerSecond, most: tuning.presencePerSecond, now })
    this.#lastSent = now
    this.#lastHeard = now
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

  get isOpen(): boolean {
    return this.#isOpen
  }

  get speaksMarkers(): boolean {
    return this.#counter !== undefined
  }

  get hasUnansweredMarker(): boolean {
    return this.#counter !== this.#answered
  }

  /** Why something of its was refused, if so: nothing that it sent since counts as saved. */
  get refusedWith(): CloseCode | undefined {
    return this.#refusal?.code
  }

  get isBehind(): boolean {
    return this.#behind !== undefined
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
    socket.on('close', () => this.#closed())
    socket.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary))
  }

  #heard(): void {
    this.#lastHeard = this.#deps.timers.monotonic()
  }

  // ——— in ———

  #receive(frame: Buffer, isBinary: boolean): void {
    if (!this.#isOpen) return
    this.#heard()
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

  /** R1: what each decoded message may do is for the room to say by level; here are those that there are at all. */
  handle(frame: Uint8Array): void {
    const host = this.#host
    if (!this.#isOpen || host === undefined) return
    const received = readFrame(frame)
    switch (received.kind) {
      case 'step-1':
        if (this.#mayAskAgain()) host.answerStepOne(this, received.stateVector)
        return
      case 'step-2':
      case 'update':
        return host.receiveUpdate(this, received)
      case 'unfit':
        return host.receiveUnfit(this, frame)
      case 'presence':
        return this.#receivePresence(received.entries)
      case 'query-presence':
        return host.answerPresenceQuery(this)
      case 'ask':
        this.#counter = received.counter
        return host.answerMarker(this, received.counter)
      case 'unknown':
        return this.#countUnknown()
    }
  }

  /** R2 */
  #mayAskAgain(): boolean {
    const { stepOnes, stepOnesWithin } = this.#deps.tuning
    const now = this.#deps.timers.monotonic()
    this.#stepOnes.push(now)
    if (this.#stepOnes.length <= stepOnes) return true
    if (now - (this.#stepOnes.shift() ?? now) > stepOnesWithin) return true
    this.close(close.slowDown, 'This page asks for the whole document again and again. It will come back by itself.')
    return false
  }

  #receivePresence(entries: readonly PresenceEntry[]): void {
    const own = entries.filter(({ clientId }) => this.presenceId === undefined || this.presenceId === clientId)
    if (own.length === 0) return
    const isInTime = this.#presences.trySpend(1, this.#deps.timers.monotonic())
    this.#presenceLater = isInTime ? undefined : own
    this.#host?.receivePresence(this, isInTime ? own : [])
  }

  /** The latest of the presence messages that came too fast, once there may be another (A1). */
  retryPresence(): void {
    const entries = this.#presenceLater
    if (entries === undefined || !this.#presences.trySpend(1, this.#deps.timers.monotonic())) return
    this.#presenceLater = undefined
    this.#host?.receivePresence(this, entries)
  }

  get hasPresenceLater(): boolean {
    return this.#presenceLater !== undefined
  }

  #countUnknown(): void {
    this.#unknown++
    if (this.#unknown < this.#deps.tuning.unknownMessages) return
    this.close(close.slowDown, 'This page sends messages that this server does not know. Reload it.')
  }

  // ——— out ———

  /** An update that all get. Who is behind does not get it now, and never gets a later one without it (K1). */
  sendUpdate(frame: Uint8Array, stateBefore: StateBefore): void {
    if (this.#behind !== undefined || !this.#isOpen) return
    const { slowAt, caughtUpAt } = this.#deps.tuning
    if (this.#socket.bufferedAmount < caughtUpAt) this.#largeAnswer = 0
    if (this.#socket.bufferedAmount > slowAt + this.#largeAnswer) this.#fallBehind(stateBefore())
    else this.#send(frame)
  }

  /** An answer for this connection alone. It may be a whole document, and then takes a while. */
  sendAnswer(frame: Uint8Array): void {
    this.#send(frame)
    this.#largeAnswer = Math.max(this.#largeAnswer, frame.byteLength)
  }

  sendPresence(frame: Uint8Array): void {
    if (this.#behind === undefined) this.#send(frame)
  }

  sendSaved(counter: number, seq: number): void {
    const refusal = this.#refusal
    this.#answered = counter
    this.#send(refusal ? refusedFrame(counter, refusal.reason) : savedFrame(counter, seq, this.#deps.now()))
  }

  /** D3: what was asked for last is not saved, though it may still become so. */
  sendNotSaved(reason: string): void {
    if (this.#counter !== undefined) this.#send(refusedFrame(this.#counter, reason))
  }

  #send(frame: Uint8Array): void {
    if (!this.#isOpen) return
    this.#lastSent = this.#deps.timers.monotonic()
    this.#socket.send(frame, { binary: true, compress: false })
  }

  /**
   * Takes no part in what this connection sent. Our own client learns it with its next marker; a stock client, which
   * sends none, is closed, or it would believe for ever that all is well.
   */
  refuse(reason: string, code: CloseCode = close.noAccess): void {
    this.#refusal ??= { reason, code }
    if (this.speaksMarkers) return
    this.#after(this.#deps.tuning.markerGrace, () => {
      if (!this.speaksMarkers) this.close(code, reason)
    })
  }

  /** Z1: too large to be tried again; our own client hears it as a marker too. */
  refuseForGood(code: CloseCode, reason: string): void {
    this.#refusal ??= { reason, code }
    this.sendNotSaved(reason)
    this.close(code, reason)
  }

  #fallBehind(stateVector: Uint8Array): void {
    this.#behind = { stateVector, since: this.#deps.timers.monotonic() }
    this.#watchBuffer()
  }

  #watchBuffer(): void {
    this.#after(this.#deps.tuning.slowCheck, () => {
      const { caughtUpAt, tooSlowAt, tooSlowAfter } = this.#deps.tuning
      const behind = this.#behind
      if (behind === undefined) return
      const buffered = this.#socket.bufferedAmount
      if (buffered < caughtUpAt) return this.#host?.catchUp(this, behind.stateVector)
      const isTooLate = this.#deps.timers.monotonic() - behind.since > tooSlowAfter
      if (isTooLate || buffered > tooSlowAt + this.#largeAnswer) {
        return this.close(close.tooSlow, 'The network is too slow for what happens here. It will be tried again.')
      }
      this.#watchBuffer()
    })
  }

  /** K1: one diff from where it fell behind, and from then on all that all get. */
  sendMissed(frame: Uint8Array): void {
    this.#behind = undefined
    this.#largeAnswer = 0
    this.sendAnswer(frame)
  }

  /** T3: says something before a stock client takes silence for a lost connection, and finds out who is gone. */
  beat(): void {
    const { silence, deadAfter } = this.#deps.tuning
    const now = this.#deps.timers.monotonic()
    if (this.#pauses.size === 0 && now - this.#lastHeard > deadAfter) return this.#socket.terminate()
    if (now - this.#lastSent >= silence && this.#behind === undefined) this.#send(emptyPresence)
    if (this.#isOpen) this.#socket.ping()
  }

  // ——— the end ———

  /** Ends it with a code and a sentence for people. The room is left at once; nothing more is read. */
  close(code: CloseCode, reason: string): void {
    if (!this.#isOpen) return
    this.#end()
    this.#socket.resume()
    this.#socket.close(code, shortened(reason))
  }

  terminate(): void {
    this.#end()
    this.#socket.terminate()
  }

  #closed(): void {
    if (this.#isOpen) this.#end()
  }

  #end(): void {
    this.#isOpen = false
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
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

/** A close reason has at most 123 bytes. */
export function shortened(reason: string): string {
  const bytes = Buffer.from(reason)
  if (bytes.byteLength <= 123) return reason
  return `${bytes.subarray(0, 119).toString().replace(/\ufffd+$/, '')}…`
}
