import { copyFile, link, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { isId } from '#shared/ids.ts'
import { copyDatabase } from '../db/copy.ts'
import { readMigrations } from '../db/migrate.ts'
import { exists, syncToDisk } from '../disk.ts'
import { type Finding, verifyFile } from '../verification/verifying.ts'
import { packBackup, unpackBackup } from './archive.ts'
import { makeStaging } from './folders.ts'
import {
  type BackupFile,
  databaseName,
  hashOf,
  leftOut,
  type Manifest,
  manifestName,
  uploadsName,
} from './manifest.ts'

export interface BackupDeps {
  readonly dataDir: string
  /** The database's file. */
  readonly databasePath: string
  /** The version of this program. */
  readonly program: string
  readonly now: () => number
}

export interface Backup {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly documents: number
  readonly attachments: number
  /** What was not as it should be already before; it is in the backup as it is. */
  readonly findings: readonly Finding[]
}

/**
 * Makes a backup while people work. The database is copied as it is at one moment, the attached files (which never change) are
 * held by a second name until they are packed, the archive is read once more and compared, and only then gets its name: a file
 * with this name is a whole backup.
 */
export async function makeBackup(deps: BackupDeps, file: string): Promise<Backup> {
  await requireNew(file)
  const staging = await makeStaging(deps.dataDir, 'backup')
  const unfinished = `${file}.unfinished`
  try {
    const database = join(staging, databaseName)
    await copyDatabase(deps.databasePath, database)
    const { documents, findings } = await verifyFile(database)
    const attachments = await holdUploads(join(deps.dataDir, uploadsName), join(staging, uploadsName))
    const manifest = await writeManifest(deps, staging, [databaseName, ...attachments])
    await rm(unfinished, { force: true })
    await packBackup(staging, manifest, unfinished)
    await syncToDisk(unfinished)
    await readBack(deps.dataDir, unfinished)
    const { bytes, sha256 } = await hashOf(unfinished)
    await rename(unfinished, file)
    await syncToDisk(dirname(file))
    return { file, bytes, sha256, documents, attachments: attachments.length, findings }
  } catch (error) {
    await rm(unfinished, { force: true })
    throw failed(error, file)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function requireNew(file: string): Promise<void> {
  if (!isAbsolute(file)) throw new AppError('invalid', 'Name the file of the backup with its whole path.')
  if (await exists(file))
    throw new AppError(
      'conflict',
      `There is a file ${file} already; choose another name, so that nothing is lost.`,
    )
  if (!(await exists(dirname(file))))
    throw new AppError('not-found', `There is no folder ${dirname(file)}; make it first.`)
}

/** Gives each attached file a second name, under which it stays also when someone removes it meanwhile. */
async function holdUploads(from: string, to: string): Promise<readonly string[]> {
  const held: string[] = []
  for (const first of (await exists(from)) ? await readdir(from) : []) {
    await mkdir(join(to, first), { recursive: true })
    for (const id of (await readdir(join(from, first))).filter(isId)) {
      if (await hold(join(from, first, id), join(to, first, id))) held.push(`${uploadsName}/${first}/${id}`)
    }
  }
  return held.sort()
}

/** False when it has gone since its folder was read. */
async function hold(from: string, to: string): Promise<boolean> {
  try {
    // Some file systems know one name for each file only.
    await link(from, to).catch(() => copyFile(from, to))
    return true
  } catch {
    return false
  }
}

async function writeManifest(
  { program, now }: BackupDeps,
  staging: string,
  paths: readonly string[],
): Promise<Manifest> {
  const files: BackupFile[] = []
  for (const path of paths) files.push({ path, ...(await hashOf(join(staging, path))) })
  const manifest: Manifest = {
    format: 1,
    program,
    step: readMigrations().at(-1)?.number ?? 0,
    createdAt: new Date(now()).toISOString(),
    files,
    leftOut: [...leftOut],
  }
  await writeFile(join(staging, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

/** What cannot be unpacked again is no backup. */
async function readBack(dataDir: string, archive: string): Promise<void> {
  const folder = await makeStaging(dataDir, 'readback')
  try {
    await unpackBackup(archive, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function failed(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC')
    return new AppError(
      'unavailable',
      `There is not enough room for the backup ${basename(file)}. Nothing was kept of it.`,
    )
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return new AppError('unavailable', `The server may not write to ${dirname(file)}; choose another folder.`)
  return error
}
