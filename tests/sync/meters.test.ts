import { afterEach, beforeEach, expect, it } from 'vitest'
import { updateOf } from '../support/peer.ts'
import { Harness, type Someone, waitFor } from '../support/sync-harness.ts'

let harness: Harness
let ana: Someone
let id: string

beforeEach(async () => {
  harness = await Harness.open()
  ana = await harness.person('Ana')
  id = await harness.document('begun')
})
afterEach(() => harness.close())

it('counts what came and went, how long an edit took, and what waits', async () => {
  const { gauges } = harness.sync
  const raw = await harness.raw(ana, id)
  raw.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, 'more')))
  raw.ask(1)
  await raw.answered(1)
  expect(gauges.receivedBytes()).toBeGreaterThan(4)
  expect(gauges.sentBytes()).toBeGreaterThan(4)
  expect(gauges.ticks()).toHaveLength(1)
  expect(gauges.ticks()[0]).toBeGreaterThan(0)
  expect(gauges.waitingEdits()).toBe(0)
  raw.destroy()
})

it('counts frames that are not taken, by why', async () => {
  const observer = await harness.person('Olu', 'view')
  const reader = await harness.raw(observer, id)
  reader.sendUpdate(updateOf((doc) => doc.getText('text').insert(0, 'more')))
  reader.ask(1)
  await reader.answered(1)
  reader.destroy()
  const hostile = await harness.raw(ana, id)
  hostile.sendUpdate(new Uint8Array([7, 7, 7]))
  await hostile.closed()
  await waitFor(() => harness.sync.gauges.refused().size === 2)
  expect(Object.fromEntries(harness.sync.gauges.refused())).toEqual({ 'not-allowed': 1, malformed: 1 })
})
