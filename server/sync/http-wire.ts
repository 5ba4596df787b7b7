import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { Wire } from './wire.ts'

/*
 * A wire over HTTP, for networks that block WebSockets:
 *
 *   GET  /sync/<document>/stream?schema=&epoch=   a stream of events:
 *     event: wire    {"secret"}                   once, and then everything is as on a socket
 *     data: <base64>                              a frame
 *     event: ping                                 asks for a sign of life
 *     event: close   {"code", "reason"}           the last one
 *   POST /sync/<document>/stream/<secret>         frames, each with its length before it in four bytes; answered once all
 *                                                 that they brought is committed. An empty body is a sign of life.
 */

/** More than this waits in the operating system, unseen: what we count begins behind it. */
const streamBuffer = 16 * 1024

export class HttpWire extends EventEmitter implements Wire {
  /** Known to its client alone, so that nobody else can speak on it. */
  readonly secret = randomBytes(32).toString('base64url')
  readonly stream: ReadableStream<Uint8Array>
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #isPaused = false
  #isClosed = false
  #resumed: (() => void)[] = []

  constructor() {
    super()
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
        },
        // The client went away.
        cancel: () => this.#closed(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: streamBuffer }),
    )
    this.#write(`event: wire\ndata: ${JSON.stringify({ secret: this.secret })}\n\n`)
  }

  get bufferedAmount(): number {
    const room = this.#controller?.desiredSize ?? streamBuffer
    return Math.max(0, streamBuffer - room)
  }

  send(frame: Uint8Array): void {
    this.#write(
      `data: ${Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('base64')}\n\n`,
    )
  }

  /** Also keeps proxies from ending the stream. A client of its own accord would be late: hidden pages have slow clocks. */
  ping(): void {
    this.#write('event: ping\ndata: 1\n\n')
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
    this.#write(`event: close\ndata: ${JSON.stringify({ code, reason })}\n\n`)
    this.terminate()
  }

  terminate(): void {
    if (this.#isClosed) return
    try {
      this.#controller?.close()
    } catch {
      // Its client went away in the same moment.
    }
    this.#closed()
  }

  #write(text: string): void {
    if (this.#isClosed) return
    try {
      this.#controller?.enqueue(Buffer.from(text))
    } catch {
      this.#closed()
    }
  }

  #closed(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.resume()
    this.emit('close')
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
