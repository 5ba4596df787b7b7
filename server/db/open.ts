import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { AppError } from '#shared/errors.ts'
import { openWorker } from '../worker.ts'
import {
  type Database,
  type Result,
  type Row,
  type SqlValue,
  type Statement,
  StorageFailed,
} from './database.ts'
import { errorOf, type Failure } from './failure.ts'
import type { Asked, FromReader, ReaderData, ToReader } from './reader.ts'
import { buffersOfArguments, copyOfArguments, copyOfStatement } from './transfer.ts'
import type { FromWriter, Request, ToWriter, WriterData } from './writer.ts'

export interface DatabaseOptions {
  /** `file:` with an absolute path, or a libSQL server: `libsql:`, `https:`, `http:`. */
  readonly url: string
  readonly authToken?: string
  readonly log?: Logger
  /** Milliseconds from the start of one commit to the next, at least. */
  readonly commitEvery?: number
  /** Milliseconds to wait where another process holds the file's lock. */
  readonly busyTimeout?: number
  /** A folder of migrations other than the program's own. */
  readonly migrations?: string
}

/** Opens the database, migrated to the form that this program knows. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.url.startsWith('file:')) return openFile(options)
  const { openRemoteDatabase } = await import('./remote.ts')
  return openRemoteDatabase(options)
}

async function openFile(options: DatabaseOptions): Promise<Database> {
  const path = pathOf(options.url)
  const { busyTimeout = 5000, commitEvery = 10, migrations, log } = options
  const forWriter: WriterData = { path, busyTimeout, migrations, now: Date.now() }
  const writer = openWorker('db/writer', forWriter)
  const reader = openWorker('db/reader', { path, busyTimeout } satisfies ReaderData)
  const database = new FileDatabase(writer, reader, { log, commitEvery })
  try {
    await writerReady(writer)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/**
 * One thread writes and one reads. This end numbers requests, hands out answers, and gathers what goes to each thread into
 * one message: waking a thread costs more than most of what it is woken for.
 */
class FileDatabase implements Database {
  readonly #writer: Worker
  readonly #reader: Worker
  readonly #log: Logger | undefined
  readonly #commitEvery: number
  readonly #writes = new Map<number, Waiting<readonly Result[]>>()
  readonly #reads = new Map<number, Waiting<readonly Row[]>>()
  readonly #commitTimes: number[] = []
  #asked: Asked[] = []
  #gathered: Request[] = []
  /** Messages that the writer has not answered yet. */
  #unanswered = 0
  #isDue = false
  #pause: NodeJS.Timeout | undefined
  #lastSent = Number.NEGATIVE_INFINITY
  #lastId = 0
  #closed: Promise<void> | undefined
  #broken: string | undefined

  constructor(
    writer: Worker,
    reader: Worker,
    { log, commitEvery }: { log: Logger | undefined; commitEvery: number },
  ) {
    this.#writer = writer
    this.#reader = reader
    this.#log = log
    this.#commitEvery = commitEvery
    writer.on('message', (message: FromWriter) => this.#written(message))
    reader.on('message', (message: FromReader) => this.#read(message))
    for (const worker of [writer, reader]) {
      worker.on('error', (error) => this.#break(`A thread of the database failed: ${error.message}`))
      worker.on('exit', () => this.#ended())
    }
  }

  read<T = Row>(sql: string, args: readonly SqlValue[] = []): Promise<readonly T[]> {
    return new Promise((resolve, reject) => {
      this.#checkOpen()
      const id = ++this.#lastId
      if (this.#asked.length === 0) setImmediate(() => this.#ask())
      this.#asked.push({ id, sql, args: copyOfArguments(args) })
      // The caller states the columns that its own SQL names.
      this.#reads.set(id, { resolve: (rows) => resolve(rows as readonly T[]), reject })
    })
  }

  /** What is asked at one moment goes together: many who come at once cost one message, not one each. */
  #ask(): void {
    const reads = this.#asked
    this.#asked = []
    postTogether(reads, (reads) => this.#send(reads), this.#reads)
  }

  #send(reads: readonly Asked[]): void {
    if (reads.length === 0) return
    const buffers = reads.flatMap(({ args }) => buffersOfArguments(args))
    this.#reader.postMessage({ type: 'read', reads } satisfies ToReader, buffers)
  }

  /**
   * A commit goes at once unless another is under way or went less than `commitEvery` milliseconds ago; then it takes all
   * that comes until both are over.
   */
  write(statements: readonly Statement[]): Promise<readonly Result[]> {
    return new Promise((resolve, reject) => {
      this.#checkOpen()
      const id = ++this.#lastId
      this.#gathered.push({ id, statements: statements.map(copyOfStatement) })
      this.#writes.set(id, { resolve, reject })
      this.#sendWhenDue()
    })
  }

  #sendWhenDue(): void {
    if (this.#unanswered > 0 || this.#gathered.length === 0 || this.#isDue) return
    this.#isDue = true
    const wait = this.#lastSent + this.#commitEvery - performance.now()
    // What is written in one go belongs together, but nothing waits for the event loop's next turn.
    if (wait <= 0) queueMicrotask(() => this.#sendGathered())
    else this.#pause = setTimeout(() => this.#sendGathered(), wait)
  }

  #sendGathered(): void {
    clearTimeout(this.#pause)
    this.#isDue = false
    const requests = this.#gathered
    if (requests.length === 0) return
    this.#gathered = []
    this.#lastSent = performance.now()
    postTogether(requests, (requests) => this.#sendWrites(requests), this.#writes)
  }

  #sendWrites(requests: readonly Request[]): void {
    const buffers = requests.flatMap(({ statements }) =>
      statements.flatMap(({ args }) => buffersOfArguments(args)),
    )
    this.#writer.postMessage({ type: 'write', requests } satisfies ToWriter, buffers)
    this.#unanswered++
  }

  async forgetDeleted(): Promise<boolean> {
    this.#sendGathered()
    const results = await new Promise<readonly Result[]>((resolve, reject) => {
      this.#checkOpen()
      const id = ++this.#lastId
      this.#writer.postMessage({ type: 'forget-deleted', id } satisfies ToWriter)
      this.#unanswered++
      this.#writes.set(id, { resolve, reject })
    })
    return results[0]?.rows[0]?.busy === 0
  }

  commitTimes(): readonly number[] {
    return [...this.#commitTimes]
  }

  close(): Promise<void> {
    this.#closed ??= this.#closeBoth()
    return this.#closed
  }

  /** The reader first: the last connection to close empties the write-ahead log into the file. */
  async #closeBoth(): Promise<void> {
    this.#ask()
    this.#sendGathered()
    await ended(this.#reader)
    await ended(this.#writer)
    this.#rejectWaiting('The database is closed')
  }

  #checkOpen(): void {
    if (this.#broken !== undefined) throw new StorageFailed(this.#broken)
    if (this.#closed) throw new StorageFailed('The database is closed')
  }

  #written(message: FromWriter): void {
    if (message.type !== 'answers') return
    if (message.took !== undefined) this.#recordCommit(message.took)
    for (const answer of message.answers) {
      const waiting = this.#writes.get(answer.id)
      this.#writes.delete(answer.id)
      if ('results' in answer) waiting?.resolve(answer.results)
      else waiting?.reject(this.#errorOf(answer.failure))
    }
    this.#unanswered--
    this.#sendWhenDue()
  }

  #read(answers: FromReader): void {
    for (const answer of answers) {
      const waiting = this.#reads.get(answer.id)
      this.#reads.delete(answer.id)
      if ('rows' in answer) waiting?.resolve(answer.rows)
      else waiting?.reject(this.#errorOf(answer.failure))
    }
  }

  #errorOf(failure: Failure): Error {
    if (failure.kind === 'storage') this.#log?.error({ reason: failure.message }, 'storage failed')
    return errorOf(failure)
  }

  #recordCommit(took: number): void {
    this.#commitTimes.push(took)
    if (this.#commitTimes.length > keptCommitTimes) this.#commitTimes.shift()
  }

  /** A thread that ends by itself leaves nobody to answer: what waits is told so, and so is what comes. */
  #ended(): void {
    if (!this.#closed) this.#break('A thread of the database ended')
  }

  #break(reason: string): void {
    if (this.#broken === undefined) this.#log?.fatal({ reason }, 'the database does not answer')
    this.#broken ??= reason
    this.#rejectWaiting(reason)
  }

  #rejectWaiting(reason: string): void {
    const waiting = [...this.#writes.values(), ...this.#reads.values()]
    this.#writes.clear()
    this.#reads.clear()
    for (const { reject } of waiting) reject(new StorageFailed(reason))
  }
}

const keptCommitTimes = 1000

interface Waiting<T> {
  readonly resolve: (value: T) => void
  readonly reject: (error: Error) => void
}

/** Where one of them cannot be handed to another thread it is refused, and the others go one by one. */
function postTogether<R extends { readonly id: number }>(
  requests: readonly R[],
  post: (requests: readonly R[]) => void,
  waiting: Map<number, Pick<Waiting<unknown>, 'reject'>>,
): void {
  try {
    post(requests)
  } catch {
    for (const request of requests) postAlone(request, post, waiting)
  }
}

function postAlone<R extends { readonly id: number }>(
  request: R,
  post: (requests: readonly R[]) => void,
  waiting: Map<number, Pick<Waiting<unknown>, 'reject'>>,
): void {
  try {
    post([request])
  } catch (error) {
    waiting.get(request.id)?.reject(error as Error)
    waiting.delete(request.id)
  }
}

/** The file of the database; refuses one that another server holds. */
export function databaseFile(url: string): string {
  if (url.startsWith('file:')) return pathOf(url)
  throw new AppError('conflict', 'The database is on a libSQL server; back it up and check it there.')
}

/** `file:///a%20b` is a URL, `file:/a b` the plain path that the settings make. */
function pathOf(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
}

function writerReady(writer: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    writer.once('error', reject)
    writer.once('exit', () => reject(new StorageFailed('The database could not be opened')))
    writer.once('message', (message: FromWriter) => {
      if (message.type === 'refused') reject(new AppError('conflict', message.message))
      else resolve()
    })
  })
}

function ended(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    if (worker.threadId === -1) return resolve()
    worker.once('exit', () => resolve())
    worker.postMessage({ type: 'close' })
  })
}
