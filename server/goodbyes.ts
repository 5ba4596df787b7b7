import { AppError } from '#shared/errors.ts'

/** How many are told to leave at once, and how the groups are spread over time (W2). Times in milliseconds. */
export interface Pace {
  readonly batch: number
  /** From one group to the next; less where there are so many groups that they would take longer than `atMost`. */
  readonly pause: number
  readonly atMost: number
}

/** W2: all are gone within 12 s, which leaves a stop of 25 s the time for what else it has to do. */
export const usualPace: Pace = { batch: 20, pause: 500, atMost: 12_000 }

/** The answer to whoever comes while those who are here are sent away. */
export const aboutToRestart = (): AppError =>
  new AppError('unavailable', 'The server is about to restart. Try again in a moment.')

/**
 * Says goodbye to many in groups made by chance, so that not all of them come back to the next server in the same moment. One
 * group's worth goes at once; whoever is gone by the time of their group is `say`'s to pass over.
 */
export async function sayGoodbyes<T>(
  everyone: Iterable<T>,
  say: (group: readonly T[]) => Promise<void> | void,
  { batch, pause, atMost }: Pace,
  after: (milliseconds: number, run: () => void) => unknown = (wait, run) => setTimeout(run, wait),
): Promise<void> {
  const left = shuffled([...everyone])
  const pauses = Math.ceil(left.length / batch) - 1
  const wait = pauses > 0 ? Math.min(pause, atMost / pauses) : 0
  while (left.length > 0) {
    await say(left.splice(0, batch))
    if (left.length > 0) await new Promise<void>((resolve) => after(wait, resolve))
  }
}

function shuffled<T>(items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const other = Math.floor(Math.random() * (i + 1))
    const held = items[i] as T
    items[i] = items[other] as T
    items[other] = held
  }
  return items
}
