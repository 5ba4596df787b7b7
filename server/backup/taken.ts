import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '#shared/ids.ts'
import type { Database, Statement } from '../db/database.ts'
import type { Backup } from './making.ts'

/** A copy of the data as they were. */
export interface Taken {
  readonly file: string
  readonly at: number
}

/** Notes that a backup was made, so that whoever erases something later learns of it. */
export const insertTaken = ({ file, sha256 }: Backup, now: number): Statement => ({
  sql: 'INSERT INTO backup (id, file, sha256, created_at) VALUES (?, ?, ?, ?)',
  args: [newId(), file, sha256, now],
})

/**
 * The copies since `since`: backups that this server made, wherever they are by now, and what it has put aside in its own
 * folder before a migration or a restoration. The newest first.
 */
export async function listTaken(db: Database, dataDir: string, since: number): Promise<readonly Taken[]> {
  const backups = await db.read<Taken>('SELECT file, created_at AS at FROM backup WHERE created_at >= ?', [
    since,
  ])
  const aside = await listAside(dataDir)
  return [...backups, ...aside.filter(({ at }) => at >= since)].sort((a, b) => b.at - a.at)
}

const asideName = /\.db\.before-\d+$|^replaced-/

async function listAside(dataDir: string): Promise<readonly Taken[]> {
  const names = (await readdir(dataDir)).filter((name) => asideName.test(name))
  return Promise.all(
    names.map(async (name) => {
      const file = join(dataDir, name)
      return { file, at: (await stat(file)).mtimeMs }
    }),
  )
}
