import { AppError } from '#shared/errors.ts'
import type { Connection } from './connection.ts'
import { HttpWire } from './http-wire.ts'

interface Held {
  readonly wire: HttpWire
  readonly sessionId: string | undefined
  connection?: Connection
  /** Bodies in the order in which they came. */
  receiving: Promise<void>
}

/** The wires over HTTP that are open, by their secrets. */
export class HttpWires {
  readonly #held = new Map<string, Held>()

  open(sessionId: string | undefined): HttpWire {
    const wire = new HttpWire()
    this.#held.set(wire.secret, { wire, sessionId, receiving: Promise.resolve() })
    wire.once('close', () => this.#held.delete(wire.secret))
    return wire
  }

  attach(wire: HttpWire, connection: Connection): void {
    const held = this.#held.get(wire.secret)
    if (held !== undefined) held.connection = connection
  }

  /** Hands frames on, and waits until what they brought is committed. A secret is good for its own sign-in alone. */
  async receive(secret: string, sessionId: string | undefined, frames: readonly Buffer[]): Promise<void> {
    const held = this.#held.get(secret)
    if (held === undefined || sessionId === undefined || held.sessionId !== sessionId)
      throw new AppError('gone', 'This connection has ended. Open another one.')
    held.receiving = held.receiving.then(() => held.wire.receive(frames))
    await held.receiving
    if (frames.length > 0) await held.connection?.whenCommitted()
  }
}
