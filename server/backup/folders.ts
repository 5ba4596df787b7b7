import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '#shared/ids.ts'

const ending = '.unfinished'

/** A folder of its own inside the data folder, on the same disk; what was left of one that was never finished goes first. */
export async function makeStaging(dataDir: string, name: string): Promise<string> {
  for (const left of await readdir(dataDir)) {
    if (left.startsWith(`${name}-`) && left.endsWith(ending))
      await rm(join(dataDir, left), { recursive: true, force: true })
  }
  const staging = join(dataDir, `${name}-${newId()}${ending}`)
  await mkdir(staging, { mode: 0o700 })
  return staging
}

/** Waits until a file, or the names in a folder, are on the disk. */
export async function sync(path: string): Promise<void> {
  const file = await open(path)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
