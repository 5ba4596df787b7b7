/** Ends a timer that has not run yet; harmless afterwards. */
export type Cancel = () => void

/** Time as the engine measures it: an argument, so that tests can hold it still. */
export interface Timers {
  /** Milliseconds since some moment; only ever goes on. */
  monotonic(): number
  after(milliseconds: number, run: () => void): Cancel
  every(milliseconds: number, run: () => void): Cancel
  /** Once what has arrived by now is dealt with. */
  soon(run: () => void): Cancel
}

export const realTimers: Timers = {
  monotonic: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
  every(milliseconds, run) {
    const timer = setInterval(run, milliseconds)
    return () => clearInterval(timer)
  },
  soon(run) {
    const immediate = setImmediate(run)
    return () => clearImmediate(immediate)
  },
}
