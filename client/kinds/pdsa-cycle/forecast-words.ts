import { counted } from '#shared/counted.ts'
import { figureOf, withUnit } from '#shared/drawing/figures.ts'
import type { NumberLine } from '#shared/drawing/number-line.ts'
import { forecastKind } from '#shared/kinds/pdsa-cycle/calibration.ts'
import type { Question } from '#shared/kinds/pdsa-cycle/model.ts'
import type { Ballot } from '#shared/records.ts'

/** What people are asked for: a number in the question's unit, or how likely the prediction is to come true. */
export type Asked = Pick<Question, 'id' | 'number' | 'low' | 'high' | 'unit'>

export const forecastUnit = (question: Asked): string =>
  forecastKind(question) === 'percent' ? '%' : question.unit.trim()

/** The revealed answers of a forecast as they are drawn: each of them, or of fewer than three only the range. */
export function crowdOf(ballot: Ballot | undefined): Pick<NumberLine, 'crowd' | 'crowdRange'> {
  const revealed = ballot?.revealed
  if (ballot === undefined || revealed === undefined) return {}
  const label = counted(ballot.answers, 'private forecast')
  const { values, lowest, highest } = revealed
  if (values !== undefined && values.length > 0) return { crowd: { values, label, ink: 'plan' } }
  if (lowest === undefined || highest === undefined) return {}
  return { crowdRange: { low: lowest, high: highest, label, ink: 'plan' } }
}

/** How many have answered: all that anybody learns before the reveal. */
export function answeredWords(ballot: Ballot | undefined): string {
  const answers = ballot?.answers ?? 0
  return answers === 0
    ? 'Nobody has answered yet.'
    : `${counted(answers, 'person', 'people')} ${answers === 1 ? 'has' : 'have'} answered.`
}

/** What the reveal showed, in a sentence. */
export function revealedWords(ballot: Ballot, unit: string): string {
  const { lowest, highest } = ballot.revealed ?? {}
  if (lowest === undefined || highest === undefined) return 'Nobody answered before it was revealed.'
  const forecasts = counted(ballot.answers, 'private forecast')
  if (lowest === highest) return `${forecasts}: ${withUnit(lowest, unit)}.`
  return `${forecasts}, from ${figureOf(lowest)} to ${withUnit(highest, unit)}.`
}
