import { figureOf, withUnit } from '../../drawing/figures.ts'
import { isPrediction, type Statement } from './canonical.ts'
import { isFilled } from './text.ts'

/** The numbers of a prediction in words: "28 %, between 25 and 31 %, 45 % sure"; '' where there are none. */
function numbersInWords({ number, low, high, unit, confidence }: Omit<Statement, 'id'>): string {
  return [
    number === undefined ? '' : withUnit(number, unit),
    rangeInWords(low, high, unit),
    confidence === undefined ? '' : `${withUnit(confidence, '%')} sure`,
  ]
    .filter(isFilled)
    .join(', ')
}

function rangeInWords(low: number | undefined, high: number | undefined, unit: string): string {
  if (low !== undefined && high !== undefined) return `between ${figureOf(low)} and ${withUnit(high, unit)}`
  if (low !== undefined) return `at least ${withUnit(low, unit)}`
  return high === undefined ? '' : `at most ${withUnit(high, unit)}`
}

/** A whole prediction in words, its numbers after what is written; '' where nothing is predicted. */
export function predictionInWords(statement: Statement): string {
  const numbers = numbersInWords(statement)
  if (!isPrediction(statement)) return ''
  if (statement.prediction === '') return numbers
  return numbers === '' ? statement.prediction : `${statement.prediction} (${numbers})`
}

/** A result in words: its number before what is written. */
export function resultInWords(result: string, number: number | undefined, unit: string): string {
  const figure = number === undefined ? '' : withUnit(number, unit)
  if (result === '') return figure
  return figure === '' ? result : `${figure}. ${result}`
}
