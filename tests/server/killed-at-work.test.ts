import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { readMigrations } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/open.ts'
import { start } from '../../server/start.ts'
import { editLive } from '../support/live-edit.ts'
import { below, randomFrom } from '../support/random-edits.ts'
import { startTestServer } from '../support/server.ts'
import { startDiagram } from '../support/three-rivers.ts'
import { temporaryFolder } from './db/temporary.ts'

const isLong = process.env.THROUGHLINE_LONG === '1'
const rounds = isLong ? 25 : 2
const seed = Number(process.env.KILL_SEED ?? (isLong ? Date.now() % 1e9 : 4))
const patience = { timeout: 60_000 + rounds * 15_000 }
const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

let id: string
/** A folder with one document, and a backup from before the last that was written in it. */
let later: string
let backup: string

beforeAll(async () => {
  const server = await startTestServer()
  const { networkId, ...nora } = await server.setup()
  id = await startDiagram(nora, networkId, {})
  const write = (words: string) => editLive(server, nora, id, (doc) => doc.getText('why/a').insert(0, words))
  await write('kept')
  backup = join(temporaryFolder(), 'monday.tar.gz')
  await server.running.commands.backup?.({ file: backup })
  await write('later and ')
  later = temporaryFolder()
  await server.running.close()
  cpSync(server.dataDir, later, { recursive: true })
  await server.close()
})

/** Runs a command; `killedAfter` milliseconds it is killed. Answers whether it came to its end, and how long it ran. */
async function run(dataDir: string, words: readonly string[], killedAfter?: number) {
  const begin = performance.now()
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...words], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  })
  const timer = killedAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killedAfter)
  const [code] = (await once(child, 'exit')) as [number | null]
  clearTimeout(timer)
  return { isDone: code === 0, took: performance.now() - begin }
}

/** A command killed at random instants, mostly after it has begun to do its work. */
async function killAtRandom(
  words: (round: number) => readonly string[],
  folderOf: (round: number) => string,
  look: (dataDir: string, round: number) => Promise<void>,
): Promise<void> {
  const random = randomFrom(seed)
  const { took } = await run(folderOf(-1), words(-1))
  for (let round = 0; round < rounds; round++) {
    const dataDir = folderOf(round)
    await run(dataDir, words(round), took * (0.35 + 0.65 * (below(random, 1000) / 1000)))
    await look(dataDir, round)
  }
}

/** The document's words, from a server that starts on the folder as any start does; all of it is looked through. */
async function wordsIn(dataDir: string): Promise<string> {
  const server = await start({ config: readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' }) })
  try {
    expect(await server.commands.verify?.({})).toMatchObject({ findings: [] })
    const { doc } = await server.live.readLive(id)
    return doc.getText('why/a').toString()
  } finally {
    await server.close()
  }
}

const unfinished = (dataDir: string) => readdirSync(dataDir).filter((name) => name.endsWith('.unfinished'))

it('a backup that is killed leaves no file that looks like one, and harms nothing', patience, async () => {
  const folder = temporaryFolder()
  const fileOf = (round: number) => join(folder, `${round}.tar.gz`)
  const folderOf = () => {
    const dataDir = temporaryFolder()
    cpSync(later, dataDir, { recursive: true })
    return dataDir
  }
  await killAtRandom(
    (round) => ['backup', fileOf(round)],
    folderOf,
    async (dataDir, round) => {
      expect(await wordsIn(dataDir)).toBe('later and kept')
      expect(unfinished(dataDir)).toEqual([])
      if (!existsSync(fileOf(round))) return
      const fresh = temporaryFolder()
      expect(await run(fresh, ['restore', fileOf(round)])).toMatchObject({ isDone: true })
      expect(await wordsIn(fresh)).toBe('later and kept')
    },
  )
})

it(
  'a restoration that is killed leaves what was or what comes, and nothing in between',
  patience,
  async () => {
    const folderOf = () => {
      const dataDir = temporaryFolder()
      cpSync(later, dataDir, { recursive: true })
      return dataDir
    }
    await killAtRandom(
      () => ['restore', backup],
      folderOf,
      async (dataDir) => {
        const words = await wordsIn(dataDir)
        expect(['kept', 'later and kept']).toContain(words)
        expect(unfinished(dataDir)).toEqual([])
        expect(existsSync(join(dataDir, 'restore.json'))).toBe(false)
      },
    )
  },
)

it('a migration that is killed is gone through by the next start', patience, async () => {
  const steps = readMigrations()
  const older = temporaryFolder()
  for (const { name, sql } of steps.slice(0, -1)) writeFileSync(join(older, name), sql)
  const folderOf = () => {
    const dataDir = temporaryFolder()
    cpSync(old, dataDir, { recursive: true })
    return dataDir
  }
  const old = temporaryFolder()
  const db = await openDatabase({ url: `file:${join(old, 'throughline.db')}`, migrations: older })
  await db.write([
    {
      sql: `INSERT INTO account (id, email, name, color, password_hash, created_at)
        VALUES ('a', 'a@example.org', 'Ana', 1, 'x', 0)`,
    },
  ])
  await db.close()
  await killAtRandom(
    () => ['verify'],
    folderOf,
    async (dataDir) => {
      const database = await openDatabase({ url: `file:${join(dataDir, 'throughline.db')}` })
      expect(await database.read('SELECT name FROM account')).toEqual([{ name: 'Ana' }])
      const applied = await database.read<{ number: number }>('SELECT number FROM migration ORDER BY number')
      expect(applied.map(({ number }) => number)).toEqual(steps.map(({ number }) => number))
      await database.close()
      // The copy that was kept before is one that can be opened.
      const copies = readdirSync(dataDir).filter((name) => /\.db\.before-\d+$/.test(name))
      expect(copies).toHaveLength(1)
      expect(
        readFileSync(join(dataDir, String(copies[0])))
          .subarray(0, 15)
          .toString(),
      ).toBe('SQLite format 3')
    },
  )
})
