/** Numbers as people write them, with their unit: for what is drawn and for what is said of it. */

const format = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })

/** `1234.5` → "1,234.5": at most two decimals, a real minus sign. */
export const figureOf = (value: number): string => format.format(value).replace('-', '−')

/**
 * A number with its unit: "28 %", "3 families". The space between them does not break, and a unit that belongs in front of
 * its number stands there ("$40").
 */
export function withUnit(value: number, unit: string): string {
  const said = unit.trim()
  if (said === '') return figureOf(value)
  return /^[$€£]$/.test(said) ? `${said}${figureOf(value)}` : `${figureOf(value)}\u00a0${said}`
}
