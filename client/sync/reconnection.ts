/** W1: when to try again, so that a room of people does not come back in the same instant. Milliseconds. */
const first = { least: 300, most: 5_000 }
const longest = 30_000

/** The wait before retry number `attempt` (0 is the first after a loss); `random` is uniform in [0, 1). */
export function retryDelay(attempt: number, random: () => number): number {
  if (attempt <= 0) return between(first.least, first.most, random)
  const ceiling = Math.min(longest, first.most * 2 ** attempt)
  return between(first.least, ceiling, random)
}

/** The wait after the network or the tab came back: within a second, spread. */
export const wakeDelay = (random: () => number): number => between(0, 1_000, random)

/** The wait after a close that concerns one person alone, such as a changed level: nobody else comes at that moment. */
export const promptDelay = (random: () => number): number => between(50, 400, random)

const between = (least: number, most: number, random: () => number): number =>
  least + Math.floor(random() * (most - least))
