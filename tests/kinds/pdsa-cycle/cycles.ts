import { createHash } from 'node:crypto'
import { predictions } from '../../../shared/kinds/pdsa-cycle/canonical.ts'
import { type Cycle, readCycle, type Stage } from '../../../shared/kinds/pdsa-cycle/model.ts'
import type { PlacedCycle } from '../../../shared/kinds/pdsa-cycle/ramp.ts'
import { type CycleSummary, readSummary } from '../../../shared/kinds/pdsa-cycle/summary.ts'
import type { Person } from '../../../shared/people.ts'
import type { Amendment, Records, Seal, StageChange } from '../../../shared/records.ts'
import { newCycle } from './people.ts'

export const nora: Person = { id: 'nora', name: 'Nora Lindqvist', color: 1 }
export const priya: Person = { id: 'priya', name: 'Priya Raman', color: 2 }
export const documentId = '01935c00-0000-7000-8000-000000000001'

/** A plan with nothing missing. */
export const fullPlan = {
  idea: { documentId: 'diagram', part: 'C1' },
  cycleKind: 'test',
  scaleStep: 'one',
  belief: 'low',
  failureCost: 'cheap',
  readiness: 'some',
  consulted: true,
  number: 2,
  start: '2024-11-04',
  plannedEnd: '2024-11-08',
  texts: {
    scale: '1 nurse, 5 families',
    site: 'Alder Creek',
    testers: 'Nora Lindqvist',
    coach: 'Priya Raman',
    measure: 'families reached the same day',
    balancing: 'minutes of the nurse',
  },
  rich: {
    objective: ['Find out whether families can be reached at 7:30.'],
    actions: ['Call at 7:30, before work begins.'],
    stakeholders: ['Two parents and the front office.'],
  },
  questions: [
    {
      question: 'Are they reached at 7:30?',
      prediction: ['4 of 5'],
      because: ['Noon failed: people were at work.'],
      method: ['Tally of calls.'],
      number: 4,
      low: 3,
      high: 5,
      unit: 'families',
      confidence: 60,
    },
  ],
  tasks: [{ what: 'Call', who: 'Nora', when: 'daily, 7:30', where: 'nurse’s office' }],
  data: [{ measure: 'calls answered', who: 'Nora', when: 'daily', where: 'log', how: 'tally' }],
} as const

/** What is added to a plan by those who have done and studied it. */
export const fullStudy = {
  carriedOut: 'yes',
  observations: [{ text: 'Two families asked who was calling.', at: Date.UTC(2024, 10, 5, 12, 40) }],
  decision: 'adapt',
  theory: 'strengthen',
  theoryLink: 'C1>S1',
} as const

/** A cycle as it is read from a document that was made of `seed`. */
export const cycleOf = (seed: unknown): Cycle => readCycle(newCycle(seed))

/** The plan with parts of it replaced; texts and rich texts are merged. */
export const planWith = (
  changes: { readonly texts?: object; readonly rich?: object } & Readonly<Record<string, unknown>> = {},
) =>
  cycleOf({
    ...fullPlan,
    ...changes,
    texts: { ...fullPlan.texts, ...changes.texts },
    rich: { ...fullPlan.rich, ...changes.rich },
  })

/** The first question of a cycle. */
export function firstQuestion(cycle: Cycle): Cycle['questions'][number] {
  const [question] = cycle.questions
  if (question === undefined) throw new Error('The cycle has no question.')
  return question
}

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** A seal of what the cycle predicts, as the server makes it. */
export function sealOfCycle(cycle: Cycle, amendments: readonly Amendment[] = []): Seal {
  const text = predictions.text(cycle, documentId)
  return {
    id: 'seal',
    name: 'predictions',
    text,
    hash: sha256(text),
    by: nora,
    present: [nora, priya],
    at: Date.UTC(2024, 10, 4, 12, 52),
    amendments,
  }
}

/** An amendment of one question, as the cycle says it now. */
export function amendmentOf(cycle: Cycle, part: string): Amendment {
  const text = predictions.partText(cycle, documentId, part)
  if (text === undefined) throw new Error(`There is no question ${part}.`)
  return {
    id: 'amendment',
    part,
    text,
    hash: sha256(text),
    reason: 'A family moved.',
    by: priya,
    at: Date.UTC(2024, 10, 5, 9, 0),
  }
}

const day = 24 * 60 * 60 * 1000

/** Records of a document that went through these stages, a step a day, from 4 November 2024 on. */
export function recordsOf(stages: readonly Stage[], more: Records = {}): Records {
  const transitions = stages.map(
    (to, index): StageChange => ({
      number: index + 1,
      name: `to-${to}`,
      from: stages[index - 1] ?? 'draft',
      to,
      by: nora,
      at: Date.UTC(2024, 10, 4) + index * day,
      ...(to === 'stalled' ? { reason: 'No agreement who calls.' } : {}),
    }),
  )
  return { stage: stages[stages.length - 1] ?? 'draft', transitions, ...more }
}

/** A summary of which only what is said matters. */
export function summaryWith(said: Partial<CycleSummary>): CycleSummary {
  const summary = readSummary({ stage: 'draft', ...said })
  if (summary === undefined) throw new Error('That is no summary.')
  return summary
}

/** A cycle on a ramp. */
export const placed = (id: string, said: Partial<CycleSummary> = {}, createdAt?: number): PlacedCycle => ({
  documentId: id,
  title: id,
  summary: summaryWith(said),
  ...(createdAt === undefined ? {} : { createdAt }),
})
