import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as tar from 'tar'
import { AppError } from '#shared/errors.ts'
import { hashOf, isBackupPath, type Manifest, manifestName, parseManifest } from './manifest.ts'

/** Packs the files of a folder, the manifest first, into the new archive `file`. */
export async function packBackup(folder: string, { files }: Manifest, file: string): Promise<void> {
  const paths = [manifestName, ...files.map(({ path }) => path)]
  await tar.create({ file, cwd: folder, gzip: true, portable: true, strict: true }, paths)
}

/**
 * Unpacks an archive into an empty folder and answers its manifest. Only what a backup may hold is taken out; refuses an
 * archive in which anything is missing, damaged or too much.
 */
export async function unpackBackup(file: string, folder: string): Promise<Manifest> {
  const found: string[] = []
  await extract(file, folder, found)
  if (!found.includes(manifestName)) throw noBackup(file)
  const manifest = parseManifest(await readFile(join(folder, manifestName), 'utf8'))
  const named = new Set(manifest.files.map(({ path }) => path))
  const stray = found.find((path) => path !== manifestName && !named.has(path))
  if (stray !== undefined) throw damaged(`it holds ${stray}, which its manifest does not name`)
  for (const { path, bytes, sha256 } of manifest.files) {
    if (!found.includes(path)) throw damaged(`${path} is missing`)
    const is = await hashOf(join(folder, path))
    if (is.bytes !== bytes || is.sha256 !== sha256) throw damaged(`${path} is not what it was`)
  }
  return manifest
}

async function extract(file: string, folder: string, found: string[]): Promise<void> {
  try {
    await tar.extract({
      file,
      cwd: folder,
      strict: true,
      preservePaths: false,
      filter(path, entry) {
        const isTaken = isBackupPath(path) && 'type' in entry && entry.type === 'File'
        if (isTaken) found.push(path)
        return isTaken
      },
    })
  } catch {
    throw noBackup(file)
  }
}

const noBackup = (file: string): AppError =>
  new AppError('invalid', `${file} is no backup of Throughline, or it is damaged. Nothing was changed.`)

const damaged = (what: string): AppError =>
  new AppError('invalid', `The backup is damaged: ${what}. Nothing was changed; restore another one.`)
