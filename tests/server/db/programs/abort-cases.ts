import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SqlValue } from '../../../../server/db/database.ts'
import { Connection } from '../../../../server/db/guard.ts'

/**
 * Each case ends the process, freezes the file or loses data when the driver is used directly. This is a program that
 * runs one case (or lists them), because a case that gets through the guard would end the test run too.
 */
const file = join(tmpdir(), `throughline-guard-${process.pid}.db`)
const open = () => new Connection(file, { busyTimeout: 50 })
const connection = open()
connection.exec('PRAGMA journal_mode = WAL')
connection.exec('CREATE TABLE thing (id TEXT PRIMARY KEY, n INTEGER, bytes BLOB) STRICT')

/** What the types do not allow but plain JavaScript could pass. */
const untyped = (value: unknown) => value as readonly SqlValue[]
const select = (args: readonly unknown[]) =>
  connection.rows('SELECT ? AS value, typeof(?1) AS type', untyped(args))

const cases: Record<string, () => void> = {
  'bytes instead of a list of arguments'() {
    assert.throws(() => connection.rows('SELECT ?', untyped(new Uint8Array([1]))), /are a list/)
  },
  'an object instead of a list of arguments'() {
    assert.throws(() => connection.rows('SELECT ?', untyped({ a: 1 })), /are a list/)
  },
  'a boolean among the arguments'() {
    assert.deepEqual({ ...select([true])[0] }, { value: 1, type: 'integer' })
    assert.deepEqual({ ...select([false])[0] }, { value: 0, type: 'integer' })
  },
  'arguments of types that SQL does not have'() {
    const values = [
      {},
      [],
      new Date(0),
      () => 1,
      Symbol('a'),
      2n ** 70n,
      new ArrayBuffer(1),
      new Float64Array(1),
    ]
    for (const value of values) assert.throws(() => select([value]), /Argument 1 is of no type that SQL has/)
  },
  'undefined and not-a-number among the arguments'() {
    assert.throws(() => select([undefined]), /Argument 1 is undefined/)
    assert.throws(() => select([Number.NaN]), /Argument 1 is not a number/)
  },
  'too few, too many and named arguments'() {
    assert.throws(() => connection.rows('SELECT ?, ?', ['a']), /takes 2 arguments but has 1/)
    assert.throws(() => connection.rows('SELECT ?', ['a', 'b']), /takes 1 arguments but has 2/)
    assert.throws(() => connection.rows('SELECT ?'), /takes 1 arguments but has 0/)
    for (const name of [':name', '@name', '$name']) {
      assert.throws(() => connection.rows(`SELECT ${name}`, ['a']), /Named placeholders are not supported/)
    }
  },
  'a question mark that is no placeholder'() {
    const sql = `SELECT '?', "id", 'it''s ?' AS a -- why?\n, ? AS b /* or ? */ FROM (SELECT 1 AS id)`
    assert.equal(connection.rows(sql, ['x'])[0]?.b, 'x')
    assert.equal(connection.rows('SELECT ?2 AS b, ?1 AS a', ['a', 'b'])[0]?.a, 'a')
  },
  'a closed connection'() {
    const closed = open()
    closed.close()
    assert.equal(closed.inTransaction, false)
    assert.throws(() => closed.rows('SELECT 1'), /is closed/)
    assert.throws(() => closed.exec('SELECT 1'), /is closed/)
    closed.close()
  },
  'INSERT with RETURNING'() {
    const result = connection.execute({
      sql: 'INSERT INTO thing (id) VALUES (?), (?) RETURNING id',
      args: ['a', 'b'],
    })
    assert.equal(result.changes, 2)
    assert.deepEqual(
      result.rows.map(({ id }) => id),
      ['a', 'b'],
    )
    assertOthersMayWrite()
    assert.equal(open().rows('SELECT id FROM thing').length, 3)
  },
  'a PRAGMA that answers'() {
    connection.exec('PRAGMA journal_mode = WAL')
    assert.equal(connection.rows('PRAGMA journal_mode')[0]?.journal_mode, 'wal')
    assertOthersMayWrite()
  },
  'a statement that fails after some rows'() {
    connection.exec('BEGIN IMMEDIATE')
    const numbers = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)'
    assert.throws(
      () => connection.rows(`${numbers} SELECT json(iif(i = 250, '{', '1')) FROM n`),
      /malformed JSON/,
    )
    connection.exec('COMMIT')
    assertOthersMayWrite()
  },
  'a write that meets the lock of another'() {
    const other = open()
    other.exec('BEGIN IMMEDIATE')
    assert.throws(
      () => connection.execute({ sql: 'INSERT INTO thing (id) VALUES (?)', args: ['a'] }),
      /locked/,
    )
    other.exec('COMMIT')
    // The driver may let a poisoned connection begin a transaction that it can never commit.
    connection.exec('BEGIN IMMEDIATE')
    assert.throws(() => connection.exec('COMMIT'), /statements in progress/)
    connection.close()
    assertOthersMayWrite()
    const again = open()
    again.execute({ sql: 'INSERT INTO thing (id) VALUES (?)', args: ['a'] })
    assert.equal(other.rows("SELECT id FROM thing WHERE id = 'a'").length, 1)
  },
  'text with a NUL character'() {
    assert.equal(select(['a\0b'])[0]?.value, 'a\ufffdb')
  },
}

function assertOthersMayWrite(): void {
  const other = open()
  other.execute({ sql: 'INSERT INTO thing (id) VALUES (?)', args: ['other'] })
  other.close()
}

const name = process.argv[2] ?? 'list'
if (name !== 'list') cases[name]?.()
process.stdout.write(name === 'list' ? JSON.stringify(Object.keys(cases)) : 'survived')
connection.close()
for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
