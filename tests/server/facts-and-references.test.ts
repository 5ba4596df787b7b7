import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentReferences } from '#shared/document.ts'
import type { PlacedFact } from '#shared/fact.ts'
import { expectOk, type TestPerson } from '../support/server.ts'
import { share, startDiagram, startThreeRivers, type ThreeRivers } from '../support/three-rivers.ts'

let rivers: ThreeRivers
let coordinator: TestPerson
let lead: TestPerson

beforeAll(async () => {
  rivers = await startThreeRivers()
  coordinator = rivers.coordinator
  lead = await rivers.person('lead of Alder')
})
afterAll(() => rivers.server.close())

async function facts(person: TestPerson, query = ''): Promise<readonly PlacedFact[]> {
  const response = await person.fetch(`/api/networks/${rivers.networkId}/facts${query}`)
  return ((await expectOk(response)) as { facts: PlacedFact[] }).facts
}

const references = async (person: TestPerson, id: string): Promise<DocumentReferences> =>
  (await expectOk(await person.fetch(`/api/documents/${id}/references`))) as DocumentReferences

const adopted = {
  cards: [
    { id: 'P1', column: 'primary', title: 'Asthma' },
    { id: 'C1', column: 'idea', title: 'Spare inhaler', status: 'adopted', leadsTo: ['P1'] },
  ],
}

/** A diagram whose one link has another document as its evidence. */
const standingOn = (documentId: string) => ({
  cards: [
    { id: 'P1', column: 'primary', title: 'Asthma' },
    {
      id: 'C1',
      column: 'idea',
      title: 'Spare inhaler',
      leadsTo: [{ to: 'P1', evidence: [{ kind: 'cycle', text: 'Cycle 3', documentId }] }],
    },
  ],
})

describe('facts', () => {
  it('are there as soon as a document is, of documents that the reader may see', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder, content: adopted })
    const ofThis = async (person: TestPerson, query = '?name=idea-status') =>
      (await facts(person, query)).filter(({ documentId }) => documentId === id)
    expect(await ofThis(lead)).toEqual([
      {
        documentId: id,
        teamId: rivers.alder,
        kind: 'driver-diagram',
        name: 'idea-status',
        part: expect.any(String),
        value: 'adopted',
      },
    ])
    expect(await ofThis(coordinator)).toEqual([])
    await share(lead, id)
    expect(await ofThis(coordinator)).toHaveLength(1)
    expect(
      await ofThis(coordinator, `?name=idea-status&team=${rivers.alder}&kind=driver-diagram`),
    ).toHaveLength(1)
    expect(await ofThis(coordinator, `?team=${rivers.basin}`)).toEqual([])
    expect(await ofThis(coordinator, '?name=something-else')).toEqual([])
    await expectOk(await lead.fetch(`/api/documents/${id}/archive`, { method: 'POST' }))
    expect(await ofThis(coordinator)).toEqual([])
  })

  it('can be asked for of the documents that stand on another one, or on a part of it', async () => {
    const below = await startDiagram(coordinator, rivers.networkId, { title: 'Below' })
    const above = await startDiagram(coordinator, rivers.networkId, { content: standingOn(below) })
    const standing = async (query: string) =>
      new Set((await facts(coordinator, query)).map(({ documentId }) => documentId))
    expect(await standing(`?name=idea&on=${below}`)).toEqual(new Set([above]))
    expect(await standing(`?name=idea&on=${below}&part=none`)).toEqual(new Set())
    expect(await standing(`?name=idea&on=${above}`)).toEqual(new Set())
  })

  it('are not there for people from outside the network, and filters must mean something', async () => {
    const { id } = (await expectOk(
      await coordinator.fetch('/api/networks', { json: { name: 'Another' } }),
    )) as {
      id: string
    }
    expect((await lead.fetch(`/api/networks/${id}/facts`)).status).toBe(404)
    expect((await lead.fetch(`/api/networks/${rivers.networkId}/facts?kind=opera`)).status).toBe(400)
  })
})

describe('references', () => {
  it('can be read from both ends', async () => {
    const below = await startDiagram(coordinator, rivers.networkId, { title: 'Below' })
    const above = await startDiagram(coordinator, rivers.networkId, {
      title: 'Above',
      content: standingOn(below),
    })
    const fromAbove = await references(coordinator, above)
    expect(fromAbove.carries).toEqual([])
    expect(fromAbove.standsOn).toEqual([
      expect.objectContaining({ other: { id: below, kind: 'driver-diagram', title: 'Below' } }),
    ])
    const fromBelow = await references(coordinator, below)
    expect(fromBelow.standsOn).toEqual([])
    expect(fromBelow.carries).toEqual([
      expect.objectContaining({
        relation: fromAbove.standsOn[0]?.relation,
        other: { id: above, kind: 'driver-diagram', title: 'Above' },
      }),
    ])
  })

  it('say of what the reader may not see only whose it is', async () => {
    const draft = await startDiagram(lead, rivers.networkId, { team: rivers.alder, title: 'Secret draft' })
    const open = await startDiagram(coordinator, rivers.networkId, { content: standingOn(draft) })
    await share(coordinator, open)
    expect((await references(coordinator, open)).standsOn.map(({ other }) => other)).toEqual([
      { privateTo: 'Alder Creek' },
    ])
    expect((await references(lead, open)).standsOn.map(({ other }) => other)).toEqual([
      expect.objectContaining({ title: 'Secret draft', teamId: rivers.alder }),
    ])
    const hidden = await startDiagram(coordinator, rivers.networkId, { content: standingOn(open) })
    expect((await references(lead, open)).carries.map(({ other }) => other)).toEqual([
      { privateTo: 'the coordinators and facilitators' },
    ])
    await expectOk(await coordinator.fetch(`/api/documents/${hidden}/archive`, { method: 'POST' }))
    expect((await references(lead, open)).carries).toEqual([])
  })

  it('never lead out of the network or to what does not exist', async () => {
    const { id: other } = (await expectOk(
      await coordinator.fetch('/api/networks', { json: { name: 'A third' } }),
    )) as { id: string }
    const elsewhere = await startDiagram(coordinator, other)
    const here = await startDiagram(coordinator, rivers.networkId, { content: standingOn(elsewhere) })
    expect(await references(coordinator, here)).toEqual({ standsOn: [], carries: [] })
    const nowhere = await startDiagram(coordinator, rivers.networkId, { content: standingOn('nope') })
    expect(await references(coordinator, nowhere)).toEqual({ standsOn: [], carries: [] })
  })
})
