import { parentPort, workerData } from 'node:worker_threads'
import { failureOf } from './failure.ts'
import { Connection } from './guard.ts'

/**
 * The thread that holds `BEGIN EXCLUSIVE` on a side file for as long as it lives. The system frees the lock however
 * the process dies. Nothing else in this process may open that file: closing it would free the lock.
 */
export interface LockData {
  readonly path: string
}

export type FromLockHolder =
  | { readonly type: 'held' }
  | { readonly type: 'in-use' }
  | { readonly type: 'failed'; readonly message: string }

if (parentPort) {
  const port = parentPort
  const answer = (message: FromLockHolder) => port.postMessage(message)
  try {
    const connection = new Connection((workerData as LockData).path, { busyTimeout: 0 })
    connection.exec('BEGIN EXCLUSIVE')
    port.on('message', () => {
      connection.close()
      port.close()
    })
    answer({ type: 'held' })
  } catch (error) {
    const failure = failureOf(error)
    const isBusy = failure.kind === 'storage' && failure.message.includes('locked')
    answer(isBusy ? { type: 'in-use' } : { type: 'failed', message: (error as Error).message })
  }
}
