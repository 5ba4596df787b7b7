import type { Fact } from '../../fact.ts'
import type { Records } from '../../records.ts'
import { dateOf, numberOf, oneOf, textOf } from '../roots.ts'
import { isPrediction, isStated, type Statement, statementNow } from './canonical.ts'
import { datedValues, type Fidelity, fidelityOf, habits, isStudied } from './fidelity.ts'
import {
  type Cycle,
  type Decision,
  decisions,
  firstStage,
  type Question,
  type ScaleStep,
  type Stage,
  scaleSteps,
  stages,
  type Verdict,
  verdicts,
  withoutUndefined,
} from './model.ts'
import { readSealed, type SealedStatement, sealOf } from './sealed.ts'
import { isResting, lastChange, openedBy, stageBeforeRest, stageOf } from './stages.ts'
import { isFilled, linesOf, oneLine, shortened } from './text.ts'
import { shortNames } from './words.ts'

/**
 * A cycle in short: what ramps, boards and calibration read of it without opening the document. It is the document's one
 * fact, `cycle`, as JSON; texts are single lines.
 */
export interface CycleSummary {
  readonly idea?: { readonly documentId: string; readonly part: string }
  readonly number: number
  /** The cycle before it, the one that it opened, and the one whose plan it was cloned from: documents' ids. */
  readonly continues?: string
  readonly next?: string
  readonly clonedFrom?: string
  readonly stage: Stage
  /** Milliseconds since 1970; absent while no step was taken. */
  readonly stageSince?: number
  /** Of one that is paused or stalled: where it rests, and the reason. */
  readonly restsIn?: Stage
  readonly reason?: string
  readonly scaleStep?: ScaleStep
  readonly scale: string
  /** Who tests. */
  readonly owner: string
  /** Days, `2025-12-01`. */
  readonly due?: string
  readonly started?: string
  readonly ended?: string
  readonly questions: readonly SummaryQuestion[]
  readonly decision?: Decision
  readonly expand?: true
  readonly learned: string
  /** Where and with whom it was tested. */
  readonly conditions: string
  readonly fidelity: Fidelity
  /** How many dated values it has. */
  readonly points: number
  /** When something was last noted, an observation or a dated value, in milliseconds since 1970. */
  readonly notedAt?: number
  /** Whether it is said who does what, and those whom it touches were asked. */
  readonly isAgreed: boolean
  /** Whether anything is written of what came out. */
  readonly isStudied: boolean
}

/** A question in short. Once it is sealed, what is said of its prediction is what was sealed, amendments aside. */
export interface SummaryQuestion {
  readonly id: string
  readonly question: string
  readonly prediction: string
  readonly number?: number
  readonly low?: number
  readonly high?: number
  readonly unit: string
  /** In percent. */
  readonly confidence?: number
  /** Whether it was predicted before Do: words or a number of it are under the seal. */
  readonly sealed: boolean
  readonly result: string
  readonly resultNumber?: number
  readonly verdict?: Verdict
}

/** The name of the fact that holds a summary. */
export const summaryFact = 'cycle'

export const cycleFacts = (cycle: Cycle, records: Records): Fact[] => [
  { name: summaryFact, value: JSON.stringify(summaryOf(cycle, records)) },
]

/** The most questions that a summary holds; a cycle has one to three. */
const mostQuestions = 50
const longestLine = 240

export function summaryOf(cycle: Cycle, records: Records): CycleSummary {
  const stage = stageOf(records)
  const change = lastChange(records)
  const sealed = readSealed(sealOf(records))
  const isAtRest = isResting(stage)
  return withoutUndefined({
    idea: cycle.idea,
    number: cycle.number,
    continues: cycle.continues,
    next: openedBy(records),
    clonedFrom: cycle.clonedFrom?.documentId,
    stage,
    stageSince: change?.at,
    restsIn: isAtRest ? stageBeforeRest(records) : undefined,
    reason: isAtRest && change?.reason ? shortened(change.reason, longestLine) : undefined,
    scaleStep: cycle.scaleStep,
    scale: shortened(cycle.texts.scale, longestLine),
    owner: shortened(cycle.texts.testers, longestLine),
    due: cycle.plannedEnd,
    started: cycle.started,
    ended: cycle.ended,
    questions: cycle.questions
      .filter(isAsked)
      .slice(0, mostQuestions)
      .map((question) => summaryQuestion(question, sealed.get(question.id))),
    decision: cycle.decision,
    expand: cycle.expand,
    learned: oneLine(cycle.rich.learned, longestLine),
    conditions: conditionsOf(cycle),
    fidelity: fidelityOf(cycle, records),
    points: datedValues(cycle),
    notedAt: notedAt(cycle),
    isAgreed: isAgreed(cycle),
    isStudied: isStudied(cycle),
  })
}

/** A row in which nothing is written is not asked yet. */
const isAsked = (question: Question): boolean =>
  isStated(statementNow(question)) ||
  question.resultNumber !== undefined ||
  isFilled(linesOf(question.result))

function summaryQuestion(question: Question, stated: SealedStatement | undefined): SummaryQuestion {
  const { number, low, high, confidence, ...said }: Statement = stated?.sealed ?? statementNow(question)
  return withoutUndefined({
    id: question.id,
    question: shortened(said.question, longestLine),
    prediction: shortened(said.prediction, longestLine),
    number,
    low,
    high,
    unit: said.unit,
    confidence,
    sealed: stated !== undefined && isPrediction(stated.sealed),
    result: oneLine(question.result, longestLine),
    resultNumber: question.resultNumber,
    verdict: question.verdict,
  })
}

const structuredConditions = ['setting', 'population', 'level', 'staffing', 'length'] as const

/** "Setting: suburban middle school. Length: three weeks. …" */
function conditionsOf({ texts, rich }: Cycle): string {
  const structured = structuredConditions
    .filter((field) => isFilled(texts[field]))
    .map((field) => `${shortNames[field]}: ${texts[field].trim().replace(/\.$/, '')}.`)
  return shortened([...structured, linesOf(rich.conditions)].join(' '), longestLine)
}

function notedAt({ observations, points }: Cycle): number | undefined {
  const times = [
    ...observations.flatMap(({ at }) => at ?? []),
    ...points.flatMap(({ date, value }) =>
      date === undefined || value === undefined ? [] : [Date.parse(date)],
    ),
  ]
  // A day that no month has is no time.
  const known = times.filter(Number.isFinite)
  return known.length === 0 ? undefined : Math.max(...known)
}

function isAgreed({ tasks, consulted }: Cycle): boolean {
  const steps = tasks.filter(({ what }) => isFilled(what))
  return consulted === true && steps.length > 0 && steps.every(({ who }) => isFilled(who))
}

/**
 * Reads a summary as a fact holds it; undefined where it is none. Never throws: what does not fit is left out, as another
 * version may have written it.
 */
export function readSummary(value: unknown): CycleSummary | undefined {
  const from = fieldsOf(typeof value === 'string' ? parsed(value) : value)
  const stage = oneOf(stages, from.stage)
  if (stage === undefined) return undefined
  const idea = fieldsOf(from.idea)
  const ideaDocument = textOf(idea.documentId)
  const ideaPart = textOf(idea.part)
  return withoutUndefined({
    idea:
      ideaDocument === undefined || ideaPart === undefined
        ? undefined
        : { documentId: ideaDocument, part: ideaPart },
    number: numberOf(from.number) ?? 1,
    continues: textOf(from.continues),
    next: textOf(from.next),
    clonedFrom: textOf(from.clonedFrom),
    stage,
    stageSince: numberOf(from.stageSince),
    restsIn: isResting(stage) ? (oneOf(stages, from.restsIn) ?? firstStage) : undefined,
    reason: textOf(from.reason),
    scaleStep: oneOf(scaleSteps, from.scaleStep),
    scale: textOf(from.scale) ?? '',
    owner: textOf(from.owner) ?? '',
    due: dateOf(from.due),
    started: dateOf(from.started),
    ended: dateOf(from.ended),
    questions: listOf(from.questions).flatMap(readQuestion),
    decision: oneOf(decisions, from.decision),
    expand: from.expand === true ? (true as const) : undefined,
    learned: textOf(from.learned) ?? '',
    conditions: textOf(from.conditions) ?? '',
    fidelity: habits.map((_, index) => listOf(from.fidelity)[index] === true),
    points: numberOf(from.points) ?? 0,
    notedAt: numberOf(from.notedAt),
    isAgreed: from.isAgreed === true,
    isStudied: from.isStudied === true,
  })
}

function readQuestion(value: unknown): SummaryQuestion[] {
  const from = fieldsOf(value)
  const id = textOf(from.id)
  if (id === undefined) return []
  return [
    withoutUndefined({
      id,
      question: textOf(from.question) ?? '',
      prediction: textOf(from.prediction) ?? '',
      number: numberOf(from.number),
      low: numberOf(from.low),
      high: numberOf(from.high),
      unit: textOf(from.unit) ?? '',
      confidence: numberOf(from.confidence),
      sealed: from.sealed === true,
      result: textOf(from.result) ?? '',
      resultNumber: numberOf(from.resultNumber),
      verdict: oneOf(verdicts, from.verdict),
    }),
  ]
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
