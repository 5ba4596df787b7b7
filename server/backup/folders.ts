import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '#shared/ids.ts'

const names = ['backup', 'readback', 'restore'] as const

/** A folder of its own inside the data folder, on the same disk, for work that is not finished. */
export async function makeStaging(dataDir: string, name: (typeof names)[number]): Promise<string> {
  const staging = join(dataDir, `${name}-${newId()}.unfinished`)
  await mkdir(staging, { mode: 0o700 })
  return staging
}

const unfinished = new RegExp(`^(${names.join('|')})-[0-9a-f-]+[.]unfinished$`)

/** Removes what was left of work that was broken off. For whoever has just taken the folder's lock: nobody works there yet. */
export async function sweepStagings(dataDir: string): Promise<void> {
  for (const left of (await readdir(dataDir)).filter((name) => unfinished.test(name)))
    await rm(join(dataDir, left), { recursive: true, force: true })
}
