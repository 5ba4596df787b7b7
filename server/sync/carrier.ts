import { randomBytes } from 'node:crypto'

/** More than this waits in the operating system, unseen: what we count begins behind it. */
const streamBuffer = 16 * 1024

/** What a carrier tells one of the wires on it. */
export interface Carried {
  /** The stream is over. */
  ended(): void
}

/** A stream of events to one browser, for the wires of all its tabs. */
export class Carrier {
  /** Known to its browser alone, so that nobody else can put a wire on it. */
  readonly secret = randomBytes(32).toString('base64url')
  readonly sessionId: string
  readonly stream: ReadableStream<Uint8Array>
  readonly #wires = new Map<string, Carried>()
  readonly #onEnd: () => void
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #isOver = false

  constructor(sessionId: string, onEnd: () => void) {
    this.sessionId = sessionId
    this.#onEnd = onEnd
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
        },
        // The client went away.
        cancel: () => this.#ended(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: streamBuffer }),
    )
    this.write('carrier', JSON.stringify({ secret: this.secret }))
  }

  get isOver(): boolean {
    return this.#isOver
  }

  get isEmpty(): boolean {
    return this.#wires.size === 0
  }

  get bufferedAmount(): number {
    const room = this.#controller?.desiredSize ?? streamBuffer
    return Math.max(0, streamBuffer - room)
  }

  /** False where a wire of this name is there already. */
  add(name: string, wire: Carried): boolean {
    if (this.#isOver || this.#wires.has(name)) return false
    this.#wires.set(name, wire)
    return true
  }

  remove(name: string): void {
    this.#wires.delete(name)
  }

  write(event: string, data: string): void {
    if (this.#isOver) return
    try {
      this.#controller?.enqueue(Buffer.from(`event: ${event}\ndata: ${data}\n\n`))
    } catch {
      this.#ended()
    }
  }

  end(): void {
    if (this.#isOver) return
    try {
      this.#controller?.close()
    } catch {
      // Its client went away in the same moment.
    }
    this.#ended()
  }

  #ended(): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const wire of [...this.#wires.values()]) wire.ended()
    this.#wires.clear()
    this.#onEnd()
  }
}
