import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { promptDelay, retryDelay, wakeDelay } from '../../client/sync/reconnection.ts'

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('[W1] coming back after a loss', () => {
  it('tries first somewhere between 0.3 and 5 seconds', () => {
    expect(retryDelay(0, () => 0)).toBe(300)
    expect(retryDelay(0, () => 0.999_999)).toBeLessThanOrEqual(5_000)
    fc.assert(
      fc.property(chance, (random) =>
        within(
          retryDelay(0, () => random),
          300,
          5_000,
        ),
      ),
    )
  })

  it('waits longer and longer, never longer than half a minute, spread over the whole of it', () => {
    const ceilings = [1, 2, 3, 4, 9].map((attempt) => retryDelay(attempt, () => 0.999_999))
    expect(ceilings).toEqual([9_999, 19_999, 29_999, 29_999, 29_999])
    fc.assert(
      fc.property(fc.nat(50), chance, (attempt, random) =>
        within(
          retryDelay(attempt, () => random),
          300,
          30_000,
        ),
      ),
    )
  })

  it('comes within a second when the network or the tab is back', () => {
    fc.assert(
      fc.property(chance, (random) =>
        within(
          wakeDelay(() => random),
          0,
          1_000,
        ),
      ),
    )
  })

  it('comes at once when only this person is meant', () => {
    fc.assert(
      fc.property(chance, (random) =>
        within(
          promptDelay(() => random),
          50,
          400,
        ),
      ),
    )
  })
})

const within = (value: number, least: number, most: number): boolean => value >= least && value <= most
