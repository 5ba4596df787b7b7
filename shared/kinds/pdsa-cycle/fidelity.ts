import type { Records } from '../../records.ts'
import { isPrediction, isStated, statementNow } from './canonical.ts'
import type { Cycle, Question, ScaleStep } from './model.ts'
import { readSealed, sealOf } from './sealed.ts'
import { hasReached, openedBy } from './stages.ts'
import { stepIndex } from './test-size.ts'
import { isFilled, isWritten } from './text.ts'

/**
 * The seven habits of a cycle that was run as the method means it (after McNicholas et al., BMJ Quality & Safety 2019,
 * table 2; the number of points after Knudsen et al., BMC Health Services Research 2019). Yes or no each; never a score to
 * compare teams by.
 */
export const habits = [
  'documented',
  'studied-after',
  'learning',
  'predicted',
  'chained',
  'rising',
  'over-time',
] as const
export type Habit = (typeof habits)[number]

/** Whether each habit is there, in their order. */
export type Fidelity = readonly boolean[]

/** What the others of a ramp add: all of its cycles, in their order, this one among them. */
export interface ChainCycle {
  readonly scaleStep?: ScaleStep
  /** How many dated values it has. */
  readonly points: number
}

/** What is said of each habit: when it is there, and when it is not there yet. */
export const habitSentences: Readonly<Record<Habit, { readonly met: string; readonly open: string }>> = {
  documented: {
    met: 'All four stages are written down.',
    open: 'Not all four stages are written down yet.',
  },
  'studied-after': {
    met: 'Study was written after Do had ended.',
    open: 'Study is not written yet, or Do has not ended.',
  },
  learning: { met: 'It says what was learned.', open: 'It does not say yet what was learned.' },
  predicted: {
    met: 'Each question was predicted before Do.',
    open: 'Not each question has a prediction from before Do.',
  },
  chained: { met: 'It is part of a chain of cycles.', open: 'It stands alone: no cycle before or after it.' },
  rising: {
    met: 'Its chain rises: a later cycle is larger than an earlier one.',
    open: 'Its chain does not rise in scale yet.',
  },
  'over-time': {
    met: 'There are three or more dated values to see a change over time.',
    open: 'There are fewer than three dated values yet.',
  },
}

export function fidelityOf(cycle: Cycle, records: Records): Fidelity {
  const met: Readonly<Record<Habit, boolean>> = {
    documented: isPlanned(cycle) && isDone(cycle) && isStudied(cycle) && cycle.decision !== undefined,
    'studied-after': hasReached(records, 'studying') && isStudied(cycle),
    learning: isWritten(cycle.rich.learned),
    predicted: isPredicted(cycle, records),
    chained: cycle.continues !== undefined || openedBy(records) !== undefined,
    rising: false,
    'over-time': datedValues(cycle) >= enoughPoints,
  }
  return habits.map((habit) => met[habit])
}

/** The same with what the cycle's ramp adds: whether there is a chain, whether it rises, and values over all of it. */
export const fidelityInChain = (own: Fidelity, chain: readonly ChainCycle[]): Fidelity =>
  habits.map((habit, index) => (own[index] ?? false) || isMetByChain(habit, chain))

function isMetByChain(habit: Habit, chain: readonly ChainCycle[]): boolean {
  if (habit === 'chained') return chain.length >= 2
  if (habit === 'rising') return rises(chain)
  if (habit === 'over-time') return chain.reduce((sum, { points }) => sum + points, 0) >= enoughPoints
  return false
}

/** The habits with what is said of each, for dots and for those who do not see them. */
export const describeFidelity = (
  fidelity: Fidelity,
): readonly { readonly habit: Habit; readonly isMet: boolean; readonly sentence: string }[] =>
  habits.map((habit, index) => {
    const isMet = fidelity[index] ?? false
    return { habit, isMet, sentence: habitSentences[habit][isMet ? 'met' : 'open'] }
  })

/** Three points in a row are the fewest in which a change over time can be seen. */
const enoughPoints = 3

/** How many days have a value. */
export const datedValues = ({ points }: Cycle): number =>
  new Set(points.flatMap(({ date, value }) => (date === undefined || value === undefined ? [] : [date]))).size

function rises(chain: readonly ChainCycle[]): boolean {
  let lowest: number | undefined
  for (const { scaleStep } of chain) {
    if (scaleStep === undefined) continue
    const step = stepIndex(scaleStep)
    if (lowest !== undefined && step > lowest) return true
    lowest = Math.min(lowest ?? step, step)
  }
  return false
}

/** After Do has begun only what was sealed counts; before it, what the plan says. */
function isPredicted({ questions }: Cycle, records: Records): boolean {
  const seal = sealOf(records)
  const sealed = readSealed(seal)
  const asked = questions.filter((question) => isStated(statementNow(question)))
  const hasPrediction = (question: Question) => {
    const statement = seal === undefined ? statementNow(question) : sealed.get(question.id)?.sealed
    return statement !== undefined && isPrediction(statement)
  }
  return asked.length > 0 && asked.every(hasPrediction)
}

const isPlanned = ({ rich, questions }: Cycle): boolean =>
  isWritten(rich.objective) || isWritten(rich.actions) || questions.some(({ question }) => isFilled(question))

const isDone = ({ rich, carriedOut, observations }: Cycle): boolean =>
  carriedOut !== undefined ||
  observations.some(({ text }) => isFilled(text)) ||
  [rich.deviations, rich.unexpected, rich.problems].some(isWritten)

/** Whether anything is written of what came out. */
export const isStudied = ({ rich, questions }: Cycle): boolean =>
  [rich.summary, rich.comparison, rich.learned, rich.surprises].some(isWritten) ||
  questions.some(({ result, resultNumber }) => resultNumber !== undefined || isWritten(result))
