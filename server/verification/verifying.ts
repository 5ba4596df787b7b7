import { AppError } from '#shared/errors.ts'
import { openWorker } from '../worker.ts'
import type { Finding, FromVerifier, VerifierData } from './verifier.ts'

export type { Finding } from './verifier.ts'

export interface Verified {
  readonly documents: number
  /** Empty when all is as it should be. */
  readonly findings: readonly Finding[]
}

/**
 * Looks whether the database file at `path` is whole: each document's log replays from its first row on, its newest snapshot
 * says the same, and so do its facts, references and search. In a thread of its own, one document at a time.
 */
export async function verifyFile(path: string): Promise<Verified> {
  const verifier = openWorker('verification/verifier', { path } satisfies VerifierData)
  try {
    const said = await new Promise<FromVerifier>((resolve, reject) => {
      verifier.once('message', resolve)
      verifier.once('error', reject)
    })
    if (said.type === 'failed')
      throw new AppError('unavailable', `The database ${path} cannot be looked through: ${said.message}`)
    return said
  } finally {
    await verifier.terminate()
  }
}
