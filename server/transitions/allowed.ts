import { AppError } from '#shared/errors.ts'
import type { AnyKind } from '#shared/kinds/index.ts'
import type { Problem, Records } from '#shared/records.ts'
import { labelWithin } from '../documents/kind-label.ts'
import { invalidFields } from '../http/errors.ts'

/** What someone asks for, as the route has checked it. */
export interface AskedStep {
  readonly name: string
  readonly reason?: string | undefined
  readonly expect?: { readonly stage?: string | undefined; readonly seal?: string | undefined } | undefined
  readonly goOn?: boolean | undefined
}

export type AnyTransition = NonNullable<AnyKind['transitions']>[string]

/** The step of that name; refuses others with a sentence that lists those there are. */
export function getStep(kind: AnyKind, name: string): AnyTransition {
  const steps = kind.transitions ?? {}
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined
  if (step !== undefined) return step
  const names = Object.keys(steps)
  throw new AppError(
    'not-found',
    names.length === 0
      ? `A ${labelWithin(kind)} has no steps to take.`
      : `The steps of a ${labelWithin(kind)} are: ${names.join(', ')}.`,
  )
}

/** The stage that the step is taken from; refuses it where the document stands elsewhere. */
export function requireStage(step: AnyTransition, asked: AskedStep, { stage = '' }: Records): string {
  if (asked.expect?.stage !== undefined && asked.expect.stage !== stage)
    throw stageConflict(`This is ${stage} by now: someone took a step in the meantime.`, stage)
  if (!step.from.includes(stage))
    throw stageConflict(
      `“${step.label}” is taken from ${step.from.join(' or ')}, and this is ${stage}.`,
      stage,
    )
  return stage
}

export const stageConflict = (sentence: string, stage: string) =>
  new AppError('conflict', sentence, undefined, { now: { stage } })

export function requireReason(step: AnyTransition, asked: AskedStep): void {
  if (step.needsReason && !hasReason(asked)) throw invalidFields({ reason: `Say why: ${step.label}.` })
}

/**
 * Refuses a step while something is missing, with all of it. What may be passed over is passed over with a reason; answers
 * that in sentences, since it is recorded.
 */
export function requireComplete(asked: AskedStep, problems: readonly Problem[]): readonly string[] {
  if (problems.length === 0) return []
  const mayPass = problems.every(({ mayGoOn }) => mayGoOn)
  if (!mayPass || !asked.goOn) throw new AppError('incomplete', sentenceOf(problems), undefined, { problems })
  if (!hasReason(asked)) throw invalidFields({ reason: 'Say why you go on although something is missing.' })
  return problems.map(({ message }) => message)
}

const sentenceOf = ([first, ...others]: readonly Problem[]): string =>
  others.length === 0
    ? (first?.message ?? 'Something is missing.')
    : `${others.length + 1} things are missing. The first: ${first?.message}`

const hasReason = ({ reason }: AskedStep): boolean => reason !== undefined && reason !== ''
