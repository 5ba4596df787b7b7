import { firstStage, type Stage } from './model.ts'
import type { PlacedCycle } from './ramp.ts'
import { isResting } from './stages.ts'
import type { CycleSummary } from './summary.ts'

/** The columns of a team's board, in order, with the stages that each one shows. */
export const boardColumns = [
  { name: 'plan', stages: ['draft', 'ready'] },
  { name: 'do', stages: ['doing'] },
  { name: 'study', stages: ['studying'] },
  { name: 'act', stages: ['acted'] },
  { name: 'closed', stages: ['closed'] },
] as const satisfies readonly { readonly name: string; readonly stages: readonly Stage[] }[]
export type BoardColumnName = (typeof boardColumns)[number]['name']

/** What a cycle waits for, of the four sorts of stall that reviews of abandoned cycles name. */
export const stallSorts = ['no-agreement', 'no-data', 'not-analyzed', 'cannot-spread'] as const
export type StallSort = (typeof stallSorts)[number]

export interface StallHint {
  readonly sort: StallSort
  readonly sentence: string
}

export interface BoardCard<C extends PlacedCycle = PlacedCycle> {
  readonly cycle: C
  /** Whole days since it came to its stage; undefined where nothing says when. */
  readonly days?: number
  readonly isOverdue: boolean
  readonly hint?: StallHint
}

export interface BoardColumn<C extends PlacedCycle = PlacedCycle> {
  readonly name: BoardColumnName
  readonly cards: readonly BoardCard<C>[]
}

/** Now, as a board takes it. */
export interface Now {
  /** Milliseconds since 1970. */
  readonly at: number
  /** The day in the network's time zone, `2026-01-14`. */
  readonly day: string
}

/**
 * Cycles by stage, those that rest where they came to a halt: in each column those that are due first, then those that have
 * been there the longest.
 */
export const boardOf = <C extends PlacedCycle>(cycles: readonly C[], now: Now): readonly BoardColumn<C>[] =>
  boardColumns.map(({ name, stages }) => ({
    name,
    cards: cycles
      .filter(({ summary }) => stages.some((stage) => stage === placeOf(summary)))
      .map((cycle) => cardOf(cycle, now))
      .sort(byUrgency),
  }))

/** The stage in which it stands or rests; where nothing says where it rests, the first. */
function placeOf({ stage, restsIn }: CycleSummary): Stage {
  const at = restsIn ?? stage
  return isResting(at) ? firstStage : at
}

function cardOf<C extends PlacedCycle>(cycle: C, now: Now): BoardCard<C> {
  const { summary, createdAt } = cycle
  const days = daysInStage(summary, now.at, createdAt)
  const hint = stallHint(summary, now.at, createdAt)
  return {
    cycle,
    ...(days === undefined ? {} : { days }),
    isOverdue: isOverdue(summary, now.day),
    ...(hint === undefined ? {} : { hint }),
  }
}

function byUrgency(a: BoardCard, b: BoardCard): number {
  const due = (card: BoardCard) => card.cycle.summary.due ?? '9999'
  if (due(a) !== due(b)) return due(a) < due(b) ? -1 : 1
  if ((a.days ?? 0) !== (b.days ?? 0)) return (b.days ?? 0) - (a.days ?? 0)
  return a.cycle.documentId < b.cycle.documentId ? -1 : 1
}

const day = 24 * 60 * 60 * 1000

/** Whole days since it came to its stage, or was made while no step was taken; undefined where nothing says when. */
export function daysInStage(
  { stageSince }: CycleSummary,
  now: number,
  createdAt?: number,
): number | undefined {
  const since = stageSince ?? createdAt
  return since === undefined ? undefined : daysBetween(since, now)
}

/** Never below 0: clocks differ. */
const daysBetween = (from: number, to: number): number => Math.max(0, Math.floor((to - from) / day))

/** Whether its planned end has passed and Do has not ended. */
export const isOverdue = ({ due, stage, restsIn }: CycleSummary, today: string): boolean =>
  due !== undefined && due < today && ['draft', 'ready', 'doing'].includes(restsIn ?? stage)

/** After how many days without progress a cycle is asked what it waits for. */
export const patience = { plan: 14, data: 21, study: 14, act: 14, spread: 30 } as const

/**
 * What a cycle seems to wait for, as a fact to talk about; undefined while it moves. One that is stalled says its own
 * reason. `createdAt`: when its document was made, for one that has taken no step yet.
 */
export function stallHint(summary: CycleSummary, now: number, createdAt?: number): StallHint | undefined {
  const { stage, restsIn = stage, reason } = summary
  if (stage === 'paused') return undefined
  if (stage === 'stalled') return { sort: sortIn(restsIn), sentence: reason ?? 'It is stalled.' }
  const days = daysInStage(summary, now, createdAt)
  return days === undefined ? undefined : movingHint(summary, stage, days, now)
}

function movingHint(
  summary: CycleSummary,
  stage: Exclude<Stage, 'paused' | 'stalled'>,
  days: number,
  now: number,
): StallHint | undefined {
  switch (stage) {
    case 'draft':
    case 'ready':
      return days < patience.plan || summary.isAgreed
        ? undefined
        : hintIn(stage, `In planning for ${days} days, and it is not agreed who does what.`)
    case 'doing': {
      const quiet = Math.min(days, summary.notedAt === undefined ? days : daysBetween(summary.notedAt, now))
      return quiet < patience.data ? undefined : hintIn(stage, `Nothing was noted for ${quiet} days.`)
    }
    case 'studying':
      return days < patience.study || summary.isStudied
        ? undefined
        : hintIn(stage, `Do ended ${days} days ago, and nobody has looked at what came out.`)
    case 'acted':
      if (days < patience.act || summary.decision === 'abandon') return undefined
      return summary.decision === undefined
        ? { sort: 'no-agreement', sentence: `In Act for ${days} days, and it is not decided.` }
        : hintIn(stage, `Decided, and not carried on for ${days} days.`)
    case 'closed':
      return days < patience.spread || !summary.expand || summary.next !== undefined
        ? undefined
        : hintIn(stage, `It was to go on at a larger scale, and for ${days} days no cycle has followed.`)
  }
}

const hintIn = (stage: Stage, sentence: string): StallHint => ({ sort: sortIn(stage), sentence })

/** What a cycle that comes to a halt in a stage most often waits for. */
function sortIn(stage: Stage): StallSort {
  switch (stage) {
    case 'draft':
    case 'ready':
    case 'paused':
    case 'stalled':
      return 'no-agreement'
    case 'doing':
      return 'no-data'
    case 'studying':
      return 'not-analyzed'
    case 'acted':
    case 'closed':
      return 'cannot-spread'
  }
}
