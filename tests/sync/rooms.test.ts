import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { updateOf } from '../support/peer.ts'
import { Harness, type HarnessOptions, type Someone, waitFor } from '../support/sync-harness.ts'

let harness: Harness
let ana: Someone

async function start(options: HarnessOptions): Promise<void> {
  harness = await Harness.open(options)
  ana = await harness.person('Ana')
}
afterEach(() => harness.close())

async function writeAndLeave(id: string, words: string): Promise<void> {
  const raw = await harness.raw(ana, id)
  raw.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, words)))
  raw.ask(1)
  expect(await raw.answered(1)).toMatchObject({ kind: 'saved' })
  raw.destroy()
}

const versions = (id: string) =>
  harness.db.read<{ seq: number; cause: string; name: string; account_id: string | null }>(
    'SELECT seq, cause, name, account_id FROM document_version WHERE document_id = ? ORDER BY created_at, seq',
    [id],
  )

describe('a room', () => {
  it('[L1] is loaded once for all who join at the same time', async () => {
    let reads = 0
    await start({
      database: (db) => ({
        ...db,
        read: (sql, args) => {
          if (sql.includes('document_snapshot')) reads++
          return db.read(sql, args)
        },
        write: (statements) => db.write(statements),
        forgetDeleted: () => db.forgetDeleted(),
        commitTimes: () => db.commitTimes(),
        close: () => db.close(),
      }),
    })
    const id = await harness.document('together')
    const peers = Array.from({ length: 10 }, () => harness.peer(ana, id))
    await Promise.all(peers.map((peer) => peer.synced()))
    expect(reads).toBe(1)
    expect(harness.sync.gauges.rooms()).toBe(1)
  })

  it('[L4] [H1] is forgotten a while after the last person left, with a snapshot and nothing lost', async () => {
    await start({ tuning: { settleAfter: 20, idleFor: 50, sweepEvery: 20 } })
    const id = await harness.document('kept ')
    await writeAndLeave(id, 'well ')
    await waitFor(() => harness.sync.gauges.rooms() === 0)
    expect(await harness.logRows(id)).toHaveLength(0)
    expect(harness.sync.gauges.memory()).toBe(0)
    const peer = await harness.peer(ana, id).synced()
    expect(peer.text.toString().split(' ').sort()).toEqual(['', 'kept', 'well'])
  })

  it('[L4] above the budget the longest idle one goes first, and never one that someone is in', async () => {
    await start({ tuning: { settleAfter: 5, idleFor: 60_000, sweepEvery: 20, memoryBudget: 3 * 64 * 1024 } })
    const staying = await harness.document('staying')
    const peer = await harness.peer(ana, staying).synced()
    for (let i = 0; i < 4; i++) await writeAndLeave(await harness.document(`${i}`), 'x')
    await waitFor(() => harness.sync.gauges.rooms() <= 3)
    peer.text.insert(0, 'still ')
    await waitFor(async () => (await harness.storedText(staying)) === 'still staying')
  })

  it('[L2] is not destroyed under someone who comes back in the same moment', async () => {
    await start({ tuning: { settleAfter: 0, idleFor: 0, sweepEvery: 1 } })
    const id = await harness.document('.')
    const expected = new Set<string>()
    for (let round = 0; round < 30; round++) {
      const peer = await harness.peer(ana, id).synced()
      expect([...peer.text.toString()].filter((letter) => letter === 'x')).toHaveLength(round)
      peer.text.insert(0, 'x')
      await waitFor(async () => (await harness.storedText(id)) === `${'x'.repeat(round + 1)}.`)
      expected.add(peer.text.toString())
      peer.destroy()
    }
    expect(expected.size).toBe(30)
    await waitFor(() => harness.sync.gauges.rooms() === 0)
    const { whole, fromSnapshot } = await harness.replayed(id)
    expect(fromSnapshot).toEqual(whole)
  })

  it('[L3] leaves no timer behind when the engine is closed', async () => {
    const before = timers()
    await start({})
    const id = await harness.document('.')
    await writeAndLeave(id, 'x')
    await harness.peer(ana, id).synced()
    await harness.sync.close()
    // Those of the test's own peers are theirs.
    for (const client of [harness]) await client.close()
    await waitFor(() => timers() <= before)
    harness = await Harness.open()
  })
})

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

describe('when it has been quiet', () => {
  it('the document is handed over to be projected, once, with its row', async () => {
    const projected: { id: string; text: string; seq: number }[] = []
    await start({
      tuning: { quiet: 50, quietAtLatest: 200 },
      afterQuiet: async (id, doc, seq) => {
        projected.push({ id, text: doc.getText('text').toString(), seq })
      },
    })
    const id = await harness.document('')
    const peer = await harness.peer(ana, id).synced()
    for (const letter of 'abc') peer.text.insert(peer.text.length, letter)
    await waitFor(() => projected.length === 1)
    expect(projected[0]).toMatchObject({ id, text: 'abc' })
    expect(projected[0]?.seq).toBe((await harness.replayed(id)).seq)
    // While people go on typing it comes all the same.
    const before = projected.length
    const typing = setInterval(() => peer.text.insert(0, '.'), 20)
    await waitFor(() => projected.length > before)
    clearInterval(typing)
  })

  it('one that fails is only reported', async () => {
    let tries = 0
    await start({
      tuning: { quiet: 10 },
      afterQuiet: async () => {
        tries++
        throw new Error('no projection today')
      },
    })
    const id = await harness.document('')
    const peer = await harness.peer(ana, id).synced()
    peer.text.insert(0, 'a')
    await waitFor(() => tries === 1)
    peer.text.insert(0, 'b')
    await waitFor(async () => tries === 2 && (await harness.storedText(id)) === 'ba')
  })
})

describe('versions by themselves', () => {
  it('[H3] are kept when the last person leaves, not at a reload', async () => {
    await start({ tuning: { settleAfter: 150 } })
    const id = await harness.document('')
    await writeAndLeave(id, 'one ')
    const back = await harness.peer(ana, id).synced()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await versions(id)).toEqual([])
    back.destroy()
    await waitFor(async () => (await versions(id)).length === 1)
    expect(await versions(id)).toMatchObject([{ seq: 2, cause: 'left', account_id: ana.id }])
    // Looking at it makes none.
    const looking = await harness.peer(ana, id).synced()
    looking.destroy()
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await versions(id)).toHaveLength(1)
  })

  it('[H3] are kept after a while of activity', async () => {
    await start({ tuning: { activeFor: 100, tick: 1 } })
    const id = await harness.document('')
    const peer = await harness.peer(ana, id).synced()
    const typing = setInterval(() => peer.text.insert(0, '.'), 10)
    await waitFor(async () => (await versions(id)).length >= 2)
    clearInterval(typing)
    expect((await versions(id)).every(({ cause }) => cause === 'active')).toBe(true)
  })

  it('[S5] are kept before most of a document is deleted, and people hear of it', async () => {
    const heard: string[] = []
    await start({ mostRemoved: (documentId) => heard.push(documentId) })
    const words = 'the words of many people '.repeat(200)
    const id = await harness.document(words)
    const peer = await harness.peer(ana, id).synced()
    peer.text.delete(0, 1000)
    await waitFor(async () => (await harness.storedText(id)).length === words.length - 1000)
    expect(await versions(id)).toEqual([])
    peer.text.delete(0, 3000)
    await waitFor(async () => (await versions(id)).length === 1)
    const [version] = await versions(id)
    expect(version).toMatchObject({ cause: 'deletion', seq: 2, account_id: ana.id })
    await expect.poll(() => heard).toEqual([id])
    const doc = new Y.Doc()
    for (const row of await harness.logRows(id)) if (row.seq <= 2) Y.applyUpdate(doc, row.payload)
    expect(doc.getText('text').length).toBe(words.length - 1000)
  })
})
