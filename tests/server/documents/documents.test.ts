import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentSummary, TemplateSummary, Version } from '#shared/document.ts'
import type { ErrorBody } from '#shared/errors.ts'
import { parseSeed } from '#shared/kinds/driver-diagram/seed.ts'
import type { Database } from '../../../server/db/database.ts'
import { createDocument } from '../../../server/documents/creation.ts'
import type { Access } from '../../../server/networks/access.ts'
import { expectOk, type TestPerson } from '../../support/server.ts'
import {
  detailFor,
  share,
  startDiagram,
  startThreeRivers,
  type ThreeRivers,
} from '../../support/three-rivers.ts'

let rivers: ThreeRivers
let coordinator: TestPerson
let lead: TestPerson
let otherLead: TestPerson

beforeAll(async () => {
  rivers = await startThreeRivers()
  coordinator = rivers.coordinator
  lead = await rivers.person('lead of Alder')
  otherLead = await rivers.person('lead of Basin')
})
afterAll(() => rivers.server.close())

async function refusal(response: Response): Promise<{ status: number } & ErrorBody['error']> {
  const { error } = (await response.json()) as ErrorBody
  return { status: response.status, ...error }
}

async function list(person: TestPerson, query = ''): Promise<readonly DocumentSummary[]> {
  const response = await person.fetch(`/api/networks/${rivers.networkId}/documents${query}`)
  return ((await expectOk(response)) as { documents: DocumentSummary[] }).documents
}

const start = (person: TestPerson, json: unknown, networkId = rivers.networkId) =>
  person.fetch(`/api/networks/${networkId}/documents`, { json })

describe('starting a document', () => {
  it('makes a draft of one’s team from the blank template, and answers its id', async () => {
    const response = await start(lead, { kind: 'driver-diagram', title: '  Our theory ', team: rivers.alder })
    expect(response.status).toBe(201)
    const { id } = (await response.json()) as { id: string }
    const detail = await detailFor(lead, id)
    expect(detail).toMatchObject({
      id,
      networkId: rivers.networkId,
      teamId: rivers.alder,
      kind: 'driver-diagram',
      title: 'Our theory',
      shared: false,
      level: 'edit',
      schema: 1,
      updatedBy: { id: lead.account.id, name: 'Nora Lindqvist' },
    })
    expect(detail.epoch).not.toBe('')
    expect(detail).not.toHaveProperty('headSeq')
  })

  it('[C1] writes the content with the row, as the first entry of the log, in nobody’s name', async () => {
    const id = await startDiagram(coordinator, rivers.networkId)
    const rows = await rivers.server.db.read(
      `SELECT update_row.seq, update_row.via, update_row.account_id, document.head_seq
       FROM document_update AS update_row JOIN document ON document.id = update_row.document_id
       WHERE document.id = ?`,
      [id],
    )
    expect(rows).toEqual([{ seq: 1, via: 'system', account_id: null, head_seq: 1 }])
  })

  it('takes the template that is named', async () => {
    const listed = (await expectOk(await lead.fetch('/api/templates'))) as { templates: TemplateSummary[] }
    const template = listed.templates.find(({ id }) => id !== 'blank')?.id ?? 'blank'
    const id = await startDiagram(coordinator, rivers.networkId, { template })
    const { model } = await content(coordinator, id)
    expect(model.cards.length).toBeGreaterThan(5)
  })

  it('takes content of one’s own, such as a JSON export holds', async () => {
    const id = await startDiagram(coordinator, rivers.networkId, { content: smallDiagram })
    const { model } = await content(coordinator, id)
    const again = await startDiagram(coordinator, rivers.networkId, { content: model })
    const titles = (await content(coordinator, again)).model.cards.map(({ title }) => title)
    expect(titles).toEqual(['Fewer missed days', 'Asthma', 'Plans', 'Spare inhaler'])
  })

  it('is for leads and members in their team, and for coordinators, facilitators and coaches in the network', async () => {
    const asTeam = { kind: 'driver-diagram', title: 'X', team: rivers.alder }
    const asNetwork = { kind: 'driver-diagram', title: 'X' }
    expect((await start(await rivers.person('member of Alder'), asTeam)).status).toBe(201)
    expect((await start(await rivers.person('facilitator'), asNetwork)).status).toBe(201)
    expect(await refusal(await start(otherLead, asTeam))).toMatchObject({
      status: 403,
      message: 'Documents of a team are started by its lead and its members.',
    })
    expect(await refusal(await start(coordinator, asTeam))).toMatchObject({ status: 403 })
    expect(await refusal(await start(await rivers.person('expert'), asNetwork))).toMatchObject({
      status: 403,
      message: 'Documents of the network are started by its coordinators, facilitators and coaches.',
    })
  })

  it('shares at once what its starter could not open as a draft', async () => {
    const coach = await rivers.person('coach')
    const id = await startDiagram(coach, rivers.networkId)
    expect(await detailFor(coach, id)).toMatchObject({ shared: true, level: 'edit' })
  })

  it.each([
    ['no title', { kind: 'driver-diagram' }, 'title', 'This is missing.'],
    ['an empty title', { kind: 'driver-diagram', title: ' ' }, 'title', 'Give it a title.'],
    [
      'a title that is too long',
      { kind: 'driver-diagram', title: 'x'.repeat(201) },
      'title',
      'A title has at most 200 characters.',
    ],
    ['an unknown kind', { kind: 'opera', title: 'X' }, 'kind', 'A kind is one of: driver-diagram'],
    [
      'an unknown template',
      { kind: 'driver-diagram', title: 'X', template: 'nope' },
      'template',
      'There is no such template. Templates of this kind are: blank',
    ],
    [
      'an unknown team',
      { kind: 'driver-diagram', title: 'X', team: 'nope' },
      'team',
      'There is no such team in this network.',
    ],
    [
      'content that does not fit',
      { kind: 'driver-diagram', title: 'X', content: { cards: 7 } },
      'content',
      'cards',
    ],
    [
      'a template and content',
      { kind: 'driver-diagram', title: 'X', template: 'blank', content: {} },
      'template',
      'A document starts from a template or from content, not from both.',
    ],
  ])('refuses %s', async (_, json, field, sentence) => {
    const { status, code, fields } = await refusal(await start(coordinator, json))
    expect({ status, code }).toEqual({ status: 400, code: 'invalid' })
    expect(fields?.[field]).toContain(sentence)
  })

  it('refuses content that has too much in it, and says so shortly', async () => {
    const drivers = Array.from({ length: 110 }, (_, index) => ({
      id: `s${index}`,
      column: 'secondary',
      title: 'x'.repeat(5000),
    }))
    const leadsTo = drivers.map(({ id }) => id)
    const ideas = Array.from({ length: 110 }, () => ({ column: 'idea', leadsTo }))
    const many = { kind: 'driver-diagram', title: 'X', content: { cards: [...drivers, ...ideas] } }
    const { status, fields } = await refusal(await start(coordinator, many))
    expect(status).toBe(400)
    expect(fields?.content).toBe('links: at most 10000 are accepted')

    const named = { kind: 'driver-diagram', title: 'X', content: { ['k'.repeat(1_000_000)]: 1 } }
    const long = await refusal(await start(coordinator, named))
    expect(long.status).toBe(400)
    expect(long.fields?.content?.length).toBeLessThan(400)
  })

  it('[Z1] creates nothing that would be too large to open', async () => {
    const statements: unknown[] = []
    const deps = {
      db: { write: async (written: unknown) => void statements.push(written) } as unknown as Database,
      access: { levelOn: async () => 'edit' } as unknown as Access,
      now: Date.now,
      project: async () => {},
    }
    const title = 'x'.repeat(8 * 1024 * 1024)
    const blank = parseSeed({})
    const content = { ...blank, cards: blank.cards.map((card) => ({ ...card, title })) }
    const started = { networkId: 'n', kind: 'driver-diagram', title: 'X', accountId: 'a', content } as const
    await expect(createDocument(deps, started)).rejects.toMatchObject({ code: 'too-large' })
    expect(statements).toEqual([])
  })

  it('refuses a body that is not JSON', async () => {
    const response = await lead.fetch(`/api/networks/${rivers.networkId}/documents`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{',
    })
    expect(await refusal(response)).toMatchObject({ status: 400, code: 'invalid' })
  })

  it('knows no network that one is not in', async () => {
    const other = await otherNetwork()
    expect(await refusal(await start(lead, { kind: 'driver-diagram', title: 'X' }, other))).toMatchObject({
      status: 404,
    })
  })
})

describe('a list of documents', () => {
  it('shows everyone what they may see, with their level, the last edited first', async () => {
    const draft = await startDiagram(lead, rivers.networkId, { team: rivers.alder, title: 'Draft of Alder' })
    const shared = await startDiagram(lead, rivers.networkId, {
      team: rivers.alder,
      title: 'Shared by Alder',
    })
    await share(lead, shared)
    const idsOf = async (person: TestPerson) => (await list(person)).map(({ id }) => id)
    expect((await idsOf(lead)).slice(0, 2)).toEqual([shared, draft])
    for (const person of [coordinator, otherLead, await rivers.person('observer')]) {
      expect(await idsOf(person)).toContain(shared)
      expect(await idsOf(person)).not.toContain(draft)
    }
    const levels = async (person: TestPerson) => (await list(person)).find(({ id }) => id === shared)?.level
    expect(await levels(lead)).toBe('edit')
    expect(await levels(otherLead)).toBe('comment')
    expect(await levels(await rivers.person('observer'))).toBe('view')
  })

  it('can be of one team and one kind', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    const ofTeam = await list(lead, `?team=${rivers.alder}&kind=driver-diagram`)
    expect(ofTeam.map((document) => document.id)).toContain(id)
    expect(ofTeam.every(({ teamId }) => teamId === rivers.alder)).toBe(true)
  })

  it('refuses filters that mean nothing', async () => {
    const asked = (query: string) => lead.fetch(`/api/networks/${rivers.networkId}/documents?${query}`)
    expect(await refusal(await asked('kind=opera'))).toMatchObject({
      status: 400,
      fields: { kind: expect.any(String) },
    })
    expect(await refusal(await asked('team=nope'))).toMatchObject({
      status: 400,
      fields: { team: expect.any(String) },
    })
    expect(await refusal(await asked('archived=perhaps'))).toMatchObject({
      status: 400,
      fields: { archived: 'Archived is true or false.' },
    })
  })

  it('is not there for people from outside', async () => {
    const response = await lead.fetch(`/api/networks/${await otherNetwork()}/documents`)
    expect(await refusal(response)).toMatchObject({ status: 404, code: 'not-found' })
  })
})

describe('a document', () => {
  it('is not there for those who may not know of it', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    for (const path of ['', '/content', '/versions', '/references', '/export?format=json']) {
      expect(await refusal(await coordinator.fetch(`/api/documents/${id}${path}`))).toMatchObject({
        status: 404,
        message: 'There is no such document, or it is private.',
      })
    }
    expect(await refusal(await lead.fetch('/api/documents/nope'))).toMatchObject({ status: 404 })
  })

  it('is not there for people of another network', async () => {
    const other = await otherNetwork()
    const id = await startDiagram(coordinator, other)
    await share(coordinator, id)
    expect(await refusal(await lead.fetch(`/api/documents/${id}`))).toMatchObject({ status: 404 })
  })

  it('is renamed by those who may edit it, and says who was the last', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    await share(lead, id)
    const member = await rivers.person('member of Alder')
    const renamed = await member.fetch(`/api/documents/${id}`, {
      method: 'PUT',
      json: { title: ' Theory 2 ' },
    })
    expect(await expectOk(renamed)).toMatchObject({ title: 'Theory 2', updatedBy: { id: member.account.id } })
    const refused = await otherLead.fetch(`/api/documents/${id}`, { method: 'PUT', json: { title: 'Mine' } })
    expect(await refusal(refused)).toMatchObject({
      status: 403,
      message: 'You may read this document and comment on it, not edit it.',
    })
    expect(await detailFor(otherLead, id)).toMatchObject({ title: 'Theory 2' })
  })

  it('once shared stays shared', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    await share(lead, id)
    const refused = await lead.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: false } })
    expect(await refusal(refused)).toMatchObject({
      status: 400,
      fields: { shared: expect.stringContaining('only true') },
    })
  })

  it('refuses a change that changes nothing', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    const refused = await lead.fetch(`/api/documents/${id}`, { method: 'PUT', json: {} })
    expect(await refusal(refused)).toMatchObject({
      status: 400,
      message: 'Say what to change: title, shared, or both.',
    })
  })

  it('tells its live content', async () => {
    const id = await startDiagram(coordinator, rivers.networkId, { content: smallDiagram })
    const { model, records } = await content(coordinator, id)
    expect(model.cards.map(({ column, title }) => [column, title])).toEqual([
      ['aim', 'Fewer missed days'],
      ['primary', 'Asthma'],
      ['secondary', 'Plans'],
      ['idea', 'Spare inhaler'],
    ])
    expect(records).toEqual({})
  })

  it('takes no step that its kind does not have', async () => {
    const id = await startDiagram(coordinator, rivers.networkId)
    const asked = await coordinator.fetch(`/api/documents/${id}/transitions`, { json: { name: 'start-do' } })
    expect(await refusal(asked)).toMatchObject({
      status: 404,
      message: 'A driver diagram has no steps to take.',
    })
    const nameless = await coordinator.fetch(`/api/documents/${id}/transitions`, { json: {} })
    expect(await refusal(nameless)).toMatchObject({ status: 400, fields: { name: 'This is missing.' } })
  })
})

describe('archiving', () => {
  it('takes a document out of the lists and from everyone’s hands, and restoring gives it back', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    await share(lead, id)
    await expectOk(await lead.fetch(`/api/documents/${id}/archive`, { method: 'POST' }))

    expect((await list(lead)).map((document) => document.id)).not.toContain(id)
    expect((await list(otherLead, '?archived=true')).map((document) => document.id)).toContain(id)
    expect(await detailFor(lead, id)).toMatchObject({
      level: 'view',
      mayRestore: true,
      archivedAt: expect.any(Number),
    })
    expect(await detailFor(otherLead, id)).not.toHaveProperty('mayRestore')
    const rename = await lead.fetch(`/api/documents/${id}`, { method: 'PUT', json: { title: 'X' } })
    expect(await refusal(rename)).toMatchObject({
      status: 409,
      message: 'This document is archived. Restore it first.',
    })
    const refused = await otherLead.fetch(`/api/documents/${id}/archive`, { method: 'DELETE' })
    expect(await refusal(refused)).toMatchObject({ status: 403 })

    await expectOk(await lead.fetch(`/api/documents/${id}/archive`, { method: 'DELETE' }))
    expect(await detailFor(lead, id)).toMatchObject({ level: 'edit' })
    expect((await list(lead)).map((document) => document.id)).toContain(id)
  })

  it('is kept in the record of who changed access, as sharing is', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    await share(lead, id)
    await expectOk(await lead.fetch(`/api/documents/${id}/archive`, { method: 'POST' }))
    await expectOk(await lead.fetch(`/api/documents/${id}/archive`, { method: 'DELETE' }))
    const rows = await rivers.server.db.read(
      'SELECT action, account_id FROM audit WHERE subject = ? ORDER BY id',
      [id],
    )
    expect(rows).toEqual(
      ['document-shared', 'document-archived', 'document-restored'].map((action) => ({
        action,
        account_id: lead.account.id,
      })),
    )
  })

  it('needs the level edit', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    await share(lead, id)
    const refused = await otherLead.fetch(`/api/documents/${id}/archive`, { method: 'POST' })
    expect(await refusal(refused)).toMatchObject({ status: 403 })
  })

  it('happens once, and so does restoring', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    const restore = () => lead.fetch(`/api/documents/${id}/archive`, { method: 'DELETE' })
    const archive = () => lead.fetch(`/api/documents/${id}/archive`, { method: 'POST' })
    expect(await refusal(await restore())).toMatchObject({
      status: 409,
      message: 'This document is not archived.',
    })
    await expectOk(await archive())
    expect(await refusal(await archive())).toMatchObject({ status: 409 })
  })
})

describe('a copy', () => {
  it('is a draft of its own with the same content', async () => {
    const original = await startDiagram(lead, rivers.networkId, { team: rivers.alder, content: smallDiagram })
    await share(lead, original)
    const { id } = (await expectOk(
      await lead.fetch(`/api/documents/${original}/copies`, { json: { team: rivers.alder } }),
    )) as {
      id: string
    }
    const [first, second] = [await detailFor(lead, original), await detailFor(lead, id)]
    expect(second).toMatchObject({ title: 'Copy of Fewer missed days', teamId: rivers.alder, shared: false })
    expect(second.epoch).not.toBe(first.epoch)
    const titles = async (of: string) => (await content(lead, of)).model.cards.map(({ title }) => title)
    expect(await titles(id)).toEqual(await titles(original))
  })

  it('can be taken into one’s own team, or by those who may start one there into the network', async () => {
    const original = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    await share(lead, original)
    const forAll = (await expectOk(
      await coordinator.fetch(`/api/documents/${original}/copies`, { json: {} }),
    )) as {
      id: string
    }
    expect(await detailFor(coordinator, forAll.id)).not.toHaveProperty('teamId')
    const intoTheirs = await otherLead.fetch(`/api/documents/${original}/copies`, {
      json: { team: rivers.alder },
    })
    expect(await refusal(intoTheirs)).toMatchObject({ status: 403 })
    const json = { team: rivers.basin, title: 'Ours now' }
    const { id } = (await expectOk(await otherLead.fetch(`/api/documents/${original}/copies`, { json }))) as {
      id: string
    }
    expect(await detailFor(otherLead, id)).toMatchObject({
      title: 'Ours now',
      teamId: rivers.basin,
      level: 'edit',
    })
  })

  it('cannot be taken of what is private', async () => {
    const original = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    const refused = await otherLead.fetch(`/api/documents/${original}/copies`, {
      json: { team: rivers.basin },
    })
    expect(await refusal(refused)).toMatchObject({ status: 404 })
  })
})

describe('a version', () => {
  it('[H3] is named by those who may edit, and says who named it', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    await share(lead, id)
    const json = { name: 'Learning session 1', note: 'As agreed in the room.' }
    const named = await lead.fetch(`/api/documents/${id}/versions`, { json })
    expect(named.status).toBe(201)
    expect(await named.json()).toMatchObject({ seq: 1 })
    const listed = (await expectOk(await otherLead.fetch(`/api/documents/${id}/versions`))) as {
      versions: Version[]
    }
    expect(listed.versions[0]).toMatchObject({
      ...json,
      seq: 1,
      cause: 'by-hand',
      by: { id: lead.account.id },
    })
    const refused = await otherLead.fetch(`/api/documents/${id}/versions`, { json })
    expect(await refusal(refused)).toMatchObject({ status: 403 })
  })

  it('needs a name', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    const nameless = await lead.fetch(`/api/documents/${id}/versions`, { json: { name: '' } })
    expect(await refusal(nameless)).toMatchObject({
      status: 400,
      fields: { name: 'Give the version a name.' },
    })
    const long = await lead.fetch(`/api/documents/${id}/versions`, {
      json: { name: 'x', note: 'x'.repeat(2001) },
    })
    expect(await refusal(long)).toMatchObject({
      status: 400,
      fields: { note: expect.stringContaining('2,000') },
    })
  })
})

describe('without a sign-in', () => {
  it.each([
    ['GET', '/api/templates'],
    ['GET', '/api/networks/x/documents'],
    ['POST', '/api/networks/x/documents'],
    ['GET', '/api/networks/x/facts'],
    ['GET', '/api/networks/x/feed'],
    ['GET', '/api/documents/x'],
    ['PUT', '/api/documents/x'],
    ['GET', '/api/documents/x/content'],
    ['POST', '/api/documents/x/archive'],
    ['DELETE', '/api/documents/x/archive'],
    ['POST', '/api/documents/x/copies'],
    ['GET', '/api/documents/x/versions'],
    ['POST', '/api/documents/x/versions'],
    ['GET', '/api/documents/x/references'],
    ['GET', '/api/documents/x/records'],
    ['POST', '/api/documents/x/transitions'],
    ['POST', '/api/documents/x/actions'],
    ['POST', '/api/seals/x/amendments'],
    ['POST', '/api/proposals/x/decision'],
    ['GET', '/api/documents/x/export'],
  ])('%s %s is refused', async (method, path) => {
    expect(await refusal(await rivers.server.fetch(path, { method }))).toMatchObject({ status: 401 })
  })
})

const smallDiagram = {
  aim: { statement: 'Fewer missed days' },
  cards: [
    { id: 'P1', column: 'primary', title: 'Asthma' },
    { id: 'S1', column: 'secondary', title: 'Plans', leadsTo: ['P1'] },
    { id: 'C1', column: 'idea', title: 'Spare inhaler', status: 'adopted', leadsTo: ['S1'] },
  ],
}

interface Content {
  readonly model: { readonly cards: readonly { readonly column: string; readonly title: string }[] }
  readonly records: unknown
}

const content = async (person: TestPerson, id: string): Promise<Content> =>
  (await expectOk(await person.fetch(`/api/documents/${id}/content`))) as Content

async function otherNetwork(): Promise<string> {
  const name = `Another ${Math.random()}`
  return ((await expectOk(await coordinator.fetch('/api/networks', { json: { name } }))) as { id: string }).id
}
