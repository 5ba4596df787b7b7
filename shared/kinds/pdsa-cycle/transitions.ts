import type * as Y from 'yjs'
import type { Problem, Records } from '../../records.ts'
import type { Taken, Transition } from '../kind.ts'
import { isStated, statementNow } from './canonical.ts'
import { nextCycle } from './lineage.ts'
import { type Cycle, cycleMap, type Day, type Stage } from './model.ts'
import { asksNothing, noQuestion, preflight } from './preflight.ts'
import { openedBy, stageBeforeRest } from './stages.ts'
import { isFilled, isWritten, shortened } from './text.ts'
import { theoryProblems, theoryRequests } from './theory.ts'

/**
 * The steps of a cycle. What stands against a step is said in full; what carries `mayGoOn` can be passed with a reason.
 *
 *   draft ⇄ ready → doing → studying → acted → closed          paused, stalled: from all but closed, and back
 *
 * `start-do` seals the predictions; `close` asks the diagram to revise the link and, to adapt or expand, opens the next
 * cycle. The parts that problems name are those of the pre-flight, the names of fields, `verdict/<id>`, `decision` and
 * `theory`.
 */
export const cycleTransitions: Readonly<Record<string, Transition<Cycle>>> = {
  ready: {
    label: 'Mark as ready',
    from: ['draft'],
    to: 'ready',
    problems: (cycle) => (asksNothing(cycle) ? [noQuestion] : []),
    edit: hint,
  },
  'to-draft': { label: 'Back to draft', from: ['ready'], to: 'draft', problems: none, edit: hint },
  'start-do': {
    label: 'Start Do',
    from: ['draft', 'ready'],
    to: 'doing',
    problems: (cycle, _, { schoolDomains }) => preflight(cycle, schoolDomains),
    seals: 'predictions',
    edit: hintAndDay('started'),
  },
  'finish-do': {
    label: 'Go on to Study',
    from: ['doing'],
    to: 'studying',
    problems: doingProblems,
    edit: hintAndDay('ended'),
  },
  'go-on-to-act': {
    label: 'Go on to Act',
    from: ['studying'],
    to: 'acted',
    problems: studyProblems,
    edit: hint,
  },
  close: {
    label: 'Close the cycle',
    from: ['acted'],
    to: 'closed',
    problems: (cycle) => [...decisionProblems(cycle), ...theoryProblems(cycle)],
    edit: hint,
    asks: (cycle, _, taken) => theoryRequests(cycle, taken),
    opens: (cycle, records, taken) => (opensNext(cycle, records) ? [nextCycle(cycle, taken.documentId)] : []),
  },
  pause: { label: 'Pause', from: unfinished(), to: 'paused', problems: none, edit: hint },
  stall: {
    label: 'Say that it is stalled',
    from: unfinished(),
    to: 'stalled',
    needsReason: true,
    problems: none,
    edit: hint,
  },
  resume: {
    label: 'Go on',
    from: ['paused', 'stalled'],
    to: stageBeforeRest,
    problems: none,
    edit: hint,
  },
  reopen: {
    label: 'Open again',
    from: ['closed'],
    to: 'acted',
    needsReason: true,
    problems: none,
    edit: hint,
  },
}

/** Whether closing it opens the next cycle: to adapt, or to try on a larger scale, and only once. */
export const opensNext = ({ decision, expand }: Cycle, records: Records): boolean =>
  openedBy(records) === undefined && (decision === 'adapt' || (decision === 'adopt' && expand === true))

type Moved = Taken & { readonly to: string }

/** The document's own copy of its stage, for pages that are offline. */
function hint(doc: Y.Doc, { to }: Moved): void {
  cycleMap(doc).set('stage', to)
}

function hintAndDay(name: Day): (doc: Y.Doc, taken: Moved) => void {
  return (doc, taken) => {
    hint(doc, taken)
    cycleMap(doc).set(name, taken.day)
  }
}

function unfinished(): readonly Stage[] {
  return ['draft', 'ready', 'doing', 'studying', 'acted']
}

function none(): readonly Problem[] {
  return []
}

function doingProblems({ carriedOut, observations, points, questions, rich }: Cycle): readonly Problem[] {
  const hasSeen =
    observations.some(({ text }) => isFilled(text)) ||
    points.some(({ value }) => value !== undefined) ||
    questions.some(({ result, resultNumber }) => resultNumber !== undefined || isWritten(result))
  return [
    ...(carriedOut === undefined
      ? [passable('Say whether it was carried out as planned.', 'carriedOut')]
      : []),
    ...(carriedOut !== undefined && carriedOut !== 'yes' && !isWritten(rich.deviations)
      ? [passable('Say what was done differently.', 'deviations')]
      : []),
    ...(hasSeen
      ? []
      : [passable('Nothing was noted while doing: no observation, no value.', 'observations')]),
  ]
}

function studyProblems({ questions, rich }: Cycle): readonly Problem[] {
  return [
    ...questions.flatMap((question): Problem[] => {
      const statement = statementNow(question)
      if (question.verdict !== undefined || !isStated(statement)) return []
      const name = statement.question === '' ? 'A question' : `“${shortened(statement.question)}”`
      return [{ message: `${name} has no verdict yet.`, part: `verdict/${question.id}` }]
    }),
    ...(isWritten(rich.learned) ? [] : [passable('Write down what you learned.', 'learned')]),
  ]
}

function decisionProblems({ decision, texts, rich }: Cycle): readonly Problem[] {
  if (decision === undefined) return [{ message: 'Decide: adopt, adapt or abandon.', part: 'decision' }]
  switch (decision) {
    case 'adopt':
      return [
        ...(isFilled(texts.holdOwner) ? [] : [passable('Name who keeps it going.', 'holdOwner')]),
        ...(isWritten(rich.standard) ? [] : [passable('Describe the procedure that holds it.', 'standard')]),
        ...(isWritten(rich.training) ? [] : [passable('Say who learns it, and how.', 'training')]),
        ...(isFilled(texts.holdMeasure) ? [] : [passable('Name the measure to watch.', 'holdMeasure')]),
      ]
    case 'adapt':
      return isWritten(rich.changes)
        ? []
        : [passable('Say what will be different in the next cycle.', 'changes')]
    case 'abandon':
      return [
        ...(isWritten(rich.abandonReason) ? [] : [passable('Say why you let it go.', 'abandonReason')]),
        ...(isWritten(rich.changeOurMind)
          ? []
          : [passable('Say what would change your mind.', 'changeOurMind')]),
      ]
  }
}

function passable(message: string, part: string): Problem {
  return { message, part, mayGoOn: true }
}
