import { identifierNames } from '../../identifiers/identifier.ts'
import { findIdentifiers } from '../../identifiers.ts'
import { timeOfId } from '../../ids.ts'
import type { Problem } from '../../records.ts'
import { isPrediction, isStated, statementNow } from './canonical.ts'
import type { Cycle, DataRow, Question, RichField, ShortField, Task } from './model.ts'
import { checkSize } from './test-size.ts'
import { isFilled, linesOf, listed, shortened } from './text.ts'
import { richNames, scaleNames, shortNames } from './words.ts'

/*
 * What a plan should have before Do, checked while it is written. The failures that these checks look for are those that
 * reviews of real cycles found: no prediction, no criterion, a test out of proportion, who, what, when and where absent
 * (Reed & Card, BMJ Quality & Safety 2016; McNicholas et al., BMJ Quality & Safety 2019).
 *
 * A team may go on with something missing and says why; only a plan that asks nothing cannot begin. The parts that problems
 * name: `idea`, `questions`, `question/<id>`, `measure`, `tasks`, `scale`, `stakeholders`.
 */

export type CheckName = 'idea' | 'predictions' | 'measure' | 'complete' | 'size' | 'consulted' | 'identifiers'

/** One check; met when it has no problems. */
export interface Check {
  readonly name: CheckName
  /** What holds when it is met. */
  readonly label: string
  readonly problems: readonly Problem[]
}

/**
 * All checks, in the order in which a plan is written. `schoolDomains`: those of students' email addresses, where they are
 * known.
 */
export const preflightChecks = (cycle: Cycle, schoolDomains: readonly string[] = []): readonly Check[] => [
  { name: 'idea', label: 'It tests a change idea', problems: ideaProblems(cycle) },
  { name: 'predictions', label: 'Each question has a prediction', problems: predictionProblems(cycle) },
  { name: 'measure', label: 'There is a way to measure it', problems: measureProblems(cycle) },
  { name: 'complete', label: 'Who, what, when and where are said', problems: rowProblems(cycle) },
  { name: 'size', label: 'It is small enough', problems: sizeProblems(cycle) },
  { name: 'consulted', label: 'Those whom it touches were asked', problems: consultedProblems(cycle) },
  {
    name: 'identifiers',
    label: 'Nothing in it identifies a student',
    problems: identifierProblems(cycle, schoolDomains),
  },
]

/** All that is missing before Do. */
export const preflight = (cycle: Cycle, schoolDomains?: readonly string[]): readonly Problem[] =>
  preflightChecks(cycle, schoolDomains).flatMap(({ problems }) => problems)

/** A plan that asks nothing: the one thing that no reason makes good. */
export const asksNothing = ({ questions }: Cycle): boolean =>
  questions.every(({ question }) => !isFilled(question))

export const noQuestion: Problem = {
  message: 'Write at least one question that this cycle is to answer.',
  part: 'questions',
}

const passable = (message: string, part?: string): Problem => ({
  message,
  ...(part === undefined ? {} : { part }),
  mayGoOn: true,
})

const ideaProblems = ({ idea }: Cycle): readonly Problem[] =>
  idea === undefined ? [passable('Choose the change idea that this cycle tests.', 'idea')] : []

function predictionProblems(cycle: Cycle): readonly Problem[] {
  if (asksNothing(cycle)) return [noQuestion]
  return cycle.questions.flatMap((question) => predictionProblem(question) ?? [])
}

function predictionProblem(question: Question): Problem | undefined {
  const statement = statementNow(question)
  const part = `question/${question.id}`
  if (!isStated(statement)) return undefined
  if (statement.question === '') return passable('A prediction has no question yet.', part)
  if (isPrediction(statement)) return undefined
  return passable(`“${shortened(statement.question)}” has no prediction yet.`, part)
}

const measureProblems = ({ texts, data }: Cycle): readonly Problem[] =>
  isFilled(texts.measure) || data.some(({ measure }) => isFilled(measure))
    ? []
    : [passable('Name what you will count, so that you can tell what happened.', 'measure')]

/** A row in which nothing is written is not there yet; any other one says all four. */
function rowProblems({ tasks, data }: Cycle): readonly Problem[] {
  const steps = tasks.filter(({ what, who, when, where }) => [what, who, when, where].some(isFilled))
  return [
    ...(steps.length === 0 ? [passable('Say who does what, when and where.', 'tasks')] : []),
    ...steps.flatMap(taskProblem),
    ...data.flatMap(dataProblem),
  ]
}

function taskProblem(task: Task): readonly Problem[] {
  const missing = (['what', 'who', 'when', 'where'] as const).filter((field) => !isFilled(task[field]))
  if (missing.length === 0) return []
  const step = isFilled(task.what) ? `The step “${shortened(task.what)}”` : 'A step'
  return [passable(`${step} does not say ${listed(missing)}.`, 'tasks')]
}

function dataProblem(row: DataRow): readonly Problem[] {
  if (![row.measure, row.who, row.when, row.where, row.how].some(isFilled)) return []
  const missing = (['measure', 'who', 'when', 'where'] as const).filter((field) => !isFilled(row[field]))
  if (missing.length === 0) return []
  const name = isFilled(row.measure)
    ? `“${shortened(row.measure)}” in the data plan`
    : 'A row of the data plan'
  const words = missing.map((field) => (field === 'measure' ? 'what is counted' : field))
  return [passable(`${name} does not say ${listed(words)}.`, 'measure')]
}

function sizeProblems(cycle: Cycle): readonly Problem[] {
  const check = checkSize(cycle)
  if (check === undefined)
    return [passable(`Say ${listed(openOfSize(cycle))}: how large a test may be depends on it.`, 'scale')]
  if (check.isSmallEnough) return []
  const limit = scaleNames[check.upTo].toLowerCase()
  return [
    passable(
      `It is larger than advised: as sure as you are, with what failure would cost and how ready people are, try it with at most ${limit} first.`,
      'scale',
    ),
  ]
}

const openOfSize = ({ scaleStep, belief, failureCost, readiness }: Cycle): readonly string[] => [
  ...(scaleStep === undefined ? ['how large the test is'] : []),
  ...(belief === undefined ? ['how sure you are that the change works'] : []),
  ...(failureCost === undefined ? ['what failure would cost'] : []),
  ...(readiness === undefined ? ['how ready people are'] : []),
]

const consultedProblems = ({ consulted }: Cycle): readonly Problem[] =>
  consulted ? [] : [passable('Ask those whom it touches what they think of it.', 'stakeholders')]

/** The texts of a plan, with how they are called and where they stand. */
const planTexts: readonly ShortField[] = [
  'scale',
  'site',
  'testers',
  'coach',
  'overallPopulation',
  'testPopulation',
  'measure',
  'balancing',
]
const planRich: readonly RichField[] = [
  'objective',
  'actions',
  'criterion',
  'stopRule',
  'harm',
  'stakeholders',
]

const partOfField: { readonly [Field in ShortField | RichField]?: string } = {
  scale: 'scale',
  overallPopulation: 'scale',
  testPopulation: 'scale',
  measure: 'measure',
  balancing: 'measure',
  stakeholders: 'stakeholders',
}

interface PlacedText {
  readonly name: string
  readonly text: string
  readonly part?: string | undefined
}

function identifierProblems(cycle: Cycle, schoolDomains: readonly string[]): readonly Problem[] {
  const context = { schoolDomains, year: yearOf(cycle) }
  return textsOfPlan(cycle).flatMap(({ name, text, part }) => {
    const kinds = new Set(findIdentifiers(text, context).map(({ kind }) => identifierNames[kind]))
    if (kinds.size === 0) return []
    return [passable(`${name}: this looks like ${listed([...kinds])}. Take it out or mask it.`, part)]
  })
}

/** The year in which the plan is made: by the days that it names, or else by when its questions were added. */
function yearOf({ start, plannedEnd, questions }: Cycle): number {
  const day = start ?? plannedEnd
  if (day !== undefined) return Number(day.slice(0, 4))
  const times = questions.flatMap(({ id }) => timeOfId(id) ?? [])
  return new Date(Math.max(...times)).getUTCFullYear()
}

function textsOfPlan({ texts, rich, questions, tasks, data }: Cycle): readonly PlacedText[] {
  return [
    ...planTexts.map((field) => ({ name: shortNames[field], text: texts[field], part: partOfField[field] })),
    ...planRich.map((field) => ({
      name: richNames[field],
      text: linesOf(rich[field]),
      part: partOfField[field],
    })),
    ...questions.map(({ id, question, prediction, because, method }, index) => ({
      name: `Question ${index + 1}`,
      text: [question, linesOf([...prediction, ...because, ...method])].join('\n'),
      part: `question/${id}`,
    })),
    ...tasks.map(({ what, who, when, where }) => ({
      name: 'Steps',
      text: [what, who, when, where].join('\n'),
      part: 'tasks',
    })),
    ...data.map(({ measure, who, when, where, how }) => ({
      name: 'Data plan',
      text: [measure, who, when, where, how].join('\n'),
      part: 'measure',
    })),
  ]
}
