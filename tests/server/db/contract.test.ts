import { join } from 'node:path'
import { createClient } from '@libsql/client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, ExpectationFailed, type SqlValue } from '../../../server/db/database.ts'
import { readMigrations } from '../../../server/db/migrate.ts'
import { openDatabase } from '../../../server/db/open.ts'
import { openClientDatabase } from '../../../server/db/remote.ts'
import { newId } from '../../../shared/ids.ts'
import { migrationsFolder, temporaryFolder } from './temporary.ts'

const schema = `CREATE TABLE thing (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, part_of TEXT REFERENCES thing (id)) STRICT;
CREATE TABLE box (id TEXT PRIMARY KEY, content ANY) STRICT;`

const implementations: Record<string, () => Promise<Database>> = {
  'a file': () =>
    openDatabase({ url: `file:${join(temporaryFolder(), 'a.db')}`, migrations: migrationsFolder(schema) }),
  'a libSQL client': () => {
    const client = createClient({ url: `file:${join(temporaryFolder(), 'a.db')}` })
    return openClientDatabase(client, 'a.db', readMigrations(migrationsFolder(schema)))
  },
}
const remote = process.env.LIBSQL_URL
if (remote) {
  implementations['a libSQL server'] = () =>
    openDatabase({ url: remote, migrations: migrationsFolder(schema) })
}

describe.each(Object.entries(implementations))('the port to SQL on %s', (_name, open) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
  })
  afterAll(() => db.close())

  const add = (id: string, name = id) => ({
    sql: 'INSERT INTO thing (id, name) VALUES (?, ?)',
    args: [id, name],
  })
  const namesOf = async (...ids: readonly string[]) => {
    const rows = await db.read<{ name: string }>('SELECT name FROM thing WHERE id IN (?, ?) ORDER BY rowid', [
      ids[0] ?? '',
      ids[1] ?? '',
    ])
    return rows.map(({ name }) => name)
  }

  test('what is written can be read when the write resolves', async () => {
    const id = newId()
    const [result] = await db.write([add(id)])
    expect(result).toEqual({ changes: 1, rows: [] })
    expect(await namesOf(id)).toEqual([id])
  })

  test('a statement says how many rows it changed, and what RETURNING and SELECT return', async () => {
    const [a, b] = [newId(), newId()]
    const results = await db.write([
      { sql: 'INSERT INTO thing (id, name) VALUES (?, ?), (?, ?) RETURNING id', args: [a, a, b, b] },
      { sql: "UPDATE thing SET name = name || '!' WHERE id IN (?, ?)", args: [a, b] },
      { sql: 'SELECT name FROM thing WHERE id = ?', args: [a] },
      { sql: 'DELETE FROM thing WHERE id = ?', args: ['nobody'] },
    ])
    expect(results).toEqual([
      { changes: 2, rows: [{ id: a }, { id: b }] },
      { changes: 2, rows: [] },
      { changes: 0, rows: [{ name: `${a}!` }] },
      { changes: 0, rows: [] },
    ])
  })

  test.each([
    ['an UPDATE', "UPDATE thing SET name = id || '!' WHERE id = ?"],
    ['a RETURNING', "UPDATE thing SET name = id || '!' WHERE id = ? RETURNING id"],
    ['a SELECT', 'SELECT id FROM thing WHERE id = ?'],
  ])('an expectation of %s that does not hold undoes the whole request', async (_what, sql) => {
    const [a, b] = [newId(), newId()]
    await db.write([add(b), { sql, args: [b], expect: 1 }])
    const write = db.write([add(a), { sql, args: ['nobody'], expect: 1 }])
    await expect(write).rejects.toThrow(ExpectationFailed)
    await expect(write).rejects.toMatchObject({ statement: 1 })
    expect(await namesOf(a)).toEqual([])
    await db.write([{ sql, args: ['nobody'], expect: 0 }, add(a)])
    expect(await namesOf(a)).toEqual([a])
  })

  test('a broken constraint undoes the whole request and says which it was', async () => {
    const [a, b] = [newId(), newId()]
    await db.write([add(a)])
    await expect(db.write([add(b), add(newId(), a)])).rejects.toMatchObject({
      name: 'ConstraintFailed',
      rule: 'unique',
      on: ['thing.name'],
    })
    expect(await namesOf(b)).toEqual([])
    await expect(db.write([{ sql: 'INSERT INTO thing (id) VALUES (?)', args: [b] }])).rejects.toMatchObject({
      rule: 'not-null',
      on: ['thing.name'],
    })
    await expect(
      db.write([{ sql: 'UPDATE thing SET part_of = ? WHERE id = ?', args: ['nobody', a] }]),
    ).rejects.toMatchObject({ rule: 'foreign-key', on: [] })
    await expect(
      db.write([{ sql: 'INSERT INTO thing (id, name) VALUES (?, ?)', args: [b, new Uint8Array(1)] }]),
    ).rejects.toMatchObject({ rule: 'type', on: ['thing.name'] })
  })

  test('a mistake in the SQL is not taken for trouble with the storage', async () => {
    await expect(db.read('SELECT something FROM nowhere')).rejects.not.toMatchObject({
      name: 'StorageFailed',
    })
    await expect(db.read('SELECT something FROM nowhere')).rejects.toThrow(/no such table: nowhere/)
    await expect(db.write([{ sql: 'UPDATE nowhere SET a = 1' }])).rejects.toThrow(/no such table: nowhere/)
    await expect(db.write([{ sql: 'SELECT ?', args: [] }])).rejects.toThrow(/takes 1 arguments but has 0/)
  })

  test('a request cannot end the transaction that it is', async () => {
    for (const sql of [
      'COMMIT',
      ' rollback',
      'BEGIN',
      'PRAGMA synchronous = OFF',
      "ATTACH 'x' AS x",
      'VACUUM',
    ]) {
      await expect(db.write([{ sql }])).rejects.toThrow(/is a transaction already/)
    }
    const orRollback = { sql: "INSERT OR ROLLBACK INTO thing (id, name) VALUES ('a', 'a')" }
    await expect(db.write([orRollback])).rejects.toThrow(/is a transaction already/)
  })

  test('text, numbers, bytes and null come back as they were', async () => {
    const value = fc.oneof<fc.Arbitrary<SqlValue>[]>(
      fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\p{Surrogate}]/u.test(text)),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
      fc.uint8Array({ maxLength: 2000 }),
      fc.constant(null),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 20 }), async (values) => {
        const ids = values.map(() => newId())
        await db.write(
          values.map((content, index) => ({
            sql: 'INSERT INTO box (id, content) VALUES (?, ?)',
            args: [ids[index] ?? '', content],
          })),
        )
        for (const [index, id] of ids.entries()) {
          const [row] = await db.read('SELECT content FROM box WHERE id = ?', [id])
          expect(row?.content).toEqual(values[index])
        }
      }),
      { numRuns: 20 },
    )
  })

  test('bytes stay with the caller, and only the bytes of a view are written', async () => {
    const id = newId()
    const bytes = new Uint8Array([1, 2, 3, 4]).subarray(1, 3)
    await db.write([{ sql: 'INSERT INTO box (id, content) VALUES (?, ?)', args: [id, bytes] }])
    expect(bytes).toEqual(new Uint8Array([2, 3]))
    const [row] = await db.read('SELECT content FROM box WHERE content = ?', [bytes])
    expect(row?.content).toEqual(new Uint8Array([2, 3]))
  })

  test('the times of commits are kept', async () => {
    const before = db.commitTimes().length
    await db.write([add(newId())])
    expect(db.commitTimes().length).toBe(before + 1)
    expect(db.commitTimes().at(-1)).toBeGreaterThan(0)
  })
})
