import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Role } from '#shared/network.ts'
import type { Me } from '#shared/people.ts'
import { readConfig } from '../../server/config.ts'
import type { Database } from '../../server/db/database.ts'
import { type RunningServer, type StartOptions, start } from '../../server/start.ts'

/** A server as people run it: its own data folder, a real database file, a port of its own. */
export interface TestServer {
  readonly origin: string
  readonly port: number
  readonly db: Database
  readonly dataDir: string
  readonly running: RunningServer
  url(path: string): string
  /** A request by nobody, from a page of this server. */
  fetch: Fetch
  /** The first person: coordinator of the first network. */
  setup(): Promise<TestPerson & { readonly networkId: string }>
  /** Someone else with a role in the first network, who came by an invitation. Sets the server up where nobody has. */
  person(name: string, role: Role, options?: { readonly team?: string }): Promise<TestPerson>
  /** Starts the same server again on the same folder and port. */
  restart(): Promise<void>
  close(): Promise<void>
}

export interface TestPerson {
  readonly account: Me
  readonly cookie: string
  readonly password: string
  /** A request by this person's browser. */
  readonly fetch: Fetch
}

/** `json` is sent as the body; the method is POST where there is one, unless it says otherwise. */
type Fetch = (path: string, init?: RequestInit & { readonly json?: unknown }) => Promise<Response>

export interface TestServerOptions extends Omit<StartOptions, 'config'> {
  /** Variables of the environment; those that are not given have their defaults. */
  readonly env?: Readonly<Record<string, string>>
}

export const testPassword = 'vivid-harbor-lantern'

export async function startTestServer({ env = {}, ...options }: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-'))
  const log = options.log ?? pino({ level: 'silent' })
  const startOn = (port: number) =>
    start({ log, ...options, config: readConfig({ PORT: String(port), DATA_DIR: dataDir, ...env }) })
  let running = await startOn(0)
  let first: (TestPerson & { networkId: string }) | undefined

  const asked = (path: string) => new URL(path, `http://127.0.0.1:${running.port}`)

  const fetchAs =
    (cookie: string | undefined): Fetch =>
    (path, { json, ...init } = {}) => {
      const headers = new Headers(init.headers)
      if (!headers.has('Origin')) headers.set('Origin', running.origin)
      if (cookie) headers.set('Cookie', cookie)
      if (json === undefined) return fetch(asked(path), { redirect: 'manual', ...init, headers })
      headers.set('Content-Type', 'application/json')
      return fetch(asked(path), { method: 'POST', ...init, headers, body: JSON.stringify(json) })
    }

  async function personFrom(response: Response): Promise<TestPerson> {
    const cookie = cookieOf(response)
    const who = await fetchAs(cookie)('/api/session')
    const { account } = (await who.json()) as { account: Me }
    return { account, cookie, password: testPassword, fetch: fetchAs(cookie) }
  }

  async function setup(): Promise<TestPerson & { networkId: string }> {
    if (first) return first
    const response = await fetchAs(undefined)('/api/setup', {
      json: {
        network: 'Three Rivers',
        timeZone: 'America/Chicago',
        name: 'Imani Okafor',
        email: 'imani@example.org',
        password: testPassword,
      },
    })
    const { networkId } = (await expectOk(response)) as { networkId: string }
    first = { ...(await personFrom(response)), networkId }
    return first
  }

  return {
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
    url: (path) => asked(path).href,
    fetch: fetchAs(undefined),
    setup,

    async person(name, role, { team } = {}) {
      const coordinator = await setup()
      const invited = await coordinator.fetch(`/api/networks/${coordinator.networkId}/invitations`, {
        json: { role, ...(team !== undefined && { team }) },
      })
      const { link } = (await expectOk(invited)) as { link: string }
      const email = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '.')}@example.org`
      const joined = await fetchAs(undefined)(`/api${new URL(link).pathname}`, {
        json: { name, email, password: testPassword },
      })
      await expectOk(joined)
      return personFrom(joined)
    },

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

/** The session's cookie that an answer sets, as a browser sends it back. */
export function cookieOf(response: Response): string {
  const [cookie] = response.headers.getSetCookie()
  if (!cookie) throw new Error(`An answer with status ${response.status} set no cookie`)
  return cookie.split(';')[0] ?? ''
}

/** The body of an answer that must be a success. */
export async function expectOk(response: Response): Promise<unknown> {
  if (response.ok) return response.json()
  throw new Error(`${response.status} at ${new URL(response.url).pathname}: ${await response.text()}`)
}
