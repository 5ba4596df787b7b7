/** A number as people type it ("24,3" too), undefined for nothing, 'unreadable' for anything else. */
export function readNumber(typed: string): number | undefined | 'unreadable' {
  const text = typed.trim().replace(/\s*%$/, '')
  if (text === '') return undefined
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text.replace(',', '.')
  return /^-?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : 'unreadable'
}

/** What is accepted: the least and the most, and a number that is. */
export interface NumberRange {
  readonly min?: number
  readonly max?: number
  readonly such?: string
}

/** What is wrong with a number that was typed, and what is accepted; undefined where nothing is. */
export function whyNot(value: ReturnType<typeof readNumber>, range: NumberRange): string | undefined {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, such = '24.3' } = range
  if (value === 'unreadable') return `Write a number, such as ${such}.`
  if (value === undefined || (value >= min && value <= max)) return undefined
  if (Number.isFinite(min) && Number.isFinite(max)) return `Write a number from ${min} to ${max}.`
  return Number.isFinite(min)
    ? `Write a number that is not below ${min}.`
    : `Write a number that is not above ${max}.`
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A month or a day as people type it, as `2025-12` or `2025-12-31`; undefined for nothing, 'unreadable' for anything else. */
export function readDate(typed: string): string | undefined | 'unreadable' {
  const text = typed.trim()
  if (text === '') return undefined
  const iso = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/.exec(text)
  if (iso) return date(iso[1], Number(iso[2]), iso[3])
  const american = /^(\d{1,2})\/(?:(\d{1,2})\/)?(\d{4})$/.exec(text)
  if (american) return date(american[3], Number(american[1]), american[2])
  const worded = /^([a-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})$/i.exec(text)
  if (worded) return date(worded[3], monthOf(worded[1]), worded[2])
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})$/i.exec(text)
  if (dayFirst) return date(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1])
  return 'unreadable'
}

const monthOf = (word = ''): number => months.indexOf(word.slice(0, 3).toLowerCase()) + 1

function date(year = '', month: number, day?: string): string | 'unreadable' {
  if (month < 1 || month > 12) return 'unreadable'
  const yearAndMonth = `${year}-${String(month).padStart(2, '0')}`
  if (day === undefined) return yearAndMonth
  const number = Number(day)
  const last = new Date(Date.UTC(Number(year), month, 0)).getUTCDate()
  return number >= 1 && number <= last ? `${yearAndMonth}-${String(number).padStart(2, '0')}` : 'unreadable'
}
