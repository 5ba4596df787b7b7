import { AppError } from '#shared/errors.ts'
import { Carrier } from './carrier.ts'
import type { Connection } from './connection.ts'
import { framesOf, HttpWire } from './http-wire.ts'

interface Held {
  readonly wire: HttpWire
  readonly sessionId: string
  connection?: Connection
  /** Bodies in the order in which they came. */
  receiving: Promise<void>
  /** How many of them wait. */
  waiting: number
}

/** Our client posts one body after the other. Whoever posts more at once fills our memory with what is not dealt with yet. */
const mostWaiting = 4

/** A browser needs one, and another while it goes from one to the next; one without locks, one for each tab. */
const mostCarriers = 20

/** The streams and the wires over HTTP that are open, by their secrets. */
export class HttpWires {
  readonly #carriers = new Map<string, Carrier>()
  readonly #held = new Map<string, Held>()
  /** Those that carried nothing when they were looked at last. */
  #empty = new Set<Carrier>()

  /** A stream for whoever is signed in so. */
  openCarrier(sessionId: string): Carrier {
    const ofSession = [...this.#carriers.values()].filter((carrier) => carrier.sessionId === sessionId)
    // The oldest is the one that its browser is most likely to have forgotten.
    if (ofSession.length >= mostCarriers) ofSession[0]?.end()
    const carrier: Carrier = new Carrier(sessionId, () => this.#carriers.delete(carrier.secret))
    this.#carriers.set(carrier.secret, carrier)
    return carrier
  }

  /** A wire on a stream; throws where the stream is over or someone else's, and where the name is taken. */
  open(sessionId: string, on: { readonly carrier: string; readonly name: string }): HttpWire {
    const carrier = this.#carriers.get(on.carrier)
    if (carrier === undefined || carrier.sessionId !== sessionId)
      throw new AppError('gone', 'This stream has ended. Open another one.')
    const wire = new HttpWire(carrier, on.name)
    if (!carrier.add(on.name, wire)) throw new AppError('conflict', 'There is a wire of this name already.')
    this.#held.set(wire.secret, { wire, sessionId, receiving: Promise.resolve(), waiting: 0 })
    wire.once('close', () => this.#held.delete(wire.secret))
    return wire
  }

  attach(wire: HttpWire, connection: Connection): void {
    const held = this.#held.get(wire.secret)
    if (held !== undefined) held.connection = connection
  }

  /**
   * What takes in a body for this wire: hands its frames on, and resolves once what they brought is committed. A secret is good
   * for its own sign-in alone; throws where it is not, and where too much waits already.
   */
  receiver(secret: string, sessionId: string | undefined): (body: Promise<ArrayBuffer>) => Promise<void> {
    const held = this.#of(secret, sessionId)
    if (held.waiting >= mostWaiting)
      throw new AppError('too-many', 'Too much at once: wait until what was sent before is answered.')
    return (body) => receive(held, body)
  }

  /** Ends a wire once what it has brought is dealt with. */
  async end(secret: string, sessionId: string | undefined): Promise<void> {
    const { wire, receiving } = this.#of(secret, sessionId)
    await receiving
    wire.terminate()
  }

  #of(secret: string, sessionId: string | undefined): Held {
    const held = this.#held.get(secret)
    if (held !== undefined && held.sessionId === sessionId) return held
    throw new AppError('gone', 'This connection has ended. Open another one.')
  }

  /** Ends the streams that have carried nothing since the last time. */
  sweep(): void {
    const empty = [...this.#carriers.values()].filter((carrier) => carrier.isEmpty)
    for (const carrier of empty) if (this.#empty.has(carrier)) carrier.end()
    this.#empty = new Set(empty.filter((carrier) => !carrier.isOver))
  }

  close(): void {
    for (const carrier of [...this.#carriers.values()]) carrier.end()
  }
}

async function receive(held: Held, body: Promise<ArrayBuffer>): Promise<void> {
  held.waiting++
  try {
    const frames = framesOf(new Uint8Array(await body))
    if (frames === undefined)
      throw new AppError('invalid', 'The body is not whole, or holds too many messages.')
    held.receiving = held.receiving.then(() => held.wire.receive(frames))
    await held.receiving
    if (frames.length > 0) await held.connection?.whenCommitted()
  } finally {
    held.waiting--
  }
}
