import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SearchResult } from '#shared/search.ts'
import { findPassages, passageQuery } from '../../server/search/store.ts'
import type { TestPerson } from '../support/people.ts'
import { expectOk } from '../support/server.ts'
import {
  type PersonOfThreeRivers,
  share,
  startDiagram,
  startThreeRivers,
  type ThreeRivers,
} from '../support/three-rivers.ts'

let rivers: ThreeRivers
let lead: TestPerson

beforeAll(async () => {
  rivers = await startThreeRivers()
  lead = await rivers.person('lead of Alder')
})
afterAll(() => rivers.server.close())

const ask = (person: TestPerson, query: string) =>
  person.fetch(`/api/networks/${rivers.networkId}/search?q=${encodeURIComponent(query)}`)

const search = async (person: TestPerson, query: string): Promise<readonly SearchResult[]> =>
  ((await expectOk(await ask(person, query))) as { results: readonly SearchResult[] }).results

/** Each result as `title: passage`, with what was found in brackets. */
const said = (results: readonly SearchResult[]): readonly string[] =>
  results.map(({ title, passage }) => {
    const words = passage.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('')
    return `${title}: ${words}`
  })

const diagram = (...ideas: readonly string[]) => ({
  cards: [
    { id: 'P1', column: 'primary', title: 'Health needs found early' },
    ...ideas.map((title, index) => ({ id: `C${index}`, column: 'idea', title, leadsTo: ['P1'] })),
  ],
})

/** A shared diagram of the network. */
async function start(title: string, ...ideas: readonly string[]): Promise<string> {
  const id = await startDiagram(rivers.coordinator, rivers.networkId, { title, content: diagram(...ideas) })
  await share(rivers.coordinator, id)
  return id
}

describe('the search', () => {
  it('finds a passage with its document, kind, team and part, and marks the words', async () => {
    const id = await startDiagram(lead, rivers.networkId, {
      title: 'What Alder tries',
      team: rivers.alder,
      content: diagram('Asthma plan and a spare inhaler', 'Ride pool'),
    })
    await share(lead, id)
    const [result, ...others] = await search(rivers.coordinator, 'inhaler asthma')
    expect(others).toEqual([])
    expect(result).toMatchObject({
      documentId: id,
      kind: 'driver-diagram',
      title: 'What Alder tries',
      teamId: rivers.alder,
    })
    expect(said([result as SearchResult])).toEqual(['What Alder tries: [Asthma] plan and a spare [inhaler]'])
    const content = await expectOk(await lead.fetch(`/api/documents/${id}/content`))
    const { cards } = (content as { model: { cards: readonly { id: string; title: string }[] } }).model
    expect(cards.find((card) => card.id === result?.part)?.title).toBe('Asthma plan and a spare inhaler')
  })

  it('ranks titles above text, and among titles the one edited last', async () => {
    await start('Lanyard cards, the first try', 'Something else')
    await start('Where things are', 'Lanyard for every adult')
    await start('Lanyard cards, once more', 'Something else')
    const results = await search(rivers.coordinator, 'lanyard')
    expect(said(results)).toEqual([
      'Lanyard cards, once more: [Lanyard] cards, once more',
      'Lanyard cards, the first try: [Lanyard] cards, the first try',
      'Where things are: [Lanyard] for every adult',
    ])
    expect(results.map(({ isTitle = false }) => isTitle)).toEqual([true, true, false])
  })

  it('ranks a passage higher that says it more briefly, and of equal ones that of the document edited last', async () => {
    await start('Older', 'Huddle on Friday')
    await start('Longer', 'Huddle on Friday with the responders, the counselor and whoever else is there')
    await start('Newer', 'Huddle on Friday')
    const titles = (await search(rivers.coordinator, 'huddle')).map(({ title }) => title)
    expect(titles).toEqual(['Newer', 'Older', 'Longer'])
  })

  it('finds the title that a document has now', async () => {
    const id = await start('Called so at first')
    const json = { title: 'Renamed umbrella' }
    await expectOk(await rivers.coordinator.fetch(`/api/documents/${id}`, { method: 'PUT', json }))
    expect(said(await search(rivers.coordinator, 'umbrella'))).toEqual([
      'Renamed umbrella: Renamed [umbrella]',
    ])
    expect(await search(rivers.coordinator, 'called so at first')).toEqual([])
  })

  it('answers at most fifty places, and of one document no more than five', async () => {
    for (let number = 0; number < 12; number++) {
      await start(`Many ${number}`, ...Array.from({ length: 6 }, (_, at) => `Zebra ${number} ${at}`))
    }
    const results = await search(rivers.coordinator, 'zebra')
    expect(results.length).toBe(50)
    const counts = new Map<string, number>()
    for (const { documentId } of results) counts.set(documentId, (counts.get(documentId) ?? 0) + 1)
    expect(Math.max(...counts.values())).toBe(5)
  })
})

describe('any input is safe:', () => {
  it.each([
    '"',
    '""""',
    "'; DROP TABLE passage; --",
    'NEAR(asthma plan, 2)',
    'text:asthma',
    'asthma AND OR NOT',
    '(asthma',
    '^asthma*',
    '-asthma +plan',
    '*',
    '   ',
    '',
    '\u0000',
    '\ufffd',
    '𞤀𞤣𞤤',
    '% _ \\',
    'a '.repeat(100),
  ])('%j', async (query) => {
    expect((await ask(rivers.coordinator, query)).status).toBe(200)
  })

  it('an address that is not well formed', async () => {
    const query = '%E0%A4%A+%ZZ+%FF'
    const asked = await rivers.coordinator.fetch(`/api/networks/${rivers.networkId}/search?q=${query}`)
    expect(asked.status).toBe(200)
  })

  it('words of the index’s own language are words like any other', async () => {
    await start('Near', 'Not near and not far')
    expect(said(await search(rivers.coordinator, 'NOT far AND'))).toEqual([
      'Near: [Not] near [and] [not] [far]',
    ])
  })

  it('ten thousand characters are answered with a sentence', async () => {
    const refused = await ask(rivers.coordinator, 'x'.repeat(10_000))
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({
      error: { code: 'invalid', fields: { q: 'Search for at most 200 characters.' } },
    })
  })

  it('nothing that can be looked for finds nothing', async () => {
    expect(await search(rivers.coordinator, ' *** ')).toEqual([])
    expect(
      await expectOk(await rivers.coordinator.fetch(`/api/networks/${rivers.networkId}/search`)),
    ).toEqual({
      results: [],
    })
  })
})

describe('who finds what', () => {
  const people: readonly PersonOfThreeRivers[] = ['facilitator', 'expert', 'observer', 'lead of Basin']

  it('drafts of others are found by nobody, neither by title nor by text', async () => {
    const ofTeam = { title: 'Quokka draft', team: rivers.alder, content: diagram('Quokka in the text') }
    await startDiagram(lead, rivers.networkId, ofTeam)
    await startDiagram(rivers.coordinator, rivers.networkId, {
      title: 'Wombat draft',
      content: diagram('Wombat in the text'),
    })
    expect((await search(lead, 'quokka')).length).toBe(2)
    expect((await search(await rivers.person('facilitator'), 'wombat')).length).toBe(2)
    expect(await search(rivers.coordinator, 'quokka')).toEqual([])
    for (const name of people) expect(await search(await rivers.person(name), 'quokka')).toEqual([])
    for (const person of [lead, await rivers.person('observer'), await rivers.person('coach')])
      expect(await search(person, 'wombat')).toEqual([])
  })

  it('what others may not see takes no place in the list', async () => {
    const shared = await start('Shared okapi', 'Okapi at the very end of a rather long sentence')
    for (let number = 0; number < 11; number++) {
      const ideas = Array.from({ length: 6 }, () => 'Okapi')
      await startDiagram(rivers.coordinator, rivers.networkId, {
        title: `Hidden ${number}`,
        content: diagram(...ideas),
      })
    }
    const results = await search(await rivers.person('observer'), 'okapi')
    expect(results.map(({ documentId }) => documentId)).toEqual([shared, shared])
  })

  it('archived documents are not found, and are found again when they are restored', async () => {
    const id = await start('Ibis', 'Ibis by the river')
    const archive = `/api/documents/${id}/archive`
    await expectOk(await rivers.coordinator.fetch(archive, { method: 'POST' }))
    expect(await search(rivers.coordinator, 'ibis')).toEqual([])
    await expectOk(await rivers.coordinator.fetch(archive, { method: 'DELETE' }))
    expect((await search(rivers.coordinator, 'ibis')).length).toBe(2)
  })

  it('another network finds nothing of this one, and strangers are told that there is none', async () => {
    await start('Tapir', 'Tapir')
    const json = { name: 'Other Rivers', timeZone: 'America/Chicago' }
    const { id } = (await expectOk(await rivers.coordinator.fetch('/api/networks', { json }))) as {
      id: string
    }
    const elsewhere = await rivers.coordinator.fetch(`/api/networks/${id}/search?q=tapir`)
    expect(await expectOk(elsewhere)).toEqual({ results: [] })
    expect((await lead.fetch(`/api/networks/${id}/search?q=tapir`)).status).toBe(404)
    expect((await rivers.server.fetch(`/api/networks/${rivers.networkId}/search?q=tapir`)).status).toBe(401)
  })
})

describe('with ten thousand passages', () => {
  beforeAll(async () => {
    const id = await start('A long document')
    const texts = Array.from({ length: 10_000 }, (_, number) =>
      number % 100 === 0 ? `Rare heron ${number}` : `Common words of passage ${number} about attendance`,
    )
    await rivers.server.db.write([
      {
        sql: 'INSERT INTO passage (document_id, text) SELECT ?, value FROM json_each(?)',
        args: [id, JSON.stringify(texts)],
      },
    ])
  })

  it('asks the index, and never reads all passages for one reader', async () => {
    const { db } = rivers.server
    const plan = await db.read<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${passageQuery}`, [
      '"heron"*',
      '[]',
      5,
      50,
    ])
    const steps = plan.map(({ detail }) => detail)
    expect(steps).toContainEqual(expect.stringMatching(/^SCAN passage_search VIRTUAL TABLE INDEX \d+:M/))
    expect(steps).toContainEqual('SEARCH passage USING INTEGER PRIMARY KEY (rowid=?)')
    expect(steps.filter((step) => /^SCAN (passage|document)\b(?!_)/.test(step))).toEqual([])
  })

  it('finds few among many', async () => {
    expect((await search(rivers.coordinator, 'heron')).length).toBe(5)
    expect((await search(rivers.coordinator, 'attendance')).length).toBeGreaterThan(4)
    expect(await findPassages(rivers.server.db, [], '"heron"*')).toEqual([])
  })
})
