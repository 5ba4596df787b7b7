import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { cardTitle, readDiagram } from '#shared/kinds/driver-diagram/model.ts'
import { Peer } from '../support/peer.ts'
import type { TestPerson } from '../support/people.ts'
import { card, type DiagramTest, openDiagramTest, words } from './diagram-page.ts'

let test: DiagramTest
let rafael: TestPerson
let peers: Peer[] = []

beforeAll(async () => {
  test = await openDiagramTest()
  rafael = await test.server.person('Rafael Duarte', 'facilitator')
})
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy()
  await test.browser.closeWindows()
})
afterAll(() => test.close())

/** Three hundred cards and four hundred links. */
function largeDiagram(): unknown {
  const drivers = Array.from({ length: 6 }, (_, index) => ({
    id: `P${index}`,
    column: 'primary',
    title: `Primary driver ${index}`,
  }))
  const below = Array.from({ length: 73 }, (_, index) => ({
    id: `S${index}`,
    column: 'secondary',
    title: `Secondary driver ${index} with some more words`,
    leadsTo: [`P${index % 6}`],
  }))
  const ideas = Array.from({ length: 220 }, (_, index) => ({
    id: `C${index}`,
    column: 'idea',
    title: `Change idea ${index}: call home on day ${index}`,
    leadsTo: [`S${index % 73}`, ...(index < 101 ? [`S${(index + 20) % 73}`] : [])],
  }))
  return { aim: { statement: 'Lower it to 19 % by June 2026.' }, cards: [...drivers, ...below, ...ideas] }
}

/** What the page works for one key: script, style and layout, in milliseconds. */
async function workPerKey(page: Page, keys: string): Promise<number[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const work = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
    return 1000 * (of('ScriptDuration') + of('RecalcStyleDuration') + of('LayoutDuration'))
  }
  const found: number[] = []
  for (const key of keys) {
    const before = await work()
    await page.keyboard.type(key)
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    )
    found.push((await work()) - before)
  }
  return found.sort((a, b) => a - b)
}

describe('three hundred cards and twelve people', () => {
  it('are comfortable: keys are light, everybody’s words arrive, cards can be reached', async () => {
    const id = await test.start(largeDiagram())
    const [imani, other] = await Promise.all([test.open(test.coordinator, id), test.open(rafael, id)])
    await expect.poll(() => imani.locator('.canvas .card').count()).toBe(300)
    peers = Array.from(
      { length: 10 },
      () => new Peer({ origin: test.server.origin, documentId: id, cookie: rafael.cookie }),
    )
    await expect.poll(() => peers.every((peer) => readDiagram(peer.doc).cards.length === 300)).toBe(true)

    let typed = 0
    const typing = setInterval(() => {
      typed++
      for (const [index, peer] of peers.entries()) {
        const at = readDiagram(peer.doc).cards[80 + index * 7]?.id ?? ''
        peer.provider.awareness.setLocalStateField('at', at)
        const title = cardTitle(peer.doc, at)
        if (title instanceof Y.Text && typed <= 20) title.insert(title.length, String(typed % 10))
      }
    }, 150)
    try {
      await card(imani, /^Primary driver 0$/).dblclick()
      const keys = await workPerKey(imani, ' for everyone in the eight sites')
      const median = keys[Math.floor(keys.length / 2)] ?? 0
      expect(median).toBeLessThan(33)
    } finally {
      clearInterval(typing)
    }
    await expect.poll(() => words(other)).toContain('Primary driver 0 for everyone in the eight sites')
    const titles = () => readDiagram(peers[0]?.doc ?? new Y.Doc()).cards.map(({ title }) => title)
    await expect.poll(titles).toContain('Primary driver 0 for everyone in the eight sites')
    await expect.poll(async () => (await words(imani)).sort()).toEqual(titles().sort())

    await imani.keyboard.press('Escape')
    await imani.keyboard.press('End')
    await imani.keyboard.press('ArrowRight')
    await imani.keyboard.press('ArrowRight')
    const chosen = await imani.locator('.card.is-chosen').boundingBox()
    expect(chosen !== null && chosen.y > 150 && chosen.y < 880).toBe(true)
    await imani.getByRole('button', { name: 'See all of it' }).click()
    const last = await imani.locator('.canvas .card').last().boundingBox()
    expect(last !== null && last.y < 880).toBe(true)
  })
})
