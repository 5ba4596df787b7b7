import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { Carried, Carrier } from './carrier.ts'
import type { Wire } from './wire.ts'

/*
 * Wires over HTTP, for networks that block WebSockets. A browser opens six connections to a server and no more, so one stream
 * carries what comes on the wires of all its tabs; each says what is for which wire, by the name that its client gave it.
 *
 *   GET    /sync/stream                             a stream of events:
 *     event: carrier  {"secret"}                    once
 *     event: frame    <name> <base64>               a frame
 *     event: ping     <name>                        asks for a sign of life
 *     event: close    <name> {"code", "reason"}     the last one of a wire
 *   POST   /sync/<document>/stream?schema=&epoch=   {"carrier", "name"}: a wire on that stream. Answers {"secret"}, and then
 *                                                   everything is as on a socket; or {"code", "reason"} as a socket is closed with.
 *   POST   /sync/<document>/stream/<secret>         frames, each with its length before it in four bytes; answered once all
 *                                                   that they brought is committed. An empty body is a sign of life.
 *   DELETE /sync/<document>/stream/<secret>         ends the wire.
 */

export class HttpWire extends EventEmitter implements Wire, Carried {
  /** Known to its client alone, so that nobody else can speak on it. */
  readonly secret = randomBytes(32).toString('base64url')
  readonly #carrier: Carrier
  readonly #name: string
  #isPaused = false
  #isClosed = false
  #resumed: (() => void)[] = []

  constructor(carrier: Carrier, name: string) {
    super()
    this.#carrier = carrier
    this.#name = name
  }

  /** Of the carrier: what waits there waits for every wire on it. */
  get bufferedAmount(): number {
    return this.#carrier.bufferedAmount
  }

  send(frame: Uint8Array): void {
    const base64 = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('base64')
    this.#write('frame', ` ${base64}`)
  }

  /** Also keeps proxies from ending the stream. A client of its own accord would be late: hidden pages have slow clocks. */
  ping(): void {
    this.#write('ping', '')
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    for (const go of this.#resumed.splice(0)) go()
  }

  /** Frames of a posted body, one after the other; waits while nothing is to be read (Z2), as a socket's client would. */
  async receive(frames: readonly Buffer[]): Promise<void> {
    this.emit('pong')
    for (const frame of frames) {
      while (this.#isPaused && !this.#isClosed) await new Promise<void>((go) => this.#resumed.push(go))
      if (this.#isClosed) return
      this.emit('message', frame, true)
    }
  }

  close(code: number, reason: string): void {
    this.#write('close', ` ${JSON.stringify({ code, reason })}`)
    this.terminate()
  }

  terminate(): void {
    this.#carrier.remove(this.#name)
    this.ended()
  }

  ended(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.resume()
    this.emit('close')
  }

  #write(event: string, data: string): void {
    if (!this.#isClosed) this.#carrier.write(event, this.#name + data)
  }
}

/** More than anybody sends in one moment; each costs more here than the few bytes that it may have. */
const mostFrames = 2_000

/** Takes a posted body apart; undefined when it is not whole, or holds too many frames. */
export function framesOf(body: Uint8Array): readonly Buffer[] | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const frames: Buffer[] = []
  for (let at = 0; at < bytes.byteLength; ) {
    if (at + 4 > bytes.byteLength || frames.length === mostFrames) return undefined
    const end = at + 4 + bytes.readUInt32BE(at)
    if (end > bytes.byteLength) return undefined
    frames.push(bytes.subarray(at + 4, end))
    at = end
  }
  return frames
}
