import type { Block } from '../../content/blocks.ts'
import { withUnit } from '../../drawing/figures.ts'
import type { Seal } from '../../records.ts'
import { isPrediction, isStated, type Statement, statementNow } from './canonical.ts'
import { type ChangeSince, changedSince } from './changed-since.ts'
import type { Cycle, Question } from './model.ts'
import { line, listOf, paragraph } from './pieces.ts'
import { readPartStatement, readSealed, type SealedStatement } from './sealed.ts'
import { predictionInWords, resultInWords } from './stated.ts'
import { isWritten, linesOf, momentOf } from './text.ts'
import { verdictNames } from './words.ts'

/*
 * The questions of a cycle in words: in the plan what was predicted and sealed, in the study the same beside what came out.
 */

/** The questions as they are planned, with the seal beneath them once there is one. */
export function questionBlocks(cycle: Cycle, seal: Seal | undefined): readonly Block[] {
  const sealed = readSealed(seal)
  const changes = changedSince(cycle, seal)
  const asked = cycle.questions.filter((question) => isStated(statementNow(question)))
  return [
    ...asked.flatMap((question) =>
      plannedBlocks(
        question,
        seal,
        sealed.get(question.id),
        changes.find(({ id }) => id === question.id),
      ),
    ),
    ...changes.flatMap(removedBlocks),
    ...(seal === undefined ? [] : [sealBlock(seal)]),
  ]
}

function plannedBlocks(
  question: Question,
  seal: Seal | undefined,
  stated: SealedStatement | undefined,
  change: ChangeSince | undefined,
): readonly Block[] {
  const now = statementNow(question)
  const shown = stated?.sealed ?? now
  return [
    questionLine(question, shown),
    listOf([
      ...line(isSealed(stated) ? 'Sealed prediction' : 'Prediction', predictedInWords(shown, seal, stated)),
      ...line('Because', change?.kind === 'added' ? '' : shown.because),
      ...amendmentLines(seal, shown),
      ...line('Written since', changeInWords(change, shown, now)),
      ...line('How it is answered', linesOf(question.method).trim()),
    ]),
  ]
}

function changeInWords(change: ChangeSince | undefined, shown: Statement, now: Statement): string {
  if (change === undefined) return ''
  // Of a question that was added, its words alone say enough.
  if (change.kind === 'added' && !isPrediction(now) && now.because === '') return ''
  return statementInWords(now, shown)
}

/** Once there is a seal, what is not under it was not predicted, whatever the document says. */
function predictedInWords(
  shown: Statement,
  seal: Seal | undefined,
  stated: SealedStatement | undefined,
): string {
  if (seal !== undefined && !isSealed(stated)) return 'not predicted before Do'
  return predictionInWords(shown)
}

const isSealed = (stated: SealedStatement | undefined): boolean =>
  stated !== undefined && isPrediction(stated.sealed)

const amendmentLines = (seal: Seal | undefined, shown: Statement): readonly Block[][] =>
  (seal?.amendments ?? [])
    .filter(({ part }) => part === shown.id)
    .flatMap(({ text, at, by, reason }) => {
      const statement = readPartStatement(text)
      const words =
        statement === undefined ? 'a text that cannot be read' : statementInWords(statement, shown)
      return line(`Amended ${momentOf(at)} by ${by.name}`, `${words} (reason: ${reason})`)
    })

/** A whole statement in words: the question where it is asked in other words than `shown`, the prediction, the reason. */
function statementInWords(statement: Statement, shown: Statement): string {
  const asked = statement.question === shown.question ? '' : `“${statement.question}” `
  const predicted = predictionInWords(statement) || 'no prediction'
  const because = statement.because === '' ? '' : `, because: ${statement.because}`
  return `${asked}${predicted}${because}`
}

const removedBlocks = (change: ChangeSince): readonly Block[] =>
  change.kind !== 'removed'
    ? []
    : [
        paragraph(`Sealed and no longer asked: ${change.stated.question || 'a question without words'}`),
        listOf(line('Sealed prediction', statementInWords(change.stated, change.stated))),
      ]

function sealBlock({ at, by, present, hash, erasedAt }: Seal): Block {
  const others = present.filter(({ id }) => id !== by.id).map(({ name }) => name)
  const company = others.length === 0 ? '' : `, with ${others.join(', ')}`
  const erased = erasedAt === undefined ? '' : ` of the text before words were erased, ${momentOf(erasedAt)}`
  return {
    type: 'paragraph',
    spans: [
      { text: `Sealed ${momentOf(at)} by ${by.name}${company}. SHA-256${erased}: ${hash}`, italic: true },
    ],
    part: 'questions',
  }
}

/** The questions as they are studied. */
export function resultBlocks(cycle: Cycle, seal: Seal | undefined): readonly Block[] {
  const sealed = readSealed(seal)
  return cycle.questions.flatMap((question) => resultBlock(question, seal, sealed.get(question.id)))
}

/** One question as it is studied: what was predicted beside what happened; nothing while nothing did. */
function resultBlock(
  question: Question,
  seal: Seal | undefined,
  stated: SealedStatement | undefined,
): readonly Block[] {
  const { result, resultNumber, before, verdict } = question
  if (resultNumber === undefined && verdict === undefined && before === undefined && !isWritten(result))
    return []
  const shown = stated?.sealed ?? statementNow(question)
  return [
    questionLine(question, shown),
    listOf([
      ...line('Predicted', predictedInWords(shown, seal, stated)),
      ...line('Happened', resultInWords(linesOf(result).trim(), resultNumber, shown.unit)),
      ...line('Before the test', before === undefined ? '' : withUnit(before, shown.unit)),
      ...line('Against the prediction', verdict === undefined ? '' : verdictNames[verdict].toLowerCase()),
    ]),
  ]
}

function questionLine({ id }: Question, { question }: Statement): Block {
  const words = question === '' ? 'A question without words' : question
  return { type: 'paragraph', spans: [{ text: words, bold: true }], part: `question/${id}` }
}
