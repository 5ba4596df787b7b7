import type { Cycle, ScaleStep } from './model.ts'
import { scaleSteps } from './model.ts'

/** How large a test may be. */
export type TestSize = 'very-small' | 'small' | 'large' | 'implement'

/** What the size depends on: how sure people are, what failure would cost, how ready those are whom it touches. */
export interface Circumstances {
  readonly belief: NonNullable<Cycle['belief']>
  readonly failureCost: NonNullable<Cycle['failureCost']>
  readonly readiness: NonNullable<Cycle['readiness']>
}

/**
 * The usual guide to the size of a test (after Langley et al., The Improvement Guide): a change that may well fail, at a
 * high price, among people who are not ready, is tried as small as it can be.
 */
const guide: {
  readonly [Belief in Circumstances['belief']]: {
    readonly [Cost in Circumstances['failureCost']]: Readonly<Record<Circumstances['readiness'], TestSize>>
  }
} = {
  low: {
    costly: { none: 'very-small', some: 'very-small', strong: 'very-small' },
    cheap: { none: 'very-small', some: 'very-small', strong: 'small' },
  },
  high: {
    costly: { none: 'very-small', some: 'small', strong: 'large' },
    cheap: { none: 'small', some: 'large', strong: 'implement' },
  },
}

export const testSizeOf = ({ belief, failureCost, readiness }: Circumstances): TestSize =>
  guide[belief][failureCost][readiness]

/** The highest step of the ladder of schools that a test of each size may stand on. */
const highestStep: Readonly<Record<TestSize, ScaleStep>> = {
  'very-small': 'one',
  small: 'three',
  large: 'five',
  implement: 'network',
}

/** How a cycle stands to the guide; undefined until all that it depends on is said. */
export interface SizeCheck {
  readonly size: TestSize
  /** The highest step that fits. */
  readonly upTo: ScaleStep
  readonly isSmallEnough: boolean
}

export function checkSize({ belief, failureCost, readiness, scaleStep }: Cycle): SizeCheck | undefined {
  if (belief === undefined || failureCost === undefined || readiness === undefined || scaleStep === undefined)
    return undefined
  const size = testSizeOf({ belief, failureCost, readiness })
  const upTo = highestStep[size]
  return { size, upTo, isSmallEnough: stepIndex(scaleStep) <= stepIndex(upTo) }
}

/** How high a step is on the ladder, from 0. */
export const stepIndex = (step: ScaleStep): number => scaleSteps.indexOf(step)
