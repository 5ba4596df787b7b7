import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Invitation, Network } from '#shared/network.ts'
import type { Database } from '../../server/db/database.ts'
import { createAccess } from '../../server/networks/access.ts'
import {
  cookieOf,
  expectOk,
  startTestServer,
  type TestPerson,
  type TestServer,
  testPassword,
} from '../support/server.ts'

interface Refusal {
  readonly code: string
  readonly message: string
  readonly fields?: Readonly<Record<string, string>>
}

const refusalOf = async (response: Response): Promise<Refusal> =>
  ((await response.json()) as { error: Refusal }).error

let server: TestServer
let imani: TestPerson & { readonly networkId: string }
let network: string
let dunmore: string
let harbor: string
let lead: TestPerson
let member: TestPerson
let observer: TestPerson
beforeAll(async () => {
  server = await startTestServer()
  imani = await server.setup()
  network = `/api/networks/${imani.networkId}`
  dunmore = await idOf(
    imani.fetch(`${network}/teams`, { json: { name: 'Dunmore High', district: 'Lakeshore' } }),
  )
  harbor = await idOf(imani.fetch(`${network}/teams`, { json: { name: 'Harbor Point' } }))
  lead = await server.person('Alicia Montoya', 'lead', { team: dunmore })
  member = await server.person('Dev Patel', 'member', { team: dunmore })
  observer = await server.person('Quinn Adeyemi', 'observer')
})
afterAll(() => server.close())

async function idOf(answer: Promise<Response>): Promise<string> {
  return ((await expectOk(await answer)) as { id: string }).id
}

const readNetwork = async (person: TestPerson, path = network) =>
  (await expectOk(await person.fetch(path))) as Network

async function membershipOf(person: TestPerson, path = network): Promise<string> {
  const { members } = await readNetwork(imani, path)
  const found = members.find((membership) => membership.person.id === person.account.id)
  if (!found) throw new Error(`${person.account.name} is not in the network`)
  return found.id
}

const invite = (person: TestPerson, json: unknown, path = network) =>
  person.fetch(`${path}/invitations`, { json })

async function linkFrom(answer: Promise<Response>): Promise<string> {
  const { link } = (await expectOk(await answer)) as { link: string }
  return `/api${new URL(link).pathname}`
}

/** A second network with its own coordinator, who has nothing to do with the first. */
async function otherNetwork(): Promise<{ path: string; coordinator: TestPerson }> {
  const id = await idOf(imani.fetch('/api/networks', { json: { name: `Network ${Math.random()}` } }))
  const path = `/api/networks/${id}`
  const link = await linkFrom(invite(imani, { role: 'coordinator' }, path))
  const name = `Coordinator ${id}`
  const joined = await server.fetch(link, {
    json: { name, email: `${id}@example.org`, password: testPassword },
  })
  const cookie = cookieOf(joined)
  const asked: TestPerson['fetch'] = (at, init) =>
    server.fetch(at, { ...init, headers: { ...(init?.headers as Record<string, string>), Cookie: cookie } })
  const { account } = (await expectOk(await asked('/api/session'))) as Pick<TestPerson, 'account'>
  const own = await membershipOf(imani, path)
  await expectOk(await imani.fetch(`/api/memberships/${own}`, { method: 'DELETE' }))
  return { path, coordinator: { account, cookie, password: testPassword, fetch: asked } }
}

describe('networks', () => {
  test('everyone in a network sees its teams and people, addresses only who manages them', async () => {
    const seen = await readNetwork(imani)
    expect(seen).toMatchObject({
      name: 'Three Rivers',
      timeZone: 'America/Chicago',
      roles: [{ role: 'coordinator' }],
    })
    expect(seen.teams).toEqual([
      { id: dunmore, name: 'Dunmore High', district: 'Lakeshore' },
      { id: harbor, name: 'Harbor Point' },
    ])
    expect(seen.members.every(({ email }) => email !== undefined)).toBe(true)

    const emailsFor = async (person: TestPerson) =>
      (await readNetwork(person)).members.flatMap(({ email, person }) => (email ? [person.name] : []))
    expect(await emailsFor(observer)).toEqual([])
    expect(await emailsFor(member)).toEqual([])
    expect(await emailsFor(lead)).toEqual(['Alicia Montoya', 'Dev Patel'])
  })

  test('a network is unknown to people outside of it', async () => {
    const { coordinator } = await otherNetwork()
    const answer = await coordinator.fetch(network)
    expect(answer.status).toBe(404)
    expect((await refusalOf(answer)).message).toBe('There is no such network, or you are not in it.')
    const unknown = await imani.fetch('/api/networks/none')
    expect(unknown.status).toBe(404)
    for (const path of ['/teams', '/invitations', '/members']) {
      const json = { name: 'x', role: 'member', team: dunmore, account: member.account.id }
      expect((await coordinator.fetch(`${network}${path}`, { json })).status).toBe(404)
    }
  })

  test('a coordinator starts another one and is its coordinator', async () => {
    const id = await idOf(
      imani.fetch('/api/networks', { json: { name: 'Second', timeZone: 'Europe/Berlin' } }),
    )
    expect(await readNetwork(imani, `/api/networks/${id}`)).toMatchObject({
      name: 'Second',
      timeZone: 'Europe/Berlin',
      roles: [{ role: 'coordinator' }],
    })
    const { networks } = (await expectOk(await imani.fetch('/api/networks'))) as {
      networks: { name: string }[]
    }
    expect(networks.map(({ name }) => name)).toContain('Second')
    expect((await lead.fetch('/api/networks', { json: { name: 'Third' } })).status).toBe(403)
  })

  test('a coordinator renames it and moves its time zone, each alone', async () => {
    const id = await idOf(imani.fetch('/api/networks', { json: { name: 'Old', timeZone: 'America/Denver' } }))
    const put = (json: unknown) => imani.fetch(`/api/networks/${id}`, { method: 'PUT', json })
    expect(await (await put({ name: 'New' })).json()).toMatchObject({
      name: 'New',
      timeZone: 'America/Denver',
    })
    expect(await (await put({ timeZone: 'UTC' })).json()).toMatchObject({ name: 'New', timeZone: 'UTC' })
    expect((await put({ timeZone: 'Nowhere' })).status).toBe(400)
    expect((await lead.fetch(network, { method: 'PUT', json: { name: 'Mine' } })).status).toBe(403)
  })

  test.each([
    ['GET', '/api/networks'],
    ['GET', '/api/networks/x'],
    ['POST', '/api/networks/x/teams'],
    ['POST', '/api/networks/x/invitations'],
    ['PUT', '/api/memberships/x'],
    ['DELETE', '/api/memberships/x'],
  ])('%s %s is for people who are signed in', async (method, path) => {
    expect((await server.fetch(path, { method })).status).toBe(401)
  })
})

describe('teams', () => {
  test('are made and changed by coordinators', async () => {
    const id = await idOf(
      imani.fetch(`${network}/teams`, { json: { name: 'Alder', district: '', state: 'North Fork' } }),
    )
    const answer = await imani.fetch(`${network}/teams/${id}`, {
      method: 'PUT',
      json: { name: 'Alder Creek' },
    })
    expect(await answer.json()).toEqual({ id, name: 'Alder Creek' })
    expect((await lead.fetch(`${network}/teams`, { json: { name: 'Mine' } })).status).toBe(403)
    expect(
      (await lead.fetch(`${network}/teams/${dunmore}`, { method: 'PUT', json: { name: 'Mine' } })).status,
    ).toBe(403)
  })

  test('have different names in one network', async () => {
    const answer = await imani.fetch(`${network}/teams`, { json: { name: 'dunmore high' } })
    expect(answer.status).toBe(409)
    expect((await refusalOf(answer)).fields).toEqual({ name: 'The network has a team of this name already.' })
    const renamed = await imani.fetch(`${network}/teams/${harbor}`, {
      method: 'PUT',
      json: { name: 'Dunmore High' },
    })
    expect(renamed.status).toBe(409)
  })

  test('need a name', async () => {
    expect((await refusalOf(await imani.fetch(`${network}/teams`, { json: { name: ' ' } }))).fields).toEqual({
      name: 'Give the team a name.',
    })
    expect((await imani.fetch(`${network}/teams/none`, { method: 'PUT', json: { name: 'x' } })).status).toBe(
      404,
    )
  })
})

describe('inviting', () => {
  test('answers a link on the name that the page was opened under, and keeps no secret', async () => {
    const answer = await invite(imani, { role: 'coach' })
    expect(answer.status).toBe(201)
    const { link, mailed } = (await answer.json()) as { link: string; mailed: boolean }
    expect(mailed).toBe(false)
    expect(link).toMatch(new RegExp(`^http://127.0.0.1:${server.port}/invitations/[\\w-]{43}$`))
    expect(JSON.stringify(await server.db.read('SELECT * FROM invitation'))).not.toContain(
      link.split('/').at(-1),
    )
  })

  test('tells whoever opens the link what it is', async () => {
    const link = await linkFrom(invite(lead, { role: 'member', team: dunmore, email: 'New@Example.org' }))
    expect(await (await server.fetch(link)).json()).toMatchObject({
      network: 'Three Rivers',
      team: 'Dunmore High',
      role: 'member',
      email: 'new@example.org',
      inviter: 'Alicia Montoya',
    })
  })

  test('works once', async () => {
    const link = await linkFrom(invite(imani, { role: 'expert' }))
    const form = (email: string) => ({ json: { name: 'Lena Whitfield', email, password: testPassword } })
    const joined = await server.fetch(link, form('lena@example.org'))
    expect(joined.status).toBe(201)
    expect(await joined.json()).toEqual({ networkId: imani.networkId })
    const again = await server.fetch(link, form('lena.two@example.org'))
    expect(again.status).toBe(410)
    expect((await refusalOf(again)).message).toBe('This invitation was used already. If it was you, sign in.')
  })

  test('works once also where two people open it together', async () => {
    const link = await linkFrom(invite(imani, { role: 'expert' }))
    const form = (name: string) => ({ json: { name, email: `${name}@example.org`, password: testPassword } })
    const answers = await Promise.all(['race.one', 'race.two'].map((name) => server.fetch(link, form(name))))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410])
    expect(await server.db.read("SELECT 1 FROM account WHERE email LIKE 'race.%'")).toHaveLength(1)
  })

  test('expires after fourteen days', async () => {
    const link = await linkFrom(invite(imani, { role: 'expert' }))
    const [row] = await server.db.read<{ days: number }>(
      'SELECT (expires_at - created_at) / 86400000 AS days FROM invitation ORDER BY created_at DESC LIMIT 1',
    )
    expect(row?.days).toBe(14)
    await server.db.write([
      { sql: 'UPDATE invitation SET expires_at = ? WHERE redeemed_at IS NULL', args: [Date.now() - 1] },
    ])
    const answer = await server.fetch(link, {
      json: { name: 'A', email: 'late@example.org', password: testPassword },
    })
    expect(answer.status).toBe(410)
    expect((await refusalOf(answer)).message).toBe(
      'This invitation has expired. Ask Imani Okafor for a new one.',
    )
  })

  test('a taken address is refused, and the invitation stays good for signing in with it', async () => {
    const link = await linkFrom(invite(imani, { role: 'expert' }))
    const json = { name: 'Dev', email: member.account.email, password: testPassword }
    const answer = await server.fetch(link, { json })
    expect(answer.status).toBe(409)
    expect((await refusalOf(answer)).fields).toEqual({
      email: 'There is already an account with this address.',
    })
    expect((await server.fetch(link)).status).toBe(200)
  })

  test('someone who is signed in takes the role with the account that they have', async () => {
    const { path, coordinator } = await otherNetwork()
    const link = await linkFrom(invite(coordinator, { role: 'coach' }, path))
    expect((await member.fetch(path)).status).toBe(404)
    expect((await member.fetch(link, { json: {} })).status).toBe(201)
    expect((await readNetwork(member, path)).roles).toEqual([{ role: 'coach' }])
  })

  test('someone who holds the role already just comes in', async () => {
    const link = await linkFrom(invite(imani, { role: 'observer' }))
    expect((await observer.fetch(link, { json: {} })).status).toBe(201)
    expect((await readNetwork(observer)).roles).toEqual([{ role: 'observer' }])
  })

  test('someone without an account gives a name, an address and a good password', async () => {
    const link = await linkFrom(invite(imani, { role: 'expert' }))
    const answers = [{}, { password: testPassword }, { name: 'A', email: 'a', password: testPassword }].map(
      async (json) => (await server.fetch(link, { json })).status,
    )
    expect(await Promise.all(answers)).toEqual([401, 400, 400])
    const easy = await server.fetch(link, {
      json: { name: 'A', email: 'easy@example.org', password: 'password123' },
    })
    expect((await refusalOf(easy)).fields?.password).toMatch(/^Many people use this one/)
  })

  test('an address in the invitation need not be given again', async () => {
    const link = await linkFrom(invite(imani, { role: 'expert', email: 'tomas@example.org' }))
    const joined = await server.fetch(link, { json: { name: 'Tomas Brandt', password: testPassword } })
    expect(joined.status).toBe(201)
    const who = await server.fetch('/api/session', { headers: { Cookie: cookieOf(joined) } })
    expect(await who.json()).toMatchObject({ account: { email: 'tomas@example.org' } })
  })

  test.each([
    [{ role: 'owner' }, 'role', /^A role is one of: coordinator, facilitator/],
    [{ role: 'member' }, 'team', /say which/],
    [{ role: 'coach', team: 'dunmore' }, 'team', /whole network/],
    [{ role: 'member', team: 'none' }, 'team', /no such team/],
    [{ role: 'coach', email: 'nobody' }, 'email', /not a mail address/],
  ])('%j is refused', async (json, field, sentence) => {
    const answer = await invite(imani, json)
    expect(answer.status).toBe(400)
    expect((await refusalOf(answer)).fields?.[field]).toMatch(sentence)
  })

  test('a team of another network is no team of this one', async () => {
    const { path, coordinator } = await otherNetwork()
    expect((await invite(coordinator, { role: 'member', team: dunmore }, path)).status).toBe(400)
  })

  test('a link that is made up opens nothing', async () => {
    expect((await server.fetch('/api/invitations/made-up')).status).toBe(404)
    expect((await server.fetch('/api/invitations/made-up', { json: {} })).status).toBe(404)
  })

  test('leads invite into their own team, others not at all', async () => {
    expect((await invite(lead, { role: 'member', team: dunmore })).status).toBe(201)
    expect((await invite(lead, { role: 'lead', team: dunmore })).status).toBe(201)
    for (const json of [{ role: 'member', team: harbor }, { role: 'facilitator' }, { role: 'coordinator' }]) {
      const answer = await invite(lead, json)
      expect(answer.status).toBe(403)
      expect((await refusalOf(answer)).message).toBe(
        'Coordinators manage the people of a network, and leads those of their own team.',
      )
    }
    expect((await invite(member, { role: 'member', team: dunmore })).status).toBe(403)
    expect((await invite(observer, { role: 'observer' })).status).toBe(403)
  })
})

describe('open invitations', () => {
  const list = async (person: TestPerson) =>
    ((await expectOk(await person.fetch(`${network}/invitations`))) as { invitations: Invitation[] })
      .invitations

  test('of someone who no longer invites people open nothing, and are listed no more', async () => {
    const leaving = await server.person('Leaving Soon', 'coordinator')
    const coming = await server.person('Made Coordinator', 'lead', { team: harbor })
    const intoNetwork = await linkFrom(invite(leaving, { role: 'coordinator' }))
    const intoTeam = await linkFrom(invite(coming, { role: 'member', team: harbor }))
    const openOf = async ({ account }: TestPerson) => {
      const { invitations } = (await expectOk(await imani.fetch(`${network}/invitations`))) as {
        invitations: Invitation[]
      }
      return invitations.filter(({ createdBy }) => createdBy.id === account.id).length
    }
    expect([await openOf(leaving), await openOf(coming)]).toEqual([1, 1])

    await expectOk(await imani.fetch(`${network}/members/${leaving.account.id}`, { method: 'DELETE' }))
    const demoted = { role: 'member', team: harbor }
    const membership = `/api/memberships/${await membershipOf(coming)}`
    await expectOk(await imani.fetch(membership, { method: 'PUT', json: demoted }))
    for (const link of [intoNetwork, intoTeam]) {
      expect((await server.fetch(link)).status).toBe(410)
      const back = await leaving.fetch(link, { json: {} })
      expect(back.status).toBe(410)
      expect((await refusalOf(back)).message).toContain('no longer invites people here')
    }
    expect([await openOf(leaving), await openOf(coming)]).toEqual([0, 0])
    expect((await leaving.fetch(network)).status).toBe(404)
  })

  test('are listed for those who could have made them', async () => {
    const forTeam = await idOf(invite(lead, { role: 'member', team: dunmore, email: 'one@example.org' }))
    const forNetwork = await idOf(invite(imani, { role: 'facilitator' }))
    const ids = async (person: TestPerson) => (await list(person)).map(({ id }) => id)
    expect(await ids(imani)).toEqual(expect.arrayContaining([forTeam, forNetwork]))
    expect(await ids(lead)).toContain(forTeam)
    expect(await ids(lead)).not.toContain(forNetwork)
    expect((await member.fetch(`${network}/invitations`)).status).toBe(403)
    expect((await list(imani)).find(({ id }) => id === forTeam)).toMatchObject({
      role: 'member',
      teamId: dunmore,
      email: 'one@example.org',
      createdBy: { name: 'Alicia Montoya' },
    })
  })

  test('can be withdrawn, and then open nothing', async () => {
    const answer = await invite(imani, { role: 'facilitator' })
    const { id, link } = (await answer.json()) as { id: string; link: string }
    const withdraw = (person: TestPerson) =>
      person.fetch(`${network}/invitations/${id}`, { method: 'DELETE' })
    expect((await withdraw(lead)).status).toBe(403)
    expect((await withdraw(imani)).status).toBe(200)
    expect((await withdraw(imani)).status).toBe(404)
    const opened = await server.fetch(`/api${new URL(link).pathname}`)
    expect(opened.status).toBe(410)
    expect((await refusalOf(opened)).message).toBe(
      'This invitation was withdrawn. Ask Imani Okafor for a new one.',
    )
    expect((await list(imani)).map((open) => open.id)).not.toContain(id)
  })
})

describe('members', () => {
  test('a role with a job title is added, changed and taken away', async () => {
    const person = await server.person('Marisol Vega', 'member', { team: harbor })
    const json = { account: person.account.id, role: 'member', team: dunmore, title: 'Parent partner' }
    const id = await idOf(imani.fetch(`${network}/members`, { json }))
    expect((await readNetwork(person)).roles).toEqual([
      { role: 'member', teamId: harbor },
      { role: 'member', teamId: dunmore },
    ])
    const change = await imani.fetch(`/api/memberships/${id}`, { method: 'PUT', json: { role: 'coach' } })
    expect(change.status).toBe(200)
    const { members } = await readNetwork(person)
    expect(members.find((membership) => membership.id === id)).toMatchObject({
      role: 'coach',
      title: 'Parent partner',
    })
    expect((await imani.fetch(`/api/memberships/${id}`, { method: 'DELETE' })).status).toBe(200)
    expect((await readNetwork(person)).roles).toEqual([{ role: 'member', teamId: harbor }])
  })

  test('who holds nothing is asked for each time: names of strangers, however long and many, are not kept', async () => {
    let reads = 0
    const db = {
      read: async (_sql: string, [, accountId]: readonly unknown[]) => {
        reads += 1
        return accountId === 'someone' ? [{ networkId: 'n', role: 'coach', teamId: null }] : []
      },
    } as unknown as Database
    const access = createAccess({ db })
    for (const expected of [1, 1]) {
      expect(await access.viewerIn('n', 'someone')).toEqual({ roles: [{ role: 'coach' }] })
      expect(reads).toBe(expected)
    }
    for (const expected of [2, 3]) {
      expect(await access.viewerIn('n', 'a stranger')).toBeUndefined()
      expect(reads).toBe(expected)
    }
  })

  test('a role cannot be held twice', async () => {
    const person = await server.person('Owen Pritchard', 'coach')
    const json = { account: person.account.id, role: 'coach' }
    const answer = await imani.fetch(`${network}/members`, { json })
    expect(answer.status).toBe(409)
    expect((await refusalOf(answer)).message).toBe('This person holds this role already.')
    const id = await idOf(imani.fetch(`${network}/members`, { json: { ...json, role: 'expert' } }))
    const change = await imani.fetch(`/api/memberships/${id}`, { method: 'PUT', json: { role: 'coach' } })
    expect(change.status).toBe(409)
  })

  test('someone who is not in the network is invited, not added', async () => {
    const { coordinator } = await otherNetwork()
    const json = { account: coordinator.account.id, role: 'coach' }
    const answer = await imani.fetch(`${network}/members`, { json })
    expect(answer.status).toBe(404)
    expect((await refusalOf(answer)).message).toBe('This person is not in the network yet: invite them.')
  })

  test('someone who is removed is out at once', async () => {
    const person = await server.person('Hank Sorensen', 'member', { team: harbor })
    expect((await person.fetch(network)).status).toBe(200)
    const path = `${network}/members/${person.account.id}`
    expect((await lead.fetch(path, { method: 'DELETE' })).status).toBe(403)
    expect((await imani.fetch(path, { method: 'DELETE' })).status).toBe(200)
    expect((await person.fetch(network)).status).toBe(404)
    expect((await imani.fetch(path, { method: 'DELETE' })).status).toBe(404)
  })

  test('a change of role is felt at once, and told to open pages', async () => {
    const person = await server.person('Jesse Blackwood', 'observer')
    const stream = await person.fetch(`${network}/feed`)
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    let told = ''
    const until = async (words: string) => {
      while (!told.includes(words)) told += (await reader?.read())?.value ?? ''
    }
    await until('event: ready')
    const id = await membershipOf(person)
    await expectOk(
      await imani.fetch(`/api/memberships/${id}`, { method: 'PUT', json: { role: 'facilitator' } }),
    )
    await until('event: access')
    expect((await readNetwork(person)).roles).toEqual([{ role: 'facilitator' }])
    await reader?.cancel()
  })

  test('leads manage their own team and nobody else', async () => {
    const ours = await server.person('Colleen Marsh', 'member', { team: dunmore })
    const theirs = await server.person('Fatima Haddad', 'member', { team: harbor })
    const [ourId, theirId] = [await membershipOf(ours), await membershipOf(theirs)]
    const put = (id: string, json: unknown) => lead.fetch(`/api/memberships/${id}`, { method: 'PUT', json })
    expect((await put(ourId, { role: 'lead', team: dunmore, title: 'Resource officer' })).status).toBe(200)
    expect((await put(ourId, { role: 'member', team: harbor })).status).toBe(403)
    expect((await put(ourId, { role: 'coordinator' })).status).toBe(403)
    expect((await put(theirId, { role: 'member', team: dunmore })).status).toBe(403)
    expect((await lead.fetch(`/api/memberships/${theirId}`, { method: 'DELETE' })).status).toBe(403)
    expect((await lead.fetch(`/api/memberships/${ourId}`, { method: 'DELETE' })).status).toBe(200)
    const add = { account: theirs.account.id, role: 'member', team: dunmore }
    expect((await lead.fetch(`${network}/members`, { json: add })).status).toBe(201)
  })

  test('a membership is unknown to people outside of the network', async () => {
    const { coordinator } = await otherNetwork()
    const id = await membershipOf(member)
    expect((await coordinator.fetch(`/api/memberships/${id}`, { method: 'DELETE' })).status).toBe(404)
    expect((await coordinator.fetch('/api/memberships/none', { method: 'DELETE' })).status).toBe(404)
  })

  test('a network keeps at least one coordinator', async () => {
    const { path, coordinator } = await otherNetwork()
    const { members } = await readNetwork(coordinator, path)
    const own = `/api/memberships/${members[0]?.id}`
    const answers = [
      await coordinator.fetch(own, { method: 'DELETE' }),
      await coordinator.fetch(own, { method: 'PUT', json: { role: 'facilitator' } }),
      await coordinator.fetch(`${path}/members/${coordinator.account.id}`, { method: 'DELETE' }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(409)
      expect((await refusalOf(answer)).message).toBe(
        'A network keeps at least one coordinator. Make someone else coordinator first.',
      )
    }
    expect((await readNetwork(coordinator, path)).roles).toEqual([{ role: 'coordinator' }])
  })

  test('two coordinators who remove each other at one moment leave one of them', async () => {
    const { path, coordinator } = await otherNetwork()
    const link = await linkFrom(invite(coordinator, { role: 'coordinator' }, path))
    await expectOk(await imani.fetch(link, { json: {} }))
    const answers = await Promise.all([
      coordinator.fetch(`${path}/members/${imani.account.id}`, { method: 'DELETE' }),
      imani.fetch(`${path}/members/${coordinator.account.id}`, { method: 'DELETE' }),
    ])
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true])
  })

  test('what was done to people is written down', async () => {
    const person = await server.person('Beth Noonan', 'coach')
    await expectOk(await imani.fetch(`${network}/members/${person.account.id}`, { method: 'DELETE' }))
    const rows = await server.db.read('SELECT action, account_id AS by FROM audit WHERE subject = ?', [
      person.account.id,
    ])
    expect(rows).toEqual([{ action: 'member-removed', by: imani.account.id }])
  })
})

describe('a coordinator’s link to set a password', () => {
  const reset = (person: TestPerson, account: string, path = network) =>
    person.fetch(`${path}/members/${account}/password-reset`, { method: 'POST' })

  test('is made for a member', async () => {
    const person = await server.person('Nora Lindqvist', 'member', { team: harbor })
    const answer = await reset(imani, person.account.id)
    expect(answer.status).toBe(201)
    const { link } = (await answer.json()) as { link: string }
    const token = new URL(link).pathname.replace('/reset/', '/api/password-resets/')
    expect((await server.fetch(token, { json: { password: 'saddle-comet-birch' } })).status).toBe(200)
    expect((await person.fetch('/api/session')).status).toBe(401)
  })

  test('is for coordinators alone, and not for themselves', async () => {
    expect((await reset(lead, member.account.id)).status).toBe(403)
    expect((await reset(observer, member.account.id)).status).toBe(403)
    expect((await reset(imani, imani.account.id)).status).toBe(409)
  })

  test('cannot open another network’s people', async () => {
    const { path, coordinator } = await otherNetwork()
    expect((await reset(imani, coordinator.account.id)).status).toBe(404)
    expect((await reset(coordinator, member.account.id, network)).status).toBe(404)
    expect((await reset(coordinator, member.account.id, path)).status).toBe(404)
  })

  test('is refused where the person belongs to a network of someone else too', async () => {
    const { path, coordinator } = await otherNetwork()
    const person = await server.person('Ruth Yazzie-Clark', 'coach')
    const link = await linkFrom(invite(coordinator, { role: 'coach' }, path))
    await expectOk(await person.fetch(link, { json: {} }))
    const answer = await reset(imani, person.account.id)
    expect(answer.status).toBe(403)
    expect((await refusalOf(answer)).message).toContain('belongs to other networks too')
  })

  test('ends when the coordinator who made it is one no more', async () => {
    const made = await server.person('Coordinator For Now', 'coordinator')
    const person = await server.person('Kofi Mensah', 'coach')
    const { link } = (await expectOk(await reset(made, person.account.id))) as { link: string }
    const token = new URL(link).pathname.replace('/reset/', '/api/password-resets/')
    expect((await server.fetch(token)).status).toBe(200)
    await expectOk(await imani.fetch(`${network}/members/${made.account.id}`, { method: 'DELETE' }))
    expect((await server.fetch(token)).status).toBe(410)
    const used = await server.fetch(token, { json: { password: 'saddle-comet-birch' } })
    expect(used.status).toBe(410)
    expect((await refusalOf(used)).message).toBe('This link is no longer good. Ask for a new one.')
    expect((await person.fetch('/api/session')).status).toBe(200)
  })

  test('ends when the person starts another network of their own', async () => {
    const person = await server.person('Starts Another', 'coordinator')
    const { link } = (await expectOk(await reset(imani, person.account.id))) as { link: string }
    await expectOk(await person.fetch('/api/networks', { json: { name: 'Of their own' } }))
    const token = new URL(link).pathname.replace('/reset/', '/api/password-resets/')
    expect((await server.fetch(token, { json: { password: 'saddle-comet-birch' } })).status).toBe(410)
  })

  test('ends when the person joins another network before using it', async () => {
    const { path, coordinator } = await otherNetwork()
    const person = await server.person('Rafael Duarte', 'coach')
    const { link } = (await expectOk(await reset(imani, person.account.id))) as { link: string }
    const joining = await linkFrom(invite(coordinator, { role: 'coach' }, path))
    await expectOk(await person.fetch(joining, { json: {} }))
    const token = new URL(link).pathname.replace('/reset/', '/api/password-resets/')
    expect((await server.fetch(token, { json: { password: 'saddle-comet-birch' } })).status).toBe(404)
  })
})

describe('mail', () => {
  test('carries the link where a mail server is set, and a mail server that fails loses nothing', async () => {
    const mails: string[] = []
    const post = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData(stream, _session, done) {
        let text = ''
        stream.on('data', (part: Buffer) => (text += part.toString()))
        stream.on('end', () => {
          mails.push(text.replace(/=\r\n/g, '').replace(/=3D/g, '='))
          done()
        })
      },
    })
    await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve))
    const address = post.server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const mailing = await startTestServer({
      env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Throughline <throughline@example.org>' },
    })
    const coordinator = await mailing.setup()
    const send = async () =>
      (await expectOk(
        await coordinator.fetch(`/api/networks/${coordinator.networkId}/invitations`, {
          json: { role: 'coach', email: 'priya@example.org' },
        }),
      )) as { link: string; mailed: boolean }
    const sent = await send()
    expect(sent.mailed).toBe(true)
    expect(mails[0]).toContain('To: priya@example.org')
    expect(mails[0]).toContain('Subject: Imani Okafor invites you to Three Rivers')
    expect(mails[0]).toContain(sent.link)
    await new Promise<void>((resolve) => post.close(() => resolve()))
    expect(await send()).toMatchObject({ mailed: false, link: expect.stringContaining('/invitations/') })
    await mailing.close()
  })
})
