/** The middle of `values`; the mean of the two middle ones where there is no single one. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** The value below which the share `p` (0 to 1) of `values` lies. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN
}

/** One promise of speed: what was measured, what it is held against, and whether it holds. */
export interface Figure {
  readonly name: string
  readonly measured: number
  readonly limit: number
  readonly unit: string
  /** Where the limit comes from, with the other side's own figure. */
  readonly because: string
}

export const holds = ({ measured, limit }: Figure): boolean => measured <= limit

/** A line for the terminal, e.g. `holds  full layout of 300 cards: 2.1 ms of at most 10 ms (…)`. */
export function describe(figure: Figure): string {
  const { name, measured, limit, unit, because } = figure
  const number = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(2))
  return `${holds(figure) ? 'holds ' : 'MISSES'}  ${name}: ${number(measured)} ${unit} of at most ${number(limit)} ${unit} (${because})`
}
