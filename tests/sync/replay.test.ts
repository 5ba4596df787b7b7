import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { merged } from '../../server/sync/journal.ts'
import { LiveDocument } from '../../server/sync/live-document.ts'
import { LogDamaged, replay } from '../../server/sync/replay.ts'
import { verifyLog } from '../../server/sync/verify.ts'
import { updateOf } from '../support/peer.ts'
import { below, editAtRandom, randomFrom } from '../support/random-edits.ts'
import { encoded, Harness, type Someone, waitFor } from '../support/sync-harness.ts'

/** Three people edit at random, hear of each other with delays, and the room writes a row for each of them and tick. */
function playAtRandom(seed: number): {
  live: LiveDocument
  rows: { payload: Uint8Array; accountId: string }[]
} {
  const random = randomFrom(seed)
  const live = new LiveDocument()
  const rows: { payload: Uint8Array; accountId: string }[] = []
  const people = ['ana', 'ben', 'cleo'].map((accountId) => ({
    accountId,
    doc: new Y.Doc(),
    out: [] as Uint8Array[],
  }))
  for (const { doc, out } of people)
    doc.on('update', (update, origin) => origin !== 'room' && out.push(update))
  for (let tick = 0; tick < 25; tick++) {
    const made = new Map<string, Uint8Array[]>()
    for (let turn = 0; turn < 6; turn++) {
      const { accountId, doc, out } = people[below(random, 3)] as (typeof people)[number]
      if (random() < 0.7) editAtRandom(doc, random)
      while (out.length > 0 && random() < 0.8) {
        const deltas = live.apply(out.shift() as Uint8Array, accountId)
        // One edit, one change: the document adds none of its own.
        expect(deltas.length).toBeLessThan(2)
        made.set(accountId, [...(made.get(accountId) ?? []), ...deltas])
      }
    }
    for (const [accountId, deltas] of made) {
      if (deltas.length > 0) rows.push({ accountId, payload: merged(deltas.map((payload) => ({ payload }))) })
    }
    for (const { doc } of people) Y.applyUpdate(doc, live.encode(Y.encodeStateVector(doc)), 'room')
  }
  return { live, rows }
}

describe('the log', () => {
  it('[I4] replays to the same bytes as the live document, as one and row by row', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const { live, rows } = playAtRandom(seed)
      const atOnce = new LiveDocument()
      atOnce.replay(rows)
      expect(atOnce.encode()).toEqual(live.encode())
      const byRow = new Y.Doc()
      for (const { payload } of rows) {
        byRow.transact((transaction) => {
          Y.applyUpdate(byRow, payload)
          // As the room does: otherwise Yjs tidies up formatting, in edits of its own.
          transaction.local = true
        })
      }
      expect(encoded([Y.encodeStateAsUpdate(byRow)])).toEqual(live.encode())
    }
  })

  it('[H1] a snapshot and the rows after it replay to the same bytes as all rows', () => {
    for (let seed = 101; seed <= 120; seed++) {
      const { live, rows } = playAtRandom(seed)
      const half = new LiveDocument()
      half.replay(rows.slice(0, rows.length / 2))
      const fromSnapshot = new LiveDocument()
      fromSnapshot.restore(half.encode(), half.owners)
      fromSnapshot.replay(rows.slice(rows.length / 2))
      expect(fromSnapshot.encode()).toEqual(live.encode())
      expect(new Map([...fromSnapshot.owners].sort())).toEqual(new Map([...live.owners].sort()))
    }
  })
})

describe('snapshots', () => {
  let harness: Harness
  let id: string
  let ana: Someone

  beforeEach(async () => {
    harness = await Harness.open({ tuning: { snapshotRows: 10, tick: 1, settleAfter: 60_000 } })
    ana = await harness.person('Ana')
    id = await harness.document('')
  })
  afterEach(() => harness.close())

  async function write(count: number): Promise<void> {
    const raw = await harness.raw(ana, id)
    for (let i = 0; i < count; i++) {
      raw.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, `${i} `)))
      raw.ask(i)
      expect(await raw.answered(i)).toMatchObject({ kind: 'saved' })
    }
    raw.destroy()
  }

  const count = async (table: string): Promise<number> => {
    const [row] = await harness.db.read<{ n: number }>(
      `SELECT count(*) AS n FROM ${table} WHERE document_id = ?`,
      [id],
    )
    return row?.n ?? 0
  }

  it('[H1] [H2] are taken when the tail has grown, and fold the rows behind them without losing one', async () => {
    await write(25)
    await waitFor(async () => (await count('document_snapshot')) === 2)
    expect((await harness.logRows(id)).length).toBeLessThan(10)
    const { whole, fromSnapshot, seq } = await harness.replayed(id)
    expect(seq).toBe(26)
    expect(fromSnapshot).toEqual(whole)
    const [segment] = await harness.db.read<{ boundaries: string; first_seq: number }>(
      'SELECT boundaries, first_seq FROM document_segment WHERE document_id = ? ORDER BY first_seq',
      [id],
    )
    expect(segment?.first_seq).toBe(1)
    const boundaries = JSON.parse(segment?.boundaries ?? '[]') as unknown[]
    expect(boundaries[0]).toMatchObject({ seq: 1, accountId: null, via: 'system' })
    expect(boundaries[1]).toMatchObject({ seq: 2, accountId: ana.id, via: 'ws', at: expect.any(Number) })
  })

  it('[H1] three are kept', async () => {
    for (let round = 0; round < 5; round++) {
      const before = await lastSnapshot()
      await write(11)
      await waitFor(async () => (await lastSnapshot()) > before)
    }
    expect(await count('document_snapshot')).toBe(3)
    const { whole, fromSnapshot } = await harness.replayed(id)
    expect(fromSnapshot).toEqual(whole)
  })

  async function lastSnapshot(): Promise<number> {
    const [row] = await harness.db.read<{ seq: number | null }>(
      'SELECT max(seq) AS seq FROM document_snapshot WHERE document_id = ?',
      [id],
    )
    return row?.seq ?? 0
  }

  it.each([
    ['damaged bytes', `UPDATE document_snapshot SET state = zeroblob(length(state)) WHERE document_id = ?1`],
    ['a wrong checksum', `UPDATE document_snapshot SET checksum = 1 WHERE document_id = ?1`],
    [
      'damaged bytes in the newest alone',
      `UPDATE document_snapshot SET state = x'ff' WHERE document_id = ?1
        AND seq = (SELECT max(seq) FROM document_snapshot WHERE document_id = ?1)`,
    ],
  ])(
    '[H1] with %s fall back to older ones or the whole log, and people notice nothing',
    async (_name, damage) => {
      await write(25)
      await waitFor(async () => (await count('document_snapshot')) === 2)
      const { whole } = await harness.replayed(id)
      await harness.db.write([{ sql: damage, args: [id] }])
      await harness.restart()
      const peer = await harness.peer(ana, id).synced()
      expect(Y.encodeStateVector(peer.doc)).toEqual(Y.encodeStateVectorFromUpdate(whole))
      peer.text.insert(0, 'on it goes ')
      await waitFor(async () => (await harness.storedText(id)).startsWith('on it goes'))
    },
  )

  it('[I4] can be verified against the log', async () => {
    await write(25)
    await waitFor(async () => (await count('document_snapshot')) === 2)
    const name = { documentId: id, epoch: await harness.epochOf(id) }
    const deps = { db: harness.db, log: pino({ level: 'silent' }) }
    expect(await verifyLog(deps, name)).toEqual([])
    await harness.db.write([
      { sql: 'DELETE FROM document_segment WHERE document_id = ? AND first_seq = 1', args: [id] },
    ])
    expect(await verifyLog(deps, name)).toEqual([expect.stringContaining('does not replay')])
  })

  it('a log that lacks a row is not taken for the document', async () => {
    await write(3)
    await harness.restart()
    await harness.db.write([
      { sql: 'DELETE FROM document_update WHERE document_id = ? AND seq = 2', args: [id] },
    ])
    const name = { documentId: id, epoch: await harness.epochOf(id) }
    await expect(replay({ db: harness.db, log: pino({ level: 'silent' }) }, name)).rejects.toThrow(LogDamaged)
  })
})
