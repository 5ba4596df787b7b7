import { figureOf, withUnit } from '#shared/drawing/figures.ts'
import type { Statement } from '#shared/kinds/pdsa-cycle/canonical.ts'
import { predictionInWords } from '#shared/kinds/pdsa-cycle/stated.ts'

/** The figure of a prediction, as large as the result's beside it; undefined where none was given. */
export const predictedFigure = ({ number, unit }: Statement): string | undefined =>
  number === undefined ? undefined : withUnit(number, unit)

/** "Between 25 and 31 %, 45 % sure.": what belongs to the figure, as far as it was said. */
export function rangeWords({ low, high, unit, confidence }: Statement): string {
  const parts = [
    low !== undefined && high !== undefined
      ? `between ${figureOf(Math.min(low, high))} and ${withUnit(Math.max(low, high), unit)}`
      : low !== undefined
        ? `at least ${withUnit(low, unit)}`
        : high !== undefined
          ? `at most ${withUnit(high, unit)}`
          : '',
    confidence === undefined ? '' : `${withUnit(confidence, '%')} sure`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? '' : `${capital(parts.join(', '))}.`
}

/** "Because …", unless it begins so already. */
export function becauseWords({ because }: Statement): string {
  const words = because.trim()
  if (words === '') return ''
  return /^because\b/i.test(words) ? capital(words) : `Because: ${words}`
}

/** A prediction in one line, e.g. of an amendment. */
export const predictionLine = (statement: Statement): string =>
  predictionInWords(statement) || 'nothing is predicted'

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
