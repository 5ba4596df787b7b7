import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { newId } from '#shared/ids.ts'
import {
  contentFor,
  recordsFor,
  refusal,
  startCycle,
  startIdea,
  step,
  stepsTo,
  type TestIdea,
  wholeCycle,
} from '../support/cycles.ts'
import { editLive } from '../support/live-edit.ts'
import { expectOk, type TestPerson } from '../support/server.ts'
import { startThreeRivers, type ThreeRivers } from '../support/three-rivers.ts'

let rivers: ThreeRivers
let coordinator: TestPerson
let lead: TestPerson

beforeAll(async () => {
  rivers = await startThreeRivers()
  coordinator = rivers.coordinator
  lead = await rivers.person('lead of Alder')
})
afterAll(() => rivers.server.close())

interface Proposed extends TestIdea {
  readonly cycle: string
  readonly proposal: string
}

/** A cycle of Alder that was closed and asks the network's diagram, where its lead may only comment. */
async function propose({ draft }: { draft?: true } = {}): Promise<Proposed> {
  const idea = await startIdea(coordinator, rivers.networkId)
  const content = { ...wholeCycle, theory: 'weaken', theoryLink: idea.link }
  const cycle = await startCycle(lead, rivers.networkId, idea, {
    team: rivers.alder,
    content,
    ...(draft && { draft }),
  })
  await stepsTo(lead, cycle, 'closed')
  const { proposals } = await recordsFor(coordinator, idea.diagram)
  return { ...idea, cycle, proposal: proposals?.[0]?.id ?? '' }
}

const decide = (person: TestPerson, proposal: string, json: unknown) =>
  person.fetch(`/api/proposals/${proposal}/decision`, { json })

async function linkOf({ diagram, link }: TestIdea) {
  interface Diagram {
    readonly links: readonly { id: string; strength?: string; evidence: readonly { id: string }[] }[]
  }
  const { model } = await contentFor<Diagram>(coordinator, diagram)
  return model.links.find(({ id }) => id === link)
}

const openProposals = async (diagram: string) => (await recordsFor(coordinator, diagram)).proposals ?? []

describe('a proposal', () => {
  it('is done when someone who may edit accepts it, in their name', async () => {
    const proposed = await propose()
    expect((await linkOf(proposed))?.evidence).toEqual([])
    expect(await expectOk(await decide(coordinator, proposed.proposal, { accept: true }))).toEqual({})
    expect(await linkOf(proposed)).toMatchObject({
      strength: 'weak',
      evidence: [expect.objectContaining({ id: proposed.cycle })],
    })
    expect(await openProposals(proposed.diagram)).toEqual([])
    const log = await rivers.server.db.read(
      'SELECT account_id FROM document_update WHERE document_id = ? ORDER BY seq',
      [proposed.diagram],
    )
    expect(log.at(-1)).toEqual({ account_id: coordinator.account.id })
  })

  it('changes nothing when it is declined, and waits no longer', async () => {
    const proposed = await propose()
    await expectOk(await decide(coordinator, proposed.proposal, { accept: false }))
    expect((await linkOf(proposed))?.evidence).toEqual([])
    expect(await openProposals(proposed.diagram)).toEqual([])
    const rows = await rivers.server.db.read('SELECT decision, decided_by FROM proposal WHERE id = ?', [
      proposed.proposal,
    ])
    expect(rows).toEqual([{ decision: 'declined', decided_by: coordinator.account.id }])
  })

  it('is decided once, also when two people decide in the same instant', async () => {
    const facilitator = await rivers.person('facilitator')
    const proposed = await propose()
    const both = await Promise.all([
      decide(coordinator, proposed.proposal, { accept: true }),
      decide(facilitator, proposed.proposal, { accept: false }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const isAccepted = both[0]?.status === 200
    expect((await linkOf(proposed))?.evidence).toHaveLength(isAccepted ? 1 : 0)
    const name = isAccepted ? coordinator.account.name : facilitator.account.name
    expect(await refusal(await decide(coordinator, proposed.proposal, { accept: true }))).toMatchObject({
      status: 409,
      message: `${name} has ${isAccepted ? 'accepted' : 'declined'} this already.`,
    })
  })

  it('cannot be accepted when it is no longer possible, and can still be declined', async () => {
    const proposed = await propose()
    await editLive(rivers.server, coordinator, proposed.diagram, (doc) => {
      doc.getMap<Y.Map<unknown>>('cards').get(proposed.idea)?.set('removed', true)
    })
    expect(await refusal(await decide(coordinator, proposed.proposal, { accept: true }))).toMatchObject({
      status: 409,
      message: 'The change idea is no longer in the diagram.',
    })
    expect(await openProposals(proposed.diagram)).toHaveLength(1)
    await expectOk(await decide(coordinator, proposed.proposal, { accept: false }))
    expect(await openProposals(proposed.diagram)).toEqual([])
  })

  it('is not for those who may only comment, nor for those who asked', async () => {
    const proposed = await propose()
    for (const person of [lead, await rivers.person('expert'), await rivers.person('observer')])
      expect((await decide(person, proposed.proposal, { accept: true })).status).toBe(403)
    expect(await openProposals(proposed.diagram)).toHaveLength(1)
  })

  it('waits while the diagram is archived', async () => {
    const proposed = await propose()
    await expectOk(await coordinator.fetch(`/api/documents/${proposed.diagram}/archive`, { method: 'POST' }))
    expect(await refusal(await decide(coordinator, proposed.proposal, { accept: true }))).toMatchObject({
      status: 409,
      message: 'This document is archived. Restore it first.',
    })
  })

  it('is refused where there is none, and where the answer is no decision', async () => {
    expect(await refusal(await decide(coordinator, newId(), { accept: true }))).toMatchObject({
      status: 404,
      message: 'There is no such proposal, or it is private.',
    })
    const { proposal } = await propose()
    expect(await refusal(await decide(coordinator, proposal, { accept: 'maybe' }))).toMatchObject({
      status: 400,
      fields: { accept: 'Accept is true or false.' },
    })
  })

  it('names the document it comes from only to those who may open that', async () => {
    const open = await propose()
    expect((await openProposals(open.diagram))[0]?.from).toEqual({
      documentId: open.cycle,
      title: 'Nurse calls home, cycle 1',
    })
    const closed = await propose({ draft: true })
    expect((await openProposals(closed.diagram))[0]?.from).toEqual({ documentId: closed.cycle })
    expect((await recordsFor(lead, closed.diagram)).proposals?.[0]?.from).toMatchObject({
      title: 'Nurse calls home, cycle 1',
    })
    const exported = await coordinator.fetch(`/api/documents/${open.diagram}/export?format=json`)
    expect(await exported.text()).not.toContain('Nurse calls home, cycle 1')
  })

  it('gives way to a later one of the same document', async () => {
    const proposed = await propose()
    await step(lead, proposed.cycle, 'reopen', { reason: 'We counted again.' })
    await editLive(rivers.server, lead, proposed.cycle, (doc) => {
      doc.getMap('cycle').set('theory', 'strengthen')
    })
    await step(lead, proposed.cycle, 'close')
    const waiting = await openProposals(proposed.diagram)
    expect(waiting).toMatchObject([{ sentence: expect.stringContaining('strengthen') }])
    expect(await refusal(await decide(coordinator, proposed.proposal, { accept: true }))).toMatchObject({
      status: 409,
      message: 'A later proposal has taken the place of this one.',
    })
    await expectOk(await decide(coordinator, waiting[0]?.id ?? '', { accept: true }))
    expect(await linkOf(proposed)).toMatchObject({ strength: 'strong' })
  })
})
