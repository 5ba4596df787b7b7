import type { Sealable } from '../kind.ts'
import { type Cycle, type Question, withoutUndefined } from './model.ts'
import { linesOf } from './text.ts'

/**
 * The text that is sealed when Do begins, the same on every machine: JSON with sorted keys and no spaces,
 *
 *   {"cycle":"…","questions":[{"because":"…","confidence":70,"high":null,"id":"…","low":null,"number":2,
 *   "prediction":"…","question":"…","unit":"…"}]}
 *
 * Questions stand in the order of the document; those in which nothing is written are left out. Rich text is its plain
 * lines, joined by LF; texts are in Unicode's form NFC, without white space at their ends (an editor may add an empty
 * paragraph there); a number that is not given is null. Who sealed it and when stand beside the text, not in it.
 */
export const predictions: Sealable<Cycle> = {
  text: (cycle, documentId) =>
    canonicalJson({ cycle: documentId, questions: sealable(cycle).map(statementOf) }),
  partText: (cycle, documentId, part) => {
    const question = sealable(cycle).find(({ id }) => id === part)
    return question && canonicalJson({ cycle: documentId, question: statementOf(question) })
  },
}

/** What is stated of one question: its prediction and what belongs to it, as plain text and numbers. */
export interface Statement {
  readonly id: string
  readonly question: string
  readonly prediction: string
  readonly because: string
  readonly number?: number
  readonly low?: number
  readonly high?: number
  readonly unit: string
  /** In percent. */
  readonly confidence?: number
}

/** The texts and the numbers of a statement; whoever compares or reads statements goes by these lists. */
export const statementTexts = ['question', 'prediction', 'because', 'unit'] as const
export const statementNumbers = ['number', 'low', 'high', 'confidence'] as const
export type StatementField = (typeof statementTexts)[number] | (typeof statementNumbers)[number]

/** The statement of a question as the document holds it now. */
export const statementNow = (question: Question): Statement =>
  withoutUndefined({
    id: question.id,
    question: plainText(question.question),
    prediction: plainText(linesOf(question.prediction)),
    because: plainText(linesOf(question.because)),
    number: question.number,
    low: question.low,
    high: question.high,
    unit: plainText(question.unit),
    confidence: question.confidence,
  })

/** Whether anything is predicted: in words or by a number. */
export const isPrediction = ({ prediction, number, low, high }: Statement): boolean =>
  prediction !== '' || number !== undefined || low !== undefined || high !== undefined

/** Whether anything at all is written of a question that would be sealed. */
export const isStated = (statement: Statement): boolean =>
  isPrediction(statement) ||
  statementTexts.some((field) => statement[field] !== '') ||
  statement.confidence !== undefined

const sealable = ({ questions }: Cycle): readonly Question[] =>
  questions.filter((question) => isStated(statementNow(question)))

function statementOf(question: Question): Readonly<Record<string, string | number | null>> {
  const statement = statementNow(question)
  return {
    ...statement,
    ...Object.fromEntries(statementNumbers.map((field) => [field, statement[field] ?? null])),
  }
}

const plainText = (text: string): string => text.replace(/\r\n?/g, '\n').normalize('NFC').trim()

type Json = string | number | null | readonly Json[] | { readonly [key: string]: Json }

function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`)
  return `{${entries.join(',')}}`
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
