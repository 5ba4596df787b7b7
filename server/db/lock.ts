import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { openWorker } from '../worker.ts'
import type { FromLockHolder, LockData } from './lock-holder.ts'

export interface DataDirLock {
  release(): Promise<void>
}

/**
 * Makes this process the only one that works on a data folder, and makes the folder where there is none, readable by
 * its owner alone. Throws where another process is there already.
 */
export async function lockDataDir(dir: string): Promise<DataDirLock> {
  await makeDataDir(dir)
  const holder = openWorker('db/lock-holder', { path: join(dir, 'lock.db') } satisfies LockData)
  const answer = await new Promise<FromLockHolder>((resolve, reject) => {
    holder.once('error', reject)
    holder.once('message', resolve)
  })
  if (answer.type === 'in-use') {
    throw new AppError(
      'conflict',
      `Another Throughline server is using ${dir}; stop it first, or set DATA_DIR to another folder.`,
    )
  }
  if (answer.type === 'failed') throw cannotUse(dir, answer.message)
  return {
    release: () =>
      new Promise((resolve) => {
        if (holder.threadId === -1) return resolve()
        holder.once('exit', () => resolve())
        holder.postMessage('release')
      }),
  }
}

async function makeDataDir(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw cannotUse(dir, (error as Error).message)
  }
}

function cannotUse(dir: string, reason: string): AppError {
  return new AppError(
    'unavailable',
    `The data folder ${dir} cannot be used (${reason}); set DATA_DIR to another folder.`,
  )
}
