import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { syncMessage, updateOf } from '../support/peer.ts'
import { below, randomFrom } from '../support/random-edits.ts'
import { Harness, type Someone, waitFor } from '../support/sync-harness.ts'

let harness: Harness
let id: string
let ana: Someone
let before: Uint8Array

beforeEach(async () => {
  harness = await Harness.open({ tuning: { markerGrace: 100 } })
  ana = await harness.person('Ana')
  id = await harness.document('as it was')
  before = (await harness.replayed(id)).whole
})
afterEach(() => harness.close())

/** After all that was sent before has been dealt with. */
async function expectUnchanged(): Promise<void> {
  const editor = await harness.peer(ana, id).synced()
  expect(editor.text.toString()).toBe('as it was')
  expect((await harness.replayed(id)).whole).toEqual(before)
  expect(await harness.logRows(id)).toHaveLength(1)
  editor.destroy()
}

describe.each(['view', 'comment'] as const)('someone who may only %s', (level) => {
  let someone: Someone
  const edit = updateOf((doc) => doc.getText('text').insert(0, 'no '))

  beforeEach(async () => {
    someone = await harness.person('Vera', level)
  })

  it('[I3] reads the document and sees what others write', async () => {
    const [reader, editor] = [harness.peer(someone, id), harness.peer(ana, id)]
    await Promise.all([reader.synced(), editor.synced()])
    editor.text.insert(0, 'now ')
    await waitFor(() => reader.text.toString() === 'now as it was')
  })

  it('[I3] [R1] is closed with 4403 as a stock client that writes', async () => {
    const reader = await harness.peer(someone, id).synced()
    reader.text.insert(0, 'no ')
    expect(await reader.closed()).toMatchObject({ code: 4403 })
    await expectUnchanged()
  })

  it('[I3] [I9] is told with the next marker as our own client, also for what was done offline', async () => {
    const raw = await harness.raw(someone, id)
    raw.sendStepTwo(edit)
    raw.ask(1)
    expect(await raw.answered(1)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('not edit'),
    })
    raw.ask(2)
    expect(await raw.answered(2)).toMatchObject({ kind: 'refused' })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(raw.close).toBeUndefined()
    await expectUnchanged()
  })

  it('[D5] may send back what is known, as every stock client does', async () => {
    const reader = await harness.peer(someone, id).synced()
    const raw = await harness.raw(someone, id)
    raw.sendStepTwo(Y.encodeStateAsUpdate(reader.doc))
    raw.sendUpdate(new Uint8Array([0, 0]))
    raw.ask(1)
    expect(await raw.answered(1)).toMatchObject({ kind: 'saved' })
    expect(raw.close).toBeUndefined()
  })

  it.each([
    ['a plain update', (update: Uint8Array) => syncMessage(2, update)],
    ['a step 2', (update: Uint8Array) => syncMessage(1, update)],
    [
      'padded numbers',
      (update: Uint8Array) => Uint8Array.from([0x80, 0x00, 0x82, 0x00, update.length, ...update]),
    ],
    [
      'a padded step 2',
      (update: Uint8Array) => Uint8Array.from([0x80, 0x80, 0x00, 0x81, 0x80, 0x00, update.length, ...update]),
    ],
    [
      'two messages in a frame',
      (update: Uint8Array) => Uint8Array.from([1, 1, 0, 0, 2, update.length, ...update]),
    ],
    [
      'a step 1 with an update behind it',
      (update: Uint8Array) => Uint8Array.from([0, 0, 1, 0, 0, 2, update.length, ...update]),
    ],
  ])('[I3] [V5] cannot write with %s', async (_name, frame) => {
    const deletion = updateOf((doc) => doc.getText('text').delete(0, 5), { before })
    for (const update of [edit, deletion]) {
      const raw = await harness.raw(someone, id)
      raw.send(frame(update))
      raw.sendStepOne()
      await waitFor(() => raw.hasHeard('step-2').length > 0 || raw.close !== undefined)
    }
    await expectUnchanged()
  })

  it('[I3] cannot write with random bytes', async () => {
    const random = randomFrom(level.length)
    const raw = [await harness.raw(someone, id)]
    for (let round = 0; round < 300; round++) {
      if (raw[0]?.close !== undefined) raw.unshift(await harness.raw(someone, id))
      const frame = [...syncMessage(1 + below(random, 2), edit)]
      for (let damage = below(random, 4); damage > 0; damage--)
        frame[below(random, frame.length)] = below(random, 256)
      raw[0]?.send(frame)
    }
    await expectUnchanged()
  })
})
