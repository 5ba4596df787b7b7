import type { Row, SqlValue, Statement } from './database.ts'

/**
 * Bytes are handed from thread to thread instead of copied. The sender's own arrays stay as they are: a request is
 * copied first, also because a small array is often a view of a large pool, which would travel as a whole.
 */
export function copyOfStatement(statement: Statement): Statement {
  return statement.args ? { ...statement, args: copyOfArguments(statement.args) } : statement
}

export function copyOfArguments(args: readonly SqlValue[]): readonly SqlValue[] {
  return args.some((value) => value instanceof Uint8Array)
    ? args.map((value) => (value instanceof Uint8Array ? new Uint8Array(value) : value))
    : args
}

/** The buffers of all byte arrays among these values, for `postMessage` to hand over. */
export function buffersOfArguments(args: readonly SqlValue[] = []): ArrayBuffer[] {
  return args.flatMap((value) => (value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : []))
}

export function buffersOf(rows: readonly Row[]): ArrayBuffer[] {
  return rows.flatMap((row) => buffersOfArguments(Object.values(row)))
}
