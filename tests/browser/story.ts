import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { launchBrowser, type TestBrowser, type WindowOptions } from '../support/browser.ts'
import { expectOk, type FirstPerson, type TestPerson } from '../support/people.ts'
import { type Program, startProgram } from '../support/program.ts'

/** The built program, a browser, and two people who may both edit the diagrams of the network. */
export interface Story {
  readonly program: Program
  readonly browser: TestBrowser
  readonly imani: FirstPerson
  readonly rafael: TestPerson
  /** Starts a shared diagram of the network. */
  start(template?: string): Promise<string>
  open(person: TestPerson, documentId: string, options?: WindowOptions): Promise<Page>
  /** The words of each card, as the server has them. */
  stored(documentId: string): Promise<Words>
  close(): Promise<void>
}

/** The words of cards by their ids. */
export type Words = Readonly<Record<string, string>>

export async function openStory(): Promise<Story> {
  const program = await startProgram()
  const browser = await launchBrowser()
  const imani = await program.setup()
  const rafael = await program.person('Rafael Duarte', 'facilitator')
  return {
    program,
    browser,
    imani,
    rafael,
    async start(template = 'blank') {
      const json = { kind: 'driver-diagram', title: 'Fewer missed school days', template }
      const made = await imani.fetch(`/api/networks/${imani.networkId}/documents`, { json })
      const { id } = (await expectOk(made)) as { id: string }
      await expectOk(await imani.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
      return id
    },
    async open(person, documentId, options) {
      const page = await browser.open(program, `/documents/${documentId}`, person, options)
      await opened(page)
      return page
    },
    async stored(documentId) {
      const answer = await imani.fetch(`/api/documents/${documentId}/content`)
      const { model } = (await expectOk(answer)) as { model: Model }
      return Object.fromEntries(model.cards.map(({ id, title }) => [id, title]))
    },
    async close() {
      await browser.close()
      await program.close()
    },
  }
}

interface Model {
  readonly cards: readonly { readonly id: string; readonly title: string }[]
}

/** Until the diagram is drawn. */
export const opened = (page: Page): Promise<void> => page.getByRole('treeitem').first().waitFor()

/** The words of each card, as this page shows them. */
export const wordsOn = (page: Page): Promise<Words> =>
  page
    .getByRole('treeitem')
    .evaluateAll((cards) =>
      Object.fromEntries(
        cards.map((card) => [
          (card as HTMLElement).dataset.card,
          card.querySelector('.said')?.textContent ?? '',
        ]),
      ),
    )

/** What the saved indicator says. */
export const indicator = (page: Page): Promise<string> =>
  page.getByRole('region', { name: 'This document' }).getByRole('status').innerText()

export const expectIndicator = (page: Page, words: RegExp | string): Promise<void> =>
  expect.poll(() => indicator(page)).toMatch(words)

/** Adds a primary driver with these words, stays in its words, and gives its id. */
export async function addDriver(page: Page, words: string): Promise<string> {
  await page.getByRole('treeitem', { name: /^Aim/ }).click()
  await page.keyboard.press('Tab')
  const field = page.getByRole('treeitem').getByRole('textbox')
  await field.pressSequentially(words)
  const card = await field.evaluate((element) => element.closest<HTMLElement>('[data-card]')?.dataset.card)
  return card ?? ''
}

/** Puts the caret at the end of a card's words. */
export async function writeIn(page: Page, card: string): Promise<void> {
  await page.locator(`[data-card="${card}"]`).dblclick()
  await page.locator(`[data-card="${card}"] textarea`).press('Control+End')
}

/** Until both pages and the server show the same, and both pages say that it is saved. */
export async function expectConverged(
  story: Story,
  documentId: string,
  pages: readonly Page[],
): Promise<void> {
  for (const page of pages) await expectIndicator(page, /^Saved/)
  const stored = await story.stored(documentId)
  for (const page of pages) await expect.poll(() => wordsOn(page)).toEqual(stored)
}
