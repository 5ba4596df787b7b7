import type { Client, InStatement, ResultSet } from '@libsql/client'
import { createClient } from '@libsql/client/web'
import {
  type Database,
  ExpectationFailed,
  type Result,
  type Row,
  type SqlValue,
  type Statement,
  StorageFailed,
} from './database.ts'
import { brokenConstraint, errorOf } from './failure.ts'
import {
  applied,
  dueMigrations,
  foreignDatabase,
  listApplied,
  listTables,
  type Migration,
  readMigrations,
} from './migrate.ts'
import { boundArguments, checkStaysInTransaction, onlyReads } from './statement.ts'

export interface RemoteOptions {
  readonly url: string
  readonly authToken?: string
  readonly migrations?: string
}

/** The same port on a libSQL server. No copy is kept before a migration: such a server has backups of its own. */
export function openRemoteDatabase({ url, authToken, migrations }: RemoteOptions): Promise<Database> {
  const client = createClient(authToken === undefined ? { url } : { url, authToken })
  return openClientDatabase(client, new URL(url).host, readMigrations(migrations))
}

/** Any client of libSQL as the port. `where` names the database in messages. */
export async function openClientDatabase(
  client: Client,
  where: string,
  migrations: readonly Migration[],
): Promise<Database> {
  const database = new ClientDatabase(client)
  try {
    await migrateClient(client, where, migrations)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** A request is one batch in the server's own transaction, so there is nothing here for a crash to leave open. */
class ClientDatabase implements Database {
  readonly #client: Client
  readonly #commitTimes: number[] = []

  constructor(client: Client) {
    this.#client = client
  }

  async read<T = Row>(sql: string, args: readonly SqlValue[] = []): Promise<readonly T[]> {
    const statement = { sql, args: boundArguments({ sql, args }) }
    const { rows } = resultOf(sql, await this.#client.execute(statement).catch(rethrow))
    // The caller states the columns that its own SQL names.
    return rows as readonly T[]
  }

  async write(statements: readonly Statement[]): Promise<readonly Result[]> {
    const steps = statements.flatMap(stepsOf)
    const start = performance.now()
    const results = await this.#client
      .batch(
        steps.map(({ statement }) => statement),
        'write',
      )
      .catch((error) => {
        const step = steps[failedStep(error)]
        if (step?.isCheck && /overflow/.test(error.message)) throw new ExpectationFailed(step.of)
        return rethrow(error)
      })
    this.#recordCommit(performance.now() - start)
    return results.flatMap((result, index) => {
      const step = steps[index]
      return step === undefined || step.isCheck ? [] : [resultOf(statements[step.of]?.sql ?? '', result)]
    })
  }

  /** A libSQL server keeps its file by itself. */
  async forgetDeleted(): Promise<boolean> {
    return false
  }

  commitTimes(): readonly number[] {
    return [...this.#commitTimes]
  }

  async close(): Promise<void> {
    this.#client.close()
  }

  #recordCommit(took: number): void {
    this.#commitTimes.push(took)
    if (this.#commitTimes.length > 1000) this.#commitTimes.shift()
  }
}

interface Step {
  readonly of: number
  readonly isCheck: boolean
  readonly statement: InStatement
}

/** A batch cannot look at its own results, so an expectation is a statement that fails where it does not hold. */
function stepsOf(statement: Statement, of: number): readonly Step[] {
  const { sql, expect } = statement
  checkStaysInTransaction(sql)
  const args = boundArguments(statement)
  const step = { of, isCheck: false, statement: { sql, args } }
  if (expect === undefined) return [step]
  const count = onlyReads(sql) ? `(SELECT count(*) FROM (${sql}))` : 'changes()'
  // The absolute value of the smallest integer is an error.
  const check = `SELECT abs(CASE ${count} WHEN ${expect} THEN 1 ELSE -9223372036854775807 - 1 END)`
  return [step, { of, isCheck: true, statement: { sql: check, args: onlyReads(sql) ? args : [] } }]
}

function failedStep(error: unknown): number {
  const hasIndex = error instanceof Error && 'statementIndex' in error
  return hasIndex ? Number(error.statementIndex) : -1
}

function resultOf(sql: string, { columns, rows, rowsAffected }: ResultSet): Result {
  const plain = rows.map((row) =>
    Object.fromEntries(columns.map((name, index) => [name, sqlValue(row[index])])),
  )
  if (columns.length === 0) return { changes: rowsAffected, rows: plain }
  return { changes: onlyReads(sql) ? 0 : plain.length, rows: plain }
}

function sqlValue(value: unknown): SqlValue {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  return (value ?? null) as SqlValue
}

/** What is no mistake in the SQL is trouble with the server or the way to it. */
function rethrow(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_CONSTRAINT'))
    throw errorOf({ kind: 'constraint', ...brokenConstraint(message) })
  if (code === 'SQLITE_ERROR' || code === 'SQL_INPUT_ERROR' || error instanceof TypeError) throw error
  throw new StorageFailed(message)
}

async function migrateClient(client: Client, where: string, migrations: readonly Migration[]): Promise<void> {
  const due = dueMigrations(await readApplied(client, where), migrations, where)
  if (due.length > 0) await client.execute(applied).catch(rethrow)
  for (const migration of due) {
    const { number, name, checksum } = migration
    const record = `INSERT INTO migration (number, name, checksum, applied_at) VALUES (${number}, '${name.replaceAll("'", "''")}', '${checksum}', ${Date.now()})`
    await client.executeMultiple(`BEGIN IMMEDIATE;\n${migration.sql};\n${record};\nCOMMIT`).catch(rethrow)
  }
}

async function readApplied(client: Client, where: string): Promise<readonly Row[]> {
  const tables = resultOf(listTables, await client.execute(listTables).catch(rethrow)).rows.map(
    ({ name }) => name,
  )
  if (tables.includes('migration')) return resultOf(listApplied, await client.execute(listApplied)).rows
  if (tables.length === 0) return []
  throw foreignDatabase(where)
}
