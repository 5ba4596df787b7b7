import { Hono } from 'hono'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#shared/ids.ts'
import type { Cycle } from '#shared/kinds/pdsa-cycle/model.ts'
import { createDocumentGuard } from '../../../server/documents/guard.ts'
import type { Commit } from '../../../server/documents/live.ts'
import { answerError } from '../../../server/http/errors.ts'
import { createAccess } from '../../../server/networks/access.ts'
import { proposalRoutes } from '../../../server/proposals/routes.ts'
import { insertProposal } from '../../../server/proposals/store.ts'
import { sealRoutes } from '../../../server/seals/routes.ts'
import { transitionRoutes } from '../../../server/transitions/routes.ts'
import { type StepDeps, takeStep } from '../../../server/transitions/step.ts'
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
} from '../../support/cycles.ts'
import { editLive } from '../../support/live-edit.ts'
import { expectOk, type TestPerson } from '../../support/server.ts'
import { startThreeRivers, type ThreeRivers } from '../../support/three-rivers.ts'

let rivers: ThreeRivers
let lead: TestPerson

beforeAll(async () => {
  rivers = await startThreeRivers()
  lead = await rivers.person('lead of Alder')
})
afterAll(() => rivers.server.close())

/** What the server takes steps with; `between` happens each time between what is looked up and what is written. */
function depsWith(between: (attempt: number) => Promise<unknown>): StepDeps {
  const { db, running } = rivers.server
  let attempt = 0
  const commit: Commit = async (ids, work) => {
    await between(++attempt)
    return running.live.commit(ids, work)
  }
  return {
    db,
    guard: createDocumentGuard({ db, access: createAccess({ db }) }),
    commit,
    presentIn: () => [],
    projectAgain: async () => {},
    announce: () => {},
    now: Date.now,
  }
}

const newIdea = () => startIdea(lead, rivers.networkId, { team: rivers.alder })

async function actedOn(idea: TestIdea): Promise<string> {
  const content = { ...wholeCycle, theory: 'strengthen', theoryLink: idea.link }
  const id = await startCycle(lead, rivers.networkId, idea, { team: rivers.alder, content })
  await stepsTo(lead, id, 'acted')
  return id
}

const archive = async (id: string) =>
  expectOk(await lead.fetch(`/api/documents/${id}/archive`, { method: 'POST' }))

async function evidenceOn({ diagram, link }: TestIdea): Promise<readonly { id: string }[]> {
  interface Diagram {
    readonly links: readonly { id: string; evidence: readonly { id: string }[] }[]
  }
  const { model } = await contentFor<Diagram>(lead, diagram)
  return model.links.find(({ id }) => id === link)?.evidence ?? []
}

it('of two steps that both found the document in the same stage one is taken', async () => {
  const id = await startCycle(lead, rivers.networkId, await newIdea(), { team: rivers.alder })
  const taken = takeStep(
    depsWith(() => step(lead, id, 'ready')),
    lead.account,
    id,
    { name: 'start-do' },
  )
  await expect(taken).rejects.toMatchObject({ code: 'conflict', details: { now: { stage: 'ready' } } })
  const { stage, transitions, seals } = await recordsFor(lead, id)
  expect([stage, transitions?.length, seals]).toEqual(['ready', 1, undefined])
})

it('a document that is archived in the same moment takes no step', async () => {
  const id = await startCycle(lead, rivers.networkId, await newIdea(), { team: rivers.alder })
  const taken = takeStep(
    depsWith(() => archive(id)),
    lead.account,
    id,
    { name: 'start-do' },
  )
  await expect(taken).rejects.toMatchObject({
    code: 'conflict',
    message: 'A document was archived in the same moment. Nothing was changed.',
  })
  expect(await recordsFor(lead, id)).toEqual({ stage: 'draft' })
})

it('a diagram that is archived in the same moment is not changed, and the cycle is not closed', async () => {
  const idea = await newIdea()
  const id = await actedOn(idea)
  // The first attempt finds out that a diagram is asked; by the second its level has been looked up.
  const deps = depsWith(async (attempt) => attempt === 2 && archive(idea.diagram))
  await expect(takeStep(deps, lead.account, id, { name: 'close' })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(await evidenceOn(idea)).toEqual([])
  expect((await recordsFor(lead, id)).stage).toBe('acted')
})

describe('a document that is archived in the same moment', () => {
  async function asked(path: string, json: unknown, documentId: string): Promise<Response> {
    const accounts = { authenticate: async () => ({ account: lead.account, sessionId: 's' }) }
    const deps = { accounts, ...depsWith(() => archive(documentId)) }
    return new Hono()
      .onError(answerError(pino({ level: 'silent' })))
      .route('/', transitionRoutes(deps))
      .route('/', sealRoutes(deps))
      .route('/', proposalRoutes(deps))
      .request(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(json),
      })
  }

  const archived = {
    status: 409,
    message: 'A document was archived in the same moment. Nothing was changed.',
  }

  it('is not acted on', async () => {
    const { diagram } = await newIdea()
    const args = { id: 'new', title: 'Text first' }
    const answer = await asked(`/api/documents/${diagram}/actions`, { name: 'add-idea', args }, diagram)
    expect(await refusal(answer)).toMatchObject(archived)
    const { model } = await contentFor<{ cards: { id: string }[] }>(lead, diagram)
    expect(model.cards.map(({ id }) => id)).not.toContain('new')
  })

  it('is not amended', async () => {
    const id = await startCycle(lead, rivers.networkId, await newIdea(), { team: rivers.alder })
    const { seal } = await stepsTo(lead, id, 'doing')
    const part = (await contentFor<Cycle>(lead, id)).model.questions[0]?.id
    const answer = await asked(`/api/seals/${seal?.id}/amendments`, { part, reason: 'Late.' }, id)
    expect(await refusal(answer)).toMatchObject(archived)
    expect((await recordsFor(lead, id)).seals?.[0]?.amendments).toEqual([])
  })

  it('has no proposal decided', async () => {
    const { diagram } = await newIdea()
    const id = newId()
    const asks = { action: 'add-idea', args: { id: 'new', title: 'X' }, sentence: 'Add “X”.' }
    const from = { documentId: diagram, fromDocumentId: diagram, accountId: lead.account.id, createdAt: 0 }
    await rivers.server.db.write(insertProposal({ id, ...asks, ...from }))
    const answer = await asked(`/api/proposals/${id}/decision`, { accept: true }, diagram)
    expect(await refusal(answer)).toMatchObject(archived)
    expect((await recordsFor(lead, diagram)).proposals).toHaveLength(1)
  })
})

it('a cycle that is moved to another idea in the same moment asks the diagram of that one', async () => {
  const [before, after] = [await newIdea(), await newIdea()]
  const id = await actedOn(before)
  const deps = depsWith(async (attempt) => {
    if (attempt !== 2) return
    await editLive(rivers.server, lead, id, (doc) => {
      const cycle = doc.getMap('cycle')
      cycle.set('ideaDocument', after.diagram)
      cycle.set('ideaPart', after.idea)
      cycle.set('theoryLink', after.link)
    })
  })
  const { asked } = await takeStep(deps, lead.account, id, { name: 'close' })
  expect(asked.map(({ documentId }) => documentId)).toEqual([after.diagram])
  expect(await evidenceOn(before)).toEqual([])
  expect(await evidenceOn(after)).toMatchObject([{ id }])
})

it('a cycle that is moved again and again is not closed', async () => {
  const ideas = [await newIdea(), await newIdea()]
  const id = await actedOn(ideas[0]!)
  const deps = depsWith((attempt) =>
    editLive(rivers.server, lead, id, (doc) => {
      const { diagram, idea, link } = ideas[attempt % 2]!
      const cycle = doc.getMap('cycle')
      cycle.set('ideaDocument', diagram)
      cycle.set('ideaPart', idea)
      cycle.set('theoryLink', link)
    }),
  )
  await expect(takeStep(deps, lead.account, id, { name: 'close' })).rejects.toMatchObject({
    code: 'conflict',
    message: 'The document changes too fast at the moment. Try again.',
  })
  expect((await recordsFor(lead, id)).stage).toBe('acted')
})
