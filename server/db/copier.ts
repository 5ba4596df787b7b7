import { parentPort, workerData } from 'node:worker_threads'
import { failureOf } from './failure.ts'
import { Connection } from './guard.ts'

/** The thread that copies a database that others read and write meanwhile: the copy is what it held at one moment. */
export interface CopierData {
  readonly path: string
  readonly to: string
}

/** Undefined when it is done, or why it could not be. */
export type FromCopier = { readonly failure: string | undefined }

if (parentPort) parentPort.postMessage({ failure: copy(workerData as CopierData) } satisfies FromCopier)

function copy({ path, to }: CopierData): string | undefined {
  try {
    const connection = new Connection(path, { busyTimeout: 5000 })
    try {
      connection.execute({ sql: 'VACUUM INTO ?', args: [to] })
    } finally {
      connection.close()
    }
    return undefined
  } catch (error) {
    const failure = failureOf(error)
    return 'message' in failure ? failure.message : failure.kind
  }
}
