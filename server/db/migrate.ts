import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AppError } from '#shared/errors.ts'
import type { Row } from './database.ts'
import type { Connection } from './guard.ts'

/** A numbered step from one form of the database to the next. Steps only go forward and never change once released. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** The steps of a folder, in order. Without a folder: those of this program, from its source or beside its bundle. */
export function readMigrations(folder: string = ownFolder()): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}-.*\.sql$/.test(name))
  return names.sort().map((name) => {
    // A checkout on Windows may have other line ends, which change nothing.
    const sql = readFileSync(`${folder}/${name}`, 'utf8').replaceAll('\r\n', '\n')
    const checksum = createHash('sha256').update(sql).digest('hex')
    return { number: Number(name.slice(0, 4)), name, sql, checksum }
  })
}

function ownFolder(): string {
  const places = ['./migrations', '../migrations'].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  )
  const found = places.find((place) => existsSync(place))
  if (found === undefined) throw new Error(`The migrations are missing at ${places.join(' and ')}`)
  return found
}

/**
 * Brings the database to the newest form that this program knows, each step in its own transaction. A database that
 * holds something gets a copy beside it first.
 */
export function migrate(connection: Connection, migrations: readonly Migration[], now: number): void {
  const due = dueMigrations(readApplied(connection), migrations, connection.path)
  const first = due[0]
  if (first === undefined) return
  if (first !== migrations[0]) keepCopy(connection, `${connection.path}.before-${number4(first.number)}`)
  connection.exec(applied)
  for (const migration of due) {
    connection.exec('BEGIN IMMEDIATE')
    try {
      connection.exec(migration.sql)
      connection.execute(recordOf(migration, now))
      connection.exec('COMMIT')
    } catch (error) {
      if (connection.inTransaction) connection.exec('ROLLBACK')
      throw new AppError(
        'unavailable',
        `The database ${connection.path} could not be brought to step ${migration.name}: ${(error as Error).message}.`,
      )
    }
  }
}

/** What keeps the list of applied steps. */
export const applied = `CREATE TABLE IF NOT EXISTS migration (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT`

export const listApplied = 'SELECT number, name, checksum FROM migration ORDER BY number'
export const listTables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"

function recordOf({ number, name, checksum }: Migration, now: number) {
  const sql = 'INSERT INTO migration (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)'
  return { sql, args: [number, name, checksum, now] }
}

function readApplied(connection: Connection): readonly Row[] {
  const tables = connection.rows(listTables).map(({ name }) => name)
  if (tables.includes('migration')) return connection.rows(listApplied)
  if (tables.length === 0) return []
  throw foreignDatabase(connection.path)
}

export function foreignDatabase(where: string): AppError {
  return new AppError(
    'conflict',
    `The database ${where} was not made by Throughline; set DATABASE_URL or DATA_DIR to another place.`,
  )
}

/** The steps still to take. Refuses a database that a newer or another program has made. */
export function dueMigrations(
  rows: readonly Row[],
  migrations: readonly Migration[],
  where: string,
): readonly Migration[] {
  const newest = migrations.at(-1)
  for (const [index, row] of rows.entries()) {
    const migration = migrations[index]
    if (newest === undefined || Number(row.number) > newest.number) {
      throw new AppError(
        'conflict',
        `The database ${where} was made by a newer version of Throughline (step ${row.name}); start that version, or set DATA_DIR to another folder.`,
      )
    }
    if (migration === undefined || migration.number !== row.number || migration.checksum !== row.checksum) {
      throw new AppError(
        'conflict',
        `The database ${where} was made with another text of step ${row.name} than this version has; start the version that made it, or set DATA_DIR to another folder.`,
      )
    }
  }
  return migrations.slice(rows.length)
}

/** Written under another name first, so that a copy with its name is always whole. */
function keepCopy(connection: Connection, copy: string): void {
  const unfinished = `${copy}.unfinished`
  rmSync(unfinished, { force: true })
  connection.execute({ sql: 'VACUUM INTO ?', args: [unfinished] })
  const file = openSync(unfinished, 'r+')
  fsyncSync(file)
  closeSync(file)
  renameSync(unfinished, copy)
}

const number4 = (number: number): string => String(number).padStart(4, '0')
