import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Records } from '#shared/records.ts'
import { recordsOf } from '../../server/records.ts'
import { contentFor, recordsFor, startCycle, startIdea, stepsTo } from '../support/cycles.ts'
import { expectOk, type TestPerson } from '../support/server.ts'
import { startDiagram, startThreeRivers, type ThreeRivers } from '../support/three-rivers.ts'

let rivers: ThreeRivers
let lead: TestPerson
let member: TestPerson

beforeAll(async () => {
  rivers = await startThreeRivers()
  lead = await rivers.person('lead of Alder')
  member = await rivers.person('member of Alder')
})
afterAll(() => rivers.server.close())

const newCycle = async () => {
  const idea = await startIdea(lead, rivers.networkId, { team: rivers.alder })
  return startCycle(lead, rivers.networkId, idea, { team: rivers.alder })
}

const exported = async (person: TestPerson, id: string) => {
  const answer = await person.fetch(`/api/documents/${id}/export?format=json`)
  return ((await expectOk(answer)) as { records: Records }).records
}

it('a document without records has none, and of a kind with steps it stands at their beginning', async () => {
  const diagram = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
  const cycle = await newCycle()
  expect(await recordsFor(lead, diagram)).toEqual({})
  expect(await recordsFor(lead, cycle)).toEqual({ stage: 'draft' })
})

it('the records come with the content, and with every export', async () => {
  const id = await newCycle()
  await stepsTo(lead, id, 'doing')
  const records = await recordsFor(lead, id)
  expect(records).toMatchObject({ stage: 'doing', transitions: [{}], seals: [{}] })
  expect((await contentFor(lead, id)).records).toEqual(records)
  expect(await exported(member, id)).toEqual(records)
})

it('one’s own private answer is for oneself: it is in no file and in nothing that is derived', async () => {
  const id = await newCycle()
  const answer = (person: TestPerson, value: number) =>
    person.fetch(`/api/documents/${id}/ballots/q1`, { method: 'PUT', json: { value } })
  await expectOk(await answer(lead, 2))
  await expectOk(await answer(member, 3))
  const hidden = { part: 'q1', answers: 2 }
  expect((await recordsFor(lead, id)).ballots).toEqual([
    { ...hidden, own: { value: 2, at: expect.any(Number), isShared: false } },
  ])
  expect((await contentFor(member, id)).records.ballots).toMatchObject([{ ...hidden, own: { value: 3 } }])
  expect((await recordsFor(rivers.coordinator, await shared(id))).ballots).toEqual([hidden])
  expect((await exported(lead, id)).ballots).toEqual([hidden])
  const derived = await recordsOf(rivers.server.db, { id, kind: 'pdsa-cycle' })
  expect(derived.ballots).toEqual([hidden])
})

async function shared(id: string): Promise<string> {
  await expectOk(await lead.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
  return id
}
