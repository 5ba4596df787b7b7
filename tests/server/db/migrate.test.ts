import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Database, SqlValue } from '../../../server/db/database.ts'
import { Connection } from '../../../server/db/guard.ts'
import { openDatabase } from '../../../server/db/open.ts'
import { migrationsFolder, temporaryFolder } from './temporary.ts'

const first = 'CREATE TABLE thing (id TEXT PRIMARY KEY) STRICT;'
const second = "ALTER TABLE thing ADD COLUMN name TEXT NOT NULL DEFAULT 'none';"

async function withDatabase<T>(
  path: string,
  steps: readonly string[],
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const db = await openDatabase({ url: `file:${path}`, migrations: migrationsFolder(...steps) })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

const add = (db: Database) => db.write([{ sql: "INSERT INTO thing (id) VALUES ('a')" }])

function rowsOf(path: string, sql: string): readonly Readonly<Record<string, SqlValue>>[] {
  const connection = new Connection(path, { busyTimeout: 100 })
  try {
    return connection.rows(sql)
  } finally {
    connection.close()
  }
}

describe('migrations', () => {
  test('a new database takes every step, and no copy is kept of nothing', async () => {
    const folder = temporaryFolder()
    await withDatabase(join(folder, 'a.db'), [first, second], add)
    expect(readdirSync(folder)).toEqual(['a.db'])
    expect(rowsOf(join(folder, 'a.db'), 'SELECT id, name FROM thing')).toEqual([{ id: 'a', name: 'none' }])
    expect(rowsOf(join(folder, 'a.db'), 'SELECT number, name FROM migration')).toEqual([
      { number: 1, name: '0001-step.sql' },
      { number: 2, name: '0002-step.sql' },
    ])
  })

  test('an existing database takes the missing steps after a copy was kept beside it', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'a.db')
    await withDatabase(path, [first], add)
    await withDatabase(path, [first, second], async () => undefined)
    expect(rowsOf(path, 'SELECT id, name FROM thing')).toEqual([{ id: 'a', name: 'none' }])
    expect(rowsOf(`${path}.before-0002`, 'SELECT * FROM thing')).toEqual([{ id: 'a' }])
  })

  test('a database that is up to date is only opened', async () => {
    const folder = temporaryFolder()
    await withDatabase(join(folder, 'a.db'), [first], add)
    await withDatabase(join(folder, 'a.db'), [first], async () => undefined)
    expect(readdirSync(folder)).toEqual(['a.db'])
  })

  test('other line ends are not another text', async () => {
    const path = join(temporaryFolder(), 'a.db')
    await withDatabase(path, [`${first}\n-- end\n`], add)
    await withDatabase(path, [`${first}\r\n-- end\r\n`], async () => undefined)
  })

  test('a step that fails undoes itself, keeps the steps before it and is named', async () => {
    const path = join(temporaryFolder(), 'a.db')
    const broken = 'CREATE TABLE half (id TEXT) STRICT; INSERT INTO nowhere VALUES (1);'
    await expect(withDatabase(path, [first, broken], add)).rejects.toThrow(
      /could not be brought to step 0002-step\.sql: no such table: nowhere/,
    )
    expect(rowsOf(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'half'")).toEqual([])
    await withDatabase(path, [first, second], add)
  })

  test('a database of a newer version is refused and left as it is', async () => {
    const path = join(temporaryFolder(), 'a.db')
    await withDatabase(path, [first, second], add)
    await expect(withDatabase(path, [first], add)).rejects.toThrow(
      /made by a newer version of Throughline \(step 0002-step\.sql\)/,
    )
    expect(rowsOf(path, 'SELECT id FROM thing')).toHaveLength(1)
  })

  test('a database made with another text of a step is refused', async () => {
    const path = join(temporaryFolder(), 'a.db')
    await withDatabase(path, [first], add)
    await expect(withDatabase(path, [`${first} -- altered`, second], add)).rejects.toThrow(
      /made with another text of step 0001-step\.sql/,
    )
  })

  test('a database of another program is refused', async () => {
    const path = join(temporaryFolder(), 'a.db')
    const connection = new Connection(path, { busyTimeout: 100 })
    connection.exec('CREATE TABLE recipe (id TEXT)')
    connection.close()
    await expect(withDatabase(path, [first], add)).rejects.toThrow(/was not made by Throughline/)
  })

  test('a file that is no database is refused', async () => {
    const path = join(temporaryFolder(), 'a.db')
    writeFileSync(path, 'This is a letter, not a database. '.repeat(100))
    await expect(withDatabase(path, [first], add)).rejects.toThrow(
      /a\.db cannot be used: file is not a database\./,
    )
  })

  test('the steps of this version make a database that is whole', async () => {
    const path = join(temporaryFolder(), 'a.db')
    await (await openDatabase({ url: `file:${path}` })).close()
    expect(rowsOf(path, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(rowsOf(path, 'PRAGMA foreign_key_check')).toEqual([])
  })
})
