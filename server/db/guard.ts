import Libsql from 'libsql'
import type { Result, Row, SqlValue, Statement } from './database.ts'
import { boundArguments, onlyReads } from './statement.ts'

/**
 * The only door to the native driver. It keeps out what would end the process or lose data there:
 *
 * - a lone object or a boolean as argument, and any use after closing, abort the process;
 * - too few, too many, unnamed or undefined arguments are bound as NULL or dropped without a word;
 * - a statement that returns rows, run as one that does not, stays open and keeps the write lock;
 * - text is read only up to a NUL character, and whole numbers are bound as floating point.
 *
 * After SQLITE_BUSY a connection is poisoned (its statement stays in progress): close it and open another.
 */
export class Connection {
  readonly path: string
  readonly #native: Libsql.Database
  readonly #prepared = new Map<string, Prepared>()
  #isOpen = true

  constructor(path: string, options: { readonly busyTimeout: number }) {
    this.path = path
    this.#native = new Libsql(path, { timeout: options.busyTimeout })
  }

  get inTransaction(): boolean {
    return this.#isOpen && this.#native.inTransaction
  }

  /** Runs statements without arguments whose rows do not matter: DDL, PRAGMA, BEGIN, COMMIT. */
  exec(sql: string): void {
    this.#checkOpen()
    this.#native.exec(sql)
  }

  execute(statement: Statement): Result {
    this.#checkOpen()
    try {
      return this.#run(statement)
    } catch (error) {
      throw isMistake(error) ? new Error(`${error.message}: ${statement.sql}`) : error
    }
  }

  #run(statement: Statement): Result {
    const prepared = this.#prepare(statement.sql)
    const args = boundArguments(statement)
    if (!prepared.returnsRows) return { changes: prepared.native.run(args).changes, rows: [] }
    const rows = prepared.native.all(args).map(readRow)
    return { changes: prepared.changesRows ? rows.length : 0, rows }
  }

  rows(sql: string, args: readonly SqlValue[] = []): readonly Row[] {
    return this.execute({ sql, args }).rows
  }

  /** Rolls back first: a statement in progress keeps a closed connection alive, and its locks with it. */
  close(): void {
    if (!this.#isOpen) return
    if (this.inTransaction) this.#tryRollback()
    this.#isOpen = false
    this.#prepared.clear()
    this.#native.close()
  }

  #tryRollback(): void {
    try {
      this.#native.exec('ROLLBACK')
    } catch {
      // The storage may be gone; closing is all that is left to do.
    }
  }

  #checkOpen(): void {
    if (!this.#isOpen) throw new Error('The connection is closed')
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql)
    if (known) return known
    const native = this.#native.prepare(sql)
    const returnsRows = native.reader
    const prepared = { native, returnsRows, changesRows: returnsRows && !onlyReads(sql) }
    if (this.#prepared.size >= mostPrepared) this.#prepared.clear()
    this.#prepared.set(sql, prepared)
    return prepared
  }
}

/** All SQL is written by hand, so there are not this many texts of it. */
const mostPrepared = 1000

interface Prepared {
  readonly native: Libsql.Statement<unknown[]>
  readonly returnsRows: boolean
  readonly changesRows: boolean
}

/** SQLITE_ERROR says that the SQL is wrong, but not which SQL. */
function isMistake(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR'
}

function readRow(row: unknown): Row {
  const columns = row as Record<string, SqlValue | ArrayBuffer>
  for (const name in columns) {
    const value = columns[name]
    if (value instanceof ArrayBuffer) columns[name] = new Uint8Array(value)
  }
  return columns as Row
}
