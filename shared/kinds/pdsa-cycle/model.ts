import type * as Y from 'yjs'
import type { Block } from '../../content/blocks.ts'
import { dateOf, mapAt, numberOf, oneOf, richAt, textAt, textOf, wordsOf } from '../roots.ts'
import { type Row, readRows, richName } from '../rows.ts'

/**
 * A PDSA cycle: one test of one change idea. A prediction is written first, then what happened, what was learned, and what
 * comes next. The fields are those of the usual form (Langley et al., The Improvement Guide), in our words.
 *
 * In the Y.Doc (docs/sync-rules.md, Y1 to Y8):
 *   cycle          map of scalars: everything that is chosen rather than written
 *   text/<field>   short texts, `rich/<field>` long ones: roots
 *   questions, tasks, data, observations, points
 *                  lists of rows (`../rows.ts`); a question's long texts are roots `questions/<field>/<id>`
 *
 * What the document says of its stage is a hint for the page while it is offline: the rows of its transitions count.
 */

/** The stages a cycle goes through, and the two it may rest in. */
export const stages = ['draft', 'ready', 'doing', 'studying', 'acted', 'closed', 'paused', 'stalled'] as const
export type Stage = (typeof stages)[number]
export const firstStage: Stage = 'draft'

export const cycleKinds = ['collect', 'develop', 'test', 'implement'] as const
export type CycleKind = (typeof cycleKinds)[number]

/** How large a test is: the ladder of schools, in order. */
export const scaleSteps = ['one', 'three', 'five', 'all', 'others', 'network'] as const
export type ScaleStep = (typeof scaleSteps)[number]

/** The three things that the size of a test depends on (The Improvement Guide's table). */
export const beliefs = ['low', 'high'] as const
export const failureCosts = ['costly', 'cheap'] as const
export const readinesses = ['none', 'some', 'strong'] as const

export const carriedOuts = ['yes', 'partly', 'no'] as const
export const verdicts = ['matched', 'better', 'worse', 'cannot-tell'] as const
export type Verdict = (typeof verdicts)[number]
export const decisions = ['adopt', 'adapt', 'abandon'] as const
export type Decision = (typeof decisions)[number]
/** What a cycle says of the link between its idea and a driver. */
export const theoryChanges = ['strengthen', 'weaken', 'redraw', 'leave'] as const
export type TheoryChange = (typeof theoryChanges)[number]
export const answerKinds = ['number', 'observation', 'both'] as const

/** What is chosen from a few, with what there is to choose from. */
export const choices = {
  cycleKind: cycleKinds,
  scaleStep: scaleSteps,
  belief: beliefs,
  failureCost: failureCosts,
  readiness: readinesses,
  carriedOut: carriedOuts,
  decision: decisions,
  theory: theoryChanges,
} as const
export type ChoiceName = keyof typeof choices
export type ChoiceOf<Name extends ChoiceName> = (typeof choices)[Name][number]

/** What is ticked or not. */
export const ticks = ['consulted', 'expand', 'shareLearning'] as const
export type Tick = (typeof ticks)[number]

/** Days, `2025-12-01`. */
export const days = ['start', 'plannedEnd', 'started', 'ended'] as const
export type Day = (typeof days)[number]

/** In percent, from 0 to 100: how sure the team is that the change works, before and after. */
export const percents = ['sureBefore', 'sureAfter'] as const
export type Percent = (typeof percents)[number]

/** The numbers of a question; `confidence` is in percent, the others are in its unit. */
export const questionNumbers = ['number', 'low', 'high', 'confidence', 'resultNumber', 'before'] as const
export type QuestionNumber = (typeof questionNumbers)[number]

/** Short texts that merge character by character: roots `text/<field>`. */
export const shortFields = [
  'scale', // in words, e.g. "1 nurse, 3 families"
  'site',
  'testers',
  'coach',
  'overallPopulation',
  'testPopulation',
  'measure', // what will be counted for this cycle
  'balancing', // what must not get worse
  'setting',
  'population',
  'level',
  'staffing',
  'length',
  'holdOwner',
  'holdMeasure',
] as const
export type ShortField = (typeof shortFields)[number]

/** Long texts: rich text in roots `rich/<field>`, by the stage that they belong to. */
export const richFields = [
  'objective',
  'actions', // what exactly will be done
  'criterion',
  'stopRule',
  'harm',
  'stakeholders',
  'deviations',
  'unexpected',
  'problems',
  'summary', // what the data say
  'comparison', // with earlier performance
  'learned',
  'surprises',
  'conditions', // for whom, under which conditions, in free words
  'changes', // for the next cycle
  'standard', // adopt: the procedure that holds it
  'training', // adopt: who learns it, and how
  'abandonReason',
  'changeOurMind', // abandon: what would make us try again
  'theoryWhy',
] as const
export type RichField = (typeof richFields)[number]

/** Long texts of a question: roots `questions/<field>/<id>`. */
export const questionRichFields = ['prediction', 'because', 'method', 'result'] as const
export type QuestionRichField = (typeof questionRichFields)[number]

export interface Question {
  readonly id: string
  readonly order: string
  readonly question: string
  /** In words; a number, with its range, beside it where one is wanted. */
  readonly prediction: readonly Block[]
  readonly because: readonly Block[]
  /** How it will be answered. */
  readonly method: readonly Block[]
  readonly answerKind?: (typeof answerKinds)[number]
  readonly unit: string
  readonly number?: number
  readonly low?: number
  readonly high?: number
  /** In percent, from 0 to 100. */
  readonly confidence?: number
  /** Whether everyone on the team is asked for a private number. */
  readonly forecast?: true
  readonly result: readonly Block[]
  readonly resultNumber?: number
  /** What it was before the test. */
  readonly before?: number
  readonly verdict?: Verdict
}

export interface Task {
  readonly id: string
  readonly order: string
  readonly what: string
  readonly who: string
  readonly when: string
  readonly where: string
  readonly done?: true
}

/** A row of the data plan. */
export interface DataRow {
  readonly id: string
  readonly order: string
  readonly measure: string
  readonly who: string
  readonly when: string
  readonly where: string
  readonly how: string
}

/** Something seen while doing. Who wrote it the update log knows; what a document says of its authors counts nothing. */
export interface Observation {
  readonly id: string
  readonly order: string
  readonly text: string
  /** Milliseconds since 1970. */
  readonly at?: number
  readonly unexpected?: true
}

/** A value at one date, for the small chart of the study. */
export interface Point {
  readonly id: string
  readonly order: string
  readonly date?: string
  readonly value?: number
  readonly note: string
}

export interface Cycle {
  /** The change idea that it tests: a card of a driver diagram. */
  readonly idea?: { readonly documentId: string; readonly part: string }
  /** The cycle before it on the same ramp. */
  readonly continues?: string
  readonly clonedFrom?: { readonly documentId: string; readonly title: string; readonly team?: string }
  readonly number: number
  readonly cycleKind?: CycleKind
  readonly scaleStep?: ScaleStep
  readonly belief?: (typeof beliefs)[number]
  readonly failureCost?: (typeof failureCosts)[number]
  readonly readiness?: (typeof readinesses)[number]
  /** Whether those whom it touches were asked. */
  readonly consulted?: true
  /** Days, `2025-12-01`. */
  readonly start?: string
  readonly plannedEnd?: string
  readonly started?: string
  readonly ended?: string
  readonly carriedOut?: (typeof carriedOuts)[number]
  readonly decision?: Decision
  /** With adopt or adapt: the next cycle is larger. */
  readonly expand?: true
  /** How sure the team is that the change works, in percent. */
  readonly sureBefore?: number
  readonly sureAfter?: number
  readonly theory?: TheoryChange
  /** The link `idea>driver` that the theory is about, and for `redraw` the card that the idea leads to instead. */
  readonly theoryLink?: string
  readonly theoryTo?: string
  readonly shareLearning?: true
  readonly texts: Readonly<Record<ShortField, string>>
  readonly rich: Readonly<Record<RichField, readonly Block[]>>
  readonly questions: readonly Question[]
  readonly tasks: readonly Task[]
  readonly data: readonly DataRow[]
  readonly observations: readonly Observation[]
  readonly points: readonly Point[]
}

/** The lists of a cycle, with the short texts that each row is born with. */
export const lists = {
  questions: ['question', 'unit'],
  tasks: ['what', 'who', 'when', 'where'],
  data: ['measure', 'who', 'when', 'where', 'how'],
  observations: ['text'],
  points: ['note'],
} as const
export type ListName = keyof typeof lists

/** One entry for each short text, and for each long one. The entries are exactly those of the list the type is made of. */
export const shortTexts = (textOf: (field: ShortField) => string): Cycle['texts'] =>
  Object.fromEntries(shortFields.map((field) => [field, textOf(field)])) as Cycle['texts']

export const richTexts = (blocksOf: (field: RichField) => readonly Block[]): Cycle['rich'] =>
  Object.fromEntries(richFields.map((field) => [field, blocksOf(field)])) as unknown as Cycle['rich']

/* The places in the document. */

export const cycleMap = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('cycle')
export const shortText = (doc: Y.Doc, field: ShortField): Y.Text => doc.getText(`text/${field}`)
export const richText = (doc: Y.Doc, field: RichField): Y.XmlFragment => doc.getXmlFragment(`rich/${field}`)

/** The cycle as it is shown. Never throws. */
export function readCycle(doc: Y.Doc): Cycle {
  const map = mapAt(doc, 'cycle')
  const get = (name: string) => map?.get(name)
  const ideaDocument = textOf(get('ideaDocument'))
  const ideaPart = textOf(get('ideaPart'))
  const clonedFrom = textOf(get('clonedFrom'))
  return withoutUndefined({
    idea:
      ideaDocument === undefined || ideaPart === undefined
        ? undefined
        : { documentId: ideaDocument, part: ideaPart },
    continues: textOf(get('continues')),
    clonedFrom:
      clonedFrom === undefined
        ? undefined
        : withoutUndefined({
            documentId: clonedFrom,
            title: textOf(get('clonedFromTitle')) ?? '',
            team: textOf(get('clonedFromTeam')),
          }),
    number: Math.max(1, Math.round(numberOf(get('number')) ?? 1)),
    cycleKind: oneOf(cycleKinds, get('cycleKind')),
    scaleStep: oneOf(scaleSteps, get('scaleStep')),
    belief: oneOf(beliefs, get('belief')),
    failureCost: oneOf(failureCosts, get('failureCost')),
    readiness: oneOf(readinesses, get('readiness')),
    consulted: trueOf(get('consulted')),
    start: dateOf(get('start')),
    plannedEnd: dateOf(get('plannedEnd')),
    started: dateOf(get('started')),
    ended: dateOf(get('ended')),
    carriedOut: oneOf(carriedOuts, get('carriedOut')),
    decision: oneOf(decisions, get('decision')),
    expand: trueOf(get('expand')),
    sureBefore: percentOf(get('sureBefore')),
    sureAfter: percentOf(get('sureAfter')),
    theory: oneOf(theoryChanges, get('theory')),
    theoryLink: textOf(get('theoryLink')),
    theoryTo: textOf(get('theoryTo')),
    shareLearning: trueOf(get('shareLearning')),
    texts: shortTexts((field) => textAt(doc, `text/${field}`)),
    rich: richTexts((field) => richAt(doc, `rich/${field}`)),
    questions: readRows(doc, 'questions').map((row) => questionOf(doc, row)),
    tasks: readRows(doc, 'tasks').map(taskOf),
    data: readRows(doc, 'data').map(dataRowOf),
    observations: readRows(doc, 'observations').map(observationOf),
    points: readRows(doc, 'points').map(pointOf),
  })
}

/** What the document says of its stage: only for a page that cannot ask what the records say. */
export const readStageHint = (doc: Y.Doc): Stage | undefined =>
  oneOf(stages, mapAt(doc, 'cycle')?.get('stage'))

function questionOf(doc: Y.Doc, { id, order, map }: Row): Question {
  const rich = (field: QuestionRichField) => richAt(doc, richName('questions', field, id))
  return withoutUndefined({
    id,
    order,
    question: wordsOf(map.get('question')),
    prediction: rich('prediction'),
    because: rich('because'),
    method: rich('method'),
    answerKind: oneOf(answerKinds, map.get('answerKind')),
    unit: wordsOf(map.get('unit')),
    number: numberOf(map.get('number')),
    low: numberOf(map.get('low')),
    high: numberOf(map.get('high')),
    confidence: percentOf(map.get('confidence')),
    forecast: trueOf(map.get('forecast')),
    result: rich('result'),
    resultNumber: numberOf(map.get('resultNumber')),
    before: numberOf(map.get('before')),
    verdict: oneOf(verdicts, map.get('verdict')),
  })
}

const taskOf = ({ id, order, map }: Row): Task =>
  withoutUndefined({
    id,
    order,
    what: wordsOf(map.get('what')),
    who: wordsOf(map.get('who')),
    when: wordsOf(map.get('when')),
    where: wordsOf(map.get('where')),
    done: trueOf(map.get('done')),
  })

const dataRowOf = ({ id, order, map }: Row): DataRow => ({
  id,
  order,
  measure: wordsOf(map.get('measure')),
  who: wordsOf(map.get('who')),
  when: wordsOf(map.get('when')),
  where: wordsOf(map.get('where')),
  how: wordsOf(map.get('how')),
})

const observationOf = ({ id, order, map }: Row): Observation =>
  withoutUndefined({
    id,
    order,
    text: wordsOf(map.get('text')),
    at: numberOf(map.get('at')),
    unexpected: trueOf(map.get('unexpected')),
  })

const pointOf = ({ id, order, map }: Row): Point =>
  withoutUndefined({
    id,
    order,
    date: dateOf(map.get('date')),
    value: numberOf(map.get('value')),
    note: wordsOf(map.get('note')),
  })

const trueOf = (value: unknown): true | undefined => (value === true ? true : undefined)

function percentOf(value: unknown): number | undefined {
  const number = numberOf(value)
  return number === undefined ? undefined : Math.min(100, Math.max(0, number))
}

/** The same without the properties that are undefined. */
export function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>
}

export type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
} & {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K]
}
