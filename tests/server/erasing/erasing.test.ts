import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { type ErasureAnswer, type ErasurePreview, erasedCharacter } from '#shared/erasure.ts'
import type { HistoryPage } from '#shared/history.ts'
import { renameCard } from '#shared/kinds/driver-diagram/edits.ts'
import { readDiagram } from '#shared/kinds/driver-diagram/model.ts'
import { plainEdit } from '#shared/kinds/edit.ts'
import type { Records } from '#shared/records.ts'
import { close } from '#shared/sync-protocol.ts'
import { findDocument } from '../../../server/documents/store.ts'
import { refusal, startCycle, startIdea, step, wholeCycle } from '../../support/cycles.ts'
import { editLive, openSocket, readThroughSocket } from '../../support/live-edit.ts'
import { updateOf } from '../../support/peer.ts'
import { expectOk, type TestPerson } from '../../support/server.ts'
import { share, startDiagram, startThreeRivers, type ThreeRivers } from '../../support/three-rivers.ts'
import { temporaryFolder } from '../db/temporary.ts'

const words = 'Zuleika Quimby'
const mask = erasedCharacter.repeat(words.length)
const json = { what: 'words', words }

let rivers: ThreeRivers
let coordinator: TestPerson
let lead: TestPerson

beforeAll(async () => {
  rivers = await startThreeRivers()
  coordinator = rivers.coordinator
  lead = await rivers.person('lead of Alder')
})
afterAll(() => rivers.server.close())

const content = { cards: [{ id: 'P1', column: 'primary', title: 'Health' }] }

async function start(title = 'Fewer missed days'): Promise<string> {
  const id = await startDiagram(lead, rivers.networkId, { title, team: rivers.alder, content })
  await share(lead, id)
  return id
}

const rename = (to: string) => (doc: Y.Doc) => {
  const card = readDiagram(doc).cards.find(({ column }) => column === 'primary')
  renameCard(plainEdit(doc), doc, card?.id ?? '', to)
}

const write = (id: string, title: string) => editLive(rivers.server, lead, id, rename(title))

const ask = (person: TestPerson, id: string, json: unknown, path = 'erasure') =>
  person.fetch(`/api/documents/${id}/${path}`, { json })

const preview = async (id: string, erasure: unknown = json): Promise<ErasurePreview> =>
  (await expectOk(await ask(coordinator, id, erasure, 'erasure/preview'))) as ErasurePreview

const erase = async (id: string, erasure: unknown = json): Promise<ErasureAnswer> =>
  (await expectOk(await ask(coordinator, id, erasure))) as ErasureAnswer

const get = async <T>(path: string): Promise<T> => (await expectOk(await lead.fetch(path))) as T

const titleIn = (doc: Y.Doc) => readDiagram(doc).cards.find(({ column }) => column === 'primary')?.title

const titleAt = async (id: string, seq: number): Promise<string | undefined> => {
  const { model } = await get<{ model: ReturnType<typeof readDiagram> }>(
    `/api/documents/${id}/history/${seq}/content`,
  )
  return model.cards.find(({ column }) => column === 'primary')?.title
}

/** Every file of the database, as bytes on the disk. */
const filesWith = (text: string): readonly string[] =>
  readdirSync(rivers.server.dataDir).filter(
    (name) =>
      name.includes('.db') && readFileSync(join(rivers.server.dataDir, name)).includes(Buffer.from(text)),
  )

describe('erasing words', () => {
  it('takes them out of the present, of each moment of the past, and of the bytes on the disk', async () => {
    const id = await start()
    await write(id, `Health of ${words}`)
    await expectOk(await ask(lead, id, { name: 'Before the call', note: `with ${words}` }, 'versions'))
    await write(id, 'Health of the students')
    expect(filesWith(words)).not.toEqual([])

    const seen = await preview(id)
    expect(seen).toMatchObject({ now: [], earlier: { changes: 1 }, records: [{ what: 'version', count: 1 }] })
    await erase(id)

    const head = (await findDocument(rivers.server.db, id))?.headSeq ?? 0
    expect(await titleAt(id, head)).toBe('Health of the students')
    expect(await titleAt(id, head - 1)).toBe(`Health of ${mask}`)
    expect(await titleAt(id, 1)).toBe('Health')
    const { stretches } = await get<HistoryPage>(`/api/documents/${id}/history`)
    expect(stretches.map(({ by }) => by?.name)).toContain('Nora Lindqvist')
    const { versions } = await get<{ versions: unknown }>(`/api/documents/${id}/versions`)
    expect(versions).toMatchObject([{ name: 'Before the call', note: `with ${mask}` }])
    expect(filesWith(words)).toEqual([])
    expect(filesWith('Zuleika')).toEqual([])
    expect((await rivers.server.running.commands.verify?.({})) as unknown).toMatchObject({ findings: [] })
  })

  it('finds none of them in search, in facts and in exports any more', async () => {
    const id = await start()
    await write(id, `Ask ${words}`)
    await rivers.server.running.commands.reindex?.({})
    const search = () => get<{ results: unknown[] }>(`/api/networks/${rivers.networkId}/search?q=quimby`)
    expect((await search()).results).toHaveLength(1)
    expect((await preview(id)).now).toEqual([
      { part: expect.any(String), text: expect.stringContaining(words) },
    ])
    expect(filesWith('zuleika')).not.toEqual([])
    await erase(id)
    expect((await search()).results).toEqual([])
    // The index holds words in small letters, and those that were deleted too until its parts are merged.
    expect(filesWith('zuleika')).toEqual([])
    const exported = await lead.fetch(`/api/documents/${id}/export?format=markdown`)
    expect(await exported.text()).toContain(mask)
    expect(titleIn(await readThroughSocket(rivers.server, lead, id))).toBe(`Ask ${mask}`)
  })

  it('sends away who has the document open, whose copy holds them still, and takes nothing of that copy', async () => {
    const id = await start()
    await write(id, `Ask ${words}`)
    const open = await openSocket(rivers.server, lead, id)
    await erase(id)
    expect((await open.closed()).code).toBe(close.epochChanged)
    open.destroy()
    await write(id, 'Ask again')
    expect(titleIn(await readThroughSocket(rivers.server, lead, id))).toBe('Ask again')
  })

  it('keeps what somebody wrote in the same moment, before it or after it', async () => {
    const id = await start()
    await write(id, `Ask ${words}`)
    const peer = await openSocket(rivers.server, lead, id)
    const erasing = erase(id)
    peer.sendUpdate(
      updateOf((doc) => doc.getText('why/x').insert(0, 'because'), { before: new Uint8Array([0, 0]) }),
    )
    peer.ask(1)
    const said = await Promise.race([peer.answered(1), peer.closed()])
    await erasing
    peer.destroy()
    const doc = await readThroughSocket(rivers.server, lead, id)
    // Saved means that it is there; what was not saved is still its writer's own.
    if ('kind' in said && said.kind === 'saved') expect(doc.getText('why/x').toString()).toBe('because')
    expect(titleIn(doc)).toBe(`Ask ${mask}`)
  })

  it('takes them out of titles, steps, seals and amendments; a seal says so and keeps the hash of what it was', async () => {
    const idea = await startIdea(lead, rivers.networkId, { team: rivers.alder })
    const [question] = wholeCycle.questions
    const id = await startCycle(lead, rivers.networkId, idea, {
      team: rivers.alder,
      content: { ...wholeCycle, questions: [{ ...question, prediction: [`${words} comes to school`] }] },
    })
    await expectOk(
      await lead.fetch(`/api/documents/${id}`, { method: 'PUT', json: { title: `Call ${words}` } }),
    )
    await step(lead, id, 'start-do', { goOn: true, reason: `${words} waits` })
    const before = (await get<{ records: Records }>(`/api/documents/${id}/records`)).records.seals?.[0]

    expect((await preview(id)).records).toEqual([
      { what: 'title', count: 1 },
      { what: 'version', count: 1 },
      { what: 'step', count: 1 },
      { what: 'seal', count: 1 },
    ])
    await erase(id)
    const { records } = await get<{ records: Records }>(`/api/documents/${id}/records`)
    const [seal] = records.seals ?? []
    expect(seal?.text).toContain(`${mask} comes to school`)
    expect(seal?.hash).toBe(before?.hash)
    expect(seal?.erasedAt).toEqual(expect.any(Number))
    expect(records.transitions?.at(-1)?.reason).toBe(`${mask} waits`)
    expect((await findDocument(rivers.server.db, id))?.title).toBe(`Call ${mask}`)
    expect(filesWith(words)).toEqual([])
  })

  it('names the other documents that hold them, and the backups that were made while they were there', async () => {
    const [id, other] = [await start(), await start(`Rides for ${words}`)]
    const folder = temporaryFolder()
    await rivers.server.running.commands.backup?.({ file: join(folder, 'before.tar.gz') })
    await write(id, `Ask ${words}`)
    await rivers.server.running.commands.backup?.({ file: join(folder, 'since.tar.gz') })
    const seen = await preview(id)
    expect(seen.others).toEqual([{ id: other, title: `Rides for ${words}`, kind: 'driver-diagram' }])
    expect(seen.backups).toMatchObject([{ file: join(folder, 'since.tar.gz') }])
    expect(await erase(id)).toMatchObject({ backups: seen.backups })
  })

  it('is refused where another program made them the name of something; the document can go as a whole', async () => {
    const id = await start()
    await editLive(rivers.server, lead, id, (doc) => doc.getMap('cards').set(words, 'x'))
    for (const path of ['erasure/preview', 'erasure']) {
      expect(await refusal(await ask(coordinator, id, json, path))).toMatchObject({
        status: 409,
        message: expect.stringContaining('Erase the whole document instead'),
      })
    }
    await erase(id, { what: 'document' })
  })

  it('that stand beside the document alone leave its history and those who have it open as they are', async () => {
    const id = await start(`Rides for ${words}`)
    const before = (await findDocument(rivers.server.db, id))?.epoch
    const open = await openSocket(rivers.server, lead, id)
    await erase(id)
    expect(await findDocument(rivers.server.db, id)).toMatchObject({
      title: `Rides for ${mask}`,
      epoch: before,
    })
    open.ask(1)
    expect(await open.answered(1)).toMatchObject({ kind: 'saved' })
    open.destroy()
  })

  it('names the network’s templates that hold them', async () => {
    const id = await start()
    await write(id, `Ask ${words}`)
    const template = { name: 'Ours', sentence: 'To begin with.', emptied: false }
    await expectOk(await ask(coordinator, id, template, 'templates'))
    expect((await preview(id)).templates).toEqual(['Ours'])
    await erase(id)
  })

  it('two at once: each is told what became of it, and nothing is left', async () => {
    const id = await start()
    await write(id, `Ask ${words}`)
    const answers = await Promise.all([ask(coordinator, id, json), ask(coordinator, id, json)])
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses[0]).toBe(200)
    expect([404, 409]).toContain(statuses[1])
    expect(titleIn(await readThroughSocket(rivers.server, lead, id))).toBe(`Ask ${mask}`)
  })

  it('leaves an account of it without the words, once for each time', async () => {
    const id = await start()
    await write(id, `Ask ${words}`)
    await erase(id)
    const rows = await rivers.server.db.read<{ action: string; detail: string; account_id: string }>(
      'SELECT action, detail, account_id FROM audit WHERE subject = ? AND action LIKE ?',
      [id, '%erased'],
    )
    expect(rows).toEqual([
      { action: 'words-erased', detail: '{"changes":1}', account_id: coordinator.account.id },
    ])
    expect(await refusal(await ask(coordinator, id, json))).toMatchObject({
      status: 404,
      message: expect.stringContaining('nowhere'),
    })
  })
})

describe('erasing a file and a document', () => {
  const upload = async (id: string): Promise<string> => {
    const sent = await lead.fetch(`/api/documents/${id}/attachments?id=${crypto.randomUUID()}&name=n.txt`, {
      method: 'POST',
      body: `List of ${words}`,
    })
    return ((await expectOk(sent)) as { id: string }).id
  }
  const placeOf = (file: string) => join(rivers.server.dataDir, 'uploads', file.slice(0, 2), file)

  it('removes a file at once, with its name', async () => {
    const id = await start()
    const file = await upload(id)
    expect((await preview(id, { what: 'file', file })).file).toEqual({ name: 'n.txt', bytes: 22 })
    await erase(id, { what: 'file', file })
    expect(existsSync(placeOf(file))).toBe(false)
    expect((await lead.fetch(`/api/attachments/${file}`)).status).toBe(404)
    const answer = await ask(coordinator, id, { what: 'file', file })
    expect(await refusal(answer)).toMatchObject({ status: 404, message: 'This document has no such file.' })
  })

  it('removes a document with all that belongs to it; who has it open hears that it is gone', async () => {
    const id = await start(`About ${words}`)
    const file = await upload(id)
    await write(id, `Call ${words} now`)
    const open = await openSocket(rivers.server, lead, id)
    expect((await preview(id, { what: 'document' })).whole).toMatchObject({ changes: 2, files: 1 })
    await erase(id, { what: 'document' })
    expect((await open.closed()).code).toBe(close.gone)
    open.destroy()
    expect((await lead.fetch(`/api/documents/${id}`)).status).toBe(404)
    expect(existsSync(placeOf(file))).toBe(false)
    expect(filesWith(`About ${words}`)).toEqual([])
    expect(filesWith(`Call ${words} now`)).toEqual([])
    expect((await rivers.server.running.commands.verify?.({})) as unknown).toMatchObject({ findings: [] })
  })
})

describe('who may not', () => {
  it.each(['facilitator', 'lead of Alder', 'observer'] as const)('a %s', async (who) => {
    const id = await start()
    for (const path of ['erasure', 'erasure/preview']) {
      const answer = await ask(await rivers.person(who), id, json, path)
      expect(await refusal(answer)).toMatchObject({
        status: 403,
        message: 'Only a coordinator of the network can erase something for good.',
      })
    }
  })

  it('a coordinator whom a draft of a team is private to', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder, content })
    expect((await ask(coordinator, id, json)).status).toBe(404)
  })

  it.each([
    [{ what: 'words', words: ' ab ' }, 'words'],
    [{ what: 'words', words: 'x'.repeat(201) }, 'words'],
    [{ what: 'words', words: mask }, 'words'],
    [{ what: 'file' }, 'file'],
    [{ what: 'everything' }, 'what'],
  ])('what does not fit: %j', async (erasure, field) => {
    const id = await start()
    const { status, fields } = await refusal(await ask(coordinator, id, erasure))
    expect(status).toBe(400)
    expect(Object.keys(fields ?? {})).toEqual([field])
  })
})
