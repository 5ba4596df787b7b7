import type { NumberLine, NumberLineMark } from '#shared/drawing/number-line.ts'
import { forecastKind } from '#shared/kinds/pdsa-cycle/calibration.ts'
import type { Statement } from '#shared/kinds/pdsa-cycle/canonical.ts'
import type { Question } from '#shared/kinds/pdsa-cycle/model.ts'
import type { Ballot } from '#shared/records.ts'
import { crowdOf } from './forecast-words.ts'

export interface Compared {
  question: Pick<Question, 'unit' | 'resultNumber' | 'before'>
  /** What was stated before Do; undefined where nothing was. */
  stated: Pick<Statement, 'number' | 'low' | 'high'> | undefined
  ballot: Ballot | undefined
}

/** What the line shows, or undefined while there is nothing to compare. */
export function lineOf({ question, stated, ballot }: Compared): Omit<NumberLine, 'width'> | undefined {
  const marks: NumberLineMark[] = []
  const { resultNumber, before, unit } = question
  if (stated?.number !== undefined)
    marks.push({ value: stated.number, label: 'predicted', form: 'bar', ink: 'plan' })
  if (resultNumber !== undefined)
    marks.push({ value: resultNumber, label: 'happened', form: 'dot', ink: 'study' })
  if (before !== undefined) marks.push({ value: before, label: 'before', form: 'thin', ink: 'ink-3' })
  // How likely people held it stands on another scale than what came out.
  const crowd = forecastKind({ ...stated, unit }) === 'percent' ? {} : crowdOf(ballot)
  if (marks.length + (crowd.crowd || crowd.crowdRange ? 1 : 0) < 2) return undefined
  const { low, high } = stated ?? {}
  const range =
    low === undefined || high === undefined ? {} : { range: { ...ends(low, high), ink: 'plan' as const } }
  return { unit, marks, ...range, ...crowd }
}

const ends = (one: number, other: number) => ({ low: Math.min(one, other), high: Math.max(one, other) })
