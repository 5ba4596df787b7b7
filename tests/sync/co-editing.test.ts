import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { updateOf } from '../support/peer.ts'
import { Harness, type Someone, waitFor } from '../support/sync-harness.ts'

let harness: Harness
let ana: Someone
let ben: Someone

beforeEach(async () => {
  harness = await Harness.open()
  ana = await harness.person('Ana')
  ben = await harness.person('Ben')
})
afterEach(() => harness.close())

describe('two people with the stock client', () => {
  it('[I2] see what the document held and what the other writes', async () => {
    const id = await harness.document('Aim: ')
    const [first, second] = [harness.peer(ana, id), harness.peer(ben, id)]
    await Promise.all([first.synced(), second.synced()])
    expect(first.text.toString()).toBe('Aim: ')

    first.text.insert(5, 'fewer absences')
    await waitFor(() => second.text.toString() === 'Aim: fewer absences')
    second.text.insert(0, '1. ')
    await waitFor(() => first.text.toString() === '1. Aim: fewer absences')
  })

  it('[I2] typing in one place at the same time end with both texts, the same for both', async () => {
    const id = await harness.document('')
    const [first, second] = [harness.peer(ana, id), harness.peer(ben, id)]
    await Promise.all([first.synced(), second.synced()])
    for (let i = 0; i < 40; i++) {
      first.text.insert(first.text.length, 'a')
      second.text.insert(0, 'b')
    }
    await waitFor(() => first.text.length === 80 && first.text.toString() === second.text.toString())
  })

  it('[I2] keep what they wrote offline, and it merges when they are back', async () => {
    const id = await harness.document('.')
    const [first, second] = [harness.peer(ana, id), harness.peer(ben, id)]
    await Promise.all([first.synced(), second.synced()])
    first.disconnect()
    first.text.insert(0, 'written on the train')
    second.text.insert(1, ' written in the office')
    await waitFor(async () => (await harness.storedText(id)).includes('office'))
    first.connect()
    const both = 'written on the train. written in the office'
    await waitFor(() => first.text.toString() === both && second.text.toString() === both)
    expect(await harness.storedText(id)).toBe(both)
  })

  it('[D4] go on after a restart of the server with what they wrote meanwhile', async () => {
    const id = await harness.document('')
    const first = harness.peer(ana, id)
    await first.synced()
    first.text.insert(0, 'before ')
    await waitFor(async () => (await harness.storedText(id)) === 'before ')
    await harness.restart()
    const second = harness.peer(ben, id)
    await second.synced()
    expect(second.text.toString()).toBe('before ')
    expect(first.closes).toContainEqual({ code: 1012, reason: expect.any(String) })
  })
})

describe('a room', () => {
  it('[T1] [T2] sends what came in one tick as one message in one frame, to its authors too', async () => {
    const id = await harness.document('')
    const [first, second] = [await harness.raw(ana, id), await harness.raw(ben, id)]
    first.sendStepOne()
    second.sendStepOne()
    await waitFor(() => first.hasHeard('step-2').length === 1 && second.hasHeard('step-2').length === 1)
    const doc = new Y.Doc()
    doc.on('update', (update) => first.sendUpdate(update))
    for (let i = 0; i < 50; i++) doc.getText('text').insert(i, 'x')
    await waitFor(() => second.document().getText('text').length === 50)
    await waitFor(() => first.document().getText('text').length === 50)
    expect(second.hasHeard('update').length).toBeLessThan(5)
    expect(first.hasHeard('update').map(({ payload }) => payload)).toEqual(
      second.hasHeard('update').map(({ payload }) => payload),
    )
  })

  it('[T1] [D1] sends a lone edit at once, the next with the tick, and many bytes without waiting for it', async () => {
    await harness.close()
    harness = await Harness.open({ tuning: { tick: 60_000 } })
    const [someone, id] = [await harness.person('Ana'), await harness.document('')]
    const raw = await harness.raw(someone, id)
    const write = (length: number) => updateOf((doc) => doc.getText('text').insert(0, 'x'.repeat(length)))
    raw.sendUpdate(write(1))
    raw.ask(1)
    await raw.answered(1)
    raw.sendUpdate(write(2))
    raw.ask(2)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(raw.hasHeard('saved')).toHaveLength(1)
    raw.sendUpdate(write(300_000))
    await raw.answered(2)
    expect(await harness.storedText(id)).toHaveLength(300_003)
  })

  it('[D5] writes no row for a returning client whose state is known, however much that deleted', async () => {
    const id = await harness.document('a long text of which much goes')
    const first = harness.peer(ana, id)
    await first.synced()
    first.text.delete(2, 20)
    await waitFor(async () => (await harness.logRows(id)).length === 2)
    const state = Y.encodeStateAsUpdate(first.doc)
    const raw = await harness.raw(ana, id)
    raw.sendStepTwo(state)
    raw.sendStepTwo(Y.encodeStateAsUpdate(first.doc, Y.encodeStateVector(first.doc)))
    raw.ask(1)
    expect(await raw.answered(1)).toMatchObject({ kind: 'saved', seq: 2 })
    expect(await harness.logRows(id)).toHaveLength(2)
  })

  it('[D6] writes one row for each connection and tick, with who wrote it', async () => {
    const id = await harness.document('')
    const [first, second] = [await harness.raw(ana, id), await harness.raw(ben, id)]
    // All of these arrive before the first commit has ended.
    for (let i = 0; i < 5; i++) {
      first.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, 'a'), { clientId: 100 + i }))
      second.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, 'b'), { clientId: 200 + i }))
    }
    first.ask(1)
    second.ask(1)
    await Promise.all([first.answered(1), second.answered(1)])
    const rows = (await harness.logRows(id)).slice(1)
    expect(rows.length).toBeLessThanOrEqual(6)
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 2))
    for (const row of rows) {
      expect(row.via).toBe('ws')
      const letters = holding(row.payload)
      expect(letters).toMatch(row.account_id === ana.id ? /^a+$/ : /^b+$/)
    }
    expect(await harness.storedText(id)).toHaveLength(10)
    const [head] = await harness.db.read<{ head_seq: number; updated_by: string }>(
      'SELECT head_seq, updated_by FROM document WHERE id = ?',
      [id],
    )
    expect(head?.head_seq).toBe(rows.length + 1)
    expect([ana.id, ben.id]).toContain(head?.updated_by)
  })

  it('[T5] [T6] answers each who asks with what that one lacks', async () => {
    const id = await harness.document('shared')
    const peer = harness.peer(ana, id)
    await peer.synced()
    const known = Y.encodeStateVector(peer.doc)
    peer.text.insert(6, ' and new')
    await waitFor(async () => (await harness.storedText(id)) === 'shared and new')
    const [all, diff] = [await harness.raw(ben, id), await harness.raw(ben, id)]
    all.sendStepOne()
    diff.sendStepOne(known)
    await waitFor(() => all.hasHeard('step-2').length === 1 && diff.hasHeard('step-2').length === 1)
    expect(all.document().getText('text').toString()).toBe('shared and new')
    expect(diff.hasHeard('step-2')[0]?.payload.byteLength).toBeLessThan(
      all.hasHeard('step-2')[0]?.payload.byteLength ?? 0,
    )
  })
})

describe('markers', () => {
  it('[I1] are answered with the row and the time once all before them is in the database', async () => {
    const id = await harness.document('')
    const raw = await harness.raw(ana, id)
    raw.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, 'saved')))
    raw.ask(7)
    const answer = await raw.answered(7)
    expect(await harness.storedText(id)).toBe('saved')
    expect(answer).toMatchObject({ kind: 'saved', counter: 7, seq: 2 })
    expect(answer.kind === 'saved' && Math.abs(answer.at - Date.now())).toBeLessThan(5000)
  })

  it('[I9] are sent only to those who send some', async () => {
    const id = await harness.document('')
    const [ours, stock] = [await harness.raw(ana, id), await harness.raw(ben, id)]
    ours.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, 'x')))
    ours.ask(1)
    await ours.answered(1)
    await waitFor(() => stock.hasHeard('update').length === 1)
    expect(stock.hasHeard('saved')).toEqual([])
  })
})

function holding(update: Uint8Array): string {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc.getText('text').toString()
}
