/** What SQL takes and gives here. Booleans are written as 0 or 1; a NUL character in a text becomes U+FFFD. */
export type SqlValue = string | number | null | Uint8Array

export type Row = Readonly<Record<string, SqlValue>>

/**
 * One statement of a transaction. `expect` is the number of rows that it must change (or return, for RETURNING and
 * SELECT); another number rolls the whole transaction back and rejects with `ExpectationFailed`.
 */
export interface Statement {
  readonly sql: string
  readonly args?: readonly SqlValue[]
  readonly expect?: number
}

/** What one statement did. */
export interface Result {
  readonly changes: number
  /** The rows of a RETURNING clause or a SELECT. */
  readonly rows: readonly Row[]
}

/** Thrown by `write` when a statement's `expect` did not hold: someone else was there first. Nothing was written. */
export class ExpectationFailed extends Error {
  readonly statement: number

  constructor(statement: number) {
    super(`Statement ${statement} changed another number of rows than expected`)
    this.name = 'ExpectationFailed'
    this.statement = statement
  }
}

/** Thrown by `write` when a constraint of the schema does not hold. Nothing of the request was written. */
export class ConstraintFailed extends Error {
  readonly rule: ConstraintRule
  /** The columns as `table.column`, or the name of the index or check; empty for a foreign key. */
  readonly on: readonly string[]

  constructor(rule: ConstraintRule, on: readonly string[]) {
    super(`The ${rule} constraint does not hold${on.length > 0 ? ` on ${on.join(', ')}` : ''}`)
    this.name = 'ConstraintFailed'
    this.rule = rule
    this.on = on
  }
}

export type ConstraintRule = 'unique' | 'foreign-key' | 'not-null' | 'check' | 'type'

/** Thrown when the database itself failed: disk full, locked, damaged. Nothing of the request was written. */
export class StorageFailed extends Error {
  override readonly name = 'StorageFailed'
  /** There is no room, or the disk may not be written any more; reading goes on. */
  readonly isFull: boolean

  constructor(message: string, isFull = false) {
    super(message)
    this.isFull = isFull
  }
}

/**
 * The one port to SQL. Nothing here runs on the main thread: one worker writes, another reads.
 *
 * A transaction is data: `write` takes all its statements at once, runs them as one, and resolves once they are
 * committed with `synchronous=FULL`. Requests that wait at the same moment share a commit, each still all or nothing.
 */
export interface Database {
  read<T = Row>(sql: string, args?: readonly SqlValue[]): Promise<readonly T[]>
  write(statements: readonly Statement[]): Promise<readonly Result[]>
  /**
   * Empties the log beside the file, so that nothing is left in it of what was deleted (whose place in the file is
   * overwritten with the commit). False where someone reads all the time: later commits do it then.
   */
  forgetDeleted(): Promise<boolean>
  /** Milliseconds that the last commits took, for the metrics and the bench. */
  commitTimes(): readonly number[]
  close(): Promise<void>
}
