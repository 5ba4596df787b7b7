import type { Role } from '#shared/network.ts'
import type { Me } from '#shared/people.ts'

export interface TestPerson {
  readonly account: Me
  readonly cookie: string
  readonly password: string
  /** A request by this person's browser. */
  readonly fetch: Fetch
}

export interface FirstPerson extends TestPerson {
  readonly networkId: string
}

/** `json` is sent as the body; the method is POST where there is one, unless it says otherwise. */
export type Fetch = (path: string, init?: RequestInit & { readonly json?: unknown }) => Promise<Response>

/** The people of a server, who come to it as everybody does: the first by setting it up, all others by an invitation. */
export interface People {
  /** A request by nobody, from a page of the server. */
  fetch: Fetch
  /** The first person: coordinator of the first network. */
  setup(): Promise<FirstPerson>
  /** Someone else with a role in the first network, who came by an invitation. Sets the server up where nobody has. */
  person(name: string, role: Role, options?: { readonly team?: string }): Promise<TestPerson>
}

/** Where requests go, and from which page they come. Asked each time: a server may come back on another port. */
export interface PeopleAt {
  readonly address: () => string
  readonly origin: () => string
}

export const testPassword = 'vivid-harbor-lantern'

export function createPeople({ address, origin }: PeopleAt): People {
  let first: FirstPerson | undefined

  const fetchAs =
    (cookie: string | undefined): Fetch =>
    (path, { json, ...init } = {}) => {
      const headers = new Headers(init.headers)
      if (!headers.has('Origin')) headers.set('Origin', origin())
      if (cookie) headers.set('Cookie', cookie)
      const url = new URL(path, address())
      if (json === undefined) return fetch(url, { redirect: 'manual', ...init, headers })
      headers.set('Content-Type', 'application/json')
      return fetch(url, { method: 'POST', ...init, headers, body: JSON.stringify(json) })
    }

  async function personFrom(response: Response): Promise<TestPerson> {
    const cookie = cookieOf(response)
    const who = await fetchAs(cookie)('/api/session')
    const { account } = (await who.json()) as { account: Me }
    return { account, cookie, password: testPassword, fetch: fetchAs(cookie) }
  }

  async function setup(): Promise<FirstPerson> {
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
