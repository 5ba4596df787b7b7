import type { Amendment, Records, Seal } from '../../records.ts'
import { numberOf } from '../roots.ts'
import { type Statement, statementNumbers, statementTexts } from './canonical.ts'

/** What was stated of one question before Do, and how it is stated differently since. */
export interface SealedStatement {
  /** As it was sealed. */
  readonly sealed: Statement
  /** As the newest amendment has it, with that amendment; absent where there is none. */
  readonly amended?: { readonly statement: Statement; readonly by: Amendment }
}

/** The seal of a cycle's predictions, or undefined before Do. Should there be several, the first counts. */
export const sealOf = ({ seals = [] }: Records): Seal | undefined =>
  seals.find(({ name }) => name === 'predictions')

/**
 * What a seal says, by the question's id, in its order. An amendment that adds a question counts as no prediction: what was
 * not sealed was not predicted before Do. Never throws; of a text that cannot be read nothing is known.
 */
export function readSealed(seal: Seal | undefined): ReadonlyMap<string, SealedStatement> {
  const statements = new Map<string, SealedStatement>()
  if (seal === undefined) return statements
  for (const sealed of readStatements(seal.text)) statements.set(sealed.id, { sealed })
  for (const by of seal.amendments) {
    const known = statements.get(by.part)
    const statement = readPartStatement(by.text)
    if (known !== undefined && statement?.id === by.part)
      statements.set(by.part, { sealed: known.sealed, amended: { statement, by } })
  }
  return statements
}

/** The statements of a canonical text, in its order. Never throws; of a text that cannot be read there are none. */
export const readStatements = (text: string): readonly Statement[] =>
  listOf(parsed(text)).flatMap(readStatement)

/** The statement of the canonical text of one part, as an amendment holds it, or undefined. */
export const readPartStatement = (text: string): Statement | undefined =>
  readStatement(fieldOf(parsed(text), 'question'))[0]

/** What counts now of what was stated: the newest amendment, or else what was sealed. */
export const standing = ({ sealed, amended }: SealedStatement): Statement => amended?.statement ?? sealed

const listOf = (value: unknown): readonly unknown[] => {
  const questions = fieldOf(value, 'questions')
  return Array.isArray(questions) ? questions : []
}

function readStatement(value: unknown): readonly Statement[] {
  const id = fieldOf(value, 'id')
  if (typeof id !== 'string' || id === '') return []
  const texts = statementTexts.map((field) => [field, textIn(value, field)] as const)
  const numbers = statementNumbers.flatMap((field) => {
    const number = numberOf(fieldOf(value, field))
    return number === undefined ? [] : [[field, number] as const]
  })
  // The fields are those of the two lists that a statement is made of.
  return [{ id, ...Object.fromEntries([...texts, ...numbers]) } as unknown as Statement]
}

function textIn(value: unknown, field: string): string {
  const text = fieldOf(value, field)
  return typeof text === 'string' ? text : ''
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
