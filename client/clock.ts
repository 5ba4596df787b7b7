import { type Accessor, createSignal, onCleanup } from 'solid-js'

let offset = 0

/** The product's time: the server's, which in the demo is not the wall's. */
export const now = (): number => Date.now() + offset

/** Called once with what the server said its time is ahead of this device's. */
export function setClockOffset(milliseconds: number): void {
  offset = milliseconds
}

/** The time for what is said on the page, such as "2 minutes ago"; moves on every half minute. */
export function createNow(): Accessor<number> {
  const [time, setTime] = createSignal(now())
  const timer = setInterval(() => setTime(now()), 30_000)
  onCleanup(() => clearInterval(timer))
  return time
}
