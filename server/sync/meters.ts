/** Why a frame was not taken, as the metrics name it. */
export type RefusedBecause =
  | 'malformed'
  /** Written under a client id of someone else. */
  | 'foreign'
  /** Stands on something that nobody has. */
  | 'unfounded'
  | 'too-large'
  /** By someone who may not edit. */
  | 'not-allowed'
  /** Storage does not take it at the moment. */
  | 'not-saving'
  | 'unknown'
  /** Asked for the whole document again and again. */
  | 'too-often'

const keptTicks = 1000

/** What the live engine counts of itself since the process started, for the metrics. */
export class Meters {
  readonly #refused = new Map<RefusedBecause, number>()
  readonly #ticks: number[] = []
  #bytesIn = 0
  #bytesOut = 0
  #damagedRows = 0

  refuse(because: RefusedBecause): void {
    this.#refused.set(because, (this.#refused.get(because) ?? 0) + 1)
  }

  received(bytes: number): void {
    this.#bytesIn += bytes
  }

  sent(bytes: number): void {
    this.#bytesOut += bytes
  }

  /** From the first edit of a batch until everyone has been sent it, in milliseconds. */
  tick(took: number): void {
    this.#ticks.push(took)
    if (this.#ticks.length > keptTicks) this.#ticks.shift()
  }

  damaged(rows: number): void {
    this.#damagedRows += rows
  }

  get refused(): ReadonlyMap<string, number> {
    return this.#refused
  }

  get ticks(): readonly number[] {
    return this.#ticks
  }

  get bytesIn(): number {
    return this.#bytesIn
  }

  get bytesOut(): number {
    return this.#bytesOut
  }

  get damagedRows(): number {
    return this.#damagedRows
  }
}
