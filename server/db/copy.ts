import { openWorker } from '../worker.ts'
import type { CopierData, FromCopier } from './copier.ts'
import { StorageFailed } from './database.ts'

/** Copies the database file at `path` to the new file `to`, as it is at one moment, while others work on it. */
export async function copyDatabase(path: string, to: string): Promise<void> {
  const copier = openWorker('db/copier', { path, to } satisfies CopierData)
  try {
    const { failure } = await new Promise<FromCopier>((resolve, reject) => {
      copier.once('message', resolve)
      copier.once('error', reject)
    })
    if (failure !== undefined) throw new StorageFailed(`The database could not be copied: ${failure}`)
  } finally {
    await copier.terminate()
  }
}
