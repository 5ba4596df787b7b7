import type { Stretch } from './identifier.ts'

/** A date as people and programs write it. Which number is the month does not matter here. */
export interface WrittenDate extends Stretch {
  /** With four digits. */
  readonly year: number
}

const months = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}'

const numeric =
  /(?<![\p{L}\p{N}/.-])(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:T[\d:.]{1,15}Z?)?(?![\p{L}\p{N}]|[/-]\d|\.\d)/gu
const monthFirst = new RegExp(
  `(?<![\\p{L}\\p{N}])${months}\\.?[ -]{1,2}(\\d{1,2})(?:st|nd|rd|th)?,?[ -]{1,2}(\\d{4})(?![\\p{L}\\p{N}])`,
  'giu',
)
const dayFirst = new RegExp(
  `(?<![\\p{L}\\p{N}/.-])(\\d{1,2})(?:st|nd|rd|th)?[ -]{1,2}(?:of |de )?${months}\\.?,?(?: de)?[ -]{1,2}(\\d{4})(?![\\p{L}\\p{N}])`,
  'giu',
)
const compact = /(?<![\p{L}\p{N}/.,-])\d{8}(?![\p{L}\p{N}]|[/.,-]\d)/gu

/** The dates in `text`, in its order. Years with two digits are taken for past ones, seen from `thisYear`. */
export function readDates(text: string, thisYear: number): readonly WrittenDate[] {
  const found: WrittenDate[] = []
  const add = (match: RegExpMatchArray, year: number | undefined, day: number) => {
    const from = match.index ?? 0
    if (year !== undefined && day >= 1 && day <= 31) found.push({ from, to: from + match[0].length, year })
  }
  for (const match of text.matchAll(numeric)) {
    const [, first = '', , second = '', third = ''] = match
    const isYearFirst = first.length === 4
    const [one, two] = isYearFirst ? [Number(second), Number(third)] : [Number(first), Number(second)]
    const isDay = Math.min(one, two) >= 1 && Math.min(one, two) <= 12 && third.length !== 3
    add(match, yearOf(isYearFirst ? first : third, thisYear), isDay ? Math.max(one, two) : 0)
  }
  for (const match of text.matchAll(monthFirst)) add(match, Number(match[2]), Number(match[1]))
  for (const match of text.matchAll(dayFirst)) add(match, Number(match[2]), Number(match[1]))
  return found.sort((a, b) => a.from - b.from)
}

/** Eight digits that can be read as a date: `20120304`, `03042012`. Only words beside them tell that they are one. */
export function readCompactDates(text: string): readonly WrittenDate[] {
  return Array.from(text.matchAll(compact)).flatMap(({ 0: digits, index }) => {
    const pair = (at: number) => Number(digits.slice(at, at + 2))
    const readings = [
      { year: Number(digits.slice(0, 4)), isDay: isMonthAndDay(pair(4), pair(6)) },
      { year: Number(digits.slice(4)), isDay: isMonthAndDay(pair(0), pair(2)) },
    ]
    const reading = readings.find(({ year, isDay }) => isDay && year > 1900 && year < 2100)
    return reading === undefined ? [] : [{ from: index, to: index + digits.length, year: reading.year }]
  })
}

/** Whether someone born in `year` may go to school: from three years on, and with special needs to the end of the 22nd. */
export const isSchoolAge = (year: number, thisYear: number): boolean =>
  year >= thisYear - 22 && year <= thisYear - 3

const isMonthAndDay = (one: number, two: number): boolean =>
  Math.min(one, two) >= 1 && Math.min(one, two) <= 12 && Math.max(one, two) <= 31

function yearOf(digits: string, thisYear: number): number | undefined {
  if (digits.length === 4) return Number(digits)
  if (digits.length !== 2) return undefined
  const year = Math.floor(thisYear / 100) * 100 + Number(digits)
  return year > thisYear ? year - 100 : year
}
