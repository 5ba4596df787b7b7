/** An axis whose ends and steps are round numbers. */
export interface Scale {
  readonly low: number
  readonly high: number
  /** From `low` to `high`, evenly. */
  readonly ticks: readonly number[]
}

/**
 * The scale that holds all of `values`, with about `most` ticks. It stays within `bounds` where the values do (a share is
 * not drawn below zero), and whole numbers are counted in whole steps. Undefined when there is nothing to hold.
 */
export function roundScale(
  values: readonly number[],
  most: number,
  bounds: { readonly low?: number; readonly high?: number } = {},
): Scale | undefined {
  const known = values.filter(Number.isFinite)
  if (known.length === 0) return undefined
  const least = Math.min(...known)
  const greatest = Math.max(...known)
  const size = Math.max(Math.abs(least), Math.abs(greatest))
  const spread = greatest - least > finestSpread * Math.max(1, size) ? greatest - least : evenSpread(size)
  const finest = known.every(Number.isInteger) ? 1 : 0
  const step = Math.max(finest, roundStep(spread / Math.max(1, most - 2)))
  const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = bounds
  // Some air beside the outermost values, so that no mark stands on the end of the axis.
  const air = step / 5
  const from = least >= low ? Math.max(low, floorTo(least - air, step)) : floorTo(least - air, step)
  const to = greatest <= high ? Math.min(high, ceilTo(greatest + air, step)) : ceilTo(greatest + air, step)
  const count = Math.max(1, Math.round((to - from) / step))
  return {
    low: from,
    high: to,
    ticks: Array.from({ length: count + 1 }, (_, index) => exact(from + ((to - from) / count) * index)),
  }
}

/** What differs by less, as a part of its size, is the same to the eye and to the arithmetic. */
const finestSpread = 1e-9

/** How much to show about values that do not differ. */
const evenSpread = (size: number): number => (size > finestSpread ? size / 2 : 1)

/** 1, 2 or 5 times a power of ten, at least `rough`. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const digit = [1, 2, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10
  return digit * power
}

const floorTo = (value: number, step: number): number => exact(Math.floor(exact(value / step)) * step)
const ceilTo = (value: number, step: number): number => exact(Math.ceil(exact(value / step)) * step)

/** Without the dust of binary fractions: 0.30000000000000004 is 0.3. */
const exact = (value: number): number => Number(value.toPrecision(12))
