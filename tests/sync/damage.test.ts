import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyLog } from '../../server/sync/verify.ts'
import { updateOf } from '../support/peer.ts'
import { Harness, type Someone, waitFor } from '../support/sync-harness.ts'

let harness: Harness
let ana: Someone
let id: string

beforeEach(async () => {
  harness = await Harness.open({ tuning: { tick: 1, settleAfter: 60_000, snapshotRows: 10 } })
  ana = await harness.person('Ana')
  id = await harness.document('begun')
})
afterEach(() => harness.close())

/** A row for each text, each by a client of its own and in a root of its own. */
async function write(...texts: readonly string[]): Promise<void> {
  const raw = await harness.raw(ana, id)
  for (const [index, text] of texts.entries()) {
    raw.sendUpdate(updateOf((doc) => doc.getText(text).insert(0, text)))
    raw.ask(index)
    expect(await raw.answered(index)).toMatchObject({ kind: 'saved' })
  }
  raw.destroy()
}

const damage = (sql: string, ...args: (string | number | Uint8Array)[]) =>
  harness.db.write([{ sql, args: [...args, id] }])

/** One byte of the third row is another: still an update, but not the one that was written. */
const flipByte = async (): Promise<void> => {
  const row = (await harness.logRows(id)).find(({ seq }) => seq === 3)
  const payload = Uint8Array.from(row?.payload ?? [])
  const at = Buffer.from(payload).indexOf('second')
  payload[at] = (payload[at] ?? 0) ^ 1
  await damage('UPDATE document_update SET payload = ? WHERE seq = 3 AND document_id = ?', payload)
}

const problems = async () =>
  verifyLog(
    { db: harness.db, log: pino({ level: 'silent' }) },
    { documentId: id, epoch: await harness.epochOf(id) },
  )

describe('a row of the log that is damaged', () => {
  it.each([
    ['a byte of it is another', flipByte, 'was not what was written'],
    [
      'it is no update, and has no checksum',
      () =>
        damage(
          'UPDATE document_update SET payload = ?, checksum = NULL WHERE seq = 3 AND document_id = ?',
          new Uint8Array([7, 7, 7]),
        ),
      'was no edit',
    ],
    [
      'it is not there',
      () => damage('DELETE FROM document_update WHERE seq = ? AND document_id = ?', 3),
      'was not there',
    ],
  ])('is set aside, and the rest opens and is edited on: %s', async (_, harm, words) => {
    await write('first', 'second', 'third')
    await harness.restart()
    await harm()
    expect(await problems()).toEqual([expect.stringContaining('does not replay')])

    const peer = await harness.peer(ana, id).synced()
    const saidBy = (name: string) => peer.doc.getText(name).toString()
    expect([saidBy('first'), saidBy('second'), saidBy('third')]).toEqual(['first', '', 'third'])
    expect(harness.sync.gauges.damagedRows()).toBe(1)
    peer.doc.getText('fourth').insert(0, 'on it goes')
    await waitFor(async () => (await harness.logRows(id)).some(({ seq }) => seq === 5))
    peer.destroy()

    // Also where nothing is in memory any more; `throughline verify` names it from now on.
    await harness.restart()
    const again = await harness.peer(ana, id).synced()
    expect(again.doc.getText('fourth').toString()).toBe('on it goes')
    expect(harness.sync.gauges.damagedRows()).toBe(0)
    expect(await problems()).toEqual([
      expect.stringContaining(`Row 3 of its log ${words} and was set aside on`),
    ])
    again.destroy()
  })

  it('comes back from a browser that still holds it, with what stood on it', async () => {
    const her = await harness.peer(ana, id).synced()
    for (const word of ['one ', 'two ', 'three ']) {
      her.text.insert(her.text.length, word)
      const rows = (await harness.logRows(id)).length
      await waitFor(async () => (await harness.logRows(id)).length > rows)
    }
    const before = her.text.toString()
    her.destroy()
    await harness.restart()
    await damage('DELETE FROM document_update WHERE seq = ? AND document_id = ?', 3)
    // What stood on the missing row is set aside too, until it comes again.
    const other = await harness.peer(ana, id).synced()
    expect(other.text.toString()).toBe('begunone ')
    expect(harness.sync.gauges.damagedRows()).toBe(2)
    const back = harness.peer(ana, id, { doc: her.doc })
    await waitFor(() => other.text.toString() === before)
    back.destroy()
    other.destroy()
  })

  it('stays aside when a snapshot was taken after it, and nothing is folded of it twice', async () => {
    await write('first', 'second', 'third')
    await harness.restart()
    await flipByte()
    const peer = await harness.peer(ana, id).synced()
    peer.destroy()
    await write(...'abcdefghij')
    await waitFor(async () => {
      const [row] = await harness.db.read<{ n: number }>(
        'SELECT count(*) AS n FROM document_snapshot WHERE document_id = ?',
        [id],
      )
      return (row?.n ?? 0) > 0
    })
    const { whole, fromSnapshot } = await harness.replayed(id)
    expect(fromSnapshot).toEqual(whole)
  })
})
