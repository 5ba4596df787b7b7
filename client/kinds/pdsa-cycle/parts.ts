import type { Stage } from '#shared/kinds/pdsa-cycle/model.ts'

/** The four parts of the page, in their order. */
export const pageStages = ['plan', 'do', 'study', 'act'] as const
export type PageStage = (typeof pageStages)[number]

export const pageStageNames: Readonly<Record<PageStage, string>> = {
  plan: 'Plan',
  do: 'Do',
  study: 'Study',
  act: 'Act',
}

/** In which part of the page a cycle stands; one that is closed has left the last, and one that rests stands in none. */
export function pageStageOf(stage: Stage): PageStage | 'closed' | undefined {
  switch (stage) {
    case 'draft':
    case 'ready':
      return 'plan'
    case 'doing':
      return 'do'
    case 'studying':
      return 'study'
    case 'acted':
      return 'act'
    case 'closed':
      return 'closed'
    case 'paused':
    case 'stalled':
      return undefined
  }
}

/** The parts of a cycle that are not the plan's. */
const partsOf: Readonly<Record<Exclude<PageStage, 'plan'>, readonly string[]>> = {
  do: ['observations', 'carriedOut', 'deviations', 'unexpected', 'problems', 'points', 'started', 'ended'],
  study: [
    'verdict',
    'summary',
    'comparison',
    'learned',
    'surprises',
    'conditions',
    'setting',
    'population',
    'level',
    'staffing',
    'length',
  ],
  act: [
    'decision',
    'expand',
    'changes',
    'holdOwner',
    'holdMeasure',
    'standard',
    'training',
    'abandonReason',
    'changeOurMind',
    'sureBefore',
    'sureAfter',
    'theory',
    'theoryWhy',
    'shareLearning',
  ],
}

/** The fields of a question that belong to Study. */
const studied = ['result', 'resultNumber', 'before', 'verdict']

/** Under which part of the page a part of the cycle is to be found. */
export function pageStageAt(part: string): PageStage {
  const [name = '', , field = ''] = part.split('/')
  if (studied.includes(field)) return 'study'
  return (['do', 'study', 'act'] as const).find((stage) => partsOf[stage].includes(name)) ?? 'plan'
}

/** How a part that a check or a step names is called on the page (`data-at`). */
export function anchorOf(part: string): string {
  const [name, id] = part.split('/')
  // Asked for is the tick; what they said stands below it.
  if (part === 'stakeholders') return 'consulted'
  if (id === undefined) return part
  if (name === 'question') return `questions/${id}`
  if (name === 'verdict') return `questions/${id}/verdict`
  return part
}

/** The part that the end of an address names, e.g. `#tasks` or `#question%2Fq1`; '' for none. */
export function partIn(hash: string): string {
  const named = hash.replace(/^#/, '')
  try {
    return decodeURIComponent(named)
  } catch {
    // Somebody typed it: what is no encoding stands for itself.
    return named
  }
}
