import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DocumentDetail } from '#shared/document.ts'
import { newId } from '#shared/ids.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { Cycle } from '#shared/kinds/pdsa-cycle/model.ts'
import type { Amendment } from '#shared/records.ts'
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
} from '../support/cycles.ts'
import { editLive } from '../support/live-edit.ts'
import { below, editAtRandom, type Random, randomFrom } from '../support/random-edits.ts'
import { expectOk, type TestPerson } from '../support/server.ts'
import { startThreeRivers, type ThreeRivers } from '../support/three-rivers.ts'

let rivers: ThreeRivers
let lead: TestPerson
let member: TestPerson
let idea: TestIdea

beforeAll(async () => {
  rivers = await startThreeRivers()
  lead = await rivers.person('lead of Alder')
  member = await rivers.person('member of Alder')
  idea = await startIdea(lead, rivers.networkId, { team: rivers.alder })
})
afterAll(() => rivers.server.close())

/** A cycle in Do: its id, its seal, and the id of its question. */
async function sealedCycle(): Promise<{ id: string; seal: string; question: string }> {
  const id = await startCycle(lead, rivers.networkId, idea, { team: rivers.alder })
  const { seal } = await stepsTo(lead, id, 'doing')
  const { model } = await contentFor<Cycle>(lead, id)
  return { id, seal: seal?.id ?? '', question: model.questions[0]?.id ?? '' }
}

const setNumber = (id: string, value: number) =>
  editLive(rivers.server, member, id, (doc) => {
    for (const row of doc.getMap<Y.Map<unknown>>('questions').values()) row.set('number', value)
  })

const amend = (person: TestPerson, seal: string, json: unknown) =>
  person.fetch(`/api/seals/${seal}/amendments`, { json })

const reason = 'The third family moved.'

describe('an amendment', () => {
  it('states one part as the document has it now, beside the seal, which stays', async () => {
    const { id, seal, question } = await sealedCycle()
    const [before] = (await recordsFor(lead, id)).seals ?? []
    await setNumber(id, 3)
    const answer = await amend(member, seal, { part: question, reason: `  ${reason} ` })
    expect(answer.status).toBe(201)
    const amendment = (await answer.json()) as Amendment
    const { model } = await contentFor<Cycle>(lead, id)
    const text = kinds['pdsa-cycle'].seals?.predictions?.partText(model, id, question) ?? ''
    expect(amendment).toEqual({
      id: expect.any(String),
      part: question,
      text,
      hash: createHash('sha256').update(text).digest('hex'),
      reason,
      by: { id: member.account.id, name: member.account.name, color: member.account.color },
      at: expect.any(Number),
    })
    expect(text).toContain('"number":3')
    expect((await recordsFor(lead, id)).seals).toEqual([{ ...before, amendments: [amendment] }])
  })

  it('holds what was typed last, and is refused where the page shows something else', async () => {
    const { id, seal, question } = await sealedCycle()
    await setNumber(id, 3)
    const expected = createHash('sha256').update('what the page showed').digest('hex')
    const { status, message, now } = await refusal(
      await amend(lead, seal, { part: question, reason, expect: expected }),
    )
    expect({ status, message }).toEqual({
      status: 409,
      message: 'It changed while you were looking. Read it again.',
    })
    expect(now?.text).toContain('"number":3')
    expect((await recordsFor(lead, id)).seals?.[0]?.amendments).toEqual([])
    await expectOk(await amend(lead, seal, { part: question, reason, expect: now?.hash }))
  })

  it('is one, when two people make the same one at once; the next change makes another', async () => {
    const { id, seal, question } = await sealedCycle()
    await setNumber(id, 3)
    const both = await Promise.all(
      [lead, member].map((person) => amend(person, seal, { part: question, reason })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await refusal(await amend(lead, seal, { part: question, reason }))).toMatchObject({
      message: 'The last amendment says the same already.',
    })
    await setNumber(id, 1)
    await expectOk(await amend(lead, seal, { part: question, reason: 'We miscounted.' }))
    const [stored] = (await recordsFor(lead, id)).seals ?? []
    expect(stored?.amendments.map((amendment) => amendment.reason)).toEqual([reason, 'We miscounted.'])
  })

  it('is refused for a part that is not there, without a reason, and for a seal that is not there', async () => {
    const { id, seal, question } = await sealedCycle()
    expect(await refusal(await amend(lead, seal, { part: 'nothing', reason }))).toMatchObject({
      status: 400,
      fields: { part: 'The document has no such part that could be stated differently.' },
    })
    expect(await refusal(await amend(lead, seal, { part: question, reason: ' ' }))).toMatchObject({
      status: 400,
      fields: { reason: 'Say why it is stated differently.' },
    })
    expect(await refusal(await amend(lead, newId(), { part: question, reason }))).toMatchObject({
      status: 404,
      message: 'There is no such seal, or it is private.',
    })
    await expectOk(await lead.fetch(`/api/documents/${id}/archive`, { method: 'POST' }))
    expect(await refusal(await amend(lead, seal, { part: question, reason }))).toMatchObject({
      status: 409,
      message: 'This document is archived. Restore it first.',
    })
    expect((await recordsFor(lead, id)).seals?.[0]?.amendments).toEqual([])
  })
})

describe('what was sealed', () => {
  const sealRow = async (id: string) =>
    JSON.stringify(await rivers.server.db.read('SELECT * FROM seal WHERE document_id = ?', [id]))

  it('cannot be changed even in the database, and neither can an amendment', async () => {
    const { seal, question } = await sealedCycle()
    await expectOk(await amend(lead, seal, { part: question, reason }))
    const { db } = rivers.server
    const rewrite = (table: string, where: string) =>
      db.write([
        { sql: `UPDATE ${table} SET text = 'another', created_at = 0 WHERE ${where} = ?`, args: [seal] },
      ])
    await expect(rewrite('seal', 'id')).rejects.toThrow()
    await expect(rewrite('amendment', 'seal_id')).rejects.toThrow()
  })

  it.each([1, 2, 3])('stays what it was, whatever anyone does at any door (series %i)', async (seed) => {
    const random = randomFrom(seed)
    const cycle = await sealedCycle()
    const sealed = await sealRow(cycle.id)
    for (let turn = 0; turn < 25; turn++) {
      const door = doors[below(random, doors.length)]!
      await door(below(random, 2) === 0 ? lead : member, cycle, random)
      expect(await sealRow(cycle.id), `after turn ${turn} at ${door.name}`).toBe(sealed)
    }
  })
})

type Sealed = Awaited<ReturnType<typeof sealedCycle>>
type Door = (person: TestPerson, cycle: Sealed, random: Random) => Promise<unknown>

const doors: readonly Door[] = [
  function editsAtRandom(person, { id }, random) {
    return editLive(rivers.server, person, id, (doc) => editAtRandom(doc, random))
  },
  function rewritesPredictions(person, { id }, random) {
    return editLive(rivers.server, person, id, (doc) => {
      for (const row of doc.getMap<Y.Map<unknown>>('questions').values()) {
        row.set('number', below(random, 100))
        row.set('removed', random() < 0.3)
        const words = row.get('question')
        if (words instanceof Y.Text) words.insert(0, 'rewritten ')
      }
    })
  },
  function writesSealsIntoTheDocument(person, { id, seal }, random) {
    return editLive(rivers.server, person, id, (doc) => {
      for (const root of ['cycle', 'records', 'seal', 'seals', seal]) {
        const map = doc.getMap(root)
        map.set('stage', random() < 0.5 ? 'draft' : 'closed')
        map.set('seals', [{ id: seal, text: '{}', hash: 'f'.repeat(64), at: 0 }])
        map.set('author', person.account.id)
      }
    })
  },
  function takesSteps(person, { id }, random) {
    const names = Object.keys(kinds['pdsa-cycle'].transitions ?? {})
    const name = names[below(random, names.length)] ?? ''
    return askStep(person, id, name, { goOn: true, reason: 'Whatever comes.' })
  },
  async function amends(person, { seal, question }) {
    await amend(person, seal, { part: question, reason })
  },
  function amendsWithMore(person, { seal, question }) {
    const more = { id: seal, text: '{}', hash: 'f'.repeat(64), at: 0, by: 'someone' }
    return amend(person, seal, { part: question, reason, ...more })
  },
  function actsOnIt(person, { id }) {
    return person.fetch(`/api/documents/${id}/actions`, { json: { name: 'seal', args: { text: '{}' } } })
  },
  function answers(person, { id, question }) {
    return person.fetch(`/api/documents/${id}/ballots/${question}`, { method: 'PUT', json: { value: 1 } })
  },
  function renames(person, { id }) {
    return person.fetch(`/api/documents/${id}`, { method: 'PUT', json: { title: 'Another', seals: [] } })
  },
  function namesAVersion(person, { id }) {
    return person.fetch(`/api/documents/${id}/versions`, { json: { name: 'A version' } })
  },
  async function copies(person, { id }) {
    const answer = await person.fetch(`/api/documents/${id}/copies`, { json: { team: rivers.alder } })
    const copy = (await expectOk(answer)) as { id: string }
    expect(await recordsFor(person, copy.id)).toEqual({ stage: 'draft' })
  },
  async function exportsAndImports(person, { id }) {
    const exported = await person.fetch(`/api/documents/${id}/export?format=json`)
    const { model, records } = (await expectOk(exported)) as { model: unknown; records: unknown }
    const answer = await person.fetch(`/api/networks/${rivers.networkId}/documents`, {
      json: { kind: 'pdsa-cycle', title: 'Imported', team: rivers.alder, content: model, records },
    })
    // What people wrote at random need not fit; what does begins without records.
    if (answer.status !== 201) return
    const imported = (await answer.json()) as { id: string }
    expect(await recordsFor(person, imported.id)).toEqual({ stage: 'draft' })
  },
  async function archivesAndRestores(person, { id }) {
    const path = `/api/documents/${id}`
    await person.fetch(`${path}/archive`, { method: 'POST' })
    await person.fetch(`${path}/archive`, { method: 'DELETE' })
    expect(((await expectOk(await person.fetch(path))) as DocumentDetail).level).toBe('edit')
  },
]

describe('what a browser writes into the document', () => {
  it('about stage, seals, amendments and authors changes nothing that a page, a board or an export shows', async () => {
    const { id, seal, question } = await sealedCycle()
    await expectOk(await amend(lead, seal, { part: question, reason }))
    await expectOk(
      await member.fetch(`/api/documents/${id}/versions`, { json: { name: 'Before anyone tampers' } }),
    )
    const shown = await everythingShown(id)
    await editLive(rivers.server, member, id, (doc) => {
      const forged = { id: seal, name: 'predictions', text: '{}', hash: '0', amendments: [], at: 0 }
      for (const root of ['cycle', 'records', 'seals', 'transitions', 'amendments', 'proposals', seal]) {
        const map = doc.getMap(root)
        map.set('stage', 'closed')
        map.set('stageHint', 'closed')
        map.set('next', newId())
        map.set('seals', [forged])
        map.set('amendments', [{ id: newId(), part: question, text: '{}', reason: 'none' }])
        map.set('transitions', [{ number: 2, from: 'doing', to: 'closed' }])
        map.set('author', rivers.coordinator.account.id)
        map.set('by', rivers.coordinator.account.id)
      }
      for (const row of doc.getMap<Y.Map<unknown>>('questions').values()) {
        row.set('sealed', true)
        row.set('author', rivers.coordinator.account.id)
      }
    })
    expect(await everythingShown(id)).toEqual(shown)
    // And the next step starts from where the document really stands.
    expect(await step(lead, id, 'finish-do')).toMatchObject({ stage: 'studying' })
  })

  /** All that depends on records, for whoever looks at it. */
  async function everythingShown(id: string) {
    const { model, records } = await contentFor<Cycle>(lead, id)
    const exported = async (format: string) => {
      const text = await (await lead.fetch(`/api/documents/${id}/export?format=${format}`)).text()
      return text.replace(/"exportedAt": "[^"]*"/, '')
    }
    await settled(id)
    const facts = await expectOk(await lead.fetch(`/api/networks/${rivers.networkId}/facts?name=cycle`))
    return {
      content: model,
      records,
      shownToMember: await recordsFor(member, id),
      json: await exported('json'),
      markdown: await exported('markdown'),
      csv: await exported('csv'),
      facts: (facts as { facts: { documentId: string }[] }).facts.filter(
        ({ documentId }) => documentId === id,
      ),
    }
  }

  /** Until what is derived has seen the last edit. */
  async function settled(id: string): Promise<void> {
    await expect
      .poll(
        () =>
          rivers.server.db.read('SELECT id FROM document WHERE id = ? AND projected_seq = head_seq', [id]),
        { timeout: 10_000 },
      )
      .toHaveLength(1)
  }
})

it('a cycle whose plan changes after Do keeps saying what was predicted', async () => {
  const { id, question } = await sealedCycle()
  const [sealed] = (await recordsFor(lead, id)).seals ?? []
  await setNumber(id, 99)
  const { model, records } = await contentFor<Cycle>(lead, id)
  expect(model.questions[0]).toMatchObject({ id: question, number: 99 })
  expect(records.seals?.[0]).toEqual(sealed)
  expect(records.seals?.[0]?.text).toContain(`"number":${wholeCycle.questions[0].number}`)
})
