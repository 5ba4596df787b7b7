import { emptyPresence } from './frames.ts'
import { Messages } from './messages.ts'
import type { Meters } from './meters.ts'
import type { Cancel, Timers } from './timers.ts'
import type { Tuning } from './tuning.ts'
import type { Wire } from './wire.ts'

/** What everyone who is behind has; the room works it out once for all of them. */
export type StateBefore = () => Uint8Array

export interface OutboxDeps {
  readonly timers: Timers
  readonly tuning: Tuning
  readonly meters: Meters
  /** The way is free again for all that came after `stateVector`. */
  readonly caughtUp: (stateVector: Uint8Array) => void
  readonly tooSlow: () => void
}

/**
 * What goes out to one socket, and whether it is taken (K1). When much of it waits, no more updates are sent: not one is
 * left out and the next one sent. The outbox remembers what its peer has, and when the way is free again it gets one diff
 * from there on. A peer that never gets so far is told to come back later.
 */
export class Outbox {
  readonly #socket: Wire
  readonly #deps: OutboxDeps
  #lastSent: number
  /** A whole document may take a while; it alone makes nobody slow. */
  #largeAnswer = 0
  #behind: { readonly stateVector: Uint8Array; readonly since: number } | undefined
  #watch: Cancel | undefined

  constructor(socket: Wire, deps: OutboxDeps) {
    this.#socket = socket
    this.#deps = deps
    this.#lastSent = deps.timers.monotonic()
  }

  send(frame: Uint8Array): void {
    this.#lastSent = this.#deps.timers.monotonic()
    this.#deps.meters.sent(frame.byteLength)
    this.#socket.send(frame, { binary: true, compress: false })
  }

  /** For everyone in the room; not for whoever is behind. */
  sendToAll(messages: Messages, stateBefore: StateBefore): void {
    if (this.#behind !== undefined) return
    const { slowAt, caughtUpAt } = this.#deps.tuning
    if (this.#socket.bufferedAmount < caughtUpAt) this.#largeAnswer = 0
    if (this.#socket.bufferedAmount > slowAt + this.#largeAnswer) this.#fallBehind(stateBefore())
    else this.#sendAll(messages)
  }

  #sendAll(messages: Messages): void {
    this.#lastSent = this.#deps.timers.monotonic()
    this.#deps.meters.sent(messages.byteLength)
    messages.sendOn(this.#socket)
  }

  sendAnswer(frame: Uint8Array): void {
    this.send(frame)
    this.#largeAnswer = Math.max(this.#largeAnswer, frame.byteLength)
  }

  /** Who is behind has no use for where others are by now. */
  sendPresence(presence: Messages): void {
    if (this.#behind === undefined) this.#sendAll(presence)
  }

  /** The one diff, after which it gets again what all get. */
  sendMissed(frame: Uint8Array): void {
    this.#behind = undefined
    this.#largeAnswer = 0
    this.sendAnswer(frame)
  }

  #fallBehind(stateVector: Uint8Array): void {
    this.#behind = { stateVector, since: this.#deps.timers.monotonic() }
    this.#check()
  }

  #check(): void {
    this.#watch = this.#deps.timers.after(this.#deps.tuning.slowCheck, () => {
      const behind = this.#behind
      if (behind === undefined) return
      if (this.#socket.bufferedAmount < this.#deps.tuning.caughtUpAt) this.#deps.caughtUp(behind.stateVector)
      else if (this.#isTooSlow(behind.since)) this.#deps.tooSlow()
      else this.#check()
    })
  }

  #isTooSlow(since: number): boolean {
    const { tooSlowAt, tooSlowAfter } = this.#deps.tuning
    const isTooLate = this.#deps.timers.monotonic() - since > tooSlowAfter
    return isTooLate || this.#socket.bufferedAmount > tooSlowAt + this.#largeAnswer
  }

  /** T3: stock clients take silence for a lost connection. */
  breakSilence(): void {
    const silence = this.#deps.timers.monotonic() - this.#lastSent
    if (silence >= this.#deps.tuning.silence) this.sendPresence(nobodyMoved)
  }

  close(): void {
    this.#watch?.()
  }
}

const nobodyMoved = new Messages([emptyPresence])
