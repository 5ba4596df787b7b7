import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { type BrowserPeer, openBrowserPeer } from '../support/browser-peer.ts'
import { Harness, type Someone, waitFor } from '../support/sync-harness.ts'
import { openWire, type Wire } from '../support/wire.ts'

/** Our own browser's side and the engine, together. */
let harness: Harness
let wire: Wire
const pages: BrowserPeer[] = []
let ada: Someone
let ben: Someone

beforeEach(async () => {
  harness = await Harness.open()
  wire = await openWire(harness.origin)
  ada = await harness.person('Ada')
  ben = await harness.person('Ben')
})
afterEach(async () => {
  for (const page of pages.splice(0)) page.close()
  await wire.close()
  await harness.close()
})

async function visit(
  someone: Someone,
  documentId: string,
  options: { epoch?: string; schema?: number } = {},
) {
  const page = openBrowserPeer({
    url: `${wire.origin.replace('http', 'ws')}/sync`,
    documentId,
    cookie: someone.cookie,
    epoch: await harness.epochOf(documentId),
    ...options,
  })
  pages.push(page)
  page.connection.start()
  return page
}

const isSaved = (page: BrowserPeer) => page.markers.unsent() === 0 && page.markers.state().kind === 'saved'

describe('our page and the engine', () => {
  it('[I1] Saved means that the log has it', async () => {
    const id = await harness.document('Aim: ')
    const page = await visit(ada, id)
    await waitFor(() => page.events.includes('synced'))
    page.type('80 % by June')
    await waitFor(() => isSaved(page))
    expect(await harness.storedText(id)).toBe('Aim: 80 % by June')
  })

  it('[I9] never shows Saved over a change older than 600 ms that the log does not have', async () => {
    const id = await harness.document()
    const page = await visit(ada, id)
    await waitFor(() => page.events.includes('synced'))
    wire.stall()
    page.type('lost?')
    await waitFor(() => page.markers.state().kind === 'saving')
    wire.cut()
    wire.resume()
    await waitFor(() => isSaved(page))
    expect(await harness.storedText(id)).toBe('lost?')
  })

  it('[I2] two pages converge with the log through cuts and delays', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('ada', 'ben', 'cut', 'delay'), fc.nat(30)), {
          minLength: 10,
          maxLength: 40,
        }),
        async (steps) => {
          const id = await harness.document('start')
          const people = { ada: await visit(ada, id), ben: await visit(ben, id) }
          await waitFor(() => people.ada.text() === 'start' && people.ben.text() === 'start')
          for (const [who, number] of steps) {
            if (who === 'cut') wire.cut()
            else if (who === 'delay') wire.delay = number
            else scribble(people[who as 'ada' | 'ben'].doc.getText('text'), number)
            if (number % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 5))
          }
          wire.delay = 0
          for (const page of Object.values(people)) page.connection.wake()
          await waitFor(() => isSaved(people.ada) && isSaved(people.ben), { timeout: 15_000 })
          await waitFor(() => people.ada.text() === people.ben.text())
          expect(await harness.storedText(id)).toBe(people.ada.text())
          for (const page of pages.splice(0)) page.close()
        },
      ),
      { numRuns: 8 },
    )
  }, 120_000)

  it('what was written while the server was down is there after it has started again', async () => {
    const id = await harness.document()
    const page = await visit(ada, id)
    await waitFor(() => page.events.includes('synced'))
    wire.cut()
    page.type('down')
    await harness.sync.close()
    page.type(' and up')
    const other = new URL(harness.origin).port
    await harness.restart()
    expect(new URL(harness.origin).port).not.toBe(other)
    const again = openBrowserPeer({
      url: `${harness.origin.replace('http', 'ws')}/sync`,
      documentId: id,
      cookie: ada.cookie,
      epoch: await harness.epochOf(id),
    })
    pages.push(again)
    const { applyUpdate, encodeStateAsUpdate } = await import('yjs')
    applyUpdate(again.doc, encodeStateAsUpdate(page.doc), 'device')
    again.connection.start()
    await waitFor(() => isSaved(again) && again.events.some((event) => event.startsWith('saved')))
    expect(await harness.storedText(id)).toBe('down and up')
  })

  it('[A2] people see each other at once, and again at once after one of them came back', async () => {
    const id = await harness.document()
    const one = await visit(ada, id)
    const two = await visit(ben, id)
    const both = () => one.awareness.getStates().size === 2 && two.awareness.getStates().size === 2
    await waitFor(both)
    one.awareness.setLocalStateField('at', 'card 7')
    const seen = () => two.awareness.getStates().get(one.doc.clientID)
    await waitFor(() => seen()?.at === 'card 7' && seen()?.user?.name === 'Ada')
    wire.cut()
    await waitFor(() => one.events.includes('dropped') && two.events.includes('dropped'))
    await waitFor(both)
    expect(seen()).toMatchObject({ at: 'card 7', user: { id: ada.id, name: 'Ada' } })
  })

  it('[I3] someone who may only read hears that a change was not taken', async () => {
    const id = await harness.document('fixed')
    harness.levels.set(ben.id, 'view')
    const page = await visit(ben, id)
    await waitFor(() => page.text() === 'fixed')
    page.type('!')
    await waitFor(() => page.events.some((event) => event.startsWith('refused')))
    expect(page.markers.state()).toMatchObject({ kind: 'unsaved' })
    expect(await harness.storedText(id)).toBe('fixed')
  })

  it('[C2] another epoch is the end of this one', async () => {
    const id = await harness.document()
    const page = await visit(ada, id, { epoch: 'an earlier one' })
    await waitFor(() => page.events.some((event) => event.startsWith('ended 4409')))
  })

  it('[S1] an older shape is asked to reload', async () => {
    const id = await harness.document()
    const page = await visit(ada, id, { schema: 2 })
    await waitFor(() => page.events.some((event) => event.startsWith('ended 4426')))
  })

  it('[P2] a changed level comes back by itself, a lost one does not', async () => {
    const id = await harness.document()
    const page = await visit(ben, id)
    await waitFor(() => page.events.includes('synced'))
    harness.levels.set(ben.id, 'comment')
    harness.sync.accessChanged({ networkId: harness.networkId, accountId: ben.id })
    await waitFor(() => page.events.includes('level changed'))
    await waitFor(() => page.events.filter((event) => event === 'synced').length === 2)
    harness.levels.set(ben.id, 'none')
    harness.sync.accessChanged({ networkId: harness.networkId, accountId: ben.id })
    await waitFor(() => page.events.some((event) => event.startsWith('ended 4403')))
  })
})

function scribble(text: Y.Text, number: number): void {
  const index = text.length === 0 ? 0 : number % text.length
  if (number % 4 === 0 && text.length > 2) text.delete(index, Math.min(2, text.length - index))
  else text.insert(index, String.fromCharCode(97 + (number % 26)))
}
