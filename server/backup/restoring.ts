import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import type { Statement } from '../db/database.ts'
import { readMigrations } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { exists, syncToDisk } from '../disk.ts'
import { type Finding, verifyFile } from '../verification/verifying.ts'
import { unpackBackup } from './archive.ts'
import { makeStaging, sweepStagings } from './folders.ts'
import { databaseName, hashOf, uploadsName } from './manifest.ts'
import { noteBackup } from './taken.ts'

export interface Restored {
  readonly documents: number
  readonly createdAt: string
  /** The folder that holds what was replaced. */
  readonly replaced: string
  readonly findings: readonly Finding[]
}

/**
 * Puts a backup in the place of what a data folder holds, for whoever holds its lock. All that can be refused is refused before
 * anything is touched. Every document gets a new epoch: browsers that are ahead of the backup keep what they have as a copy of
 * their own instead of mixing it into the past (C2).
 */
export async function restoreBackup(dataDir: string, file: string, now: number): Promise<Restored> {
  await finishRestoring(dataDir)
  const staging = await makeStaging(dataDir, 'restore')
  try {
    const manifest = await unpackBackup(file, staging)
    for (const { path } of manifest.files) await syncToDisk(join(staging, path))
    requireKnownForm(manifest.step, manifest.program)
    const { sha256 } = await hashOf(file)
    const database = join(staging, databaseName)
    await giveNewEpochs(database)
    const { documents, findings } = await verifyFile(database)
    await mkdir(join(staging, uploadsName), { recursive: true, mode: 0o700 })
    const replaced = `replaced-${new Date(now).toISOString().replace(/[:.]/g, '-')}`
    await beginMoving(dataDir, { staging: staging.slice(dataDir.length + 1), replaced })
    await finishRestoring(dataDir)
    await noteBackup(dataDir, { file, sha256, at: Date.parse(manifest.createdAt) })
    return { documents, createdAt: manifest.createdAt, replaced: join(dataDir, replaced), findings }
  } catch (error) {
    if (!(await exists(join(dataDir, movingName)))) await rm(staging, { recursive: true, force: true })
    throw error
  }
}

function requireKnownForm(step: number, program: string): void {
  const newest = readMigrations().at(-1)?.number ?? 0
  if (step <= newest) return
  throw new AppError(
    'conflict',
    `This backup was made by a newer version of Throughline (${program}); restore it with that version. Nothing was changed.`,
  )
}

/** Opened as the server opens it, so an older form is brought to this one's. */
async function giveNewEpochs(path: string): Promise<void> {
  const database = await openDatabase({ url: `file:${path}` })
  try {
    const documents = await database.read<{ id: string; epoch: string }>('SELECT id, epoch FROM document')
    for (const { id, epoch } of documents) await database.write(newEpoch(id, epoch, newId()))
  } finally {
    await database.close()
  }
}

const ofEpochs = ['document_update', 'document_segment', 'document_snapshot', 'document_version'] as const

/** The log goes on under another name, with all that belongs to it. */
function newEpoch(id: string, before: string, epoch: string): readonly Statement[] {
  return [
    { sql: 'UPDATE document SET epoch = ? WHERE id = ?', args: [epoch, id], expect: 1 },
    ...ofEpochs.map((table) => ({
      sql: `UPDATE ${table} SET epoch = ? WHERE document_id = ? AND epoch = ?`,
      args: [epoch, id, before],
    })),
  ]
}

const movingName = 'restore.json'
const movingSchema = v.object({
  staging: v.pipe(v.string(), v.regex(/^restore-[0-9a-f-]+\.unfinished$/)),
  replaced: v.pipe(v.string(), v.regex(/^replaced-[0-9A-Z-]+$/)),
})
type Moving = v.InferOutput<typeof movingSchema>

/** From here on the restoration goes through, whatever happens: the next start takes it up where it was left. */
async function beginMoving(dataDir: string, moving: Moving): Promise<void> {
  await mkdir(join(dataDir, moving.replaced), { recursive: true, mode: 0o700 })
  const unfinished = join(dataDir, `${movingName}.unfinished`)
  await writeFile(unfinished, JSON.stringify(moving))
  await syncToDisk(unfinished)
  await rename(unfinished, join(dataDir, movingName))
  await syncToDisk(dataDir)
}

/**
 * Ends a restoration that has begun to move files, and removes what was left of other work that was broken off. For whoever
 * has just taken the folder's lock.
 */
export async function finishRestoring(dataDir: string): Promise<void> {
  const moving = await findMoving(dataDir)
  if (moving !== undefined) await finishMoving(dataDir, moving)
  await sweepStagings(dataDir)
}

async function finishMoving(dataDir: string, moving: Moving): Promise<void> {
  const staging = join(dataDir, moving.staging)
  // The old log of the database first: beside the new file it would be taken for its own.
  for (const name of [`${databaseName}-wal`, `${databaseName}-shm`])
    if (await exists(join(staging, databaseName)))
      await moveIfThere(dataDir, name, join(dataDir, moving.replaced))
  for (const name of [databaseName, uploadsName]) {
    // What is no longer here has been moved: then what stands in the data folder is the new one.
    if (!(await exists(join(staging, name)))) continue
    await moveIfThere(dataDir, name, join(dataDir, moving.replaced))
    await moveIfThere(staging, name, dataDir)
  }
  await syncToDisk(dataDir)
  await rm(join(dataDir, movingName))
}

async function findMoving(dataDir: string): Promise<Moving | undefined> {
  const path = join(dataDir, movingName)
  if (!(await exists(path))) return undefined
  return v.parse(movingSchema, JSON.parse(await readFile(path, 'utf8')))
}

async function moveIfThere(from: string, name: string, to: string): Promise<void> {
  if ((await exists(join(from, name))) && !(await exists(join(to, name))))
    await rename(join(from, name), join(to, name))
}
