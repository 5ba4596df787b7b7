import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentGuard } from '../../server/documents/guard.ts'
import { createFeed } from '../../server/feed.ts'
import { answerError } from '../../server/http/errors.ts'
import type { Access } from '../../server/networks/access.ts'
import { expectOk, type TestPerson } from '../support/server.ts'
import { share, startDiagram, startThreeRivers, type ThreeRivers } from '../support/three-rivers.ts'

let rivers: ThreeRivers
let coordinator: TestPerson
let lead: TestPerson
const open: Listening[] = []

beforeAll(async () => {
  rivers = await startThreeRivers()
  coordinator = rivers.coordinator
  lead = await rivers.person('lead of Alder')
})
afterAll(async () => {
  for (const listening of open) await listening.stop()
  await rivers.server.close()
})

interface FeedEvent {
  readonly event: string
  readonly data: unknown
}

/** Someone's open feed: `next` waits for an event, and answers undefined once the stream has ended. */
interface Listening {
  next(): Promise<FeedEvent | undefined>
  stop(): Promise<void>
}

async function listen(person: TestPerson): Promise<Listening> {
  const response = await person.fetch(`/api/networks/${rivers.networkId}/feed`)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const listening: Listening = {
    async next() {
      while (!text.includes('\n\n')) {
        const { value, done } = await reader.read()
        if (done) return undefined
        text += value
      }
      const end = text.indexOf('\n\n')
      const lines = text.slice(0, end).split('\n')
      text = text.slice(end + 2)
      const field = (name: string) =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? ''
      return { event: field('event'), data: JSON.parse(field('data')) }
    },
    stop: () => reader.cancel(),
  }
  open.push(listening)
  expect(await listening.next()).toEqual({ event: 'ready', data: {} })
  return listening
}

const change = (documentId: string, what: string): FeedEvent => ({
  event: 'document',
  data: { documentId, change: what },
})

describe('the feed of a network', () => {
  it('tells what happens to documents, to those who may see them', async () => {
    const own = await listen(lead)
    const others = await listen(coordinator)
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    const ownEvents = [await own.next(), await own.next()]
    expect(ownEvents).toEqual(expect.arrayContaining([change(id, 'created'), change(id, 'changed')]))
    await share(lead, id)
    expect(await own.next()).toEqual(change(id, 'shared'))
    expect(await others.next()).toEqual(change(id, 'shared'))
    await lead.fetch(`/api/documents/${id}`, { method: 'PUT', json: { title: 'Theory' } })
    expect(await others.next()).toEqual(change(id, 'renamed'))
    await lead.fetch(`/api/documents/${id}/archive`, { method: 'POST' })
    expect(await others.next()).toEqual(change(id, 'archived'))
    await lead.fetch(`/api/documents/${id}/archive`, { method: 'DELETE' })
    expect(await others.next()).toEqual(change(id, 'restored'))
  })

  it('tells that a document was erased, when there is none any more to ask about', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    await share(lead, id)
    const listening = await listen(lead)
    const answer = await coordinator.fetch(`/api/documents/${id}/erasure`, { json: { what: 'document' } })
    await expectOk(answer)
    for (let heard = await listening.next(); ; heard = await listening.next()) {
      if (heard === undefined) throw new Error('The feed ended')
      if (JSON.stringify(heard.data) === JSON.stringify({ documentId: id, change: 'erased' })) break
    }
    await listening.stop()
  })

  it('is not there for people from outside', async () => {
    const { id } = (await expectOk(
      await coordinator.fetch('/api/networks', { json: { name: 'Another' } }),
    )) as {
      id: string
    }
    expect((await lead.fetch(`/api/networks/${id}/feed`)).status).toBe(404)
  })

  it('says when one’s role becomes another, and ends when one leaves the network', async () => {
    const expert = await rivers.person('expert')
    const listening = await listen(expert)
    const { members } = (await expectOk(await coordinator.fetch(`/api/networks/${rivers.networkId}`))) as {
      members: { id: string; person: { id: string } }[]
    }
    const membership = members.find(({ person }) => person.id === expert.account.id)?.id
    const path = `/api/memberships/${membership}`
    await expectOk(await coordinator.fetch(path, { method: 'PUT', json: { role: 'observer' } }))
    expect(await listening.next()).toEqual({ event: 'access', data: {} })
    await expectOk(await coordinator.fetch(path, { method: 'DELETE' }))
    expect(await listening.next()).toBeUndefined()
  })

  it('ends when one signs out', async () => {
    const observer = await rivers.person('observer')
    const listening = await listen(observer)
    await expectOk(await observer.fetch('/api/session', { method: 'DELETE' }))
    expect(await listening.next()).toBeUndefined()
  })

  it('is open at most twenty times for one person', async () => {
    const coach = await rivers.person('coach')
    const many: Listening[] = []
    for (let count = 0; count < 20; count += 1) many.push(await listen(coach))
    const refused = await coach.fetch(`/api/networks/${rivers.networkId}/feed`)
    expect(refused.status).toBe(429)
    expect(await refused.json()).toMatchObject({
      error: { message: 'At most 20 pages can listen at once. Close some of them.' },
    })
    await many[0]!.stop()
    await expect
      .poll(async () => {
        const again = await coach.fetch(`/api/networks/${rivers.networkId}/feed`)
        await again.body?.cancel()
        return again.status
      })
      .toBe(200)
  })

  it('is not opened by asking for its head alone, however often', async () => {
    const facilitator = await rivers.person('facilitator')
    const path = `/api/networks/${rivers.networkId}/feed`
    for (let count = 0; count < 25; count += 1)
      expect((await facilitator.fetch(path, { method: 'HEAD' })).status).toBe(200)
    await listen(facilitator)
  })

  it('ends when a sign-in has ended by itself, and does not count as using it', async () => {
    const account = { id: 'a', email: 'a@example.org', name: 'Ada', color: 1 } as const
    let isSignedIn = true
    const asked: unknown[] = []
    const feed = createFeed({
      accounts: {
        async authenticate(_headers, options) {
          asked.push(options)
          return isSignedIn ? { account, sessionId: 's' } : undefined
        },
      },
      access: { getViewer: async () => ({ roles: [{ role: 'coach' }] }) } as unknown as Access,
      guard: {} as DocumentGuard,
      db: rivers.server.db,
      heartbeat: 5,
    })
    const answer = await feed.routes.request('/api/networks/n/feed')
    isSignedIn = false
    // The whole of it can be read only once it has ended.
    expect(await answer.text()).toContain('event: ready')
    expect(asked).not.toContain(undefined)
    expect(asked).toContainEqual({ isUse: false })
    await feed.close()
  })

  it('[W2] opens no more once the server stops, and says that it is about to restart', async () => {
    const account = { id: 'a', email: 'a@example.org', name: 'Ada', color: 1 } as const
    const feed = createFeed({
      accounts: { authenticate: async () => ({ account, sessionId: 's' }) },
      access: {} as Access,
      guard: {} as DocumentGuard,
      db: rivers.server.db,
    })
    const { routes } = feed
    routes.onError(answerError(pino({ level: 'silent' })))
    await feed.close()
    const answer = await routes.request('/api/networks/n/feed')
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('about to restart')
  })

  it('ends when the server stops, and does not keep it from stopping', async () => {
    const listening = await listen(coordinator)
    await rivers.server.restart()
    expect(await listening.next()).toBeUndefined()
  })
})
