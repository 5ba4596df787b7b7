import { existsSync } from 'node:fs'
import { appendFile, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { StoredElsewhere } from '#shared/erasure.ts'

/*
 * Which backups there are, so that whoever erases something learns which of them still hold it. A file of its own beside the
 * database: what is restored from a backup knows neither of that backup nor of later ones.
 */

const listName = 'backups.jsonl'
const takenSchema = v.object({ file: v.string(), sha256: v.string(), at: v.number() })

/** A backup; one that is noted twice, where it was made and where it was restored from, is listed once. */
export type TakenBackup = Readonly<v.InferOutput<typeof takenSchema>>

export async function noteBackup(dataDir: string, { file, sha256, at }: TakenBackup): Promise<void> {
  await appendFile(join(dataDir, listName), `${JSON.stringify({ file, sha256, at })}\n`)
}

/**
 * The copies since `since`: backups, wherever they are by now, and what the server has put aside in its own folder before a
 * migration or a restoration. The newest first.
 */
export async function listTaken(dataDir: string, since: number): Promise<readonly StoredElsewhere[]> {
  const all = [...(await listBackups(dataDir)), ...(await listAside(dataDir))]
  return all.filter(({ at }) => at >= since).sort((a, b) => b.at - a.at)
}

async function listBackups(dataDir: string): Promise<readonly StoredElsewhere[]> {
  const path = join(dataDir, listName)
  if (!existsSync(path)) return []
  const noted = new Map<string, StoredElsewhere>()
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    const taken = readLine(line)
    if (taken !== undefined) noted.set(taken.sha256, { file: taken.file, at: taken.at })
  }
  return [...noted.values()]
}

/** Undefined for a line that was broken off. */
function readLine(line: string): TakenBackup | undefined {
  try {
    return v.parse(takenSchema, JSON.parse(line))
  } catch {
    return undefined
  }
}

const asideName = /\.db\.before-\d+$|^replaced-/

async function listAside(dataDir: string): Promise<readonly StoredElsewhere[]> {
  const names = (await readdir(dataDir)).filter((name) => asideName.test(name))
  return Promise.all(
    names.map(async (name) => {
      const file = join(dataDir, name)
      return { file, at: (await stat(file)).mtimeMs }
    }),
  )
}
