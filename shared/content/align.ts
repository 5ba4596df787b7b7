/** A place where two sequences stand beside each other; what only one of them has stands alone. */
export type Aligned<T> =
  | { readonly before: T; readonly after: T }
  | { readonly before: T; readonly after?: undefined }
  | { readonly before?: undefined; readonly after: T }

/** How much two elements are alike: 1 when nothing differs, 0 when one cannot stand for the other. */
export type Likeness<T> = (before: T, after: T) => number

/** Beyond this many comparisons (16 MB of scores) what differs is taken as replaced whole. */
const mostComparisons = 4_000_000

/**
 * Two sequences side by side, each in its own order, so that as much as possible stands beside what is like it. What was
 * taken away stands before what came in its place.
 */
export function align<T>(
  before: readonly T[],
  after: readonly T[],
  likeness: Likeness<T>,
): readonly Aligned<T>[] {
  const most = Math.min(before.length, after.length)
  const isSame = (a: number, b: number) => likeness(before[a] as T, after[b] as T) === 1
  let head = 0
  while (head < most && isSame(head, head)) head++
  let tail = 0
  while (tail < most - head && isSame(before.length - tail - 1, after.length - tail - 1)) tail++
  const ends = { before: before.length - tail, after: after.length - tail }
  return [
    ...paired(before.slice(0, head), after),
    ...alignMiddle(before.slice(head, ends.before), after.slice(head, ends.after), likeness),
    ...paired(before.slice(ends.before), after.slice(ends.after)),
  ]
}

const paired = <T>(before: readonly T[], after: readonly T[]): Aligned<T>[] =>
  before.map((element, index) => ({ before: element, after: after[index] as T }))

const alone = <T>(before: readonly T[], after: readonly T[]): Aligned<T>[] => [
  ...before.map((element) => ({ before: element })),
  ...after.map((element) => ({ after: element })),
]

function alignMiddle<T>(before: readonly T[], after: readonly T[], likeness: Likeness<T>): Aligned<T>[] {
  if (before.length * after.length === 0 || before.length * after.length > mostComparisons)
    return alone(before, after)
  const scores = scoresOf(before, after, likeness)
  const aligned: Aligned<T>[] = []
  let [b, a] = [0, 0]
  while (b < before.length && a < after.length) {
    const step = scores.stepAt(b, a)
    if (step === 'pair') aligned.push({ before: before[b] as T, after: after[a] as T })
    else if (step === 'before') aligned.push({ before: before[b] as T })
    else aligned.push({ after: after[a] as T })
    if (step !== 'after') b++
    if (step !== 'before') a++
  }
  return [...aligned, ...alone(before.slice(b), after.slice(a))]
}

interface Scores {
  /** What stands at this place of the best alignment of what begins here. */
  stepAt(before: number, after: number): 'pair' | 'before' | 'after'
}

/** The most likeness that what begins at each pair of places can have: the table of the longest common subsequence, weighted. */
function scoresOf<T>(before: readonly T[], after: readonly T[], likeness: Likeness<T>): Scores {
  const width = after.length + 1
  const best = new Float32Array((before.length + 1) * width)
  const steps = new Uint8Array(before.length * width)
  for (let b = before.length - 1; b >= 0; b--) {
    for (let a = after.length - 1; a >= 0; a--) {
      const like = likeness(before[b] as T, after[a] as T)
      const place = b * width + a
      const together = like > 0 ? like + (best[place + width + 1] as number) : -1
      const without = best[place + width] as number
      const later = best[place + 1] as number
      const most = Math.max(together, without, later)
      best[place] = most
      steps[place] = most === together ? 0 : most === without ? 1 : 2
    }
  }
  const names = ['pair', 'before', 'after'] as const
  return { stepAt: (b, a) => names[steps[b * width + a] as 0 | 1 | 2] }
}
