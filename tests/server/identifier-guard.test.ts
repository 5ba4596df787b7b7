import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IdentifierGuard, Network } from '#shared/network.ts'
import type { TestPerson } from '../support/people.ts'
import { cookieOf, expectOk, testPassword } from '../support/server.ts'
import { startDiagram, startThreeRivers, type ThreeRivers } from '../support/three-rivers.ts'

let rivers: ThreeRivers
let documentId: string

beforeAll(async () => {
  rivers = await startThreeRivers({ now: () => Date.UTC(2026, 0, 14) })
  documentId = await startDiagram(rivers.coordinator, rivers.networkId)
})
afterAll(() => rivers.server.close())

const guardPath = () => `/api/networks/${rivers.networkId}/identifier-guard`
const set = (person: TestPerson, json: unknown) => person.fetch(guardPath(), { method: 'PUT', json })

const networkFor = async (person: TestPerson): Promise<Network> =>
  (await expectOk(await person.fetch(`/api/networks/${rivers.networkId}`))) as Network

const setMode = async (mode: IdentifierGuard['mode']) => {
  await expectOk(await set(rivers.coordinator, { mode, schoolDomains: ['students.example'] }))
}

interface Refusal {
  readonly error: { readonly code: string; readonly message: string; readonly fields: object }
}

describe('what a network asks about students’ identifiers', () => {
  it('is a warning, without school domains, until a coordinator says otherwise', async () => {
    const { identifierGuard } = await networkFor(await rivers.person('observer'))
    expect(identifierGuard).toEqual({ mode: 'warn', schoolDomains: [] })
  })

  it('is set by a coordinator, seen by everyone, and noted in the audit', async () => {
    const json = {
      mode: 'block',
      schoolDomains: [' @Students.Example ', 'k12.ridgeway.example', 'students.example'],
    }
    const answered = (await expectOk(await set(rivers.coordinator, json))) as Network
    const expected = { mode: 'block', schoolDomains: ['students.example', 'k12.ridgeway.example'] }
    expect(answered.identifierGuard).toEqual(expected)
    expect((await networkFor(await rivers.person('observer'))).identifierGuard).toEqual(expected)
    const noted = await rivers.server.db.read('SELECT detail FROM audit WHERE action = ?', [
      'identifier-guard-changed',
    ])
    expect(noted).toEqual([
      { detail: JSON.stringify({ mode: 'block', schoolDomains: 'students.example, k12.ridgeway.example' }) },
    ])
  })

  it('is not set by anyone else', async () => {
    const json = { mode: 'warn', schoolDomains: [] }
    expect((await set(await rivers.person('facilitator'), json)).status).toBe(403)
    expect((await set(await rivers.person('lead of Alder'), json)).status).toBe(403)
    expect((await rivers.server.fetch(guardPath(), { method: 'PUT', json })).status).toBe(401)
  })

  it.each([
    [{ mode: 'off', schoolDomains: [] }, 'mode'],
    [{ mode: 'warn', schoolDomains: ['students.example', 'not a domain'] }, 'schoolDomains.1'],
    [{ mode: 'warn', schoolDomains: ['example'] }, 'schoolDomains.0'],
    [{ mode: 'warn', schoolDomains: [`${'a.'.repeat(200)}example`] }, 'schoolDomains.0'],
    [
      { mode: 'warn', schoolDomains: Array.from({ length: 51 }, (_, at) => `s${at}.example`) },
      'schoolDomains',
    ],
    [{ mode: 'warn' }, 'schoolDomains'],
  ])('refuses %j', async (json, field) => {
    const refused = await set(rivers.coordinator, json)
    expect(refused.status).toBe(400)
    expect(Object.keys(((await refused.json()) as Refusal).error.fields)).toEqual([field])
  })
})

/** A class list as it would come in an import, and forms in which people write by the way. */
const birth = 'Maria, DOB 3/4/2012'
const diagram = (title: string) => ({ cards: [{ id: 'P1', column: 'primary', title }] })

interface Form {
  readonly name: string
  readonly path: () => string
  readonly method?: 'PUT'
  readonly json: object
  readonly field: string
}

const ofDocument = (rest: string) => () => `/api/documents/${documentId}${rest}`
const ofNetwork = () => `/api/networks/${rivers.networkId}/documents`

const forms: readonly Form[] = [
  {
    name: 'the title of a new document',
    path: ofNetwork,
    json: { kind: 'driver-diagram', title: birth },
    field: 'title',
  },
  {
    name: 'content that is imported',
    path: ofNetwork,
    json: { kind: 'driver-diagram', title: 'Import', content: diagram('Student ID 1029384') },
    field: 'content.cards.0.title',
  },
  {
    name: 'a new title',
    path: ofDocument(''),
    method: 'PUT',
    json: { title: 'm.lopez@students.example' },
    field: 'title',
  },
  { name: 'the title of a copy', path: ofDocument('/copies'), json: { title: birth }, field: 'title' },
  {
    name: 'the note of a version',
    path: ofDocument('/versions'),
    json: { name: 'Before', note: birth },
    field: 'note',
  },
  {
    name: 'the reason of a step',
    path: ofDocument('/transitions'),
    json: { name: 'start-do', reason: birth },
    field: 'reason',
  },
  {
    name: 'what an action is done with',
    path: ofDocument('/actions'),
    json: { name: 'add-idea', args: { id: 'x', title: 'Lopez, Maria\t5\nChen, Wei\t6\nYazzie, Ruth\t5' } },
    field: 'args.title',
  },
]

const send = (person: TestPerson, { path, method = undefined, json }: Form) =>
  person.fetch(path(), { ...(method && { method }), json })

describe('in a network that blocks them', () => {
  beforeEach(() => setMode('block'))

  it.each(forms)('$name is refused, with the field and without the value', async (form) => {
    const refused = await send(rivers.coordinator, form)
    expect(refused.status).toBe(400)
    const { error } = (await refused.json()) as Refusal
    expect(error.code).toBe('invalid')
    expect(error.fields).toEqual({
      [form.field]: expect.stringMatching(
        /^This looks like a .+\. This network keeps students’ identifiers out: write it without\.$/,
      ),
    })
    expect(JSON.stringify(error)).not.toMatch(/Maria|3\/4|1029384|lopez/i)
  })

  it('the reason of an amendment is refused', async () => {
    const sealId = 'b5b4d7e6-0000-7000-8000-000000000001'
    await rivers.server.db.write([
      {
        sql: `INSERT INTO seal (id, document_id, name, text, hash, account_id, present, created_at)
          VALUES (?, ?, 'predictions', '{}', 'x', ?, '[]', 1)`,
        args: [sealId, documentId, rivers.coordinator.account.id],
      },
    ])
    const json = { part: 'q1', reason: birth }
    const refused = await rivers.coordinator.fetch(`/api/seals/${sealId}/amendments`, { json })
    expect(refused.status).toBe(400)
    expect(((await refused.json()) as Refusal).error.fields).toHaveProperty('reason')
  })

  it('nothing of what was refused is there', async () => {
    await send(rivers.coordinator, forms[0] as Form)
    const listed = await expectOk(await rivers.coordinator.fetch(ofNetwork()))
    expect(JSON.stringify(listed)).not.toContain('Maria')
  })

  it('all fields are named, up to a number that can be read', async () => {
    const cards = Array.from({ length: 50 }, (_, at) => ({ id: `P${at}`, column: 'primary', title: birth }))
    const json = { kind: 'driver-diagram', title: 'Import', content: { cards } }
    const { error } = (await (await rivers.coordinator.fetch(ofNetwork(), { json })).json()) as Refusal
    expect(Object.keys(error.fields).length).toBe(20)
  })

  it('what holds none goes through', async () => {
    const json = { kind: 'driver-diagram', title: '83/414 by 2025-12-31', content: diagram('Call at 7:30') }
    expect((await rivers.coordinator.fetch(ofNetwork(), { json })).status).toBe(201)
  })

  it('people are invited at a school domain all the same', async () => {
    const json = { role: 'observer', email: 'teacher@students.example' }
    const invited = await rivers.coordinator.fetch(`/api/networks/${rivers.networkId}/invitations`, { json })
    expect(invited.status).toBe(201)
  })

  it('strangers hear from it what they hear without it', async () => {
    const [form] = forms as [Form]
    expect((await rivers.server.fetch(form.path(), { json: form.json })).status).toBe(401)
    expect((await send(await outsider(), form)).status).toBe(404)
  })

  it('bodies that are no JSON, or none at all, are the route’s to refuse', async () => {
    const headers = { 'content-type': 'application/json' }
    const path = `/api/documents/${documentId}`
    const broken = await rivers.coordinator.fetch(path, { method: 'PUT', headers, body: '{"title":' })
    expect(broken.status).toBe(400)
    expect(((await broken.json()) as Refusal).error.message).toContain('not valid JSON')
    const nested = `${'['.repeat(100_000)}"x"${']'.repeat(100_000)}`
    const deep = await rivers.coordinator.fetch(path, { method: 'PUT', headers, body: nested })
    expect(deep.status).toBe(400)
  })
})

/** Somebody who is in another network of the same server alone. */
async function outsider(): Promise<TestPerson> {
  const { coordinator, server } = rivers
  const json = { name: 'Other Rivers', timeZone: 'America/Chicago' }
  const other = (await expectOk(await coordinator.fetch('/api/networks', { json }))) as { id: string }
  const invited = await coordinator.fetch(`/api/networks/${other.id}/invitations`, {
    json: { role: 'observer' },
  })
  const { link } = (await expectOk(invited)) as { link: string }
  const account = { name: 'Quinn Adeyemi', email: 'quinn@example.org', password: testPassword }
  const joined = await server.fetch(`/api${new URL(link).pathname}`, { json: account })
  const cookie = cookieOf(joined)
  const fetch: TestPerson['fetch'] = (path, init) => server.fetch(path, { ...init, headers: { cookie } })
  return { account: { id: '', color: 1, ...account }, cookie, password: testPassword, fetch }
}

describe('in a network that only warns', () => {
  beforeEach(() => setMode('warn'))

  it('the same forms reach their routes', async () => {
    const [title, content, rename, copy, version] = forms
    for (const form of [title, content, copy, version] as Form[])
      expect((await send(rivers.coordinator, form)).status).toBe(201)
    expect((await send(rivers.coordinator, rename as Form)).status).toBe(200)
  })
})
