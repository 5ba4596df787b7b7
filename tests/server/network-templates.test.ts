import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TemplateSummary } from '#shared/document.ts'
import type { ErrorBody } from '#shared/errors.ts'
import { kinds } from '#shared/kinds/index.ts'
import { findOwnTemplate } from '../../server/network-templates.ts'
import { startCycle, startIdea } from '../support/cycles.ts'
import { expectOk, type TestPerson } from '../support/server.ts'
import { startThreeRivers, type ThreeRivers } from '../support/three-rivers.ts'

let rivers: ThreeRivers
let coordinator: TestPerson
let facilitator: TestPerson
let lead: TestPerson

beforeAll(async () => {
  rivers = await startThreeRivers()
  coordinator = rivers.coordinator
  facilitator = await rivers.person('facilitator')
  lead = await rivers.person('lead of Alder')
})
afterAll(() => rivers.server.close())

const asks = { name: 'Our questions', sentence: 'What we ask each other.' }

/** A worksheet of the network with an answer in it. */
async function startWorksheet(): Promise<string> {
  const content = {
    sections: [
      { heading: 'What did you try?', guidance: 'One thing.', body: ['We called at 7:30.'] },
      { heading: 'Before', type: 'checklist', items: [{ text: 'Ask the nurse', done: true }] },
    ],
  }
  const json = { kind: 'worksheet', title: 'What we tried', content }
  const started = await coordinator.fetch(`/api/networks/${rivers.networkId}/documents`, { json })
  return ((await expectOk(started)) as { id: string }).id
}

const save = (person: TestPerson, documentId: string, json: unknown): Promise<Response> =>
  person.fetch(`/api/documents/${documentId}/templates`, { json })

async function templatesFor(person: TestPerson): Promise<readonly TemplateSummary[]> {
  const answer = await person.fetch(`/api/networks/${rivers.networkId}/templates`)
  return ((await expectOk(answer)) as { templates: readonly TemplateSummary[] }).templates
}

async function refusal(response: Response): Promise<{ status: number } & ErrorBody['error']> {
  return { status: response.status, ...((await response.json()) as ErrorBody).error }
}

/** Starts a document from a template and answers what it holds. */
async function startFrom(template: string, networkId = rivers.networkId): Promise<unknown> {
  const json = { kind: 'worksheet', title: 'Another one', template }
  const started = await coordinator.fetch(`/api/networks/${networkId}/documents`, { json })
  const { id } = (await expectOk(started)) as { id: string }
  const { model } = (await expectOk(await coordinator.fetch(`/api/documents/${id}/content`))) as {
    model: unknown
  }
  return model
}

describe('templates of a network', () => {
  it('stand beside those of the product for everyone in the network, and say that they are its own', async () => {
    const before = await templatesFor(lead)
    expect(before.map(({ id }) => id)).toEqual(expect.arrayContaining(['blank', 'three-questions']))
    expect(before.every(({ own }) => own === undefined)).toBe(true)
    const { id } = (await expectOk(await save(facilitator, await startWorksheet(), asks))) as { id: string }
    const own = (await templatesFor(lead)).filter((template) => template.own)
    expect(own).toContainEqual({ id, kind: 'worksheet', ...asks, sources: [], own: true })
  })

  it('hold what stood in the document, or only what it asks', async () => {
    const worksheet = await startWorksheet()
    const whole = await save(coordinator, worksheet, { ...asks, name: 'With answers' })
    const { id } = (await expectOk(whole)) as { id: string }
    expect(await startFrom(id)).toMatchObject({
      sections: [
        { guidance: 'One thing.', body: [{ type: 'paragraph' }] },
        { items: [{ text: 'Ask the nurse', done: true }] },
      ],
    })
    const emptied = await save(coordinator, worksheet, { ...asks, name: 'Only asked', emptied: true })
    const only = (await startFrom(((await expectOk(emptied)) as { id: string }).id)) as {
      sections: [{ body: unknown[] }, { items: [{ done?: true }] }]
    }
    expect(only.sections[0]).toMatchObject({ guidance: 'One thing.', body: [] })
    expect(only.sections[1].items[0].done).toBeUndefined()
  })

  it('made of a cycle hold its plan and nothing of where it stood', async () => {
    const origin = await startIdea(coordinator, rivers.networkId)
    const cycle = await startCycle(coordinator, rivers.networkId, origin)
    const saved = await save(coordinator, cycle, { name: 'A first call', sentence: 'Call on day 2.' })
    const { id } = (await expectOk(saved)) as { id: string }
    const own = await findOwnTemplate(rivers.server.db, rivers.networkId, 'pdsa-cycle', id)
    expect(own?.content).toMatchObject({ number: 1, texts: { measure: 'families reached by phone' } })
    expect(own?.content).not.toHaveProperty('clonedFrom')
    expect(own?.content).not.toHaveProperty('idea')
  })

  it('are saved by coordinators and facilitators alone, and of documents that they may read', async () => {
    const worksheet = await startWorksheet()
    await expectOk(
      await coordinator.fetch(`/api/documents/${worksheet}`, { method: 'PUT', json: { shared: true } }),
    )
    for (const role of ['coach', 'expert', 'observer', 'lead of Alder'] as const) {
      const refused = await refusal(await save(await rivers.person(role), worksheet, asks))
      expect(refused).toMatchObject({ status: 403, code: 'forbidden' })
      expect(refused.message).toContain('coordinators and facilitators')
    }
    const json = { kind: 'worksheet', title: 'A draft', team: rivers.alder }
    const draft = await lead.fetch(`/api/networks/${rivers.networkId}/documents`, { json })
    const { id } = (await expectOk(draft)) as { id: string }
    expect(await refusal(await save(facilitator, id, asks))).toMatchObject({ status: 404 })
  })

  it('need a name that no other has, and a sentence', async () => {
    const worksheet = await startWorksheet()
    await expectOk(await save(coordinator, worksheet, { ...asks, name: 'Taken' }))
    const again = await refusal(await save(coordinator, worksheet, { ...asks, name: ' Taken ' }))
    expect(again.fields?.name).toBe('The network has a template of this name already.')
    const empty = await refusal(await save(coordinator, worksheet, { name: ' ', sentence: '' }))
    expect(Object.keys(empty.fields ?? {}).sort()).toEqual(['name', 'sentence'])
  })

  it('of a kind that asks nothing are kept as they are', async () => {
    const json = { kind: 'driver-diagram', title: 'Ours', template: 'school-responder-model' }
    const started = await coordinator.fetch(`/api/networks/${rivers.networkId}/documents`, { json })
    const { id } = (await expectOk(started)) as { id: string }
    const refused = await refusal(await save(coordinator, id, { ...asks, emptied: true }))
    expect(refused.fields?.emptied).toBe('A driver diagram is kept as it is.')
    expect(kinds['driver-diagram'].emptied).toBeUndefined()
    await expectOk(await save(coordinator, id, { ...asks, name: 'Our diagram' }))
  })

  it('are nothing to another network', async () => {
    const { id } = (await expectOk(
      await save(coordinator, await startWorksheet(), { ...asks, name: 'Here alone' }),
    )) as { id: string }
    const other = await coordinator.fetch('/api/networks', {
      json: { name: 'Two Lakes', timeZone: 'America/Chicago' },
    })
    const { id: otherId } = (await expectOk(other)) as { id: string }
    const listed = await coordinator.fetch(`/api/networks/${otherId}/templates`)
    const { templates } = (await expectOk(listed)) as { templates: readonly TemplateSummary[] }
    expect(templates.some((template) => template.id === id)).toBe(false)
    const json = { kind: 'worksheet', title: 'Theirs', template: id }
    const refused = await refusal(await coordinator.fetch(`/api/networks/${otherId}/documents`, { json }))
    expect(refused.fields?.template).toMatch(/^There is no such template\. /)
    const stranger = await lead.fetch(`/api/networks/${otherId}/templates`)
    expect(stranger.status).toBe(404)
  })

  it('can be removed; what was started from them stays', async () => {
    const { id } = (await expectOk(
      await save(coordinator, await startWorksheet(), { ...asks, name: 'For a while' }),
    )) as { id: string }
    const path = `/api/networks/${rivers.networkId}/templates/${id}`
    expect((await refusal(await lead.fetch(path, { method: 'DELETE' }))).status).toBe(403)
    await expectOk(await facilitator.fetch(path, { method: 'DELETE' }))
    expect((await templatesFor(lead)).some((template) => template.id === id)).toBe(false)
    expect(await refusal(await facilitator.fetch(path, { method: 'DELETE' }))).toMatchObject({
      status: 404,
      message: 'The network has no such template of its own.',
    })
  })

  it('that this version cannot read any more say so instead of starting something else', async () => {
    await rivers.server.db.write([
      {
        sql: `INSERT INTO network_template (id, network_id, kind, schema, name, sentence, content, account_id, created_at)
          VALUES ('old', ?, 'worksheet', 1, 'Old', 'Old.', '{"pages":[]}', ?, 0)`,
        args: [rivers.networkId, coordinator.account.id],
      },
    ])
    const json = { kind: 'worksheet', title: 'From the old one', template: 'old' }
    const refused = await refusal(
      await coordinator.fetch(`/api/networks/${rivers.networkId}/documents`, { json }),
    )
    expect(refused.status).toBe(409)
    expect(refused.message).toContain('was saved by another version')
  })
})
