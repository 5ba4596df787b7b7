import type * as Y from 'yjs'
import type { Edit } from '../edit.ts'
import type { Origin } from '../kind.ts'
import { datePattern } from '../roots.ts'
import { addRow, moveRow, removeRow, restoreRow, type Scalar, setRowScalar } from '../rows.ts'
import {
  answerKinds,
  type ChoiceName,
  type ChoiceOf,
  choices,
  cycleMap,
  type Day,
  type ListName,
  lists,
  type Percent,
  type Question,
  type QuestionNumber,
  type Tick,
  theoryChanges,
  type Verdict,
  verdicts,
} from './model.ts'

/**
 * Every edit of a cycle but typing, as functions on the Y.Doc. Each is one undo step. What does not fit changes nothing and
 * is refused with a sentence for the person who asked for it. Undefined takes a value away.
 */
export interface Refusal {
  readonly refused: string
}

type Refused = Refusal | undefined

/* The cycle's own scalars. */

/** Chooses one of a group, e.g. `setChoice(edit, doc, 'decision', 'adapt')`. */
export const setChoice = <Name extends ChoiceName>(
  edit: Edit,
  doc: Y.Doc,
  name: Name,
  value: ChoiceOf<Name> | undefined,
): Refused => wrongChoice(choices[name], value) ?? set(edit, doc, { [name]: value })

/** Sets several choices at once, as one undo step, e.g. the three that the size of a test depends on. */
export function setChoices(
  edit: Edit,
  doc: Y.Doc,
  values: { readonly [Name in ChoiceName]?: ChoiceOf<Name> | undefined },
): Refused {
  // The names of this object are those of the groups.
  const names = Object.keys(values) as ChoiceName[]
  const refused = names.map((name) => wrongChoice(choices[name], values[name])).find(isRefusal)
  return refused ?? set(edit, doc, values)
}

export const setTick = (edit: Edit, doc: Y.Doc, name: Tick, isSet: boolean): Refused =>
  set(edit, doc, { [name]: isSet || undefined })

/** Sets a day, `2026-01-14`. */
export function setDay(edit: Edit, doc: Y.Doc, name: Day, day: string | undefined): Refused {
  return day === undefined || isDay(day) ? set(edit, doc, { [name]: day }) : refusedDay
}

/** Sets how sure the team is, in percent. */
export function setPercent(edit: Edit, doc: Y.Doc, name: Percent, percent: number | undefined): Refused {
  return isPercent(percent) ? set(edit, doc, { [name]: percent }) : refusedPercent
}

/** Sets which cycle of its ramp it is. */
export function setCycleNumber(edit: Edit, doc: Y.Doc, number: number): Refused {
  if (!Number.isSafeInteger(number) || number < 1)
    return { refused: 'A cycle’s number is a whole number from 1 on.' }
  return set(edit, doc, { number })
}

/** Says which change idea it tests: a card of a driver diagram. A theory about a link of another idea goes with it. */
export function setIdea(edit: Edit, doc: Y.Doc, idea: Required<Origin>): void {
  edit(() => {
    const map = cycleMap(doc)
    if (map.get('ideaDocument') === idea.documentId && map.get('ideaPart') === idea.part) return
    map.set('ideaDocument', idea.documentId)
    map.set('ideaPart', idea.part)
    for (const name of ['theory', 'theoryLink', 'theoryTo']) map.delete(name)
  })
}

/** What happens to the theory, and to which link; for `redraw`, which card the idea leads to instead. */
export interface Theory {
  readonly change: ChoiceOf<'theory'> | undefined
  /** `idea>driver`. */
  readonly link?: string
  readonly to?: string
}

/** Sets what happens to the theory, as one undo step. */
export function setTheory(edit: Edit, doc: Y.Doc, { change, link, to }: Theory): Refused {
  const refused = wrongChoice(theoryChanges, change)
  if (refused !== undefined) return refused
  return set(edit, doc, {
    theory: change,
    theoryLink: link,
    theoryTo: change === 'redraw' ? to : undefined,
  })
}

/** Writes only what differs, as one undo step. */
function set(edit: Edit, doc: Y.Doc, values: Readonly<Record<string, Scalar | undefined>>): undefined {
  const map = cycleMap(doc)
  const changed = Object.entries(values).filter(([name, value]) => map.get(name) !== value)
  if (changed.length === 0) return undefined
  edit(() => {
    for (const [name, value] of changed)
      if (value === undefined) map.delete(name)
      else map.set(name, value)
  })
  return undefined
}

/* Rows of its lists. */

/** Adds an empty row after another one, or at the end, and answers its id. */
export const addCycleRow = (edit: Edit, doc: Y.Doc, list: ListName, after?: string): string =>
  addRow(edit, doc, list, { texts: emptyTexts(list), ...(after === undefined ? {} : { after }) })

/** Removes a row; its words stay and can be brought back. `by` is the account of who removes it. */
export const removeCycleRow = (edit: Edit, doc: Y.Doc, list: ListName, id: string, by?: string): void =>
  removeRow(edit, doc, list, id, by)

export const restoreCycleRow = (edit: Edit, doc: Y.Doc, list: ListName, id: string): void =>
  restoreRow(edit, doc, list, id)

/** Moves a row to `index` among the others. */
export const moveCycleRow = (edit: Edit, doc: Y.Doc, list: ListName, id: string, index: number): void =>
  moveRow(edit, doc, list, id, index)

const emptyTexts = (list: ListName): Readonly<Record<string, string>> =>
  Object.fromEntries(lists[list].map((name) => [name, '']))

/** Sets a number of a question: confidence in percent, the others in its unit. */
export const setQuestionNumber = (
  edit: Edit,
  doc: Y.Doc,
  id: string,
  name: QuestionNumber,
  number: number | undefined,
): Refused => setQuestionNumbers(edit, doc, id, { [name]: number })

/** Sets several numbers of a question at once, as one undo step, e.g. the two ends of a range. */
export function setQuestionNumbers(
  edit: Edit,
  doc: Y.Doc,
  id: string,
  numbers: { readonly [Name in QuestionNumber]?: number | undefined },
): Refused {
  const entries = Object.entries(numbers)
  if (!isPercent(numbers.confidence)) return refusedPercent
  if (entries.some(([, number]) => number !== undefined && !Number.isFinite(number))) return refusedNumber
  edit(() => {
    for (const [name, number] of entries) setRowScalar(edit, doc, 'questions', id, name, number)
  })
  return undefined
}

/** Says whether a question is answered by a number, by what is observed, or by both. */
export function setAnswerKind(edit: Edit, doc: Y.Doc, id: string, kind: Question['answerKind']): Refused {
  const refused = wrongChoice(answerKinds, kind)
  if (refused !== undefined) return refused
  setRowScalar(edit, doc, 'questions', id, 'answerKind', kind)
  return undefined
}

/** Asks everyone on the team for a private number, or no longer. */
export const setForecast = (edit: Edit, doc: Y.Doc, id: string, isAsked: boolean): void =>
  setRowScalar(edit, doc, 'questions', id, 'forecast', isAsked || undefined)

/** Says how the result compares with the prediction. */
export function setVerdict(edit: Edit, doc: Y.Doc, id: string, verdict: Verdict | undefined): Refused {
  const refused = wrongChoice(verdicts, verdict)
  if (refused !== undefined) return refused
  setRowScalar(edit, doc, 'questions', id, 'verdict', verdict)
  return undefined
}

export const setTaskDone = (edit: Edit, doc: Y.Doc, id: string, isDone: boolean): void =>
  setRowScalar(edit, doc, 'tasks', id, 'done', isDone || undefined)

/** Notes something seen while doing; `at` in milliseconds since 1970. Answers its id. */
export function addObservation(
  edit: Edit,
  doc: Y.Doc,
  {
    text = '',
    at,
    unexpected,
  }: { readonly text?: string; readonly at: number; readonly unexpected?: boolean },
): string {
  const scalars = { at, ...(unexpected ? { unexpected } : {}) }
  return addRow(edit, doc, 'observations', { texts: { text }, scalars })
}

export const setUnexpected = (edit: Edit, doc: Y.Doc, id: string, isUnexpected: boolean): void =>
  setRowScalar(edit, doc, 'observations', id, 'unexpected', isUnexpected || undefined)

/** Says when something was seen, in milliseconds since 1970. */
export function setObservedAt(edit: Edit, doc: Y.Doc, id: string, at: number): Refused {
  if (!Number.isFinite(at)) return refusedNumber
  setRowScalar(edit, doc, 'observations', id, 'at', at)
  return undefined
}

/** Sets the day of a value of the small chart. */
export function setPointDate(edit: Edit, doc: Y.Doc, id: string, date: string | undefined): Refused {
  if (date !== undefined && !isDay(date)) return refusedDay
  setRowScalar(edit, doc, 'points', id, 'date', date)
  return undefined
}

export function setPointValue(edit: Edit, doc: Y.Doc, id: string, value: number | undefined): Refused {
  if (value !== undefined && !Number.isFinite(value)) return refusedNumber
  setRowScalar(edit, doc, 'points', id, 'value', value)
  return undefined
}

function wrongChoice(known: readonly string[], value: string | undefined): Refused {
  if (value === undefined || known.includes(value)) return undefined
  return { refused: `Choose one of: ${known.join(', ')}.` }
}

const isRefusal = (refused: Refused): refused is Refusal => refused !== undefined

const isDay = (text: string): boolean => datePattern.test(text) && text.length === 10

const isPercent = (number: number | undefined): boolean =>
  number === undefined || (Number.isFinite(number) && number >= 0 && number <= 100)

const refusedDay: Refusal = { refused: 'A day is written like 2026-01-14.' }
const refusedPercent: Refusal = { refused: 'It is a number from 0 to 100, in percent.' }
const refusedNumber: Refusal = { refused: 'It is a number.' }
