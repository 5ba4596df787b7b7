import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Version } from '#shared/document.ts'
import type { PlacedFact } from '#shared/fact.ts'
import { kinds } from '#shared/kinds/index.ts'
import { type Cycle, readStageHint } from '#shared/kinds/pdsa-cycle/model.ts'
import {
  askStep,
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
import { editLive, openSocket, readThroughSocket } from '../../support/live-edit.ts'
import { expectOk, type TestPerson } from '../../support/server.ts'
import { share, startThreeRivers, type ThreeRivers } from '../../support/three-rivers.ts'

let rivers: ThreeRivers
let lead: TestPerson
let member: TestPerson
let idea: TestIdea
/** The product's clock: late in the evening of 14 January in Chicago, which is the 15th elsewhere. */
let clock = Date.parse('2026-01-15T04:30:00Z')

beforeAll(async () => {
  rivers = await startThreeRivers({ now: () => clock++ })
  lead = await rivers.person('lead of Alder')
  member = await rivers.person('member of Alder')
  idea = await startIdea(lead, rivers.networkId, { team: rivers.alder })
})
afterAll(() => rivers.server.close())

const newCycle = (content: object = wholeCycle) =>
  startCycle(lead, rivers.networkId, idea, { team: rivers.alder, content })

const rowsOf = (table: string, id: string) =>
  rivers.server.db.read(`SELECT * FROM ${table} WHERE document_id = ?`, [id])

const hintIn = async (id: string) => readStageHint(await readThroughSocket(rivers.server, lead, id))

const withoutPlan = { questions: wholeCycle.questions }

describe('a step', () => {
  it('leads from one stage to the next, and says who took it and when', async () => {
    const id = await newCycle()
    expect(await recordsFor(lead, id)).toEqual({ stage: 'draft' })
    expect(await step(lead, id, 'ready', { reason: 'All agreed.' })).toEqual({
      stage: 'ready',
      opened: [],
      asked: [],
    })
    expect(await recordsFor(member, id)).toEqual({
      stage: 'ready',
      transitions: [
        {
          number: 1,
          name: 'ready',
          from: 'draft',
          to: 'ready',
          by: { id: lead.account.id, name: 'Nora Lindqvist', color: lead.account.color },
          at: expect.any(Number),
          reason: 'All agreed.',
        },
      ],
    })
  })

  it('[H3] keeps the document as it was in a version that is named for it', async () => {
    const id = await newCycle()
    await step(member, id, 'ready')
    const path = `/api/documents/${id}/versions`
    const { versions } = (await expectOk(await lead.fetch(path))) as { versions: Version[] }
    expect(versions).toMatchObject([
      { name: 'Mark as ready', cause: 'transition', seq: 1, by: { id: member.account.id } },
    ])
  })

  it('corrects the document’s own copy of the stage, in the name of who takes it', async () => {
    const id = await newCycle()
    await editLive(rivers.server, lead, id, (doc) => doc.getMap('cycle').set('stage', 'closed'))
    await step(member, id, 'ready')
    expect(await hintIn(id)).toBe('ready')
    const log = await rivers.server.db.read(
      'SELECT via, account_id FROM document_update WHERE document_id = ? ORDER BY seq',
      [id],
    )
    expect(log.at(-1)).toEqual({ via: 'transition', account_id: member.account.id })
  })

  it('knows the day in the time zone of the network', async () => {
    const id = await newCycle()
    await step(lead, id, 'start-do')
    expect((await contentFor<Cycle>(lead, id)).model.started).toBe('2026-01-14')
  })

  it('leads back to where it came from, where that is what it means', async () => {
    const id = await newCycle()
    await step(lead, id, 'ready')
    await step(lead, id, 'pause')
    expect((await askStep(lead, id, 'start-do')).status).toBe(409)
    expect(await step(lead, id, 'resume')).toMatchObject({ stage: 'ready' })
    expect((await recordsFor(lead, id)).transitions?.map(({ number, to }) => [number, to])).toEqual([
      [1, 'ready'],
      [2, 'paused'],
      [3, 'ready'],
    ])
  })

  it('is on the boards at once', async () => {
    const id = await newCycle()
    await step(lead, id, 'ready')
    expect(await stageOnBoard(id)).toBe('ready')
    await step(lead, id, 'start-do')
    expect(await stageOnBoard(id)).toBe('doing')
  })

  it('is told to those who may see the document, and so are the others that it touches', async () => {
    const id = await newCycle(adapting(idea))
    await stepsTo(lead, id, 'acted')
    const stop = new AbortController()
    const feed = await member.fetch(`/api/networks/${rivers.networkId}/feed`, { signal: stop.signal })
    const { opened } = await step(lead, id, 'close')
    const expected = [
      { documentId: id, change: 'records' },
      { documentId: idea.diagram, change: 'records' },
      { documentId: opened[0], change: 'created' },
    ]
    let told = ''
    for await (const chunk of feed.body!.pipeThrough(new TextDecoderStream())) {
      told += chunk
      if (expected.every((event) => told.includes(JSON.stringify(event)))) break
    }
    stop.abort()
  })
})

async function stageOnBoard(id: string): Promise<unknown> {
  const path = `/api/networks/${rivers.networkId}/facts?kind=pdsa-cycle&name=cycle`
  const { facts } = (await expectOk(await lead.fetch(path))) as { facts: PlacedFact[] }
  const value = facts.find(({ documentId }) => documentId === id)?.value
  return (JSON.parse(String(value)) as { stage: string }).stage
}

/** A cycle that opens the next one and says something of the theory. */
const adapting = ({ link }: TestIdea) => ({
  ...wholeCycle,
  decision: 'adapt',
  theory: 'strengthen',
  theoryLink: link,
})

describe('a step is refused, and nothing is written', () => {
  const nothingWritten = async (id: string) => {
    for (const table of ['stage_change', 'seal', 'document_version', 'ballot_reveal'])
      expect(await rowsOf(table, id)).toEqual([])
  }

  it('where there is none of that name: the answer lists those there are', async () => {
    const id = await newCycle()
    const { status, message } = await refusal(await askStep(lead, id, 'toString'))
    expect(status).toBe(404)
    expect(message).toMatch(/^The steps of a PDSA cycle are: ready, to-draft, start-do, /)
    await nothingWritten(id)
  })

  it('where it does not lead on from the stage now', async () => {
    const id = await newCycle()
    expect(await refusal(await askStep(lead, id, 'finish-do'))).toMatchObject({
      status: 409,
      code: 'conflict',
      message: '“Go on to Study” is taken from doing, and this is draft.',
      now: { stage: 'draft' },
    })
    await nothingWritten(id)
  })

  it('where the page showed another stage', async () => {
    const id = await newCycle()
    const asked = await askStep(lead, id, 'start-do', { expect: { stage: 'ready' } })
    expect(await refusal(asked)).toMatchObject({
      status: 409,
      message: expect.stringContaining('draft by now'),
      now: { stage: 'draft' },
    })
    await nothingWritten(id)
  })

  it('where it needs a reason and has none', async () => {
    const id = await newCycle()
    for (const more of [{}, { reason: '  ' }]) {
      expect(await refusal(await askStep(lead, id, 'stall', more))).toMatchObject({
        status: 400,
        fields: { reason: 'Say why: Say that it is stalled.' },
      })
    }
    await nothingWritten(id)
    await step(lead, id, 'stall', { reason: 'No data.' })
    expect((await recordsFor(lead, id)).transitions?.[0]).toMatchObject({ reason: 'No data.' })
  })

  it('while something is missing: the answer lists all of it', async () => {
    const id = await newCycle({})
    const { status, code, problems = [] } = await refusal(await askStep(lead, id, 'start-do'))
    expect({ status, code }).toEqual({ status: 422, code: 'incomplete' })
    expect(problems.filter(({ mayGoOn }) => !mayGoOn)).toEqual([
      { message: 'Write at least one question that this cycle is to answer.', part: 'questions' },
    ])
    expect(problems.length).toBeGreaterThan(3)
    const insisted = await askStep(lead, id, 'start-do', { goOn: true, reason: 'We know.' })
    expect(await refusal(insisted)).toMatchObject({ status: 422, problems })
    await nothingWritten(id)
  })

  it('while something is missing that may be passed over, unless someone says why', async () => {
    const id = await newCycle(withoutPlan)
    const { status, problems = [] } = await refusal(await askStep(lead, id, 'start-do'))
    expect(status).toBe(422)
    const reasonless = await askStep(lead, id, 'start-do', { goOn: true })
    expect(await refusal(reasonless)).toMatchObject({
      status: 400,
      fields: { reason: 'Say why you go on although something is missing.' },
    })
    await nothingWritten(id)
    await step(lead, id, 'start-do', { goOn: true, reason: 'The bus leaves.' })
    expect((await recordsFor(lead, id)).transitions?.[0]).toMatchObject({
      reason: 'The bus leaves.',
      missing: problems.map(({ message }) => message),
    })
  })

  it('while the plan names a student by an address of the network’s schools', async () => {
    const path = `/api/networks/${rivers.networkId}/identifier-guard`
    const set = async (schoolDomains: readonly string[]) =>
      expectOk(await rivers.coordinator.fetch(path, { method: 'PUT', json: { mode: 'warn', schoolDomains } }))
    const id = await newCycle({ rich: { objective: ['Call mika@students.example before bus 12.'] } })
    const missing = async () => {
      const { problems = [] } = await refusal(await askStep(lead, id, 'start-do'))
      return problems.filter(({ message }) => message.includes('student'))
    }
    expect(await missing()).toEqual([])
    await set(['students.example'])
    expect(await missing()).toHaveLength(1)
    await set([])
    await nothingWritten(id)
  })

  it('while the document is archived', async () => {
    const id = await newCycle()
    await expectOk(await lead.fetch(`/api/documents/${id}/archive`, { method: 'POST' }))
    expect(await refusal(await askStep(lead, id, 'start-do'))).toMatchObject({
      status: 409,
      message: 'This document is archived. Restore it first.',
    })
    await nothingWritten(id)
  })

  it('where what is asked for makes no sense', async () => {
    const id = await newCycle()
    const asked = (json: unknown) => lead.fetch(`/api/documents/${id}/transitions`, { json })
    expect(await refusal(await asked({}))).toMatchObject({
      status: 400,
      fields: { name: expect.any(String) },
    })
    const long = await asked({ name: 'start-do', reason: 'x'.repeat(2001) })
    expect(await refusal(long)).toMatchObject({ status: 400, fields: { reason: expect.any(String) } })
    const sealing = await asked({ name: 'ready', expect: { seal: 'abc' } })
    expect(await refusal(sealing)).toMatchObject({
      status: 400,
      fields: { 'expect.seal': 'This step seals nothing.' },
    })
    await nothingWritten(id)
  })
})

describe('the seal', () => {
  const predictions = kinds['pdsa-cycle'].seals!.predictions!

  it('is the text that the kind computes, with its SHA-256, who sealed it and who was there', async () => {
    const id = await newCycle()
    const { model } = await contentFor<Cycle>(lead, id)
    const text = predictions.text(model, id)
    const hash = createHash('sha256').update(text, 'utf8').digest('hex')
    const there = await openSocket(rivers.server, member, id)
    const { seal } = await step(lead, id, 'start-do', { expect: { stage: 'draft', seal: hash } })
    there.destroy()
    expect(seal).toEqual({ id: expect.any(String), hash })
    const { seals } = await recordsFor(member, id)
    expect(seals).toEqual([
      {
        id: seal?.id,
        name: 'predictions',
        text,
        hash,
        by: expect.objectContaining({ id: lead.account.id }),
        present: [
          expect.objectContaining({ id: lead.account.id }),
          expect.objectContaining({ id: member.account.id }),
        ],
        at: expect.any(Number),
        amendments: [],
      },
    ])
    expect(JSON.parse(text)).toMatchObject({ cycle: id, questions: [{ confidence: 70, number: 2 }] })
  })

  it('is of what was typed last: a page that shows something else is told what there is now', async () => {
    const id = await newCycle()
    const shown = predictions.text((await contentFor<Cycle>(lead, id)).model, id)
    const seal = createHash('sha256').update(shown).digest('hex')
    await editLive(rivers.server, member, id, (doc) => {
      for (const row of doc.getMap<{ set(name: string, value: number): void }>('questions').values())
        row.set('number', 3)
    })
    const { status, message, now } = await refusal(await askStep(lead, id, 'start-do', { expect: { seal } }))
    expect(status).toBe(409)
    expect(message).toBe(
      'What is to be sealed changed while you were looking. Read it again before you seal it.',
    )
    expect(now?.text).toBe(shown.replace('"number":2', '"number":3'))
    expect(await rowsOf('seal', id)).toEqual([])
    await step(lead, id, 'start-do', { expect: { seal: now?.hash } })
    expect((await recordsFor(lead, id)).seals).toMatchObject([{ text: now?.text, hash: now?.hash }])
  })

  it('is one, when two people start Do in the same instant: the other hears what happened', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await newCycle()
      const answers = await Promise.all([askStep(lead, id, 'start-do'), askStep(member, id, 'start-do')])
      const [first, second] = answers.sort((a, b) => a.status - b.status)
      expect(first?.status).toBe(200)
      expect(await refusal(second!)).toMatchObject({ status: 409, now: { stage: 'doing' } })
      const { seals, transitions } = await recordsFor(lead, id)
      expect([seals?.length, transitions?.length]).toEqual([1, 1])
      expect(await rowsOf('document_version', id)).toHaveLength(1)
      expect(await hintIn(id)).toBe('doing')
    }
  })

  it('reveals what people had answered in private, and closes what they had not', async () => {
    const id = await newCycle()
    const answered = (part: string) =>
      member.fetch(`/api/documents/${id}/ballots/${part}`, { method: 'PUT', json: { value: 3 } })
    await expectOk(await answered('q1'))
    expect((await recordsFor(lead, id)).ballots).toEqual([{ part: 'q1', answers: 1 }])
    await step(lead, id, 'start-do')
    expect((await recordsFor(lead, id)).ballots).toMatchObject([
      { part: 'q1', revealed: { lowest: 3, highest: 3 } },
    ])
    expect((await answered('q1')).status).toBe(409)
    expect((await answered('q2')).status).toBe(409)
  })
})

describe('a cycle that asks its diagram and opens the next', () => {
  interface Diagram {
    readonly links: readonly { id: string; strength?: string; evidence: readonly { id: string }[] }[]
  }

  async function linkOf({ diagram, link }: TestIdea, person: TestPerson) {
    const { model } = await contentFor<Diagram>(person, diagram)
    return model.links.find(({ id }) => id === link)
  }

  /** A cycle of Alder's lead that has come so far that it can be closed. */
  async function actedOn(on: TestIdea, content: object = adapting(on)): Promise<string> {
    const id = await startCycle(lead, rivers.networkId, on, { team: rivers.alder, content })
    await stepsTo(lead, id, 'acted')
    return id
  }

  const stepsOf = async (id: string) => (await recordsFor(lead, id)).transitions?.length

  it('changes the diagram at once for someone who may edit it, in their name', async () => {
    const own = await startIdea(lead, rivers.networkId, { team: rivers.alder })
    const id = await actedOn(own)
    const { stage, asked } = await step(member, id, 'close')
    expect(stage).toBe('closed')
    expect(asked).toEqual([{ documentId: own.diagram, action: 'revise-link', outcome: 'done' }])
    expect(await linkOf(own, lead)).toMatchObject({ strength: 'strong', evidence: [{ id }] })
    const log = await rivers.server.db.read(
      'SELECT via, account_id FROM document_update WHERE document_id = ? ORDER BY seq',
      [own.diagram],
    )
    expect(log.at(-1)).toEqual({ via: 'transition', account_id: member.account.id })
    expect(await recordsFor(lead, own.diagram)).toEqual({})
  })

  it('opens the next cycle in the same place, with what carries over and no records', async () => {
    const id = await actedOn(idea)
    const { opened } = await step(lead, id, 'close')
    expect(opened).toHaveLength(1)
    const [next = ''] = opened
    const answer = await expectOk(await lead.fetch(`/api/documents/${next}`))
    expect(answer).toMatchObject({
      kind: 'pdsa-cycle',
      title: 'Cycle 2: Call at 7:30.',
      networkId: rivers.networkId,
      teamId: rivers.alder,
      shared: true,
    })
    const { model, records } = await contentFor<Cycle>(member, next)
    expect(model).toMatchObject({ number: 2, continues: id, idea: { part: idea.idea } })
    expect(records).toEqual({ stage: 'draft' })
    expect((await contentFor<Cycle>(lead, id)).records.transitions?.at(-1)?.opened).toEqual([next])
    expect(await stageOnBoard(next)).toBe('draft')
    const log = await rivers.server.db.read(
      'SELECT seq, via, account_id FROM document_update WHERE document_id = ?',
      [next],
    )
    expect(log).toEqual([{ seq: 1, via: 'system', account_id: null }])
  })

  it('opens a draft from a draft', async () => {
    const content = { ...wholeCycle, decision: 'adapt' }
    const id = await startCycle(lead, rivers.networkId, idea, {
      team: rivers.alder,
      draft: true,
      content,
    })
    const { opened } = await stepsTo(lead, id, 'closed')
    expect(await expectOk(await lead.fetch(`/api/documents/${opened[0]}`))).toMatchObject({ shared: false })
    expect((await rivers.coordinator.fetch(`/api/documents/${opened[0]}`)).status).toBe(404)
  })

  it('is edited by two who close two cycles at once', async () => {
    const own = await startIdea(lead, rivers.networkId, { team: rivers.alder })
    const ids = [await actedOn(own), await actedOn(own)]
    const answers = await Promise.all(
      ids.map((id, index) => askStep(index === 0 ? lead : member, id, 'close')),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const link = await linkOf(own, lead)
    expect(link?.evidence.map(({ id }) => id).sort()).toEqual([...ids].sort())
  })

  it('waits as a proposal for someone who may only comment there', async () => {
    const ofNetwork = await startIdea(rivers.coordinator, rivers.networkId)
    const id = await actedOn(ofNetwork)
    const { stage, asked } = await step(lead, id, 'close')
    expect(stage).toBe('closed')
    expect(asked).toEqual([{ documentId: ofNetwork.diagram, action: 'revise-link', outcome: 'proposed' }])
    expect((await linkOf(ofNetwork, lead))?.evidence).toEqual([])
    const { proposals } = await recordsFor(rivers.coordinator, ofNetwork.diagram)
    expect(proposals).toMatchObject([
      {
        action: 'revise-link',
        part: ofNetwork.idea,
        sentence: expect.stringContaining('strengthen the link'),
        from: { documentId: id, title: 'Nurse calls home, cycle 1' },
        by: { id: lead.account.id },
      },
    ])
  })

  it('refuses the whole where the diagram cannot do what is asked', async () => {
    const own = await startIdea(lead, rivers.networkId, { team: rivers.alder })
    const id = await actedOn(own)
    await editLive(rivers.server, lead, own.diagram, (doc) => {
      for (const card of doc.getMap<{ set(name: string, value: boolean): void }>('cards').entries())
        if (card[0] === own.idea) card[1].set('removed', true)
    })
    const documents = await countDocuments()
    const { status, message } = await refusal(await askStep(lead, id, 'close'))
    expect(status).toBe(409)
    expect(message).toBe('The change idea is no longer in the diagram.')
    expect(await stepsOf(id)).toBe(3)
    expect(await countDocuments()).toBe(documents)
    expect(await hintIn(id)).toBe('acted')
  })

  it('refuses the whole where the person may not even comment on the diagram', async () => {
    const basin = await rivers.person('lead of Basin')
    const theirs = await startIdea(basin, rivers.networkId, { team: rivers.basin, draft: true })
    const gone = { ...theirs, diagram: '01a214eb-0000-7000-8000-000000000000' }
    for (const on of [theirs, gone]) {
      const id = await actedOn(on)
      expect(await refusal(await askStep(lead, id, 'close'))).toMatchObject({
        status: 409,
        message:
          'This step changes another document too, and that one is gone or private to others. Nothing was changed.',
      })
      expect(await stepsOf(id)).toBe(3)
    }
    expect((await linkOf(theirs, basin))?.evidence).toEqual([])
  })

  it('refuses the whole where the diagram is archived', async () => {
    const own = await startIdea(lead, rivers.networkId, { team: rivers.alder })
    const id = await actedOn(own)
    await expectOk(await lead.fetch(`/api/documents/${own.diagram}/archive`, { method: 'POST' }))
    expect(await refusal(await askStep(lead, id, 'close'))).toMatchObject({
      status: 409,
      message: 'This step changes “Fewer missed days” too, and that one is archived. Nothing was changed.',
    })
    expect(await stepsOf(id)).toBe(3)
    // What stands on it stays what it was, and what asks nothing of it goes on.
    const { model } = await contentFor<Cycle>(lead, id)
    expect(model.idea).toEqual({ documentId: own.diagram, part: own.idea })
    await step(lead, id, 'pause')
  })

  it('refuses the whole where the diagram is of another network', async () => {
    const { coordinator } = rivers
    const other = await coordinator.fetch('/api/networks', { json: { name: 'Another' } })
    const { id: otherNetwork } = (await expectOk(other)) as { id: string }
    const elsewhere = await startIdea(coordinator, otherNetwork)
    const id = await startCycle(coordinator, rivers.networkId, elsewhere, { content: adapting(elsewhere) })
    await stepsTo(coordinator, id, 'acted')
    expect(await refusal(await askStep(coordinator, id, 'close'))).toMatchObject({
      status: 409,
      message: expect.stringContaining('gone or private'),
    })
    expect((await linkOf(elsewhere, coordinator))?.evidence).toEqual([])
  })

  const countDocuments = async () =>
    (await rivers.server.db.read<{ n: number }>('SELECT count(*) AS n FROM document'))[0]?.n
})

describe('an action of a kind', () => {
  const ask = (person: TestPerson, id: string, json: unknown) =>
    person.fetch(`/api/documents/${id}/actions`, { json })

  it('is done for whoever may edit, in their name', async () => {
    const args = { id: 'new-idea', title: 'Text first', under: idea.driver }
    expect(await expectOk(await ask(member, idea.diagram, { name: 'add-idea', args }))).toEqual({})
    const { model } = await contentFor<{ cards: { id: string; title: string }[] }>(lead, idea.diagram)
    expect(model.cards).toContainEqual(expect.objectContaining({ id: 'new-idea', title: 'Text first' }))
    const log = await rivers.server.db.read(
      'SELECT via, account_id FROM document_update WHERE document_id = ? ORDER BY seq',
      [idea.diagram],
    )
    expect(log.at(-1)).toEqual({ via: 'http', account_id: member.account.id })
  })

  it('is refused where there is none of that name, or where it cannot be done', async () => {
    expect(await refusal(await ask(lead, idea.diagram, { name: 'toString' }))).toMatchObject({
      status: 404,
      message: expect.stringMatching(/^What can be asked of a driver diagram is: add-idea, /),
    })
    const cycle = await newCycle()
    expect(await refusal(await ask(lead, cycle, { name: 'add-idea' }))).toMatchObject({
      status: 404,
      message: 'Nothing can be asked of a PDSA cycle.',
    })
    const args = { id: 'x', title: 'X', under: 'no-such-card' }
    expect(await refusal(await ask(lead, idea.diagram, { name: 'add-idea', args }))).toMatchObject({
      status: 409,
      message: 'The driver that the idea should lead to is no longer in the diagram.',
    })
    expect(await refusal(await ask(lead, idea.diagram, { name: 'add-idea' }))).toMatchObject({ status: 409 })
    expect(await refusal(await ask(lead, idea.diagram, {}))).toMatchObject({ status: 400 })
  })
})

it('a team that shares a document later has its steps, too', async () => {
  const id = await startCycle(lead, rivers.networkId, idea, { team: rivers.alder, draft: true })
  await step(lead, id, 'ready')
  await share(lead, id)
  expect((await recordsFor(rivers.coordinator, id)).stage).toBe('ready')
})
