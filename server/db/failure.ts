import { ConstraintFailed, type ConstraintRule, ExpectationFailed, StorageFailed } from './database.ts'

/** A failure as it travels between threads, where classes are lost. */
export type Failure =
  | { readonly kind: 'expectation'; readonly statement: number }
  | { readonly kind: 'constraint'; readonly rule: ConstraintRule; readonly on: readonly string[] }
  /** `isFull`: there is no room, or the disk may not be written any more; reading goes on. */
  | { readonly kind: 'storage'; readonly message: string; readonly isFull?: boolean }
  | { readonly kind: 'fault'; readonly message: string }

export function failureOf(error: unknown): Failure {
  if (error instanceof ExpectationFailed) return { kind: 'expectation', statement: error.statement }
  if (error instanceof ConstraintFailed) return { kind: 'constraint', rule: error.rule, on: error.on }
  if (error instanceof StorageFailed) return { kind: 'storage', message: error.message, isFull: error.isFull }
  const message = error instanceof Error ? error.message : String(error)
  const code = primaryCode(error)
  if (code === constraintCode) return { kind: 'constraint', ...brokenConstraint(message) }
  if (code !== undefined && storageCodes.has(code))
    return { kind: 'storage', message, isFull: fullCodes.has(code) }
  return { kind: 'fault', message }
}

/** What ended a whole commit: whatever it was, it says nothing about any one request. */
export function storageFailureOf(error: unknown): Failure {
  const failure = failureOf(error)
  if (failure.kind === 'storage') return failure
  return { kind: 'storage', message: error instanceof Error ? error.message : String(error) }
}

export function errorOf(failure: Failure): Error {
  switch (failure.kind) {
    case 'expectation':
      return new ExpectationFailed(failure.statement)
    case 'constraint':
      return new ConstraintFailed(failure.rule, failure.on)
    case 'storage':
      return new StorageFailed(failure.message, failure.isFull)
    case 'fault':
      return new Error(failure.message)
  }
}

/** BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOLFS, NOTADB. */
const storageCodes: ReadonlySet<number> = new Set([5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 22, 26])
/** READONLY and FULL. */
const fullCodes: ReadonlySet<number> = new Set([8, 13])
const constraintCode = 19

/** SQLite's extended codes carry the primary one in their lowest byte. */
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('rawCode' in error) || typeof error.rawCode !== 'number')
    return undefined
  return error.rawCode & 0xff
}

const rules: Readonly<Record<string, ConstraintRule>> = {
  UNIQUE: 'unique',
  'FOREIGN KEY': 'foreign-key',
  'NOT NULL': 'not-null',
  CHECK: 'check',
}

export function brokenConstraint(message: string): { rule: ConstraintRule; on: readonly string[] } {
  const [, name, on] = /(UNIQUE|FOREIGN KEY|NOT NULL|CHECK) constraint failed(?:: (.*))?$/.exec(message) ?? []
  if (name === undefined) return { rule: 'type', on: /column (\S+)$/.exec(message)?.slice(1) ?? [] }
  const names = on?.split(', ').map((part) => part.replace(/^index '(.*)'$/, '$1')) ?? []
  return { rule: rules[name] ?? 'check', on: names }
}
