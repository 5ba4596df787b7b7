/** An allowance that refills with time. It may be overdrawn: whoever spends late waits longer, and nothing is lost (Z2). */
export class Budget {
  readonly #perSecond: number
  readonly #most: number
  #left: number
  #at: number

  constructor({ perSecond, most, now }: { perSecond: number; most: number; now: number }) {
    this.#perSecond = perSecond
    this.#most = most
    this.#left = most
    this.#at = now
  }

  /** Takes `amount` and answers how many milliseconds to wait until nothing is owed. */
  spend(amount: number, now: number): number {
    this.#refill(now)
    this.#left -= amount
    return this.#left >= 0 ? 0 : Math.ceil((-this.#left / this.#perSecond) * 1000)
  }

  /** Takes `amount` only where there is that much. */
  trySpend(amount: number, now: number): boolean {
    this.#refill(now)
    if (this.#left < amount) return false
    this.#left -= amount
    return true
  }

  #refill(now: number): void {
    this.#left = Math.min(this.#most, this.#left + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
  }
}
