import { withUnit } from '#shared/drawing/figures.ts'
import type { Verdict } from '#shared/kinds/pdsa-cycle/model.ts'

/** What was stated of a question before Do, as far as numbers go. */
export interface PredictedNumbers {
  readonly number?: number | undefined
  readonly low?: number | undefined
  readonly high?: number | undefined
}

export interface Compared {
  /** What the sealed prediction says; undefined where nothing was predicted before Do. */
  readonly predicted: PredictedNumbers | undefined
  readonly result: number | undefined
  readonly before: number | undefined
  readonly unit: string
}

/** What the numbers say for themselves. People judge: a suggestion is only ever read. */
export interface Suggestion {
  /** Absent where the numbers cannot say it alone. */
  readonly verdict?: Verdict
  readonly sentence: string
}

/**
 * Compares a result with its prediction. Whether more is better only the value before the test can tell: what was
 * predicted lies on the better side of it. Undefined while there is nothing to compare.
 */
export function suggestVerdict({ predicted, result, before, unit }: Compared): Suggestion | undefined {
  if (predicted === undefined)
    return {
      verdict: 'cannot-tell',
      sentence: 'Nothing was predicted before Do, so there is nothing to compare with.',
    }
  const { number } = predicted
  if (result === undefined || number === undefined) return undefined
  const { low, high } = rangeOf(predicted, number)
  const got = withUnit(result, unit)
  if (result >= low && result <= high)
    return {
      verdict: 'matched',
      sentence:
        low === high ? `${got} is what you predicted.` : `${got} lies within the range that you gave.`,
    }
  const where = `${got} lies ${result > high ? 'above' : 'below'} ${low === high ? 'what you predicted' : 'the range that you gave'}`
  if (before === undefined || before === number)
    return { sentence: `${where}. Whether that is better or worse, you know.` }
  const isMoreBetter = number > before
  return result > high === isMoreBetter
    ? { verdict: 'better', sentence: `${where}, on the side that you hoped for.` }
    : { verdict: 'worse', sentence: `${where}, on the side of where you came from.` }
}

function rangeOf({ low, high }: PredictedNumbers, number: number): { low: number; high: number } {
  return { low: Math.min(low ?? number, number), high: Math.max(high ?? number, number) }
}
