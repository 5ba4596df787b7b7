import { withUnit } from '#shared/drawing/figures.ts'
import type { PlacedFact } from '#shared/fact.ts'
import { type Decision, type Stage, scaleSteps } from '#shared/kinds/pdsa-cycle/model.ts'
import { rampsOf } from '#shared/kinds/pdsa-cycle/ramp.ts'
import { type CycleSummary, readSummary, type SummaryQuestion } from '#shared/kinds/pdsa-cycle/summary.ts'
import { scaleNames } from '#shared/kinds/pdsa-cycle/words.ts'

/** One cycle of a change idea, as a step of the idea's ramp. */
export interface RampStep {
  readonly documentId: string
  readonly teamId?: string
  readonly number: number
  /** How large the test is, in words. */
  readonly scale: string
  /** How high it stands: its place on the ladder of those that the ramp has, from 0. */
  readonly rise: number
  readonly predicted: string
  readonly got: string
  readonly stage: Stage
  readonly decision?: Decision
  /** Its plan came from elsewhere: it does not go on from the step before it. */
  readonly isCarried: boolean
}

/** What is known of one cycle of the idea. */
export interface RampCycle {
  readonly documentId: string
  readonly teamId?: string
  readonly summary: CycleSummary
}

/** The cycles that test an idea, out of the facts of a network. */
export function cyclesOfIdea(
  facts: readonly PlacedFact[],
  idea: { readonly documentId: string; readonly part: string },
): readonly RampCycle[] {
  return facts.flatMap(({ documentId, teamId, value }) => {
    const summary = readSummary(value)
    const tests = summary?.idea
    if (summary === undefined || tests?.documentId !== idea.documentId || tests.part !== idea.part) return []
    return [{ documentId, summary, ...(teamId !== undefined && { teamId }) }]
  })
}

/**
 * The way to a cycle and on from it: the ramp that it is on, and before it the one that this ramp leaves, up to the step at
 * which it does.
 */
export function wayThrough(cycles: readonly RampCycle[], id: string): readonly RampCycle[] {
  // Facts name no titles, and ramps need none.
  const ramps = rampsOf(cycles.map((cycle) => ({ ...cycle, title: '' })))
  const rampOf = (cycle: string) =>
    ramps.find(({ steps }) => steps.some((step) => step.cycle.documentId === cycle))
  const own = rampOf(id)
  const leaves = own?.branchOf?.documentId
  const trunk = leaves === undefined ? [] : (rampOf(leaves)?.steps ?? [])
  const end = trunk.findIndex(({ cycle }) => cycle.documentId === leaves)
  return [...trunk.slice(0, end + 1), ...(own?.steps ?? [])].map(({ cycle }) => cycle)
}

/** How the cycles of a ramp are drawn and put in words, in their order. */
export function rampSteps(cycles: readonly RampCycle[]): readonly RampStep[] {
  const ladder = [...new Set(cycles.map(({ summary }) => ladderStep(summary)))].sort((a, b) => a - b)
  return cycles.map(({ documentId, teamId, summary }) => {
    const [question] = summary.questions
    return {
      documentId,
      ...(teamId !== undefined && { teamId }),
      number: summary.number,
      scale: summary.scale || (summary.scaleStep ? scaleNames[summary.scaleStep] : 'No scale yet'),
      rise: ladder.indexOf(ladderStep(summary)),
      predicted: question === undefined ? '' : predictedWords(question),
      got: question === undefined ? '' : gotWords(question),
      stage: summary.stage,
      ...(summary.decision !== undefined && { decision: summary.decision }),
      isCarried: summary.continues === undefined && summary.clonedFrom !== undefined,
    }
  })
}

const ladderStep = ({ scaleStep }: CycleSummary): number =>
  scaleStep === undefined ? 0 : scaleSteps.indexOf(scaleStep)

const predictedWords = ({ number, unit, prediction }: SummaryQuestion): string =>
  number === undefined ? prediction : withUnit(number, unit)

const gotWords = ({ resultNumber, unit, result }: SummaryQuestion): string =>
  resultNumber === undefined ? result : withUnit(resultNumber, unit)
