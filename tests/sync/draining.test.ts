import { afterEach, expect, it } from 'vitest'
import { updateOf } from '../support/peer.ts'
import { Harness, waitFor } from '../support/sync-harness.ts'

let harness: Harness
afterEach(() => harness.close())

it('[W2] sends people away in groups when it stops; whose turn is not yet writes on, and nobody new comes in', async () => {
  // Groups so far apart that the second is still there when the first is gone, however busy the computer is.
  harness = await Harness.open({ tuning: { drain: { batch: 2, pause: 60_000, atMost: 2_000 } } })
  const id = await harness.document('')
  const people = await Promise.all(['Ana', 'Ben', 'Cleo'].map((name) => harness.person(name)))
  const peers = await Promise.all(people.map((person) => harness.raw(person, id)))
  for (const peer of peers) peer.sendStepOne()
  await waitFor(() => peers.every((peer) => peer.hasHeard('step-2').length > 0))

  const stopped = harness.stop()
  await waitFor(() => peers.filter(({ close }) => close).length === 2)
  const last = peers.find(({ close }) => !close)
  last?.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, 'written at the last moment')))
  last?.ask(1)
  expect(await last?.answered(1)).toMatchObject({ kind: 'saved' })
  const late = await harness.raw(people[0]!, id)
  expect(late.refusedStatus).toBe(503)
  await stopped
  for (const peer of peers) expect(await peer.closed()).toMatchObject({ code: 1012 })

  await harness.start()
  expect(await harness.storedText(id)).toBe('written at the last moment')
})

it('[W2] stops at once where there are few', async () => {
  harness = await Harness.open({ tuning: { drain: { batch: 2, pause: 60_000, atMost: 60_000 } } })
  const id = await harness.document('')
  const ana = await harness.person('Ana')
  const peers = [await harness.raw(ana, id), await harness.raw(ana, id)]
  await harness.stop()
  for (const peer of peers) expect(await peer.closed()).toMatchObject({ code: 1012 })
  await harness.start()
})
