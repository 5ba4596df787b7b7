import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { readConfig } from '../../server/config.ts'
import type { Database } from '../../server/db/database.ts'
import { type RunningServer, type StartOptions, start } from '../../server/start.ts'
import { createPeople, type People } from './people.ts'

export { cookieOf, expectOk, type TestPerson, testPassword } from './people.ts'

/** A server as people run it: its own data folder, a real database file, a port of its own. */
export interface TestServer extends People {
  readonly origin: string
  readonly port: number
  readonly db: Database
  readonly dataDir: string
  readonly running: RunningServer
  url(path: string): string
  /** Starts the same server again on the same folder and port. */
  restart(): Promise<void>
  close(): Promise<void>
}

export interface TestServerOptions extends Omit<StartOptions, 'config'> {
  /** Variables of the environment; those that are not given have their defaults. */
  readonly env?: Readonly<Record<string, string>>
}

export async function startTestServer({ env = {}, ...options }: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-'))
  const log = options.log ?? pino({ level: 'silent' })
  const startOn = (port: number) =>
    start({ log, ...options, config: readConfig({ PORT: String(port), DATA_DIR: dataDir, ...env }) })
  let running = await startOn(0)
  const address = () => `http://127.0.0.1:${running.port}`

  return {
    ...createPeople({ address, origin: () => running.origin }),
    get origin() {
      return running.origin
    },
    get port() {
      return running.port
    },
    get db() {
      return running.db
    },
    get running() {
      return running
    },
    dataDir,
    url: (path) => new URL(path, address()).href,

    async restart() {
      const { port } = running
      await running.close()
      running = await startOn(port)
    },

    async close() {
      await running.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
