import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { launchBrowser, type TestBrowser, type WindowOptions } from '../support/browser.ts'
import type { TestPerson } from '../support/people.ts'
import { expectOk, startTestServer, type TestServer, type TestServerOptions } from '../support/server.ts'

/** A server with a network, a browser, and driver diagrams that its people open. */
export interface DiagramTest {
  readonly server: TestServer
  readonly browser: TestBrowser
  readonly coordinator: TestPerson
  /** Starts a diagram of the network; blank, or with content as a template has it. */
  start(content?: unknown): Promise<string>
  open(person: TestPerson, documentId: string, options?: WindowOptions): Promise<Page>
  close(): Promise<void>
}

export async function openDiagramTest(options: TestServerOptions = {}): Promise<DiagramTest> {
  const server = await startTestServer(options)
  const { networkId, ...coordinator } = await server.setup()
  const browser = await launchBrowser()
  return {
    server,
    browser,
    coordinator,
    async start(content) {
      const json = {
        kind: 'driver-diagram',
        title: 'Fewer missed school days',
        ...(content === undefined ? {} : { content }),
      }
      const answer = await coordinator.fetch(`/api/networks/${networkId}/documents`, { json })
      const { id } = (await expectOk(answer)) as { id: string }
      await expectOk(
        await coordinator.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }),
      )
      return id
    },
    async open(person, documentId, options) {
      const page = await browser.open(server, `/documents/${documentId}`, person, options)
      await page.locator('[role="treeitem"]').first().waitFor()
      return page
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

/** The sample network's own diagram, as a template holds it. */
export async function sampleDiagram(): Promise<unknown> {
  const file = new URL('../../templates/sample/fewer-missed-days.json', import.meta.url)
  const { content } = JSON.parse(await readFile(file, 'utf8')) as { content: unknown }
  return content
}

/** A card on the canvas, or a line of the outline, by words that it holds. */
export const card = (page: Page, words: string | RegExp): Locator =>
  page.locator('[role="treeitem"]').filter({ has: page.locator('.said', { hasText: words }) })

/** The words of all cards, in the page's order. */
export const words = (page: Page): Promise<string[]> =>
  page.locator('[role="treeitem"] .words > .said').allTextContents()

/** What the card is called that has the keyboard, or in whose words the keyboard is. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const item = document.activeElement?.closest('[role="treeitem"]')
    return item?.getAttribute('aria-label') ?? item?.textContent ?? '(no card)'
  })

export async function expectSaved(page: Page): Promise<void> {
  await expect.poll(() => page.locator('.saved').first().textContent()).toMatch(/^Saved/)
}

/** The diagram as the server has it. */
export async function modelOf(test: DiagramTest, id: string): Promise<Model> {
  const answer = await test.coordinator.fetch(`/api/documents/${id}/content`)
  return ((await expectOk(answer)) as { model: Model }).model
}

interface Model {
  readonly cards: readonly { readonly id: string; readonly column: string; readonly title: string }[]
  readonly links: readonly { readonly from: string; readonly to: string }[]
}
