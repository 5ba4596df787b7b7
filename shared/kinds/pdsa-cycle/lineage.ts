import type { Block } from '../../content/blocks.ts'
import type { CopiedFrom, Opening, Origin, Reference, ThroughPart } from '../kind.ts'
import {
  type Cycle,
  type Question,
  richTexts,
  type ScaleStep,
  type ShortField,
  scaleSteps,
  shortTexts,
  type Task,
  withoutUndefined,
} from './model.ts'
import { stepIndex } from './test-size.ts'
import { isFilled, isWritten, linesOf, shortened } from './text.ts'

/*
 * Where a cycle comes from and what goes on from one to another: the idea that it tests, the cycle that it continues, the
 * plan that it was cloned from.
 */

/** What a cycle stands on: the idea that it tests, the cycle before it, the plan that it was cloned from. */
export const cycleReferences = ({ idea, continues, clonedFrom }: Cycle): Reference[] => [
  ...(idea === undefined ? [] : [{ documentId: idea.documentId, targetPart: idea.part, relation: 'tests' }]),
  ...(continues === undefined ? [] : [{ documentId: continues, relation: 'continues' }]),
  ...(clonedFrom === undefined ? [] : [{ documentId: clonedFrom.documentId, relation: 'cloned-from' }]),
]

/** The cycle as a piece of the through-line: as a whole, which is the part '', or one of its questions. */
export function throughCycle(cycle: Cycle, part: string): readonly ThroughPart[] {
  if (part !== '' && !cycle.questions.some(({ id }) => id === part || `question/${id}` === part)) return []
  return [{ station: 'cycle', part, label: cycleLabel(cycle) }]
}

/** "Cycle 3, grade 2" */
export const cycleLabel = ({ number, texts }: Cycle): string =>
  isFilled(texts.scale) ? `Cycle ${number}, ${shortened(texts.scale, 80)}` : `Cycle ${number}`

/** A cycle that tests the change idea it is started from. */
export const startOnIdea = (seed: Cycle, { documentId, part }: Origin): Cycle =>
  part === undefined ? seed : { ...seed, idea: { documentId, part } }

/** What of a plan another team can take over. Who and where they are, and how large a test may be, differ there. */
const clonedTexts: readonly ShortField[] = ['overallPopulation', 'measure', 'balancing']

/**
 * A copy takes over the plan and where it comes from: never a date, a prediction, an observation or a result. What was
 * found out about people's readiness and agreement is found out anew.
 */
export function clonePlan(cycle: Cycle, from: CopiedFrom): Cycle {
  const { documentId, title, team } = from
  return withoutUndefined({
    ...carriedPlan(cycle, clonedTexts),
    idea: cycle.idea,
    clonedFrom: withoutUndefined({ documentId, title, team }),
    number: cycle.number + 1,
    tasks: cycle.tasks.map((task) => ({ ...newTask(task), who: '', when: '', where: '' })),
    data: cycle.data.map((row) => ({ ...row, who: '', when: '', where: '' })),
  })
}

/** A template is a plan that stands nowhere yet: on no idea, after no other cycle, and it was cloned from none. */
export function planTemplate(cycle: Cycle): Cycle {
  const { idea, clonedFrom, ...plan } = clonePlan(cycle, { documentId: '', title: '' })
  return { ...plan, number: 1 }
}

/** What goes on to the next cycle of the same people. */
const carriedTexts: readonly ShortField[] = [
  'site',
  'testers',
  'coach',
  'overallPopulation',
  'testPopulation',
  'measure',
  'balancing',
]

/**
 * The next cycle of the ramp: the plan of this one, one step up the ladder where it expands, with what should change as the
 * beginning of its objective. A prediction is made anew, and nothing of what happened goes with it.
 */
export function nextCycle(cycle: Cycle, documentId: string): Opening<Cycle> {
  const number = cycle.number + 1
  const { changes } = cycle.rich
  const scaleStep = cycle.expand ? oneStepUp(cycle.scaleStep) : cycle.scaleStep
  const plan = carriedPlan(cycle, cycle.expand ? carriedTexts : ['scale', ...carriedTexts])
  return {
    title: isWritten(changes) ? `Cycle ${number}: ${firstLine(changes)}` : `Cycle ${number}`,
    content: withoutUndefined({
      ...plan,
      idea: cycle.idea,
      continues: documentId,
      number,
      scaleStep,
      rich: {
        ...plan.rich,
        stakeholders: cycle.rich.stakeholders,
        ...(isWritten(changes) ? { objective: changes } : {}),
      },
      tasks: cycle.tasks.map(newTask),
      data: cycle.data,
    }),
  }
}

function oneStepUp(step: ScaleStep | undefined): ScaleStep | undefined {
  if (step === undefined) return undefined
  return scaleSteps[stepIndex(step) + 1] ?? step
}

const firstLine = (blocks: readonly Block[]): string =>
  shortened(linesOf(blocks).trim().split('\n', 1)[0] ?? '', 90)

const carriedRich = ['objective', 'actions', 'criterion', 'stopRule', 'harm'] as const

/** A plan without its predictions, its dates and everything that happened. */
function carriedPlan(cycle: Cycle, texts: readonly ShortField[]): Cycle {
  const { cycleKind } = cycle
  return {
    ...(cycleKind === undefined ? {} : { cycleKind }),
    number: cycle.number,
    texts: shortTexts((field) => (texts.includes(field) ? cycle.texts[field] : '')),
    rich: richTexts((field) => (carriedRich.some((carried) => carried === field) ? cycle.rich[field] : [])),
    questions: cycle.questions.map(newQuestion),
    tasks: [],
    data: [],
    observations: [],
    points: [],
  }
}

const newQuestion = ({ id, order, question, method, answerKind, unit, forecast }: Question): Question =>
  withoutUndefined({
    id,
    order,
    question,
    prediction: [],
    because: [],
    method,
    answerKind,
    unit,
    forecast,
    result: [],
  })

const newTask = ({ id, order, what, who, when, where }: Task): Task => ({ id, order, what, who, when, where })
