import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { newId } from '#shared/ids.ts'
import { ExpectationFailed, type Statement } from '../../server/db/database.ts'
import { type FailingDatabase, failingDatabase } from '../support/failing-database.ts'
import { updateOf } from '../support/peer.ts'
import { encoded, Harness, type Someone, waitFor } from '../support/sync-harness.ts'

let harness: Harness
let disk: FailingDatabase
let ana: Someone
let one: string
let two: string

beforeEach(async () => {
  harness = await Harness.open({
    database: (db) => {
      disk = failingDatabase(db)
      return disk
    },
  })
  ana = await harness.person('Ana')
  one = await harness.document('one')
  two = await harness.document('two')
})
afterEach(() => harness.close())

const audit = (action: string): Statement => ({
  sql: `INSERT INTO audit (id, action, subject, detail, created_at) VALUES (?, ?, '', '{}', 0)`,
  args: [newId(), action],
})

const audits = async (): Promise<string[]> =>
  (await harness.db.read<{ action: string }>('SELECT action FROM audit')).map(({ action }) => action)

const prepend = (documentId: string, words: string) => ({
  documentId,
  edit: (doc: Y.Doc) => doc.getText('text').insert(0, words),
})

describe('edits of live documents and rows of SQL', () => {
  it('[D7] are committed together, and then seen by everyone', async () => {
    const [first, second] = [harness.peer(ana, one), harness.peer(ana, two)]
    await Promise.all([first.synced(), second.synced()])
    const answer = await harness.sync.commit([one, two], (live) => {
      expect(live.map(({ id, seq }) => [id, seq])).toEqual([
        [one, 1],
        [two, 1],
      ])
      return {
        edits: [prepend(one, 'both: '), prepend(two, 'both: ')],
        statements: [audit('started')],
        author: ana.id,
        via: 'transition',
        answer: live.map(({ doc }) => doc.getText('text').toString()),
      }
    })
    expect(answer).toEqual(['one', 'two'])
    expect(await audits()).toEqual(['started'])
    for (const [id, peer, text] of [
      [one, first, 'both: one'],
      [two, second, 'both: two'],
    ] as const) {
      await waitFor(() => peer.text.toString() === text)
      expect(await harness.storedText(id)).toBe(text)
      expect((await harness.logRows(id)).at(-1)).toMatchObject({
        seq: 2,
        account_id: ana.id,
        via: 'transition',
      })
    }
    expect((await harness.sync.readLive(one)).doc.getText('text').toString()).toBe('both: one')
  })

  it('[D7] are seen by nobody when an expectation fails, and people go on', async () => {
    const peer = await harness.peer(ana, one).synced()
    const impossible: Statement = {
      sql: 'UPDATE document SET title = title WHERE id = ?',
      args: ['none'],
      expect: 1,
    }
    const refused = harness.sync.commit([one, two], () => ({
      edits: [prepend(one, 'never '), prepend(two, 'never ')],
      statements: [audit('never'), impossible],
      via: 'transition',
      answer: undefined,
    }))
    peer.text.insert(3, ' goes on')
    await expect(refused).rejects.toThrow(ExpectationFailed)
    await expect(refused).rejects.toMatchObject({ statement: 1 })
    await waitFor(async () => (await harness.storedText(one)) === 'one goes on')
    expect(peer.text.toString()).toBe('one goes on')
    expect(await audits()).toEqual([])
    expect(await harness.storedText(two)).toBe('two')
  })

  it('[D7] are seen by nobody when storage fails, and the caller hears it', async () => {
    const raw = await harness.raw(ana, one)
    disk.isFull = true
    await expect(
      harness.sync.commit([one], () => ({
        edits: [prepend(one, 'never ')],
        statements: [],
        via: 'transition',
        answer: undefined,
      })),
    ).rejects.toThrow('full')
    raw.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, 'kept ')))
    raw.ask(1)
    // Now that the room itself cannot save, nothing is even tried.
    await waitFor(() => harness.sync.gauges.failingRooms() === 1)
    await expect(
      harness.sync.commit([one], () => ({ edits: [], statements: [], via: 'transition', answer: 1 })),
    ).rejects.toMatchObject({ code: 'unavailable' })
    disk.isFull = false
    expect(await raw.answered(1)).toMatchObject({ kind: 'saved' })
    expect(await harness.storedText(one)).not.toContain('never')
  })

  it('[D7] are worked out on what people have written so far, which is committed with them', async () => {
    const raw = await harness.raw(ana, one)
    raw.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, 'typed ')))
    raw.ask(1)
    const seen = await waitFor(async () => {
      const text = await harness.sync.commit([one], ([live]) => ({
        edits: [],
        statements: [],
        via: 'transition',
        answer: live?.doc.getText('text').toString() ?? '',
      }))
      return text.includes('typed') ? text : undefined
    })
    expect(await harness.storedText(one)).toBe(seen)
    expect(await raw.answered(1)).toMatchObject({ kind: 'saved', seq: 2 })
  })

  it('[D7] what people type meanwhile waits, goes after them, and nothing is lost', async () => {
    const peer = await harness.peer(ana, one).synced()
    let open = () => {}
    disk.gate = new Promise((resolve) => {
      open = resolve
    })
    const before = disk.attempts
    const committed = harness.sync.commit([one], () => ({
      edits: [prepend(one, 'server ')],
      statements: [],
      via: 'transition',
      answer: undefined,
    }))
    await waitFor(() => disk.attempts > before)
    peer.text.insert(3, ' typed')
    const joining = await harness.raw(ana, one)
    joining.sendStepOne()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(peer.text.toString()).toBe('one typed')
    expect(joining.document().getText('text').toString()).not.toContain('server')
    disk.gate = undefined
    open()
    await committed
    await waitFor(() => peer.text.toString() === 'server one typed')
    await waitFor(() => joining.document().getText('text').toString() === 'server one typed')
    await waitFor(async () => (await harness.storedText(one)) === 'server one typed')
    expect((await harness.logRows(one)).map(({ via }) => via)).toEqual(['system', 'transition', 'ws'])
    const { whole, fromSnapshot } = await harness.replayed(one)
    expect(fromSnapshot).toEqual(whole)
  })

  it('[D7] of the same documents in any order wait for each other and all go through', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        harness.sync.commit(index % 2 === 0 ? [one, two] : [two, one], (live) => ({
          edits: live.map(({ id }) => prepend(id, 'x')),
          statements: [audit(`${index}`)],
          via: 'transition',
          answer: index,
        })),
      ),
    )
    expect(await harness.storedText(one)).toBe(`${'x'.repeat(20)}one`)
    expect(await harness.storedText(two)).toBe(`${'x'.repeat(20)}two`)
    expect(await audits()).toHaveLength(20)
  })

  it('[D7] name documents that exist and that they asked for', async () => {
    const nothing = { statements: [], via: 'http', answer: undefined } as const
    await expect(harness.sync.commit([newId()], () => ({ edits: [], ...nothing }))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(
      harness.sync.commit([one], () => ({ edits: [prepend(two, 'x')], ...nothing })),
    ).rejects.toThrow('did not ask for')
    // Neither leaves the room held.
    await harness.sync.commit([one], () => ({ edits: [prepend(one, 'free ')], ...nothing }))
    expect(await harness.storedText(one)).toBe('free one')
  })
})

describe('reading the live state', () => {
  it('gives the committed content and its row, with a room and without one', async () => {
    const cold = await harness.sync.readLive(one)
    expect([cold.doc.getText('text').toString(), cold.seq]).toEqual(['one', 1])
    expect(harness.sync.gauges.rooms()).toBe(0)
    const peer = await harness.peer(ana, one).synced()
    peer.text.insert(0, 'live ')
    await waitFor(
      async () => (await harness.sync.readLive(one)).doc.getText('text').toString() === 'live one',
    )
    const { doc, seq, epoch } = await harness.sync.readLive(one)
    expect([seq, epoch]).toEqual([2, await harness.epochOf(one)])
    // A copy: what its reader does to it is nobody's business.
    doc.getText('text').delete(0, 5)
    expect((await harness.sync.readLive(one)).doc.getText('text').toString()).toBe('live one')
    await expect(harness.sync.readLive(newId())).rejects.toMatchObject({ code: 'not-found' })
  })

  it('[H1] [I4] gives at each row exactly what the log says there, also in the middle of typing', async () => {
    await harness.close()
    harness = await Harness.open({ tuning: { tick: 60 } })
    const id = await harness.document('', () => {})
    const peer = await harness.peer(await harness.person('Ana'), id).synced()
    const reads: Promise<{ doc: Y.Doc; seq: number }>[] = []
    for (let i = 0; i < 60; i++) {
      peer.text.insert(i, String(i % 10))
      if (i % 3 === 0) reads.push(harness.sync.readLive(id))
      await new Promise((resolve) => setTimeout(resolve, 7))
    }
    await waitFor(async () => (await harness.storedText(id)).length === 60)
    const rows = await harness.logRows(id)
    for (const { doc, seq } of await Promise.all(reads)) {
      const said = rows.filter((row) => row.seq <= seq).map(({ payload }) => payload)
      expect(encoded([Y.encodeStateAsUpdate(doc)])).toEqual(encoded(said))
    }
  })

  it('[D2] never gives what is not committed, and works while nothing can be saved', async () => {
    const raw = await harness.raw(ana, one)
    disk.isFull = true
    const before = disk.attempts
    raw.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, 'not yet ')))
    await waitFor(() => disk.attempts > before)
    expect((await harness.sync.readLive(one)).doc.getText('text').toString()).toBe('one')
    disk.isFull = false
    await waitFor(async () => (await harness.storedText(one)).includes('not yet'))
  })
})
