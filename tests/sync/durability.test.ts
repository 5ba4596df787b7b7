import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FailingDatabase, failingDatabase } from '../support/failing-database.ts'
import { updateOf } from '../support/peer.ts'
import { Harness, type Someone, waitFor } from '../support/sync-harness.ts'

let harness: Harness
let disk: FailingDatabase
let ana: Someone
let ben: Someone

beforeEach(async () => {
  harness = await Harness.open({
    database: (db) => {
      disk = failingDatabase(db)
      return disk
    },
    tuning: {
      readOnlyAfter: 300,
      retryFirst: 20,
      retryMost: 40,
      markerGrace: 100,
      settleAfter: 20,
      idleFor: 20,
      sweepEvery: 10,
    },
  })
  ana = await harness.person('Ana')
  ben = await harness.person('Ben')
})
afterEach(() => harness.close())

const write = (letters: string) => updateOf((doc) => doc.getText('text').insert(0, letters))

describe('while a commit is on its way', () => {
  it('[D2] [I0] nobody sees the edit, not even who joins, and no marker is answered', async () => {
    const id = await harness.document('')
    const [first, second] = [await harness.raw(ana, id), await harness.raw(ben, id)]
    second.sendStepOne()
    await waitFor(() => second.hasHeard('step-2').length === 1)
    let open = () => {}
    disk.gate = new Promise((resolve) => {
      open = resolve
    })
    first.sendUpdate(write('not yet'))
    first.ask(1)
    await waitFor(() => disk.attempts > 0 && harness.sync.gauges.rooms() === 1)
    const late = await harness.raw(ben, id)
    late.sendStepOne()
    const early = await harness.raw(ben, id)
    early.sendStepOne()
    await waitFor(() => late.hasHeard('step-1').length === 1 && early.hasHeard('step-1').length === 1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    for (const peer of [first, second, late, early]) expect(peer.hasHeard('update')).toEqual([])
    expect(late.hasHeard('step-2')).toEqual([])
    expect(first.hasHeard('saved')).toEqual([])

    disk.gate = undefined
    open()
    expect(await first.answered(1)).toMatchObject({ kind: 'saved' })
    await waitFor(() => second.hasHeard('update').length === 1)
    await waitFor(() => late.document().getText('text').toString() === 'not yet')
  })

  it('[I9] a marker on a new socket is not answered for an edit that came on an older one', async () => {
    const id = await harness.document('')
    const first = await harness.raw(ana, id)
    let open = () => {}
    disk.gate = new Promise((resolve) => {
      open = resolve
    })
    const before = disk.attempts
    first.sendUpdate(write('on the old socket'))
    await waitFor(() => disk.attempts > before)
    first.destroy()
    const again = await harness.raw(ana, id)
    again.ask(1)
    again.sendStepOne()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(again.hasHeard('saved')).toEqual([])
    disk.gate = undefined
    open()
    expect(await again.answered(1)).toMatchObject({ kind: 'saved', seq: 2 })
  })
})

describe('while nothing can be saved', () => {
  it('[D3] nothing goes out, it is tried again, and all is saved when the disk is back', async () => {
    const id = await harness.document('')
    const [first, second] = [await harness.raw(ana, id), await harness.raw(ben, id)]
    second.sendStepOne()
    await waitFor(() => second.hasHeard('step-2').length === 1)
    disk.isFull = true
    const before = disk.attempts
    first.sendUpdate(write('kept'))
    first.ask(1)
    await waitFor(() => disk.attempts > before + 2)
    expect(harness.sync.gauges.failingRooms()).toBe(1)
    expect(second.hasHeard('update')).toEqual([])
    disk.isFull = false
    expect(await first.answered(1)).toMatchObject({ kind: 'saved' })
    await waitFor(() => second.hasHeard('update').length === 1)
    expect(await harness.storedText(id)).toBe('kept')
    expect(harness.sync.gauges.failingRooms()).toBe(0)
  })

  it('[D3] [I9] it is said after a while, edits are refused, and come again by themselves', async () => {
    const id = await harness.document('')
    const ours = await harness.raw(ana, id)
    const stock = harness.peer(ben, id)
    await stock.synced()
    disk.isFull = true
    ours.sendUpdate(write('early '))
    ours.ask(1)
    expect(await ours.answered(1)).toMatchObject({ kind: 'refused' })
    ours.sendUpdate(write('refused '))
    ours.ask(2)
    expect(await ours.answered(2)).toMatchObject({ kind: 'refused' })
    stock.text.insert(0, 'stock ')
    expect(await stock.closed()).toMatchObject({ code: 4503 })
    // Nobody is shown what may yet be lost.
    const joining = await harness.raw(ben, id)
    joining.sendStepOne()
    expect(await joining.closed()).toMatchObject({ code: 4503 })

    disk.isFull = false
    expect(await ours.closed()).toMatchObject({ code: 4503 })
    expect(ours.hasHeard('saved')).toEqual([])
    await waitFor(
      async () =>
        (await harness.storedText(id)) === 'stock early ' ||
        (await harness.storedText(id)) === 'early stock ',
    )
    await stock.synced()
    await waitFor(() => stock.text.toString().includes('early'))
  })

  it('[D3] [L2] the room stays in memory when everyone has gone, and is saved later', async () => {
    const id = await harness.document('')
    const first = await harness.raw(ana, id)
    disk.isFull = true
    const before = disk.attempts
    first.sendUpdate(write('last words'))
    await waitFor(() => disk.attempts > before)
    first.destroy()
    await waitFor(() => harness.sync.gauges.connections() === 0)
    await waitFor(() => disk.attempts > before + 5)
    expect(harness.sync.gauges.rooms()).toBe(1)
    disk.isFull = false
    await waitFor(async () => (await harness.storedText(id)) === 'last words')
  })

  it('[D3] a commit whose answer got lost is not written twice', async () => {
    const id = await harness.document('')
    const first = await harness.raw(ana, id)
    disk.losesAnswers = true
    const before = disk.attempts
    first.sendUpdate(write('once'))
    first.ask(1)
    await waitFor(() => disk.attempts > before)
    disk.losesAnswers = false
    expect(await first.answered(1)).toMatchObject({ kind: 'saved', seq: 2 })
    expect(await harness.logRows(id)).toHaveLength(2)
  })

  it('[L1] a load that fails closes with a code to come back, and leaves no room behind', async () => {
    const id = await harness.document('here')
    // A broken snapshot, and not the whole log behind it: nothing says what the document holds.
    await harness.db.write([
      {
        sql: `INSERT INTO document_snapshot (document_id, epoch, seq, state, checksum, clients, created_at)
          VALUES (?, ?, 1, x'0000', 1, '[]', 0)`,
        args: [id, await harness.epochOf(id)],
      },
      { sql: 'UPDATE document_update SET seq = 2 WHERE document_id = ?', args: [id] },
    ])
    const first = await harness.raw(ana, id)
    expect(await first.closed()).toMatchObject({ code: 4503 })
    expect(harness.sync.gauges.rooms()).toBe(0)
    await harness.db.write([
      { sql: 'DELETE FROM document_snapshot WHERE document_id = ?', args: [id] },
      { sql: 'UPDATE document_update SET seq = 1 WHERE document_id = ?', args: [id] },
    ])
    const peer = await harness.peer(ana, id).synced()
    expect(peer.text.toString()).toBe('here')
  })

  it('[P1] an error while access is checked closes with a code to come back', async () => {
    const id = await harness.document('here')
    harness.levels.set(ana.id, new Error('the database is away'))
    expect(await (await harness.raw(ana, id)).closed()).toMatchObject({ code: 4503 })
  })
})

describe('a log that another writer has moved on', () => {
  it('[D6] is loaded again, and what was being written goes after it', async () => {
    const id = await harness.document('')
    const [first, second] = [await harness.raw(ana, id), harness.peer(ben, id)]
    await second.synced()
    const theirs = write('theirs ')
    const name = [id, await harness.epochOf(id)]
    await harness.db.write([
      {
        sql: `INSERT INTO document_update (document_id, epoch, seq, payload, account_id, connection_id, via, created_at, bytes)
          VALUES (?, ?, 2, ?, NULL, NULL, 'http', 0, ?)`,
        args: [...name, theirs, theirs.byteLength],
      },
      { sql: 'UPDATE document SET head_seq = 2 WHERE id = ?', args: [id] },
    ])
    first.sendUpdate(write('ours '))
    first.ask(1)
    expect(await first.answered(1)).toMatchObject({ kind: 'saved', seq: 3 })
    expect((await harness.storedText(id)).split(' ').sort()).toEqual(['', 'ours', 'theirs'])
    await waitFor(() => second.text.toString().includes('ours'))
  })

  it('[C2] and where it has another epoch everyone is closed with 4409', async () => {
    const id = await harness.document('')
    const peer = await harness.raw(ana, id)
    // Answered from the room: it is loaded, and stands for the old epoch.
    peer.ask(1)
    await peer.answered(1)
    await harness.db.write([{ sql: `UPDATE document SET epoch = 'another' WHERE id = ?`, args: [id] }])
    peer.sendUpdate(write('too late'))
    expect(await peer.closed()).toMatchObject({ code: 4409 })
  })
})
