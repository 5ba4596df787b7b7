import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#shared/errors.ts'
import { openWriting } from './connections.ts'
import { ExpectationFailed, type Result, type Statement } from './database.ts'
import { type Failure, failureOf, storageFailureOf } from './failure.ts'
import type { Connection } from './guard.ts'
import { migrate, readMigrations } from './migrate.ts'
import { checkStaysInTransaction } from './statement.ts'
import { buffersOf } from './transfer.ts'

/**
 * The thread that writes. It opens the file, migrates it, says `ready` (or `refused`, and ends), and then answers
 * each `write` with what its statements did.
 *
 * Group commit: requests that come together share one transaction. Where one of them fails, all of it is undone and done
 * again with each in a savepoint of its own, so that only that one is left out. Answers follow the commit, and the commit
 * has reached the disk by then.
 */
export interface WriterData {
  readonly path: string
  readonly busyTimeout: number
  readonly migrations: string | undefined
  readonly now: number
}

export type ToWriter =
  | { readonly type: 'write'; readonly requests: readonly Request[] }
  | { readonly type: 'forget-deleted'; readonly id: number }
  | { readonly type: 'close' }

export type FromWriter =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'answers'; readonly answers: readonly Answer[]; readonly took: number | undefined }

export type Answer =
  | { readonly id: number; readonly results: readonly Result[] }
  | { readonly id: number; readonly failure: Failure }

export interface Request {
  readonly id: number
  readonly statements: readonly Statement[]
}

class Writer {
  readonly #data: WriterData
  readonly #port: MessagePort
  #connection: Connection | undefined

  constructor(data: WriterData, port: MessagePort) {
    this.#data = data
    this.#port = port
  }

  open(): void {
    migrate(this.#open(), readMigrations(this.#data.migrations), this.#data.now)
  }

  receive(message: ToWriter): void {
    if (message.type === 'close') this.#close()
    else if (message.type === 'forget-deleted') this.#forgetDeleted(message.id)
    else this.#commit(message.requests)
  }

  #commit(requests: readonly Request[]): void {
    const start = performance.now()
    const answers = this.#runTogether(requests)
    const isCommitted = answers.some((answer) => 'results' in answer)
    this.#send({ type: 'answers', answers, took: isCommitted ? performance.now() - start : undefined })
  }

  #forgetDeleted(id: number): void {
    try {
      const connection = this.#connection ?? this.#open()
      const rows = connection.rows('PRAGMA wal_checkpoint(TRUNCATE)')
      this.#send({ type: 'answers', answers: [{ id, results: [{ changes: 0, rows }] }], took: undefined })
    } catch (error) {
      this.#closeConnection()
      this.#send({ type: 'answers', answers: [{ id, failure: storageFailureOf(error) }], took: undefined })
    }
  }

  #runTogether(requests: readonly Request[]): readonly Answer[] {
    try {
      const connection = this.#connection ?? this.#open()
      return runAsOne(connection, requests) ?? runEachAlone(connection, requests)
    } catch (error) {
      this.#closeConnection()
      const failure = storageFailureOf(error)
      return requests.map(({ id }) => ({ id, failure }))
    }
  }

  #open(): Connection {
    this.#connection = openWriting(this.#data.path, this.#data)
    return this.#connection
  }

  /** What failed may have poisoned the connection: the next request opens another. */
  #closeConnection(): void {
    const connection = this.#connection
    this.#connection = undefined
    try {
      connection?.close()
    } catch {
      // Nothing more can be done about a connection that does not even close.
    }
  }

  #send(message: FromWriter): void {
    const answers = message.type === 'answers' ? message.answers : []
    const rows = answers.flatMap((answer) =>
      'results' in answer ? answer.results.flatMap((r) => r.rows) : [],
    )
    this.#port.postMessage(message, buffersOf(rows))
  }

  #close(): void {
    this.#closeConnection()
    this.#port.close()
  }
}

/** Undefined where one of them fails; then none of them has done anything. */
function runAsOne(connection: Connection, requests: readonly Request[]): readonly Answer[] | undefined {
  connection.exec('BEGIN IMMEDIATE')
  try {
    const answers = requests.map(({ id, statements }) => ({ id, results: runAll(connection, statements) }))
    connection.exec('COMMIT')
    return answers
  } catch (error) {
    if (failureOf(error).kind === 'storage') throw error
    connection.exec('ROLLBACK')
    return undefined
  }
}

function runEachAlone(connection: Connection, requests: readonly Request[]): readonly Answer[] {
  connection.exec('BEGIN IMMEDIATE')
  const answers = requests.map((request) => runAlone(connection, request))
  connection.exec('COMMIT')
  return answers
}

/** Undoes what a failing request did; throws where the storage failed, which is a matter of all requests. */
function runAlone(connection: Connection, { id, statements }: Request): Answer {
  connection.exec('SAVEPOINT request')
  try {
    const results = runAll(connection, statements)
    connection.exec('RELEASE request')
    return { id, results }
  } catch (error) {
    const failure = failureOf(error)
    if (failure.kind === 'storage') throw error
    connection.exec('ROLLBACK TO request')
    connection.exec('RELEASE request')
    return { id, failure }
  }
}

const runAll = (connection: Connection, statements: readonly Statement[]): readonly Result[] =>
  statements.map((statement, index) => runStatement(connection, statement, index))

function runStatement(connection: Connection, statement: Statement, index: number): Result {
  checkStaysInTransaction(statement.sql)
  const result = connection.execute(statement)
  const rows = Math.max(result.changes, result.rows.length)
  if (statement.expect !== undefined && statement.expect !== rows) throw new ExpectationFailed(index)
  return result
}

/** Refusals are sentences already; of the storage's own errors, one is made. */
function sentenceOf(error: unknown): string {
  if (error instanceof AppError) return error.message
  const reason = error instanceof Error ? error.message : String(error)
  return `The database ${(workerData as WriterData).path} cannot be used: ${reason}.`
}

if (parentPort) {
  const port = parentPort
  const writer = new Writer(workerData as WriterData, port)
  try {
    writer.open()
    port.on('message', (message: ToWriter) => writer.receive(message))
    port.postMessage({ type: 'ready' } satisfies FromWriter)
  } catch (error) {
    port.postMessage({ type: 'refused', message: sentenceOf(error) } satisfies FromWriter)
  }
}
