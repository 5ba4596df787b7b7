import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { roleNames } from '#shared/network.ts'
import { createPasswords } from '../accounts/passwords.ts'
import { type Config, readConfig } from '../config.ts'
import type { Database } from '../db/database.ts'
import { openDatabase } from '../db/open.ts'
import { inProject } from '../http/project.ts'
import { createAccess } from '../networks/access.ts'
import { listMembers, listTeams } from '../networks/store.ts'
import { createProjections } from '../projections.ts'
import {
  buildSample,
  type SampleClock,
  type SampleNetwork,
  samplePassword,
  timeIn,
} from '../sample/network.ts'
import { createSamplePeople } from '../sample/people.ts'
import { playSample } from '../sample/play.ts'
import { type RunningServer, start } from '../start.ts'
import type { DemoSettings } from '../start-info.ts'
import { type Command, readOptions } from './command.ts'

/** What the product's clock says when the demo starts, in the network's zone: a Wednesday. */
const demoBegins = '2026-01-14T09:00'

export const demo: Command = {
  name: 'demo',
  takes: '',
  does: 'Serves a sample network from a folder of its own that is thrown away at the end.',
  async run(args, terminal) {
    readOptions(demo, args, [], [])
    const dataDir = await mkdtemp(join(tmpdir(), 'throughline-demo-'))
    try {
      const config = readConfig(withoutOwnData(terminal.env, dataDir))
      const server = await startSample(config)
      for (const notice of server.notices) terminal.print(notice)
      terminal.print(`The demo keeps its data in ${dataDir} and throws it away when it stops.`)
      terminal.print(`Throughline is at ${server.origin}`)
      await terminal.stopAsked()
      await server.close()
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
  },
}

/** A server with the sample network in it. Its clock goes from date to date while the sample is made, and then runs on. */
export async function startSample(config: Config): Promise<RunningServer> {
  const clock = createClock()
  const { network, accounts } = await makeNetwork(config, clock)
  const settings = {
    accounts,
    password: samplePassword,
    notice: 'This is a demo with invented people. What you write here is thrown away when it stops.',
  }
  const server = await start({ config, demo: settings, now: clock.now })
  try {
    const people = createSamplePeople(server.origin, network.coordinator)
    await playSample({ ...server.live, network, people, clock, folder }, 'cycles.json')
    await people.leave()
  } catch (error) {
    await server.close()
    throw error
  }
  clock.run(timeIn(network.timeZone)(demoBegins))
  return server
}

const folder = inProject('templates', 'sample')

/** Stands where it was set, until it runs. */
function createClock() {
  let now = () => 0
  return {
    now: () => now(),
    set: (at: number) => {
      now = () => at
    },
    run(from: number): void {
      const ahead = from - Date.now()
      now = () => Date.now() + ahead
    },
  }
}

/** The demo touches no real data and writes to nobody. */
function withoutOwnData(env: NodeJS.ProcessEnv, dataDir: string): NodeJS.ProcessEnv {
  const { DATABASE_URL, DATABASE_AUTH_TOKEN, SMTP_URL, MAIL_FROM, ...rest } = env
  return { ...rest, DATA_DIR: dataDir }
}

async function makeNetwork(
  config: Config,
  clock: SampleClock,
): Promise<{ network: SampleNetwork; accounts: DemoSettings['accounts'] }> {
  // Nobody else writes yet, so there is nothing to wait for between commits.
  const db = await openDatabase({ url: config.databaseUrl, commitEvery: 0 })
  try {
    const network = await buildSample({
      db,
      clock,
      passwords: createPasswords(),
      access: createAccess({ db }),
      projections: createProjections({ db, log: pino({ level: config.logLevel }) }),
      folder,
    })
    return { network, accounts: await listAccounts(db, network.id) }
  } finally {
    await db.close()
  }
}

/** Each person once, with all roles. */
async function listAccounts(db: Database, networkId: string): Promise<DemoSettings['accounts']> {
  const teams = new Map((await listTeams(db, networkId)).map((team) => [team.id, team.name]))
  const accounts = new Map<string, { name: string; email: string; roles: string[] }>()
  for (const { person, email = '', role, teamId } of await listMembers(db, networkId, () => true)) {
    const account = accounts.get(person.id) ?? { name: person.name, email, roles: [] }
    account.roles.push(teamId === undefined ? roleNames[role] : `${roleNames[role]}, ${teams.get(teamId)}`)
    accounts.set(person.id, account)
  }
  return [...accounts.values()]
}
