import type { Observation } from '#shared/kinds/pdsa-cycle/model.ts'

/** By the time at which they were seen; those without one where they stand. */
export const byTime = (observations: readonly Observation[]): readonly Observation[] =>
  [...observations].sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
