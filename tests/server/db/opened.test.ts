import { copyFileSync, mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../../server/db/open.ts'
import { temporaryFolder } from './temporary.ts'

const migrations = new URL('../../../server/db/migrations/', import.meta.url).pathname

/** The program's own migrations up to a number. */
function migrationsUpTo(number: number): string {
  const folder = mkdtempSync(join(temporaryFolder(), 'migrations-'))
  for (const name of readdirSync(migrations).filter((each) => Number.parseInt(each, 10) <= number)) {
    copyFileSync(join(migrations, name), join(folder, name))
  }
  return folder
}

test('what steps opened before it stood with them is found again', async () => {
  const url = `file:${join(temporaryFolder(), 'a.db')}`
  const before = await openDatabase({ url, migrations: migrationsUpTo(3) })
  const document = (id: string, createdAt: number) => ({
    sql: `INSERT INTO document (id, network_id, kind, title, shared, epoch, schema, created_by, created_at, updated_at)
      VALUES (?, 'n', 'pdsa-cycle', ?, 0, ?, 1, 'a', ?, ?)`,
    args: [id, id, `${id}-1`, createdAt, createdAt],
  })
  const step = (id: string, number: number, name: string, createdAt: number) => ({
    sql: `INSERT INTO stage_change (document_id, number, name, from_stage, to_stage, account_id, created_at)
      VALUES (?, ?, ?, 'acted', 'closed', 'a', ?)`,
    args: [id, number, name, createdAt],
  })
  const continues = (id: string, target: string) => ({
    sql: `INSERT INTO reference (document_id, target_document_id, relation) VALUES (?, ?, 'continues')`,
    args: [id, target],
  })
  await before.write([
    {
      sql: `INSERT INTO account (id, email, name, color, password_hash, created_at) VALUES ('a', 'a@example.org', 'A', 1, '', 0)`,
    },
    { sql: `INSERT INTO network (id, name, time_zone, created_at) VALUES ('n', 'N', 'UTC', 0)` },
    document('first', 1),
    document('opened', 20),
    document('by-hand', 30),
    step('first', 1, 'go-on-to-act', 10),
    step('first', 2, 'close', 20),
    continues('opened', 'first'),
    continues('by-hand', 'first'),
  ])
  await before.close()

  const after = await openDatabase({ url, migrations: migrationsUpTo(4) })
  expect(await after.read('SELECT name, opened FROM stage_change ORDER BY number')).toEqual([
    { name: 'go-on-to-act', opened: null },
    { name: 'close', opened: '["opened"]' },
  ])
  await after.close()
})
