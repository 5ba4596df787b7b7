import type * as Y from 'yjs'
import { pieceCount } from '../../content/blocks.ts'
import { parseBlocks, writeRichText } from '../../content/rich-text.ts'
import { firstKeys } from '../order.ts'
import { fillRow, type NewRow, rowRich, type Scalar } from '../rows.ts'
import { choiceAt, dateAt, listAt, numberAt, objectAt, percentAt, textAt, tickAt, wordAt } from '../seeds.ts'
import {
  answerKinds,
  type Cycle,
  choices,
  cycleMap,
  type DataRow,
  days,
  type ListName,
  lists,
  type Observation,
  type Point,
  percents,
  type Question,
  questionRichFields,
  richFields,
  richText,
  richTexts,
  shortFields,
  shortText,
  shortTexts,
  type Task,
  ticks,
  verdicts,
  withoutUndefined,
} from './model.ts'

/**
 * A cycle as a file that people can write by hand: templates, the sample, and JSON exports. It has the model's own shape,
 * and whatever is left out is empty.
 *
 *   { "cycleKind": "test", "scaleStep": "one",
 *     "texts": { "scale": "1 nurse, 3 families", "measure": "families reached by phone" },
 *     "rich": { "objective": ["Find out whether families can be reached on day 2."] },
 *     "questions": [ { "question": "Do we reach them the same day?", "prediction": ["2 of 3"], "number": 2,
 *                      "unit": "of 3 families", "confidence": 70 } ],
 *     "tasks": [ { "what": "Call", "who": "Nora", "when": "daily, noon", "where": "nurse's office" } ] }
 *
 * Ids and order keys are accepted and not kept: rows stand in the order of the file. What a cycle says of its stage and of
 * the cycle that it opened is not kept either: a document that is made from a file has gone through no step.
 */
const mostRows = 500
const mostPieces = 20_000

/** Reads such a file. Throws a sentence that names the place and says what is accepted. */
export function parseSeed(json: unknown): Cycle {
  const file = objectAt(json, 'The content', cycleKeys)
  const cycle: Cycle = withoutUndefined({
    idea: ideaAt(file.idea),
    continues: textAt(file.continues, 'continues') || undefined,
    clonedFrom: sourceAt(file.clonedFrom),
    number: cycleNumberAt(file.number),
    ...choicesAt(file),
    ...Object.fromEntries(ticks.map((name) => [name, tickAt(file[name], name)])),
    ...Object.fromEntries(days.map((name) => [name, dateAt(file[name], name)])),
    ...Object.fromEntries(percents.map((name) => [name, percentAt(file[name], name)])),
    theoryLink: textAt(file.theoryLink, 'theoryLink') || undefined,
    theoryTo: textAt(file.theoryTo, 'theoryTo') || undefined,
    texts: shortTextsAt(file.texts ?? {}),
    rich: richTextsAt(file.rich ?? {}),
    questions: rowsAt(file.questions, 'questions', questionAt),
    tasks: rowsAt(file.tasks, 'tasks', taskAt),
    data: rowsAt(file.data, 'data', dataRowAt),
    observations: rowsAt(file.observations, 'observations', observationAt),
    points: rowsAt(file.points, 'points', pointAt),
  })
  if (piecesOf(cycle) > mostPieces)
    throw new Error(`The content has too much in it: at most ${mostPieces} paragraphs and items are accepted`)
  return cycle
}

const cycleKeys = [
  'idea',
  'continues',
  'clonedFrom',
  'number',
  ...Object.keys(choices),
  ...ticks,
  ...days,
  ...percents,
  'theoryLink',
  'theoryTo',
  'texts',
  'rich',
  ...Object.keys(lists),
]

function ideaAt(json: unknown): Cycle['idea'] {
  if (json === undefined) return undefined
  const idea = objectAt(json, 'idea', ['documentId', 'part'])
  return {
    documentId: wordAt(idea.documentId, 'idea.documentId'),
    part: wordAt(idea.part, 'idea.part'),
  }
}

function sourceAt(json: unknown): Cycle['clonedFrom'] {
  if (json === undefined) return undefined
  const source = objectAt(json, 'clonedFrom', ['documentId', 'title', 'team'])
  return withoutUndefined({
    documentId: wordAt(source.documentId, 'clonedFrom.documentId'),
    title: textAt(source.title, 'clonedFrom.title') ?? '',
    team: textAt(source.team, 'clonedFrom.team') || undefined,
  })
}

function cycleNumberAt(json: unknown): number {
  const number = numberAt(json, 'number') ?? 1
  if (!Number.isSafeInteger(number) || number < 1) throw new Error('number is a whole number from 1 on')
  return number
}

const choicesAt = (file: Readonly<Record<string, unknown>>) => ({
  cycleKind: choiceAt(file.cycleKind, choices.cycleKind, 'cycleKind'),
  scaleStep: choiceAt(file.scaleStep, choices.scaleStep, 'scaleStep'),
  belief: choiceAt(file.belief, choices.belief, 'belief'),
  failureCost: choiceAt(file.failureCost, choices.failureCost, 'failureCost'),
  readiness: choiceAt(file.readiness, choices.readiness, 'readiness'),
  carriedOut: choiceAt(file.carriedOut, choices.carriedOut, 'carriedOut'),
  decision: choiceAt(file.decision, choices.decision, 'decision'),
  theory: choiceAt(file.theory, choices.theory, 'theory'),
})

function shortTextsAt(json: unknown): Cycle['texts'] {
  const texts = objectAt(json, 'texts', shortFields)
  return shortTexts((field) => textAt(texts[field], `texts.${field}`) ?? '')
}

function richTextsAt(json: unknown): Cycle['rich'] {
  const rich = objectAt(json, 'rich', richFields)
  return richTexts((field) => parseBlocks(rich[field] ?? [], `rich.${field}`))
}

type Read<T> = (json: unknown, place: string) => Omit<T, 'id' | 'order'>

/** Rows in the order of the file; each is named by its place until the document gives it an id. */
function rowsAt<T extends { id: string; order: string }>(json: unknown, list: ListName, read: Read<T>): T[] {
  const rows = listAt(json, list, mostRows)
  const keys = firstKeys(rows.length)
  return rows.map((row, index) => {
    const place = `${list}[${index}]`
    // The compiler does not see that what `T` has beside its id and order is what was read.
    return { id: place, order: keys[index], ...read(row, place) } as T
  })
}

const questionKeys = [
  'id',
  'order',
  'question',
  ...questionRichFields,
  'answerKind',
  'unit',
  'number',
  'low',
  'high',
  'confidence',
  'forecast',
  'resultNumber',
  'before',
  'verdict',
]

function questionAt(json: unknown, place: string): Omit<Question, 'id' | 'order'> {
  const question = objectAt(json, place, questionKeys)
  const rich = (field: string) => parseBlocks(question[field] ?? [], `${place}.${field}`)
  const number = (field: string) => numberAt(question[field], `${place}.${field}`)
  return withoutUndefined({
    question: textAt(question.question, `${place}.question`) ?? '',
    prediction: rich('prediction'),
    because: rich('because'),
    method: rich('method'),
    answerKind: choiceAt(question.answerKind, answerKinds, `${place}.answerKind`),
    unit: textAt(question.unit, `${place}.unit`) ?? '',
    number: number('number'),
    low: number('low'),
    high: number('high'),
    confidence: percentAt(question.confidence, `${place}.confidence`),
    forecast: tickAt(question.forecast, `${place}.forecast`),
    result: rich('result'),
    resultNumber: number('resultNumber'),
    before: number('before'),
    verdict: choiceAt(question.verdict, verdicts, `${place}.verdict`),
  })
}

function taskAt(json: unknown, place: string): Omit<Task, 'id' | 'order'> {
  const task = objectAt(json, place, ['id', 'order', ...lists.tasks, 'done'])
  return withoutUndefined({
    what: textAt(task.what, `${place}.what`) ?? '',
    who: textAt(task.who, `${place}.who`) ?? '',
    when: textAt(task.when, `${place}.when`) ?? '',
    where: textAt(task.where, `${place}.where`) ?? '',
    done: tickAt(task.done, `${place}.done`),
  })
}

function dataRowAt(json: unknown, place: string): Omit<DataRow, 'id' | 'order'> {
  const row = objectAt(json, place, ['id', 'order', ...lists.data])
  return {
    measure: textAt(row.measure, `${place}.measure`) ?? '',
    who: textAt(row.who, `${place}.who`) ?? '',
    when: textAt(row.when, `${place}.when`) ?? '',
    where: textAt(row.where, `${place}.where`) ?? '',
    how: textAt(row.how, `${place}.how`) ?? '',
  }
}

function observationAt(json: unknown, place: string): Omit<Observation, 'id' | 'order'> {
  const observation = objectAt(json, place, ['id', 'order', 'text', 'at', 'unexpected'])
  return withoutUndefined({
    text: textAt(observation.text, `${place}.text`) ?? '',
    at: numberAt(observation.at, `${place}.at`),
    unexpected: tickAt(observation.unexpected, `${place}.unexpected`),
  })
}

function pointAt(json: unknown, place: string): Omit<Point, 'id' | 'order'> {
  const point = objectAt(json, place, ['id', 'order', 'date', 'value', 'note'])
  return withoutUndefined({
    date: dateAt(point.date, `${place}.date`),
    value: numberAt(point.value, `${place}.value`),
    note: textAt(point.note, `${place}.note`) ?? '',
  })
}

/** What makes a document slow to write, whoever sends it. */
const piecesOf = ({ rich, questions }: Cycle): number =>
  [
    ...Object.values(rich),
    ...questions.flatMap((question) => questionRichFields.map((field) => question[field])),
  ].reduce((sum, blocks) => sum + pieceCount(blocks), 0)

/** Writes a cycle into an empty document, with new ids and order keys. */
export function fillCycle(doc: Y.Doc, seed: Cycle): void {
  doc.transact(() => {
    const map = cycleMap(doc)
    for (const [name, value] of Object.entries(scalarsOf(seed))) if (value !== undefined) map.set(name, value)
    for (const field of shortFields)
      if (seed.texts[field] !== '') shortText(doc, field).insert(0, seed.texts[field])
    for (const field of richFields)
      if (seed.rich[field].length > 0) writeRichText(richText(doc, field), seed.rich[field])
    for (const list of Object.keys(lists) as ListName[]) fillList(doc, list, seed[list])
  })
}

export function scalarsOf(seed: Cycle): Readonly<Record<string, Scalar | undefined>> {
  const named = [...(Object.keys(choices) as (keyof typeof choices)[]), ...ticks, ...days, ...percents]
  return {
    ideaDocument: seed.idea?.documentId,
    ideaPart: seed.idea?.part,
    continues: seed.continues,
    clonedFrom: seed.clonedFrom?.documentId,
    clonedFromTitle: seed.clonedFrom?.title,
    clonedFromTeam: seed.clonedFrom?.team,
    number: seed.number,
    ...Object.fromEntries(named.map((name) => [name, seed[name]])),
    theoryLink: seed.theoryLink,
    theoryTo: seed.theoryTo,
  }
}

function fillList(doc: Y.Doc, list: ListName, rows: readonly object[]): void {
  const keys = firstKeys(rows.length)
  rows.forEach((row, index) => {
    const { texts, scalars } = fieldsOf(list, row)
    const id = fillRow(doc, list, { order: keys[index] as string, texts, scalars })
    if (list !== 'questions') return
    // The rows of this list are questions.
    const question = row as Question
    for (const field of questionRichFields)
      if (question[field].length > 0) writeRichText(rowRich(doc, list, field, id), question[field])
  })
}

/** A row's short texts, and its scalars: whatever else is no list of blocks. */
export function fieldsOf(list: ListName, row: object): Required<Pick<NewRow, 'texts' | 'scalars'>> {
  const texts: Record<string, string> = {}
  const scalars: Record<string, Scalar> = {}
  const names: readonly string[] = lists[list]
  for (const [name, value] of Object.entries(row)) {
    if (name === 'id' || name === 'order') continue
    if (names.includes(name)) texts[name] = String(value)
    else if (typeof value !== 'object') scalars[name] = value as Scalar
  }
  return { texts, scalars }
}
