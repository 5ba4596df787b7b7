import { parentPort, workerData } from 'node:worker_threads'
import { type ConnectionOptions, openReading } from './connections.ts'
import type { Row, SqlValue } from './database.ts'
import { type Failure, failureOf } from './failure.ts'
import type { Connection } from './guard.ts'
import { buffersOf } from './transfer.ts'

/**
 * The thread that reads: answers together what was asked at one moment, each with rows or a failure, in the order in which
 * it came.
 */
export interface ReaderData extends ConnectionOptions {
  readonly path: string
}

export type ToReader =
  | { readonly type: 'read'; readonly reads: readonly Asked[] }
  | { readonly type: 'close' }

export interface Asked {
  readonly id: number
  readonly sql: string
  readonly args: readonly SqlValue[]
}

export type FromReader = readonly Answered[]

type Answered =
  | { readonly id: number; readonly rows: readonly Row[] }
  | { readonly id: number; readonly failure: Failure }

class Reader {
  readonly #data: ReaderData
  #connection: Connection | undefined

  constructor(data: ReaderData) {
    this.#data = data
  }

  /** A storage failure may come from a poisoned connection, so a new one has a second try. */
  read(sql: string, args: readonly SqlValue[]): readonly Row[] {
    try {
      return this.#rows(sql, args)
    } catch (error) {
      if (failureOf(error).kind !== 'storage') throw error
      this.close()
      return this.#rows(sql, args)
    }
  }

  #rows(sql: string, args: readonly SqlValue[]): readonly Row[] {
    this.#connection ??= openReading(this.#data.path, this.#data)
    return this.#connection.rows(sql, args)
  }

  close(): void {
    this.#connection?.close()
    this.#connection = undefined
  }
}

function answerOf(reader: Reader, { id, sql, args }: Asked): Answered {
  try {
    return { id, rows: reader.read(sql, args) }
  } catch (error) {
    return { id, failure: failureOf(error) }
  }
}

if (parentPort) {
  const port = parentPort
  const reader = new Reader(workerData as ReaderData)
  port.on('message', (message: ToReader) => {
    if (message.type === 'close') {
      reader.close()
      port.close()
      return
    }
    const answers = message.reads.map((asked) => answerOf(reader, asked))
    const buffers = answers.flatMap((answer) => ('rows' in answer ? buffersOf(answer.rows) : []))
    port.postMessage(answers satisfies FromReader, buffers)
  })
}
