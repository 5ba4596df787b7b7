import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Level } from '#shared/access.ts'
import { newId } from '#shared/ids.ts'
import { decideProposal, insertProposal } from '../../server/proposals/store.ts'
import { refusal, startCycle, startIdea, stepsTo } from '../support/cycles.ts'
import { expectOk, type TestPerson } from '../support/server.ts'
import { type PersonOfThreeRivers, startThreeRivers, type ThreeRivers } from '../support/three-rivers.ts'

type Reader = 'coordinator' | PersonOfThreeRivers

const columns = ['network document', 'network draft', 'team document', 'team draft'] as const
type Column = (typeof columns)[number]

const none = undefined

/** What each may do with a document of Alder or of the network, written out by hand. */
const expected: Readonly<Record<Reader, readonly (Level | undefined)[]>> = {
  coordinator: ['edit', 'edit', 'edit', none],
  facilitator: ['edit', 'edit', 'edit', none],
  coach: ['edit', none, 'edit', none],
  expert: ['comment', none, 'comment', none],
  'data-steward': ['comment', none, 'view', none],
  observer: ['view', none, 'view', none],
  'lead of Alder': ['comment', none, 'edit', 'edit'],
  'member of Alder': ['comment', none, 'edit', 'edit'],
  'lead of Basin': ['comment', none, 'comment', none],
}

/** A diagram with a proposal that was decided, and a cycle in Do with its seal. */
interface Place {
  readonly diagram: string
  readonly proposal: string
  readonly cycle: string
  readonly seal: string
}

let rivers: ThreeRivers
const places = new Map<Column, Place>()

beforeAll(async () => {
  rivers = await startThreeRivers()
  const lead = await rivers.person('lead of Alder')
  const team = rivers.alder
  places.set('network document', await makePlace(rivers.coordinator, {}))
  places.set('network draft', await makePlace(rivers.coordinator, { draft: true }))
  places.set('team document', await makePlace(lead, { team }))
  places.set('team draft', await makePlace(lead, { team, draft: true }))
})
afterAll(() => rivers.server.close())

async function makePlace(person: TestPerson, where: { team?: string; draft?: true }): Promise<Place> {
  const idea = await startIdea(person, rivers.networkId, where)
  const cycle = await startCycle(person, rivers.networkId, idea, where)
  const { seal } = await stepsTo(person, cycle, 'doing')
  const proposal = newId()
  // Proposals come from people who may only comment: nobody makes one on a draft, so they are written here.
  const by = person.account.id
  await rivers.server.db.write([
    ...insertProposal({
      id: proposal,
      documentId: idea.diagram,
      action: 'add-idea',
      args: {},
      sentence: 'Add it.',
      fromDocumentId: cycle,
      accountId: by,
      createdAt: 0,
    }),
    decideProposal(proposal, 'declined', by, 0),
  ])
  return { diagram: idea.diagram, proposal, cycle, seal: seal?.id ?? '' }
}

const personOf = (reader: Reader): Promise<TestPerson> =>
  reader === 'coordinator' ? Promise.resolve(rivers.coordinator) : rivers.person(reader)

function placeOf(column: Column): Place {
  const place = places.get(column)
  if (place === undefined) throw new Error(`There is no ${column}`)
  return place
}

const cells = (Object.keys(expected) as Reader[]).flatMap((reader) =>
  columns.map((column, index) => [reader, column, expected[reader][index]] as const),
)

/** Who may not edit is told so, unless they may not even know of the document. */
const forEditors = (level: Level | undefined, status: number): number =>
  level === undefined ? 404 : level === 'edit' ? status : 403

describe.each(cells)('%s on a %s: %s', (reader, column, level) => {
  test('reads the records', async () => {
    const person = await personOf(reader)
    for (const id of [placeOf(column).cycle, placeOf(column).diagram]) {
      const answer = await person.fetch(`/api/documents/${id}/records`)
      expect(answer.status).toBe(level === undefined ? 404 : 200)
    }
  })

  test('takes a step', async () => {
    const person = await personOf(reader)
    const ask = (name: string) =>
      person.fetch(`/api/documents/${placeOf(column).cycle}/transitions`, { json: { name } })
    expect((await ask('pause')).status).toBe(forEditors(level, 200))
    if (level === 'edit') await expectOk(await ask('resume'))
  })

  test('asks for an action', async () => {
    const person = await personOf(reader)
    const args = { id: `idea-of-${reader.replaceAll(' ', '-')}`, title: 'Text first' }
    const answer = await person.fetch(`/api/documents/${placeOf(column).diagram}/actions`, {
      json: { name: 'add-idea', args },
    })
    expect(answer.status).toBe(forEditors(level, 200))
  })

  test('amends a seal', async () => {
    const person = await personOf(reader)
    const answer = await person.fetch(`/api/seals/${placeOf(column).seal}/amendments`, {
      json: { part: 'nothing', reason: 'Only to see whether I may.' },
    })
    // Those who may are told that there is no such part.
    expect(answer.status).toBe(forEditors(level, 400))
  })

  test('decides on a proposal', async () => {
    const person = await personOf(reader)
    const answer = await person.fetch(`/api/proposals/${placeOf(column).proposal}/decision`, {
      json: { accept: true },
    })
    // Those who may are told that it is decided.
    expect(answer.status).toBe(forEditors(level, 409))
    if (level === undefined) expect((await refusal(answer)).message).not.toContain('declined')
  })
})
