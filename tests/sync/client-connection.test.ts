import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type BrowserPeer, openBrowserPeer } from '../support/browser-peer.ts'
import { type StandIn, startStandIn } from '../support/stand-in-server.ts'

let server: StandIn
const pages: { close(): void }[] = []

beforeEach(async () => {
  server = await startStandIn()
})
afterEach(async () => {
  for (const page of pages.splice(0)) page.close()
  await server.close()
})

function visit(options: { random?: () => number } = {}): BrowserPeer {
  const page = openBrowserPeer({ url: server.url, ...options })
  pages.push(page)
  return page
}

const arrives = (condition: () => unknown): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBeTruthy(), { timeout: 8_000, interval: 10 })

describe('the browser’s side of the socket', () => {
  it('names the schema and the epoch that it has', async () => {
    visit().connection.start()
    await arrives(() => server.visits.length === 1)
    expect(Object.fromEntries(server.visits[0] ?? [])).toEqual({ schema: '3', epoch: 'first' })
  })

  it('connects only when it is told to: after the device’s copy is loaded', async () => {
    const page = visit()
    const other = visit()
    other.connection.start()
    await arrives(() => other.events.includes('synced'))
    expect(page.events).toEqual([])
    expect(server.visits.length).toBe(1)
  })

  it('[I9] asks for an acknowledgement only after the offline edits have been sent', async () => {
    const page = visit()
    page.type('written before')
    expect(page.connection.ask(1)).toBe(false)
    page.connection.start()
    await arrives(() => page.events.some((event) => event.startsWith('saved')))
    expect(server.doc.getText('text').toString()).toBe('written before')
    expect(page.events.indexOf('answered')).toBeLessThan(
      page.events.findIndex((event) => event.startsWith('saved')),
    )
    expect(page.markers.unsent()).toBe(0)
  })

  it('asks at once for a first change and at most four times a second while changes go on', async () => {
    const page = visit()
    page.connection.start()
    await arrives(() => page.events.some((event) => event.startsWith('saved')))
    const before = page.events.length
    const began = Date.now()
    for (let key = 0; key < 30; key += 1) {
      page.type('x')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await arrives(() => page.markers.unsent() === 0)
    const asked = page.events.slice(before).filter((event) => event.startsWith('saved')).length
    expect(asked).toBeGreaterThanOrEqual(2)
    expect(asked).toBeLessThanOrEqual(2 + Math.ceil((Date.now() - began) / 250))
  })

  it('[A3] sends its own presence and never anyone else’s', async () => {
    const ada = visit()
    const ben = visit()
    ada.connection.start()
    ben.connection.start()
    await arrives(() => ada.awareness.getStates().size === 2 && ben.awareness.getStates().size === 2)
    ada.awareness.setLocalStateField('at', 'card 1')
    await arrives(() => ben.awareness.getStates().get(ada.doc.clientID)?.at === 'card 1')
    expect(server.presence.every((ids) => ids.length === 1)).toBe(true)
  })

  it('sends presence at most some times a second, and the last of it always', async () => {
    const ada = visit()
    const ben = visit()
    ada.connection.start()
    ben.connection.start()
    await arrives(() => ben.awareness.getStates().size === 2)
    const before = server.presence.length
    for (let step = 0; step < 200; step += 1) ada.awareness.setLocalStateField('at', `card ${step}`)
    await arrives(() => ben.awareness.getStates().get(ada.doc.clientID)?.at === 'card 199')
    expect(server.presence.length - before).toBeLessThanOrEqual(3)
  })

  it('[A2] goes on from a higher clock that the server gave to its entry, with its own state', async () => {
    const page = visit()
    page.connection.start()
    await arrives(() => page.events.includes('synced'))
    page.awareness.setLocalStateField('at', 'here')
    await arrives(() => server.presence.length >= 2)
    server.announce(page.doc.clientID, 50, { at: 'elsewhere' })
    await arrives(() => (page.awareness.meta.get(page.doc.clientID)?.clock ?? 0) >= 50)
    expect(page.awareness.getLocalState()).toMatchObject({ at: 'here' })
  })

  it('sees the others again at once after a reconnection, though nothing of theirs has changed', async () => {
    const ada = visit()
    const ben = visit()
    ada.connection.start()
    ben.connection.start()
    await arrives(() => ada.awareness.getStates().size === 2)
    server.cut(1)
    await arrives(() => server.open() === 1)
    await arrives(() => server.open() === 2)
    await arrives(() => ada.awareness.getStates().size === 2 && ben.awareness.getStates().size === 2)
  })
})

describe('[W1] a lost socket', () => {
  it('comes back by itself and brings what was written meanwhile', async () => {
    const page = visit()
    page.connection.start()
    await arrives(() => page.events.includes('synced'))
    server.cut()
    await arrives(() => page.events.includes('dropped'))
    page.type('meanwhile')
    await arrives(() => page.markers.unsent() === 0)
    expect(server.doc.getText('text').toString()).toBe('meanwhile')
  })

  it('is not tried again before its time: the stock provider’s own retry is off', async () => {
    const page = visit({ random: () => 0.9999 })
    page.connection.start()
    await arrives(() => page.events.includes('synced'))
    server.cut()
    await arrives(() => page.events.includes('dropped'))
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(server.visits.length).toBe(1)
    page.connection.wake()
    await arrives(() => server.visits.length === 2)
  })

  it('comes back at once, and says so, when the level has changed', async () => {
    const page = visit()
    page.connection.start()
    await arrives(() => page.events.includes('synced'))
    server.closeAll(4501)
    await arrives(() => server.visits.length === 2)
    expect(page.events).toContain('level changed')
  })

  it.each([4401, 4403, 4404, 4409, 4413, 4426, 4429])(
    'does not come back after %i until it is told to',
    async (code) => {
      const page = visit()
      server.turnAway(code, 'Why.')
      page.connection.start()
      await arrives(() => page.events.includes(`ended ${code} Why.`))
      page.connection.wake()
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(server.visits.length).toBe(1)
      server.turnAway(undefined)
      page.connection.resume()
      await arrives(() => page.events.includes('synced'))
    },
  )

  it('that looks open but carries nothing is given up soon after someone looks', async () => {
    const page = visit()
    page.connection.start()
    await arrives(() => page.events.some((event) => event.startsWith('saved')))
    server.freeze()
    page.connection.probe()
    await arrives(() => page.events.includes('dropped'))
    await arrives(() => server.visits.length === 2)
  })

  it('is given up too when what was on its way when it died still comes after the question', async () => {
    const page = visit()
    page.connection.start()
    await arrives(() => page.events.some((event) => event.startsWith('saved')))
    server.hold()
    page.connection.probe()
    server.announce(7, 1, { at: 'card 1' })
    await arrives(() => page.awareness.getStates().has(7))
    expect(page.events).not.toContain('dropped')
    await arrives(() => page.events.includes('dropped'))
  })

  it('is kept while a server that answers late says other things', async () => {
    const page = visit()
    page.connection.start()
    await arrives(() => page.events.some((event) => event.startsWith('saved')))
    server.hold()
    page.connection.probe()
    for (let second = 1; second <= 4; second += 1) {
      server.announce(7, second, { at: `card ${second}` })
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
    server.release()
    await new Promise((resolve) => setTimeout(resolve, 3_300))
    expect(page.events).not.toContain('dropped')
  })

  it('that answers a probe is kept', async () => {
    const page = visit()
    page.connection.start()
    await arrives(() => page.events.some((event) => event.startsWith('saved')))
    page.connection.probe()
    await new Promise((resolve) => setTimeout(resolve, 3_300))
    expect(page.events).not.toContain('dropped')
  })
})
