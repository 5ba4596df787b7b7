/** Millions of delays, in tenths of a millisecond. */
export class Histogram {
  readonly #counts = new Uint32Array(1_000_000)
  #total = 0

  add(milliseconds: number): void {
    const bucket = Math.min(this.#counts.length - 1, Math.max(0, Math.round(milliseconds * 10)))
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1
    this.#total++
  }

  get total(): number {
    return this.#total
  }

  percentile(share: number): number {
    let left = this.#total * share
    for (const [bucket, count] of this.#counts.entries()) {
      left -= count
      if (left <= 0) return bucket / 10
    }
    return Number.POSITIVE_INFINITY
  }
}
