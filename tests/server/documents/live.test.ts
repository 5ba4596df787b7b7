import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { PlacedFact } from '#shared/fact.ts'
import { close } from '#shared/sync-protocol.ts'
import { expectOk, type TestPerson } from '../../support/server.ts'
import {
  detailFor,
  share,
  startDiagram,
  startThreeRivers,
  type ThreeRivers,
} from '../../support/three-rivers.ts'

let rivers: ThreeRivers
let lead: TestPerson
const open: { destroy(): void }[] = []

beforeAll(async () => {
  rivers = await startThreeRivers()
  lead = await rivers.person('lead of Alder')
})
afterAll(async () => {
  for (const provider of open) provider.destroy()
  await rivers.server.close()
})

/** This person's browser with the document open, as the stock client speaks. */
async function openLive(person: TestPerson, id: string): Promise<{ doc: Y.Doc; closeCode: Promise<number> }> {
  const { origin, port } = rivers.server
  class SignedInSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { Cookie: person.cookie }, origin })
    }
  }
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}/sync`, id, doc, {
    disableBc: true,
    WebSocketPolyfill: SignedInSocket as unknown as typeof globalThis.WebSocket,
  })
  open.push(provider)
  const closeCode = new Promise<number>((resolve) => {
    provider.on('connection-close', (event) => event && resolve(event.code))
  })
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
  return { doc, closeCode }
}

const titleOf = (doc: Y.Doc, words: string): Y.Text =>
  [...doc.getMap<Y.Map<Y.Text>>('cards').values()]
    .map((card) => card.get('title')!)
    .find((title) => title.toString() === words)!

const content = { cards: [{ id: 'P1', column: 'primary', title: 'Health' }] }

describe('a document that people edit', () => {
  it('says who edited it last, and its facts and content follow', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder, content })
    await share(lead, id)
    const member = await rivers.person('member of Alder')
    const { doc } = await openLive(member, id)
    titleOf(doc, 'Health').insert(6, ' needs')

    const drivers = async () => {
      const path = `/api/networks/${rivers.networkId}/facts?name=driver&team=${rivers.alder}`
      const { facts } = (await expectOk(await lead.fetch(path))) as { facts: PlacedFact[] }
      return facts.filter(({ documentId }) => documentId === id).map(({ value }) => value)
    }
    await expect.poll(drivers, { timeout: 8000 }).toEqual(['Health needs'])
    expect((await detailFor(lead, id)).updatedBy?.id).toBe(member.account.id)
    const exported = await lead.fetch(`/api/documents/${id}/export?format=markdown`)
    expect(await exported.text()).toContain('Health needs')
  })

  it('[H3] keeps in a named version all that was typed before it', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder, content })
    const { doc } = await openLive(lead, id)
    titleOf(doc, 'Health').insert(6, ' needs')
    const title = async () => {
      const read = (await expectOk(await lead.fetch(`/api/documents/${id}/content`))) as {
        model: { cards: { title: string }[] }
      }
      return read.model.cards[1]?.title
    }
    await expect.poll(title).toBe('Health needs')
    const named = await lead.fetch(`/api/documents/${id}/versions`, { json: { name: 'Agreed' } })
    expect(await named.json()).toMatchObject({ seq: 2 })
  })

  it('leaves everyone’s hands when it is archived, and comes back into them', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder, content })
    const first = await openLive(lead, id)
    await expectOk(await lead.fetch(`/api/documents/${id}/archive`, { method: 'POST' }))
    expect(await first.closeCode).toBe(close.levelChanged)
    const second = await openLive(lead, id)
    titleOf(second.doc, 'Health').insert(6, ' never')
    expect(await second.closeCode).toBe(close.noAccess)
    await expectOk(await lead.fetch(`/api/documents/${id}/archive`, { method: 'DELETE' }))
    const third = await openLive(lead, id)
    expect(titleOf(third.doc, 'Health').toString()).toBe('Health')
  })

  it('opens to the network on the spot when it is shared', async () => {
    const id = await startDiagram(lead, rivers.networkId, { team: rivers.alder, content })
    const facilitator = await rivers.person('facilitator')
    expect((await facilitator.fetch(`/api/documents/${id}`)).status).toBe(404)
    await share(lead, id)
    const { doc } = await openLive(facilitator, id)
    expect(titleOf(doc, 'Health').toString()).toBe('Health')
  })
})
