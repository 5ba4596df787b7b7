import type { Cancel, Timers } from '../../server/sync/timers.ts'

interface Due {
  at: number
  readonly every: number | undefined
  readonly run: () => void
}

/** Time that passes when it is told to. What is to happen soon still does by itself, as networks and disks do. */
export class ManualTimers implements Timers {
  #now = 0
  readonly #due = new Set<Due>()

  /** How many timers wait. */
  get size(): number {
    return this.#due.size
  }

  monotonic(): number {
    return this.#now
  }

  after(milliseconds: number, run: () => void): Cancel {
    return this.#wait({ at: this.#now + milliseconds, every: undefined, run })
  }

  every(milliseconds: number, run: () => void): Cancel {
    return this.#wait({ at: this.#now + milliseconds, every: milliseconds, run })
  }

  soon(run: () => void): Cancel {
    const immediate = setImmediate(run)
    return () => clearImmediate(immediate)
  }

  /** Lets so many milliseconds pass: all that falls due in them runs in its order. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.at)
      if (next.every === undefined) this.#due.delete(next)
      else next.at += next.every
      next.run()
    }
    this.#now = end
  }

  #next(end: number): Due | undefined {
    let first: Due | undefined
    for (const due of this.#due) if (due.at <= end && (first === undefined || due.at < first.at)) first = due
    return first
  }

  #wait(due: Due): Cancel {
    this.#due.add(due)
    return () => this.#due.delete(due)
  }
}
