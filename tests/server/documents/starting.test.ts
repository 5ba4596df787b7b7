import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import type { DocumentReferences } from '#shared/document.ts'
import { newId } from '#shared/ids.ts'
import type { Cycle } from '#shared/kinds/pdsa-cycle/model.ts'
import {
  contentFor,
  refusal,
  startCycle,
  startIdea,
  step,
  stepsTo,
  type TestIdea,
  wholeCycle,
} from '../../support/cycles.ts'
import { editLive } from '../../support/live-edit.ts'
import { expectOk, type TestPerson } from '../../support/server.ts'
import { detailFor, startThreeRivers, type ThreeRivers } from '../../support/three-rivers.ts'

let rivers: ThreeRivers
let coordinator: TestPerson
let lead: TestPerson
let otherLead: TestPerson
let idea: TestIdea

beforeAll(async () => {
  rivers = await startThreeRivers()
  coordinator = rivers.coordinator
  lead = await rivers.person('lead of Alder')
  otherLead = await rivers.person('lead of Basin')
  idea = await startIdea(lead, rivers.networkId, { team: rivers.alder })
})
afterAll(() => rivers.server.close())

const start = (person: TestPerson, json: object) =>
  person.fetch(`/api/networks/${rivers.networkId}/documents`, {
    json: { kind: 'pdsa-cycle', title: 'A test', team: rivers.alder, ...json },
  })

const started = async (person: TestPerson, json: object): Promise<string> =>
  ((await expectOk(await start(person, json))) as { id: string }).id

describe('a document that is started on a part of another one', () => {
  const on = () => ({ documentId: idea.diagram, part: idea.idea })

  it('stands on it, and both know of each other', async () => {
    const id = await started(lead, { on: on() })
    expect((await contentFor<Cycle>(lead, id)).model.idea).toEqual(on())
    const carried = (await expectOk(
      await lead.fetch(`/api/documents/${idea.diagram}/references`),
    )) as DocumentReferences
    expect(carried.carries).toContainEqual(
      expect.objectContaining({
        relation: 'tests',
        part: idea.idea,
        other: expect.objectContaining({ id }),
      }),
    )
  })

  it('may be of another team that may only read there', async () => {
    const id = await started(otherLead, { on: on(), team: rivers.basin })
    expect((await contentFor<Cycle>(otherLead, id)).model.idea).toEqual(on())
  })

  it('begins with its template, or with content of one’s own', async () => {
    const own = await started(lead, { on: on(), content: { texts: { scale: 'one nurse' } } })
    expect((await contentFor<Cycle>(lead, own)).model).toMatchObject({
      idea: on(),
      texts: { scale: 'one nurse' },
    })
  })

  it('needs one where its kind always stands on something, unless its content says on what', async () => {
    expect(await refusal(await start(lead, {}))).toMatchObject({
      status: 400,
      code: 'invalid',
      fields: { on: 'A PDSA cycle starts from a change idea: say which.' },
    })
    await started(lead, { content: { ...wholeCycle, idea: on() } })
  })

  it.each([
    [
      'a document that is not there',
      () => ({ documentId: newId() }),
      'There is no such document, or it is private.',
    ],
    [
      'a part that is not there',
      () => ({ documentId: idea.diagram, part: 'nothing' }),
      'There is no such part in that document.',
    ],
    [
      'a part at another station',
      () => ({ documentId: idea.diagram, part: idea.driver }),
      'A PDSA cycle starts from a change idea, not from a driver.',
    ],
    [
      'a whole document at another station',
      () => ({ documentId: idea.diagram }),
      'A PDSA cycle starts from a change idea, not from a driver.',
    ],
  ])('is refused on %s', async (_, part, sentence) => {
    const { status, fields } = await refusal(await start(lead, { on: part() }))
    expect({ status, fields }).toEqual({ status: 400, fields: { on: sentence } })
  })

  it('is refused on what is private to others, as if it were not there', async () => {
    const theirs = await startIdea(otherLead, rivers.networkId, { team: rivers.basin, draft: true })
    const asked = await start(lead, { on: { documentId: theirs.diagram, part: theirs.idea } })
    expect((await refusal(asked)).fields).toEqual({ on: 'There is no such document, or it is private.' })
  })

  it('is refused on a document of another network, also for someone who is in both', async () => {
    const other = await coordinator.fetch('/api/networks', { json: { name: 'Another' } })
    const { id: otherNetwork } = (await expectOk(other)) as { id: string }
    const elsewhere = await startIdea(coordinator, otherNetwork)
    const asked = await coordinator.fetch(`/api/networks/${rivers.networkId}/documents`, {
      json: {
        kind: 'pdsa-cycle',
        title: 'X',
        on: { documentId: elsewhere.diagram, part: elsewhere.idea },
      },
    })
    expect((await refusal(asked)).fields).toEqual({ on: 'There is no such document, or it is private.' })
  })

  it('is refused where its kind starts from nothing', async () => {
    const asked = await start(lead, { kind: 'driver-diagram', on: on() })
    expect((await refusal(asked)).fields).toEqual({ on: 'A driver diagram starts from no other document.' })
  })

  it('is refused where what is sent is no place', async () => {
    const asked = await start(lead, { on: { part: idea.idea } })
    expect(await refusal(asked)).toMatchObject({
      status: 400,
      fields: { 'on.documentId': 'This is missing.' },
    })
  })

  it('is refused on an idea that was removed, or whose diagram is archived; what stands there stays', async () => {
    const own = await startIdea(lead, rivers.networkId, { team: rivers.alder })
    const place = { documentId: own.diagram, part: own.idea }
    const id = await startCycle(lead, rivers.networkId, own, { team: rivers.alder })
    await editLive(rivers.server, lead, own.diagram, (doc) => {
      doc.getMap<Y.Map<unknown>>('cards').get(own.idea)?.set('removed', true)
    })
    expect((await refusal(await start(lead, { on: place }))).fields).toEqual({
      on: 'There is no such part in that document.',
    })
    await expectOk(await lead.fetch(`/api/documents/${own.diagram}/archive`, { method: 'POST' }))
    expect((await refusal(await start(lead, { on: place }))).fields).toEqual({
      on: 'That document is archived. Restore it first.',
    })
    expect((await contentFor<Cycle>(lead, id)).model.idea).toEqual(place)
    await step(lead, id, 'start-do')
  })
})

describe('a copy of a document whose kind says what goes along', () => {
  it('takes over the plan and where it comes from, and nothing that happened', async () => {
    const original = await startCycle(lead, rivers.networkId, idea, { team: rivers.alder })
    await stepsTo(lead, original, 'closed')
    const asked = await otherLead.fetch(`/api/documents/${original}/copies`, {
      json: { team: rivers.basin, title: 'Ours' },
    })
    const { id } = (await expectOk(asked)) as { id: string }
    expect(await detailFor(otherLead, id)).toMatchObject({
      title: 'Ours',
      teamId: rivers.basin,
      shared: false,
    })
    const { model, records } = await contentFor<Cycle>(otherLead, id)
    expect(records).toEqual({ stage: 'draft' })
    expect(model.clonedFrom).toEqual({
      documentId: original,
      title: 'Nurse calls home, cycle 1',
      team: 'Alder Creek',
    })
    expect(model.texts.measure).toBe('families reached by phone')
    expect(model.decision).toBeUndefined()
    expect(model.questions[0]).toMatchObject({ prediction: [], result: [] })
    expect(model.questions[0]).not.toHaveProperty('verdict')
  })

  it('names no team where it is a copy of the network’s', async () => {
    const ofNetwork = await startIdea(coordinator, rivers.networkId)
    const original = await startCycle(coordinator, rivers.networkId, ofNetwork)
    const asked = await lead.fetch(`/api/documents/${original}/copies`, { json: { team: rivers.alder } })
    const { id } = (await expectOk(asked)) as { id: string }
    expect((await contentFor<Cycle>(lead, id)).model.clonedFrom).toEqual({
      documentId: original,
      title: 'Nurse calls home, cycle 1',
    })
  })
})
