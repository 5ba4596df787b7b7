import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Version } from '#shared/document.ts'
import type { Authors, HistoryPage, Restored } from '#shared/history.ts'
import { plainEdit } from '#shared/kinds/edit.ts'
import { findDocument } from '../../../server/documents/store.ts'
import { readNewest, replayWholeLog } from '../../../server/sync/replay.ts'
import { foldRows, replaceRows } from '../../../server/sync/segments.ts'
import { addCard, removeCard, renameCard } from '../../../shared/kinds/driver-diagram/edits.ts'
import { readDiagram } from '../../../shared/kinds/driver-diagram/model.ts'
import { editLive, openSocket, readThroughSocket } from '../../support/live-edit.ts'
import { updateOf, waitFor } from '../../support/peer.ts'
import { expectOk, type TestPerson } from '../../support/server.ts'
import { share, startDiagram, startThreeRivers, type ThreeRivers } from '../../support/three-rivers.ts'

let rivers: ThreeRivers
let lead: TestPerson
let member: TestPerson
let observer: TestPerson

beforeAll(async () => {
  rivers = await startThreeRivers()
  lead = await rivers.person('lead of Alder')
  member = await rivers.person('member of Alder')
  observer = await rivers.person('observer')
})
afterAll(() => rivers.server.close())

const content = {
  cards: [
    { id: 'P1', column: 'primary', title: 'Health' },
    { id: 'I1', column: 'idea', title: 'Call home', leadsTo: ['P1'] },
  ],
}

async function start(): Promise<string> {
  const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder, content })
  await share(lead, id)
  return id
}

/** The card of these words: its id is its own in every document. */
const cardOf = (doc: Y.Doc, title: string): string =>
  readDiagram(doc).cards.find((card) => card.title === title)?.id ?? ''

const rename = (from: string, to: string) => (doc: Y.Doc) =>
  renameCard(plainEdit(doc), doc, cardOf(doc, from), to)

const edit = (person: TestPerson, id: string, change: (doc: Y.Doc) => void) =>
  editLive(rivers.server, person, id, change)

const get = async <T>(person: TestPerson, path: string): Promise<T> =>
  (await expectOk(await person.fetch(path))) as T

const headOf = async (id: string): Promise<number> => (await findDocument(rivers.server.db, id))?.headSeq ?? 0

const titlesAt = async (person: TestPerson, id: string, seq: number): Promise<readonly string[]> => {
  const { model } = await get<{ model: ReturnType<typeof readDiagram> }>(
    person,
    `/api/documents/${id}/history/${seq}/content`,
  )
  return titlesOf(model)
}

const titlesNow = async (id: string): Promise<readonly string[]> =>
  titlesOf(readDiagram(await readThroughSocket(rivers.server, lead, id)))

const titlesOf = ({ cards }: ReturnType<typeof readDiagram>): readonly string[] =>
  cards.flatMap(({ title, column }) => (column === 'aim' ? [] : [title])).sort()

const restore = async (person: TestPerson, id: string, json: unknown): Promise<Restored> =>
  (await expectOk(await person.fetch(`/api/documents/${id}/restoration`, { json }))) as Restored

describe('the timeline of a document', () => {
  it('[H2] tells who wrote and when, by the accounts that the server verified', async () => {
    const id = await start()
    await edit(lead, id, rename('Health', 'School health'))
    await edit(member, id, rename('Call home', 'Call home by eight'))
    const { stretches, before } = await get<HistoryPage>(observer, `/api/documents/${id}/history`)
    expect(stretches.map(({ by, via }) => [by?.name, via])).toEqual([
      ['Beth Noonan', 'ws'],
      ['Nora Lindqvist', 'ws'],
      [undefined, 'system'],
    ])
    expect(stretches[0]?.lastSeq).toBe(await headOf(id))
    expect(before).toBe(undefined)
  })

  it('goes on further back, and joins what one person wrote in one go', async () => {
    const id = await start()
    await edit(member, id, rename('Call home', 'One'))
    await edit(member, id, rename('One', 'Two'))
    await edit(member, id, rename('Two', 'Three'))
    const newest = await get<HistoryPage>(lead, `/api/documents/${id}/history`)
    expect(newest.stretches[0]).toMatchObject({ firstSeq: 2, lastSeq: 4, by: { name: 'Beth Noonan' } })
    const earlier = await get<HistoryPage>(lead, `/api/documents/${id}/history?before=3`)
    expect(earlier.stretches[0]).toMatchObject({ firstSeq: 2, lastSeq: 2 })
  })

  it('reaches back into rows that were folded', async () => {
    const id = await start()
    await edit(member, id, rename('Health', 'School health'))
    const row = await findDocument(rivers.server.db, id)
    const name = { documentId: id, epoch: row?.epoch ?? '' }
    const { rows } = await readNewest(rivers.server.db, name)
    await rivers.server.db.write(replaceRows(name, await foldRows(rows), Date.now()))
    const { stretches } = await get<HistoryPage>(lead, `/api/documents/${id}/history`)
    expect(stretches.map(({ by, firstSeq }) => [by?.name, firstSeq])).toEqual([
      ['Beth Noonan', 2],
      [undefined, 1],
    ])
    expect(await titlesAt(lead, id, 1)).toEqual(['Call home', 'Health'])
  })

  it('reads any moment as it was, and takes it out as a file', async () => {
    const id = await start()
    await edit(lead, id, rename('Health', 'School health'))
    const then = await headOf(id)
    await edit(lead, id, (doc) => removeCard(plainEdit(doc), doc, cardOf(doc, 'School health'), 'lead'))
    expect(await titlesAt(observer, id, then)).toEqual(['Call home', 'School health'])
    expect(await titlesAt(observer, id, 1)).toEqual(['Call home', 'Health'])
    expect(await titlesNow(id)).toEqual(['Call home'])
    const file = await observer.fetch(`/api/documents/${id}/history/${then}/export?format=markdown`)
    expect(await file.text()).toContain('School health')
    expect(file.headers.get('content-disposition')).toMatch(/\.md/)
  })

  it('[H1] reads a moment also where the snapshot before it is broken', async () => {
    const id = await start()
    await edit(lead, id, rename('Health', 'School health'))
    const { db } = rivers.server
    const broken = {
      sql: "UPDATE document_snapshot SET state = x'00' WHERE document_id = ? RETURNING seq",
      args: [id],
    }
    // Taken a while after the last person has left, and its rows folded with it.
    await waitFor(async () => (await db.write([broken]))[0]?.changes === 1)
    expect(await titlesAt(observer, id, await headOf(id))).toEqual(['Call home', 'School health'])
  })

  it('says who wrote last at each place', async () => {
    const id = await start()
    await edit(lead, id, rename('Health', 'School health'))
    await edit(member, id, (doc) => {
      const text = new Y.XmlText('She answers before seven.')
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [text])
      doc.getXmlFragment(`notes/${cardOf(doc, 'Call home')}`).insert(0, [paragraph])
    })
    const { places } = await get<Authors>(observer, `/api/documents/${id}/authors`)
    const names = Object.fromEntries(places.map(({ place, by }) => [place, by.name]))
    const doc = await readThroughSocket(rivers.server, lead, id)
    expect(names).toEqual({
      [`cards/${cardOf(doc, 'School health')}`]: 'Nora Lindqvist',
      [`notes/${cardOf(doc, 'Call home')}`]: 'Beth Noonan',
    })
    const past = await get<Authors>(observer, `/api/documents/${id}/authors?seq=1`)
    expect(past.places.map(({ place }) => place)).not.toContain(`notes/${cardOf(doc, 'Call home')}`)
  })

  it.each([
    ['a moment that never was', '/history/99999/content', 404],
    ['none at all', '/history/0/content', 404],
    ['what is no number', '/history/-1/content', 400],
    ['an export of no format', '/history/1/export', 406],
    ['authors of a moment that never was', '/authors?seq=99999', 404],
    ['a place in the timeline that is no number', '/history?before=x', 400],
  ])('refuses %s', async (_, path, status) => {
    const id = await start()
    const answer = await lead.fetch(`/api/documents/${id}${path}`)
    expect(answer.status).toBe(status)
    expect(((await answer.json()) as { error: { message: string } }).error.message).toMatch(/\w/)
  })
})

describe('a moment that is restored', () => {
  it('[H4] is one edit between two versions, which can be taken back', async () => {
    const id = await start()
    const then = await headOf(id)
    await edit(member, id, (doc) => {
      rename('Health', 'Something else')(doc)
      addCard(plainEdit(doc), doc, { column: 'primary', title: 'Transport' })
    })
    const { seqBefore, isChanged } = await restore(lead, id, { seq: then, note: 'Renamed by mistake' })
    expect(isChanged).toBe(true)
    expect(await titlesNow(id)).toEqual(['Call home', 'Health'])
    const { versions } = await get<{ versions: Version[] }>(lead, `/api/documents/${id}/versions`)
    expect(versions.slice(0, 2)).toMatchObject([
      { cause: 'restore', seq: seqBefore + 1, note: 'Renamed by mistake', by: { name: 'Nora Lindqvist' } },
      { cause: 'restore', seq: seqBefore },
    ])
    await restore(lead, id, { seq: seqBefore })
    expect(await titlesNow(id)).toEqual(['Call home', 'Something else', 'Transport'])
  })

  it('[I8] is taken back without what others wrote since', async () => {
    const id = await start()
    const then = await headOf(id)
    await edit(lead, id, rename('Call home', 'Call home by eight'))
    const { seqBefore, seq } = await restore(lead, id, { seq: then })
    expect(seq).toBe(await headOf(id))
    await edit(member, id, rename('Health', 'School health'))
    const back = await restore(lead, id, { seq: seqBefore, since: seq })
    expect(back.isChanged).toBe(true)
    expect(await titlesNow(id)).toEqual(['Call home by eight', 'School health'])
    expect(await restore(lead, id, { seq: seq, since: seq })).toMatchObject({ isChanged: false })
  })

  it('[I8] keeps what others type meanwhile, and [I4] the log replays to it', async () => {
    const id = await start()
    const then = await headOf(id)
    await edit(member, id, rename('Health', 'Health of students'))
    const socket = await openSocket(rivers.server, member, id)
    const before = Y.encodeStateAsUpdate(socket.document())
    await restore(lead, id, { seq: then })
    // Written on the state before, as by someone whose network is slow.
    socket.sendUpdate(
      updateOf(
        (doc) => {
          const id = cardOf(doc, 'Health of students')
          const card = doc.getMap<Y.Map<Y.Text>>('cards').get(id)
          card?.get('title')?.insert(0, 'All ')
        },
        { before },
      ),
    )
    socket.ask(1)
    await socket.answered(1)
    socket.destroy()
    expect(await titlesNow(id)).toEqual(['All Health', 'Call home'])
    const row = await findDocument(rivers.server.db, id)
    const replayed = await replayWholeLog(rivers.server.db, { documentId: id, epoch: row?.epoch ?? '' })
    const live = await readThroughSocket(rivers.server, lead, id)
    expect(Buffer.compare(replayed.encode(), Y.encodeStateAsUpdate(live))).toBe(0)
  })

  it('writes nothing where the document says all of it already', async () => {
    const id = await start()
    const head = await headOf(id)
    expect(await restore(lead, id, { seq: head })).toEqual({ seqBefore: head, seq: head, isChanged: false })
    expect(await headOf(id)).toBe(head)
    expect(await get(lead, `/api/documents/${id}/versions`)).toEqual({ versions: [] })
  })

  it.each([
    ['one that never was', { seq: 99_999 }, 404],
    ['none', {}, 400],
    ['one before the first', { seq: 0 }, 400],
    ['what was written since a moment that never was', { seq: 1, since: 99_999 }, 404],
    ['what was written since no number', { seq: 1, since: 'x' }, 400],
    ['a note that is too long', { seq: 1, note: 'x'.repeat(2001) }, 400],
  ])('is refused where it is %s', async (_, json, status) => {
    const id = await start()
    const answer = await lead.fetch(`/api/documents/${id}/restoration`, { json })
    expect(answer.status).toBe(status)
  })

  it('is refused to those who may only read', async () => {
    const id = await start()
    const answer = await observer.fetch(`/api/documents/${id}/restoration`, { json: { seq: 1 } })
    expect(answer.status).toBe(403)
  })
})
