import { type BoardCard, boardOf } from '#shared/kinds/pdsa-cycle/board.ts'
import { type Decision, firstStage, type Stage, stages } from '#shared/kinds/pdsa-cycle/model.ts'
import type { CycleSummary } from '#shared/kinds/pdsa-cycle/summary.ts'
import { cyclesTable } from '#shared/kinds/pdsa-cycle/table.ts'
import { cycleTransitions } from '#shared/kinds/pdsa-cycle/transitions.ts'
import { decisionNames, stageNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { oneOf } from '#shared/kinds/roots.ts'
import type { BoardCardView, BoardColumnView, BoardMove, BoardView } from '../board-view.ts'
import { DecisionGlyph } from './DecisionGlyph.tsx'
import { type PageStage, pageStageNames, pageStageOf, pageStages } from './parts.ts'
import { type PlacedDocument, placedCycle } from './placed.ts'
import { StageGlyph } from './StageGlyph.tsx'

/** A team's cycles by stage: draft and ready stand in Plan; what is paused or stalled rests where it came to a halt. */
export const cycleBoard: BoardView = {
  columns: [...pageStages.map(columnOfStage), { id: 'closed', label: 'Closed', theme: '' }],
  cards: (documents, now) =>
    boardOf(documents.flatMap(placedCycle), now)
      .flatMap(({ name, cards }) => (name === 'closed' ? [...cards].sort(byNewest) : cards))
      .map(cardView),
  table: (documents, names) =>
    cyclesTable(
      documents.flatMap(placedCycle).map(({ documentId, title, document, summary }) => {
        const team = names.team(document.teamId)
        const idea = summary.idea && names.part(summary.idea)
        return {
          documentId,
          title,
          summary,
          ...(team !== undefined && { team }),
          ...(idea !== undefined && { idea }),
        }
      }),
    ),
  method:
    'A cycle is one small test: predict, try, compare, decide. Start one from a change idea, with one person and one occasion.',
}

function columnOfStage(stage: PageStage): BoardColumnView {
  return { id: stage, label: pageStageNames[stage], theme: stage, Glyph: () => <StageGlyph stage={stage} /> }
}

function cardView({ cycle, days, isOverdue, hint }: BoardCard<PlacedDocument>): BoardCardView {
  const { document, summary } = cycle
  const { stage, reason, decision, due } = summary
  const said = isResting(stage) ? reason : hint?.sentence
  return {
    document,
    stage,
    column: columnOf(stage, summary.restsIn),
    isResting: isResting(stage),
    ...stateOf(stage),
    gist: [`Cycle ${summary.number}`, summary.scale].filter(Boolean).join(', '),
    owner: summary.owner,
    ...(stage === 'closed'
      ? doneSince(summary)
      : { ...(due !== undefined && { due }), ...(days !== undefined && { days }) }),
    isOverdue,
    ...(said !== undefined && { hint: said }),
    ...(decision !== undefined && isDecided(stage) && { Outcome: () => <Outcome decision={decision} /> }),
    moves: movesFrom(summary),
  }
}

const doneSince = ({ stageSince }: CycleSummary) => (stageSince === undefined ? {} : { doneAt: stageSince })

const byNewest = (a: BoardCard, b: BoardCard): number =>
  (b.cycle.summary.stageSince ?? 0) - (a.cycle.summary.stageSince ?? 0)

/** What is decided while it is not yet studied is only a thought. */
const isDecided = (stage: Stage): boolean => stage === 'acted' || stage === 'closed'

/** The columns of Do, Study, Act and Closed say it all. */
const stateOf = (stage: Stage): { readonly state?: string } =>
  ['draft', 'ready', 'paused', 'stalled'].includes(stage) ? { state: stageNames[stage] } : {}

function columnOf(stage: Stage, restsIn: Stage = firstStage): string {
  return pageStageOf(isResting(stage) ? restsIn : stage) ?? 'plan'
}

const isResting = (stage: Stage): stage is 'paused' | 'stalled' => stage === 'paused' || stage === 'stalled'

function movesFrom({ stage, restsIn }: CycleSummary): readonly BoardMove[] {
  return Object.entries(cycleTransitions).flatMap(([step, { from, to }]) => {
    // Only going on after a rest depends on what came before: it leads back to where it rests.
    const next = oneOf(stages, typeof to === 'string' ? to : restsIn)
    if (!from.includes(stage) || next === undefined) return []
    return [{ step, column: columnOf(next, stage), rests: isResting(next) }]
  })
}

function Outcome(props: { decision: Decision }) {
  return (
    <span class="badge">
      <DecisionGlyph decision={props.decision} />
      {decisionNames[props.decision]}
    </span>
  )
}
