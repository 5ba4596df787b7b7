import type { Connection } from './connection.ts'
import type { PresenceEntry } from './frames.ts'
import { PresenceTable } from './presence.ts'
import type { Cancel, Timers } from './timers.ts'
import type { Tuning } from './tuning.ts'

/** Tells everyone in a room who else is there, with a tick of its own (T3). */
export class PresenceBoard {
  readonly #connections: ReadonlySet<Connection>
  readonly #timers: Timers
  readonly #tuning: Tuning
  readonly #table: PresenceTable
  #tick: Cancel | undefined

  constructor(connections: ReadonlySet<Connection>, { timers, tuning }: { timers: Timers; tuning: Tuning }) {
    this.#connections = connections
    this.#timers = timers
    this.#tuning = tuning
    this.#table = new PresenceTable({ clockStep: tuning.presenceClockStep })
  }

  receive(connection: Connection, entries: readonly PresenceEntry[]): void {
    this.#table.receive(connection, entries)
    this.#schedule()
  }

  leave(connection: Connection): void {
    this.#table.leave(connection)
    this.#schedule()
  }

  /** Everyone, for someone who comes, asks, or could not be told for a while. */
  tell(connection: Connection): void {
    connection.sendPresence(this.#table.everyone())
  }

  #schedule(): void {
    if (this.#tick !== undefined || !this.#hasNews()) return
    this.#tick = this.#timers.after(this.#tuning.presenceTick, () => {
      this.#tick = undefined
      this.#send()
    })
  }

  #hasNews(): boolean {
    return this.#table.hasChanged || [...this.#connections].some((connection) => connection.hasPresenceLater)
  }

  #send(): void {
    for (const connection of this.#connections) connection.retryPresence()
    if (this.#table.hasChanged) {
      const frame = this.#table.takeChanges()
      for (const connection of this.#connections) connection.sendPresence(frame)
    }
    this.#schedule()
  }

  close(): void {
    this.#tick?.()
  }
}
