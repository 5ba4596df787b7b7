import { AppError } from '#shared/errors.ts'
import type { Connection } from './connection.ts'
import { framesOf, HttpWire } from './http-wire.ts'

interface Held {
  readonly wire: HttpWire
  readonly sessionId: string | undefined
  connection?: Connection
  /** Bodies in the order in which they came. */
  receiving: Promise<void>
  /** How many of them wait. */
  waiting: number
}

/** Our client posts one body after the other. Whoever posts more at once fills our memory with what is not dealt with yet. */
const mostWaiting = 4

/** The wires over HTTP that are open, by their secrets. */
export class HttpWires {
  readonly #held = new Map<string, Held>()

  open(sessionId: string | undefined): HttpWire {
    const wire = new HttpWire()
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
    const held = this.#held.get(secret)
    if (held === undefined || sessionId === undefined || held.sessionId !== sessionId)
      throw new AppError('gone', 'This connection has ended. Open another one.')
    if (held.waiting >= mostWaiting)
      throw new AppError('too-many', 'Too much at once: wait until what was sent before is answered.')
    return (body) => receive(held, body)
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
