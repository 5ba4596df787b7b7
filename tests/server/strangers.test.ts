import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#shared/ids.ts'
import type { Invitation, Network } from '#shared/network.ts'
import { type AppDeps, createApp } from '../../server/app.ts'
import { createOrigins } from '../../server/http/origins.ts'
import { insertProposal } from '../../server/proposals/store.ts'
import { insertSeal } from '../../server/seals/store.ts'
import { startCycle, startIdea } from '../support/cycles.ts'
import { expectOk, type TestPerson } from '../support/server.ts'
import { startThreeRivers, type ThreeRivers } from '../support/three-rivers.ts'

/** Whom a route of the API is for, and what a request that would do harm sends there. */
type Door =
  /** For anyone: it knows people by a password or by the secret in its path. */
  | { readonly for: 'anyone' }
  /** For whoever is signed in, about nothing but their own. */
  | { readonly for: 'oneself' }
  /** For those who hold something in the network that it is about. */
  | { readonly for: 'insiders'; readonly sends?: unknown; readonly query?: string }

const anyone: Door = { for: 'anyone' }
const oneself: Door = { for: 'oneself' }
const insiders = (sends?: unknown, query = ''): Door => ({ for: 'insiders', sends, query })

const doors: Readonly<Record<string, Door>> = {
  'GET /api/start': anyone,
  'POST /api/setup': anyone,
  'POST /api/session': anyone,
  'DELETE /api/session': anyone,
  'GET /api/invitations/:token': anyone,
  'POST /api/invitations/:token': anyone,
  'GET /api/password-resets/:token': anyone,
  'POST /api/password-resets/:token': anyone,

  'GET /api/session': oneself,
  'GET /api/sessions': oneself,
  'PUT /api/account': oneself,
  'PUT /api/account/password': oneself,
  'GET /api/networks': oneself,
  'POST /api/networks': oneself,
  'GET /api/templates': oneself,

  'DELETE /api/sessions/:session': insiders(),
  'GET /api/networks/:network': insiders(),
  'PUT /api/networks/:network': insiders({ name: 'Taken over' }),
  'POST /api/networks/:network/teams': insiders({ name: 'Taken over' }),
  'PUT /api/networks/:network/teams/:team': insiders({ name: 'Taken over' }),
  'GET /api/networks/:network/invitations': insiders(),
  'POST /api/networks/:network/invitations': insiders({ role: 'coordinator' }),
  'DELETE /api/networks/:network/invitations/:invitation': insiders(),
  'POST /api/networks/:network/members': insiders({ account: 'themselves', role: 'coordinator' }),
  'DELETE /api/networks/:network/members/:account': insiders(),
  'POST /api/networks/:network/members/:account/password-reset': insiders(),
  'PUT /api/memberships/:membership': insiders({ role: 'observer' }),
  'DELETE /api/memberships/:membership': insiders(),
  'GET /api/networks/:network/documents': insiders(),
  'POST /api/networks/:network/documents': insiders({ kind: 'driver-diagram', title: 'Taken over' }),
  'GET /api/networks/:network/facts': insiders(),
  'GET /api/networks/:network/answers': insiders(),
  'GET /api/networks/:network/search': insiders(undefined, '?q=nurse'),
  'GET /api/networks/:network/templates': insiders(),
  'DELETE /api/networks/:network/templates/:template': insiders(),
  'PUT /api/networks/:network/identifier-guard': insiders({ mode: 'block', schoolDomains: [] }),
  'GET /api/networks/:network/feed': insiders(),
  'GET /api/documents/:document': insiders(),
  'PUT /api/documents/:document': insiders({ title: 'Taken over', shared: true }),
  'GET /api/documents/:document/content': insiders(),
  'POST /api/documents/:document/archive': insiders(),
  'DELETE /api/documents/:document/archive': insiders(),
  'POST /api/documents/:document/copies': insiders({}),
  'GET /api/documents/:document/versions': insiders(),
  'POST /api/documents/:document/versions': insiders({ name: 'Taken over' }),
  'GET /api/documents/:document/references': insiders(),
  'GET /api/documents/:document/records': insiders(),
  'POST /api/documents/:document/transitions': insiders({ name: 'ready' }),
  'POST /api/documents/:diagram/actions': insiders({ name: 'add-idea', args: { id: 'x', title: 'X' } }),
  'PUT /api/documents/:document/ballots/:part': insiders({ value: 1 }),
  'POST /api/documents/:document/ballots/:part/reveal': insiders(),
  'POST /api/documents/:document/ballots/:part/shared': insiders(),
  'DELETE /api/documents/:document/ballots/:part/shared': insiders(),
  'POST /api/documents/:document/attachments': insiders({}, `?id=${newId()}&name=notes.txt`),
  'POST /api/documents/:document/templates': insiders({ name: 'Taken over', sentence: 'Taken over.' }),
  'GET /api/documents/:document/export': insiders(),
  'GET /api/documents/:document/history': insiders(),
  'GET /api/documents/:document/history/:seq/content': insiders(),
  'GET /api/documents/:document/history/:seq/export': insiders(),
  'GET /api/documents/:document/authors': insiders(),
  'POST /api/documents/:document/restoration': insiders({ seq: 1 }),
  'POST /api/documents/:document/erasure': insiders({ what: 'document' }),
  'POST /api/documents/:document/erasure/preview': insiders({ what: 'document' }),
  'POST /api/seals/:seal/amendments': insiders({ part: 'q1', reason: 'Taken over' }),
  'POST /api/proposals/:proposal/decision': insiders({ accept: true }),
  'GET /api/attachments/:attachment': insiders(),
  'DELETE /api/attachments/:attachment': insiders(),
  'POST /api/attachments/:attachment/restoration': insiders(),
}

const guarded = Object.entries(doors).filter(([, door]) => door.for !== 'anyone')
const ofInsiders = Object.entries(doors).flatMap(([route, door]) =>
  door.for === 'insiders' ? [{ route, door }] : [],
)
const ofDocuments = ofInsiders.filter(({ route }) =>
  /:(document|diagram|seal|proposal|attachment)\b/.test(route),
)

let rivers: ThreeRivers
let places: Readonly<Record<string, string>>
let stranger: TestPerson
beforeAll(async () => {
  rivers = await startThreeRivers()
  const { coordinator, networkId, alder } = rivers
  const lead = await rivers.person('lead of Alder')
  await rivers.person('lead of Basin')
  const idea = await startIdea(lead, networkId, { team: alder, draft: true })
  const { diagram } = idea
  const document = await startCycle(lead, networkId, idea, { team: alder, draft: true })
  const seal = await seals(document, lead)
  const proposal = await propose(diagram, document, lead)
  await coordinator.fetch(`/api/networks/${networkId}/invitations`, { json: { role: 'coach' } })
  const { members } = await read<Network>(`/api/networks/${networkId}`)
  const { invitations } = await read<{ invitations: Invitation[] }>(`/api/networks/${networkId}/invitations`)
  const { sessions } = await read<{ sessions: { id: string }[] }>('/api/sessions')
  places = {
    seq: '1',
    network: networkId,
    team: alder,
    document,
    diagram,
    seal,
    proposal,
    attachment: await attach(document, lead),
    account: lead.account.id,
    membership: members.find(({ person }) => person.id === lead.account.id)?.id ?? '',
    invitation: invitations[0]?.id ?? '',
    session: sessions[0]?.id ?? '',
  }
  stranger = await coordinatorOfAnotherNetwork()
})
afterAll(() => rivers.server.close())

/** As a step writes it; but after a step the engine goes on to write by itself for a while, and nothing may change here. */
async function seals(documentId: string, by: TestPerson): Promise<string> {
  const id = newId()
  const stated = { name: 'predictions', text: '{}', hash: '0' }
  const seal = { id, documentId, ...stated, accountId: by.account.id, present: [], createdAt: 0 }
  await rivers.server.db.write([insertSeal(seal)])
  return id
}

/** As a step writes it for someone who may only comment: nobody does on a draft, so it is written here. */
async function propose(documentId: string, fromDocumentId: string, by: TestPerson): Promise<string> {
  const id = newId()
  const proposal = { id, documentId, fromDocumentId, accountId: by.account.id, createdAt: 0 }
  const asks = { action: 'add-idea', args: { id: 'x', title: 'X' }, sentence: 'Add the change idea “X”.' }
  await rivers.server.db.write(insertProposal({ ...proposal, ...asks }))
  return id
}

async function attach(documentId: string, by: TestPerson): Promise<string> {
  const id = newId()
  const path = `/api/documents/${documentId}/attachments?id=${id}&name=notes.txt`
  await expectOk(await by.fetch(path, { method: 'POST', body: 'Nobody answers at noon.' }))
  return id
}

const read = async <T>(path: string): Promise<T> =>
  (await expectOk(await rivers.coordinator.fetch(path))) as T

/** Someone with every right there is, in a network that the first coordinator has left. */
async function coordinatorOfAnotherNetwork(): Promise<TestPerson> {
  const { coordinator, server } = rivers
  const other = await coordinator.fetch('/api/networks', { json: { name: 'Another' } })
  const { id } = (await expectOk(other)) as { id: string }
  const invited = await coordinator.fetch(`/api/networks/${id}/invitations`, {
    json: { role: 'coordinator' },
  })
  const { link } = (await expectOk(invited)) as { link: string }
  const person = await server.person('Someone Else', 'observer')
  await expectOk(await person.fetch(`/api${new URL(link).pathname}`, { json: {} }))
  const { members } = await read<Network>(`/api/networks/${rivers.networkId}`)
  const held = members.find((member) => member.person.id === person.account.id)
  await expectOk(await coordinator.fetch(`/api/memberships/${held?.id}`, { method: 'DELETE' }))
  return person
}

function knock(person: Pick<TestPerson, 'fetch'>, route: string, door: Door): Promise<Response> {
  const { sends, query } = door.for === 'insiders' ? door : { sends: undefined, query: '' }
  const [method = '', path = ''] = route.split(' ')
  const at = path.replace(/:(\w+)/g, (_, name: string) => places[name] ?? name)
  return person.fetch(`${at}${query}`, { method, ...(sends !== undefined && { json: sends }) })
}

/** Everything in the database but what reading changes. */
async function everything(): Promise<string> {
  const tables = ['account', 'network', 'team', 'membership', 'invitation', 'document', 'document_version']
  const more = ['document_update', 'password_reset', 'audit', 'session', 'stage_change', 'seal', 'amendment']
  const answers = ['ballot_answer', 'ballot_reveal', 'attachment', 'proposal', 'network_template']
  const rows = await Promise.all(
    [...tables, ...more, ...answers].map((table) => rivers.server.db.read(`SELECT count(*) FROM ${table}`)),
  )
  const { db } = rivers.server
  const said = await Promise.all([
    db.read('SELECT name FROM network ORDER BY id'),
    db.read('SELECT name FROM team ORDER BY id'),
    db.read('SELECT role, team_id FROM membership ORDER BY id'),
    db.read('SELECT title, shared, archived_at FROM document ORDER BY id'),
    db.read('SELECT revoked_at FROM invitation ORDER BY id'),
    db.read('SELECT decision FROM proposal ORDER BY id'),
    db.read('SELECT shared FROM ballot_answer ORDER BY document_id, part, account_id'),
    db.read('SELECT removed_at FROM attachment ORDER BY id'),
  ])
  return JSON.stringify([rows, said])
}

test('every route of the API says here whom it is for', () => {
  const none = { routes: new Hono() }
  // Nothing is asked of what the routes are made from before a request comes.
  const app = createApp({
    origins: createOrigins({ publicUrl: undefined, port: 3000 }),
    health: none,
    feed: none,
    syncRoutes: new Hono(),
    pagesFolder: '/nowhere',
  } as unknown as AppDeps)
  const there = app.routes.flatMap(({ method, path }) =>
    method !== 'ALL' && /^\/api\/\w/.test(path) ? [`${method} ${withoutNames(path)}`] : [],
  )
  // The feed is made apart.
  const known = new Set([...there, 'GET /api/networks/:/feed'])
  expect([...known].sort()).toEqual(Object.keys(doors).map(withoutNames).sort())
})

const withoutNames = (path: string): string => path.replace(/:\w+/g, ':')

describe('nobody', () => {
  test.each(guarded)('comes in at %s without being signed in', async (route, door) => {
    const answer = await knock(rivers.server, route, door)
    expect(answer.status).toBe(401)
  })
})

describe('the coordinator of another network', () => {
  test.each(ofInsiders)('finds nothing at $route', async ({ route, door }) => {
    const before = await everything()
    const answer = await knock(stranger, route, door)
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toMatch(
      /Nurse calls home|Fewer missed days|Alder Creek|Three Rivers|Lindqvist/,
    )
    expect(await everything()).toBe(before)
  })
})

describe('the lead of another team', () => {
  test.each(ofDocuments)('finds no draft at $route', async ({ route, door }) => {
    const before = await everything()
    const answer = await knock(await rivers.person('lead of Basin'), route, door)
    expect(answer.status).toBe(404)
    expect(await everything()).toBe(before)
  })

  test('cannot give anyone a role that is not of their own team', async () => {
    const lead = await rivers.person('lead of Basin')
    const { networkId, alder, basin } = rivers
    const own = (await read<Network>(`/api/networks/${networkId}`)).members.find(
      ({ person }) => person.id === lead.account.id,
    )
    const before = await everything()
    const wanted = [
      { role: 'coordinator' },
      { role: 'facilitator' },
      { role: 'lead', team: alder },
      { role: 'member', team: alder },
    ]
    for (const grant of wanted) {
      const account = lead.account.id
      const asked = [
        lead.fetch(`/api/networks/${networkId}/invitations`, { json: grant }),
        lead.fetch(`/api/networks/${networkId}/members`, { json: { account, ...grant } }),
        lead.fetch(`/api/memberships/${own?.id}`, { method: 'PUT', json: grant }),
      ]
      for (const answer of await Promise.all(asked)) expect(answer.status).toBe(403)
    }
    const twice = await lead.fetch(`/api/networks/${networkId}/invitations`, {
      json: { role: 'coordinator', team: basin },
    })
    expect(twice.status).toBe(400)
    expect(await everything()).toBe(before)
  })
})
