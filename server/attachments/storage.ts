import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import { AppError } from '#shared/errors.ts'
import { isId } from '#shared/ids.ts'
import { syncToDisk } from '../disk.ts'

/**
 * The bytes of attachments: one file for each, `<folder>/<first two letters of its id>/<id>`. A file is whole or not there; its
 * row is written after it. So a server that is killed leaves at most a file without a row, which is swept away at the next
 * start.
 */
export interface Storage {
  /** Resolves once the bytes are on the disk under this id, in place of what may have been there. Refuses when it is full. */
  write(id: string, pieces: readonly Uint8Array[]): Promise<void>
  /** The file to read from; whoever gets it closes it. Undefined when there is none. */
  open(id: string): Promise<FileHandle | undefined>
  remove(id: string): Promise<void>
  /** The ids of all files. Removes what a write left behind that never came to its end. */
  list(): Promise<readonly string[]>
}

export function createStorage({ folder, log }: { readonly folder: string; readonly log: Logger }): Storage {
  const folderOf = (id: string) => join(folder, id.slice(0, 2))
  const pathOf = (id: string) => join(folderOf(id), id)

  return {
    async write(id, pieces) {
      try {
        await makeFolder(folderOf(id))
        await writeWhole(pathOf(id), pieces)
      } catch (error) {
        log.error({ err: error, id }, 'an attachment could not be stored')
        throw new AppError(
          'unavailable',
          'The server could not store this file. Nothing was changed; try again later, or tell whoever runs the server.',
        )
      }
    },

    async open(id) {
      try {
        return await open(pathOf(id))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },

    remove: (id) => rm(pathOf(id), { force: true }),

    async list() {
      const ids: string[] = []
      for (const first of await namesIn(folder)) {
        for (const name of await namesIn(join(folder, first))) {
          if (name.endsWith(ofUnfinished)) await rm(join(folder, first, name), { force: true })
          else if (isId(name) && name.startsWith(first)) ids.push(name)
        }
      }
      return ids
    },
  }
}

const ofUnfinished = '.unfinished'

async function makeFolder(path: string): Promise<void> {
  const isNew = (await mkdir(path, { recursive: true, mode: 0o700 })) !== undefined
  if (!isNew) return
  await syncToDisk(dirname(path))
  await syncToDisk(dirname(dirname(path)))
}

async function writeWhole(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}${ofUnfinished}`
  try {
    await writeSynced(unfinished, pieces)
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  // Names lie in the folder, which has to reach the disk too.
  await syncToDisk(dirname(path))
}

async function writeSynced(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await writeFile(file, pieces)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** None where there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** ENOTDIR: something of another's lies among the folders. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
