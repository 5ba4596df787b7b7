import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openWriting } from '../../../server/db/connections.ts'
import { type Database, StorageFailed } from '../../../server/db/database.ts'
import { openDatabase } from '../../../server/db/open.ts'
import { kill, startProgram } from './processes.ts'
import { migrationsFolder, temporaryFolder } from './temporary.ts'

const schema = 'CREATE TABLE thing (id TEXT PRIMARY KEY) STRICT;'
const add = (id: string) => ({ sql: 'INSERT INTO thing (id) VALUES (?)', args: [id] })

let opened: Database[] = []
afterEach(async () => {
  await Promise.all(opened.map((db) => db.close()))
  opened = []
})

async function open(
  path: string,
  options: { commitEvery?: number; busyTimeout?: number; schema?: string } = {},
) {
  const { schema: text = schema, ...rest } = options
  const db = await openDatabase({ url: `file:${path}`, migrations: migrationsFolder(text), ...rest })
  opened.push(db)
  return db
}

const idsIn = async (db: Database) => {
  const rows = await db.read<{ id: string }>('SELECT id FROM thing ORDER BY id')
  return rows.map(({ id }) => id)
}

describe('group commit', () => {
  test('requests that wait together share a commit, and one that fails is undone alone', async () => {
    const db = await open(join(temporaryFolder(), 'a.db'))
    await db.write([add('a')])
    const before = db.commitTimes().length
    const outcomes = await Promise.allSettled([
      db.write([add('b'), add('c')]),
      db.write([add('d'), add('a')]),
      db.write([add('e'), { sql: 'UPDATE thing SET id = id WHERE id = ?', args: ['none'], expect: 1 }]),
      db.write([add('f'), { sql: 'SELECT nonsense' }]),
      db.write([add('g')]),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ])
    expect(db.commitTimes().length).toBe(before + 1)
    expect(await idsIn(db)).toEqual(['a', 'b', 'c', 'g'])
  })

  test('[T1] a commit starts at once, or when the pause since the last one began is over', async () => {
    const commitEvery = 200
    const db = await open(join(temporaryFolder(), 'a.db'), { commitEvery })
    const started = performance.now()
    await db.write([add('a')])
    const first = performance.now() - started
    await Promise.all([db.write([add('b')]), db.write([add('c')])])
    const second = performance.now() - started
    expect(first).toBeLessThan(commitEvery)
    expect(second).toBeGreaterThan(commitEvery - 10)
    expect(db.commitTimes().length).toBe(2)
  })

  test('[T1] what comes while a commit is under way goes together when it is over', async () => {
    const db = await open(join(temporaryFolder(), 'a.db'), { commitEvery: 0 })
    const first = db.write([add('a')])
    await Promise.resolve()
    const others: Promise<unknown>[] = []
    for (const id of ['b', 'c', 'd']) {
      others.push(db.write([add(id)]))
      await Promise.resolve()
    }
    await Promise.all([first, ...others])
    expect(db.commitTimes().length).toBe(2)
    expect(await idsIn(db)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('what cannot be handed to another thread is refused alone', async () => {
    const db = await open(join(temporaryFolder(), 'a.db'))
    const unfit = { sql: 'INSERT INTO thing (id) VALUES (?)', args: [(() => 'b') as unknown as string] }
    const outcomes = await Promise.allSettled([db.write([add('a')]), db.write([unfit]), db.write([add('c')])])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await idsIn(db)).toEqual(['a', 'c'])
  })

  test('a request sees what requests before it in the same commit wrote', async () => {
    const db = await open(join(temporaryFolder(), 'a.db'))
    const [, second] = await Promise.all([db.write([add('a')]), db.write([{ sql: 'SELECT id FROM thing' }])])
    expect(second[0]?.rows).toEqual([{ id: 'a' }])
  })

  test('closing commits what waits first, and refuses what comes after', async () => {
    const path = join(temporaryFolder(), 'a.db')
    const db = await open(path, { commitEvery: 1000 })
    await db.write([add('a')])
    const last = db.write([add('b')])
    await db.close()
    await last
    await expect(db.write([add('c')])).rejects.toThrow(StorageFailed)
    await expect(db.read('SELECT 1')).rejects.toThrow(/closed/)
    expect(await idsIn(await open(path))).toEqual(['a', 'b'])
  })
})

describe('trouble with the storage', () => {
  test('a write that meets the lock of another process fails, and the writer works again when it is gone', async () => {
    const path = join(temporaryFolder(), 'a.db')
    const db = await open(path, { busyTimeout: 20 })
    const other = await startProgram('lock-keeper', path)
    await expect(db.write([add('a')])).rejects.toThrow(StorageFailed)
    await expect(db.write([add('b')])).rejects.toThrow(/locked/)
    expect(await idsIn(db)).toEqual([])
    await kill(other)
    await db.write([add('c')])
    expect(await idsIn(db)).toEqual(['c'])
  })

  test('a full disk fails all requests of the commit, and the writer works again when there is room', async () => {
    // The setting holds for the first connection alone; the one that is opened after the failure has room.
    const db = await open(join(temporaryFolder(), 'a.db'), {
      schema: `PRAGMA max_page_count = 20; ${schema}`,
    })
    await db.write([add('a')])
    const outcomes = await Promise.allSettled([db.write([add('b')]), db.write([add('x'.repeat(200_000))])])
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'StorageFailed', isFull: true } })
    }
    expect(await idsIn(db)).toEqual(['a'])
    await db.write([add('c')])
    expect(await idsIn(db)).toEqual(['a', 'c'])
  })

  test('reads that are asked together are answered each, also beside one that cannot be asked', async () => {
    const db = await open(join(temporaryFolder(), 'a.db'))
    await db.write([add('a')])
    const byId = 'SELECT id FROM thing WHERE id = ?'
    const outcomes = await Promise.allSettled([
      db.read(byId, ['a']),
      db.read('SELECT nonsense'),
      db.read(byId, [(() => 'a') as unknown as string]),
      db.read(byId, ['b']),
      db.read(byId, ['a']),
    ])
    const rows = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.status))
    expect(rows).toEqual([[{ id: 'a' }], 'rejected', 'rejected', [], [{ id: 'a' }]])
  })

  test('a reader cannot write', async () => {
    const db = await open(join(temporaryFolder(), 'a.db'))
    await expect(db.read("INSERT INTO thing (id) VALUES ('a') RETURNING id")).rejects.toThrow()
    expect(await idsIn(db)).toEqual([])
  })

  test('a database whose commits would not be durable is refused', () => {
    expect(() => openWriting(':memory:', { busyTimeout: 0 })).toThrow(
      /cannot be written safely: its journal_mode is memory and synchronous 2, but must be wal and 2/,
    )
  })

  test('a folder that is not there is refused with a sentence', async () => {
    await expect(open(join(temporaryFolder(), 'nowhere', 'a.db'))).rejects.toThrow(
      /nowhere.a\.db cannot be opened/,
    )
  })
})

test('a closed database leaves no log beside the file', async () => {
  const path = join(temporaryFolder(), 'a.db')
  const db = await open(path)
  await db.write([add('a')])
  await db.close()
  expect(existsSync(`${path}-wal`)).toBe(false)
})

test('what was committed when the process was killed is there afterwards', async () => {
  const path = join(temporaryFolder(), 'a.db')
  await kill(await startProgram('committer', path, migrationsFolder(schema)))
  const rows = await (await open(path)).read<{ id: string }>('SELECT id FROM thing')
  expect(rows).toContainEqual({ id: 'committed' })
})
