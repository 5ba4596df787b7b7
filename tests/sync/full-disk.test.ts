import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Connection } from '../../server/db/guard.ts'
import { updateOf } from '../support/peer.ts'
import { openSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { Harness, type Someone, waitFor } from '../support/sync-harness.ts'

let harness: Harness
let ana: Someone
let ben: Someone

async function open(): Promise<void> {
  harness = await Harness.open({
    busyTimeout: 50,
    tuning: { retryFirst: 20, retryMost: 100, readOnlyAfter: 200 },
  })
  ana = await harness.person('Ana')
  ben = await harness.person('Ben')
}

const write = (text: string) => updateOf((doc) => doc.getText('text').insert(0, text))

/** An edit that cannot be saved is said not to be, is seen by nobody, and is saved by itself once it can be. */
async function goesThrough(stop: () => void, goOn: () => void): Promise<void> {
  const id = await harness.document('')
  const [one, other] = [await harness.raw(ana, id), await harness.raw(ben, id)]
  other.sendStepOne()
  await waitFor(() => other.hasHeard('step-2').length === 1)
  one.sendUpdate(write('before '))
  one.ask(1)
  expect(await one.answered(1)).toMatchObject({ kind: 'saved' })
  await waitFor(() => other.hasHeard('update').length === 1)

  stop()
  const long = 'words '.repeat(30_000)
  one.sendUpdate(write(long))
  one.ask(2)
  expect(await one.answered(2)).toMatchObject({ kind: 'refused' })
  expect(other.hasHeard('update')).toHaveLength(1)
  expect(harness.sync.gauges.failingRooms()).toBe(1)

  goOn()
  await waitFor(() => harness.sync.gauges.failingRooms() === 0)
  await waitFor(() => other.hasHeard('update').length === 2)
  await waitFor(async () => (await harness.storedText(id))?.length === 'before '.length + long.length)
  expect((await harness.replayed(id)).fromSnapshot).toEqual((await harness.replayed(id)).whole)
}

describe('a disk that is really full', () => {
  let disk: SmallDisk | undefined
  beforeAll(() => {
    disk = openSmallDisk(6)
  })
  afterAll(() => disk?.close())

  it('[D3] [I9] keeps nothing that was seen from being kept, and all is saved when there is room again', async (context) => {
    if (disk === undefined) return context.skip('This computer does not let us mount a small disk.')
    const { fill, free } = disk
    await open()
    await goesThrough(fill, free)
    await harness.close()
  })
})

describe('a database that somebody else holds', () => {
  beforeEach(open)
  afterEach(() => harness.close())

  it('[D3] is waited for, and what was written meanwhile is saved', async () => {
    const holder = new Connection(join(harness.folder, 'sync.db'), { busyTimeout: 1000 })
    await goesThrough(
      () => holder.exec('BEGIN IMMEDIATE'),
      () => holder.exec('ROLLBACK'),
    )
    holder.close()
  })
})
