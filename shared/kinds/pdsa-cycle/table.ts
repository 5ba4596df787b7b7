import type { Records } from '../../records.ts'
import type { Table } from '../kind.ts'
import { isPrediction, isStated, statementNow } from './canonical.ts'
import type { Cycle } from './model.ts'
import { readSealed, sealOf } from './sealed.ts'
import type { CycleSummary, SummaryQuestion } from './summary.ts'
import { linesOf } from './text.ts'
import { choiceNames, stageNames, verdictNames } from './words.ts'

const questionColumns = [
  'question',
  'prediction',
  'number',
  'low',
  'high',
  'unit',
  'confidence_percent',
  'predicted_before_do',
  'result',
  'result_number',
  'verdict',
] as const

/** One cycle as rows, one for each question: once it is sealed, the prediction as it was sealed. */
export function cycleTable(cycle: Cycle, records: Records): Table {
  const seal = sealOf(records)
  const sealed = readSealed(seal)
  const asked = cycle.questions.filter((question) => isStated(statementNow(question)))
  return {
    name: 'Questions',
    columns: [...questionColumns, 'because', 'before'],
    rows: asked.map((question) => {
      const stated = sealed.get(question.id)?.sealed
      const shown = stated ?? statementNow(question)
      return [
        ...questionCells({
          ...shown,
          sealed: stated !== undefined && isPrediction(stated),
          result: linesOf(question.result).trim(),
          resultNumber: question.resultNumber,
          verdict: question.verdict,
        }),
        shown.because,
        question.before,
      ]
    }),
    omits: 'This table holds the questions of the cycle. Export JSON to keep everything.',
  }
}

/** A cycle as a list of all cycles names it. */
export interface ListedCycle {
  readonly documentId: string
  readonly title: string
  /** Name of the team; absent for the network's. */
  readonly team?: string
  /** The change idea's words, where the reader may see them. */
  readonly idea?: string
  readonly summary: CycleSummary
}

/** All cycles as rows, one for each question of each; a cycle that asks nothing yet has one row. */
export const cyclesTable = (cycles: readonly ListedCycle[]): Table => ({
  name: 'Cycles',
  columns: [
    'cycle_id',
    'title',
    'team',
    'change_idea',
    'cycle_number',
    'stage',
    'scale_step',
    'scale',
    'owner',
    'due',
    'started',
    'ended',
    ...questionColumns,
    'decision',
    'expand',
    'learned',
    'conditions',
  ],
  rows: cycles.flatMap((cycle) => {
    const { questions } = cycle.summary
    return (questions.length === 0 ? [undefined] : questions).map((question) => rowOf(cycle, question))
  }),
})

type Cell = Table['rows'][number][number]

const rowOf = (
  { documentId, title, team, idea, summary }: ListedCycle,
  question: SummaryQuestion | undefined,
): readonly Cell[] => [
  documentId,
  title,
  team,
  idea,
  summary.number,
  stageNames[summary.stage],
  summary.scaleStep && choiceNames.scaleStep[summary.scaleStep],
  summary.scale,
  summary.owner,
  summary.due,
  summary.started,
  summary.ended,
  ...(question === undefined ? questionColumns.map(() => undefined) : questionCells(question)),
  summary.decision && choiceNames.decision[summary.decision],
  yesOrNo(summary.expand ?? false),
  summary.learned,
  summary.conditions,
]

/** In the order of `questionColumns`. */
const questionCells = (
  question: Omit<SummaryQuestion, 'id' | 'resultNumber' | 'verdict'> & {
    readonly resultNumber?: number | undefined
    readonly verdict?: SummaryQuestion['verdict'] | undefined
  },
): readonly Cell[] => [
  question.question,
  question.prediction,
  question.number,
  question.low,
  question.high,
  question.unit,
  question.confidence,
  yesOrNo(question.sealed),
  question.result,
  question.resultNumber,
  question.verdict && verdictNames[question.verdict],
]

const yesOrNo = (value: boolean): string => (value ? 'yes' : 'no')
