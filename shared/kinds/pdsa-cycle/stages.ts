import type { Records, StageChange } from '../../records.ts'
import { oneOf } from '../roots.ts'
import { firstStage, type Stage, stages } from './model.ts'

/** Where a cycle stands, as the rows of its steps say it. */
export const stageOf = ({ stage }: Records): Stage => oneOf(stages, stage) ?? firstStage

/** The step that was taken last. */
export const lastChange = ({ transitions = [] }: Records): StageChange | undefined =>
  transitions[transitions.length - 1]

export const isResting = (stage: Stage): boolean => stage === 'paused' || stage === 'stalled'

/** The stage in which a cycle was paused or stalled, and to which it goes back: the last one that is no rest. */
export function stageBeforeRest({ transitions = [] }: Records): Stage {
  for (const { from } of [...transitions].reverse()) {
    const stage = oneOf(stages, from)
    if (stage !== undefined && !isResting(stage)) return stage
  }
  return firstStage
}

/** The cycle that closing this one opened. It says itself that it continues this one; that closing opened it, only the step. */
export const openedBy = ({ transitions = [] }: Records): string | undefined =>
  transitions.flatMap(({ opened = [] }) => opened).at(-1)

/** The order of the stages that a cycle goes through. */
const way: readonly Stage[] = ['draft', 'ready', 'doing', 'studying', 'acted', 'closed']

/** Whether a cycle has come as far as `stage`; one that rests, as far as where it rests. */
export function hasReached(records: Records, stage: Exclude<Stage, 'paused' | 'stalled'>): boolean {
  const current = stageOf(records)
  const at = isResting(current) ? stageBeforeRest(records) : current
  return way.indexOf(at) >= way.indexOf(stage)
}
