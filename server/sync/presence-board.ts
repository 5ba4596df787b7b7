import type { Connection } from './connection.ts'
import type { PresenceEntry } from './frames.ts'
import { Messages } from './messages.ts'
import { type News, PresenceTable } from './presence.ts'
import type { Cancel, Timers } from './timers.ts'
import type { Tuning } from './tuning.ts'

/**
 * Tells everyone in a room who else is there, with a tick of its own (T3). In a crowd the list of people is told once a second,
 * and with the tick only where those are who edit (T4): with a hundred people each joining, leaving or looking around, telling
 * each of each at once would cost more than what they write. That somebody is still where they were waits for the
 * server's heartbeat: clients forget those of whom they hear nothing for half a minute.
 */
export class PresenceBoard {
  readonly #connections: ReadonlySet<Connection>
  readonly #timers: Timers
  readonly #tuning: Tuning
  readonly #table: PresenceTable
  #lastTold = Number.NEGATIVE_INFINITY
  #tick: Cancel | undefined
  #listTick: Cancel | undefined

  constructor(connections: ReadonlySet<Connection>, { timers, tuning }: { timers: Timers; tuning: Tuning }) {
    this.#connections = connections
    this.#timers = timers
    this.#tuning = tuning
    this.#table = new PresenceTable({ clockStep: tuning.presenceClockStep, crowd: tuning.crowd })
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
    connection.sendPresence(new Messages([this.#table.everyone()]))
  }

  get #isCrowd(): boolean {
    return this.#table.size > this.#tuning.crowd
  }

  /** What does not wait longer than a tick. */
  get #soon(): readonly News[] {
    return this.#isCrowd ? ['cursor'] : ['list', 'cursor']
  }

  #schedule(): void {
    if (this.#tick === undefined && this.#hasNews()) {
      this.#tick = this.#timers.after(this.#tuning.presenceTick, () => {
        this.#tick = undefined
        this.#send()
      })
    }
    if (this.#listTick === undefined && this.#isCrowd && this.#table.hasChanged('list')) {
      this.#listTick = this.#timers.after(this.#tuning.crowdTick, () => {
        this.#listTick = undefined
        this.#tell()
        this.#schedule()
      })
    }
  }

  #hasNews(): boolean {
    const hasChanged = this.#table.hasChanged(...this.#soon)
    return hasChanged || [...this.#connections].some((connection) => connection.hasPresenceLater)
  }

  #send(): void {
    for (const connection of this.#connections) connection.retryPresence()
    if (this.#table.hasChanged(...this.#soon)) {
      this.#lastTold = this.#timers.monotonic()
      this.#tell(...this.#soon)
    }
    this.#schedule()
  }

  /**
   * What is new, when it is about to be told: it may go with what is sent to everyone at this moment, and costs nothing then.
   * Whoever takes it sends it to all.
   */
  takeDue(): Uint8Array | undefined {
    const now = this.#timers.monotonic()
    if (this.#tick === undefined || now - this.#lastTold < this.#tuning.presenceTick * almost)
      return undefined
    if (!this.#table.hasChanged(...this.#soon)) return undefined
    this.#tick()
    this.#tick = undefined
    this.#lastTold = now
    const frame = this.#table.takeChanges(...this.#soon)
    this.#schedule()
    return frame
  }

  /** The server's heartbeat. */
  beat(): void {
    if (this.#table.hasChanged('renewal')) this.#tell('renewal')
  }

  #tell(...which: readonly News[]): void {
    const presence = new Messages([this.#table.takeChanges(...which)])
    for (const connection of this.#connections) connection.sendPresence(presence)
  }

  close(): void {
    this.#tick?.()
    this.#listTick?.()
  }
}

/** So much of the time between two tellings has to be over before something is told with an update. */
const almost = 0.75
