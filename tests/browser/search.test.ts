import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems, launchBrowser, sidewaysScroll, type TestBrowser } from '../support/browser.ts'
import type { TestPerson } from '../support/people.ts'
import { share, startDiagram, startThreeRivers, type ThreeRivers } from '../support/three-rivers.ts'
import { card } from './diagram-page.ts'

let rivers: ThreeRivers
let browser: TestBrowser
let nora: TestPerson
let diagramId: string

beforeAll(async () => {
  rivers = await startThreeRivers()
  browser = await launchBrowser()
  nora = await rivers.person('lead of Alder')
  diagramId = await startDiagram(rivers.coordinator, rivers.networkId, {
    title: 'Fewer missed school days',
    content: {
      cards: [
        { id: 'P1', column: 'primary', title: 'Health needs found early' },
        { id: 'C1', column: 'idea', title: 'Asthma plan and spare inhaler', leadsTo: ['P1'] },
        { id: 'C2', column: 'idea', title: 'Ride pool', leadsTo: ['P1'] },
      ],
    },
  })
  await share(rivers.coordinator, diagramId)
  await startDiagram(rivers.coordinator, rivers.networkId, { title: 'A hidden draft about asthma' })
})
afterEach(() => browser.closeWindows())
afterAll(async () => {
  await browser.close()
  await rivers.server.close()
})

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Search' })
const field = (page: Page) => page.getByRole('searchbox', { name: 'Words to look for' })
const found = (page: Page) => page.getByRole('list', { name: 'Found' }).getByRole('link')

const openNetwork = async (person: TestPerson, options?: { readonly phone?: boolean }): Promise<Page> => {
  const page = await browser.open(rivers.server, `/networks/${rivers.networkId}`, person, options)
  await page.getByRole('heading', { level: 1, name: 'Three Rivers' }).waitFor()
  return page
}

describe('searching by keyboard', () => {
  it('the slash key opens it, Enter opens the document at the place that was found', async () => {
    const page = await openNetwork(nora)
    await page.keyboard.press('/')
    await dialog(page).waitFor()
    await page.keyboard.type('inhaler')
    await expect.poll(() => found(page).allTextContents()).toHaveLength(1)
    expect(await found(page).locator('mark').allTextContents()).toEqual(['inhaler'])
    expect(await found(page).textContent()).toContain('Fewer missed school days · Driver diagram')
    await page.keyboard.press('Enter')
    await expect.poll(() => card(page, 'Asthma plan').getAttribute('aria-selected')).toBe('true')
    expect(await dialog(page).count()).toBe(0)
  })

  it('arrow keys go down the list and back, Escape gives the keyboard back', async () => {
    const page = await openNetwork(nora)
    await page.getByRole('button', { name: 'Search' }).press('Enter')
    await field(page).fill('a')
    await found(page).first().waitFor()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => found(page).first().evaluate(hasFocus)).toBe(true)
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => field(page).evaluate(hasFocus)).toBe(true)
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
    await expect.poll(() => page.getByRole('button', { name: 'Search' }).evaluate(hasFocus)).toBe(true)
  })

  it('a slash that is written stays a slash', async () => {
    const page = await browser.open(rivers.server, `/documents/${diagramId}`, rivers.coordinator)
    await card(page, 'Ride pool').dblclick()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' and/or bus')
    await card(page, 'Ride pool and/or bus').waitFor()
    await page.keyboard.press('Escape')
    // On a card that is chosen, a key begins to write in it.
    await page.keyboard.press('/')
    await card(page, 'Ride pool and/or bus/').waitFor()
    expect(await dialog(page).count()).toBe(0)
  })
})

describe('what is shown', () => {
  it('nothing of another’s draft, and a sentence that says what to do', async () => {
    const page = await openNetwork(nora)
    await page.keyboard.press('/')
    await dialog(page).getByText('It looks in the titles and the text of everything').waitFor()
    await field(page).fill('hidden draft')
    await dialog(page).getByText('Try fewer of them').last().waitFor()
    expect(await found(page).count()).toBe(0)
  })

  it('what one looked for, until one forgets it; on a shared computer nothing is kept', async () => {
    const page = await openNetwork(nora)
    const lookFor = async (words: string) => {
      await page.keyboard.press('/')
      await field(page).fill(words)
      await found(page).first().waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('/')
      await field(page).fill(words)
      await found(page).first().click()
      await card(page, 'Asthma plan').waitFor()
      await page.goto(`/networks/${rivers.networkId}`)
      await page.getByRole('heading', { level: 1, name: 'Three Rivers' }).waitFor()
    }
    const recent = page.getByRole('list', { name: 'You looked for' }).getByRole('button')
    await lookFor('spare')
    await page.keyboard.press('/')
    await expect.poll(() => recent.allTextContents()).toEqual(['spare'])
    await recent.first().click()
    await found(page).first().waitFor()
    await field(page).fill('')
    await page.getByRole('button', { name: 'Forget these' }).click()
    await dialog(page).getByText('It looks in the titles').waitFor()
    await page.keyboard.press('Escape')

    await page.evaluate(() => localStorage.setItem('throughline.shared-computer', 'yes'))
    await lookFor('inhaler')
    await page.keyboard.press('/')
    await dialog(page).getByText('It looks in the titles').waitFor()
    expect(await recent.count()).toBe(0)
  })

  it('the page has an address, groups what it finds by document, and follows what is typed', async () => {
    const path = `/networks/${rivers.networkId}/search?q=asthma`
    const page = await browser.open(rivers.server, path, rivers.coordinator)
    await page.getByRole('heading', { level: 2, name: 'A hidden draft about asthma' }).waitFor()
    await page.getByRole('link', { name: 'Asthma plan and spare inhaler' }).waitFor()
    await page.getByText('2 places in 2 documents.').waitFor()
    await page.getByRole('searchbox', { name: 'Words of a title or a text' }).fill('nowhere to be found')
    await page.getByText('Nothing that you may see holds all of these words.').waitFor()
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('nowhere to be found')
    await page.getByRole('link', { name: 'See all documents' }).click()
    await page.getByRole('heading', { level: 1, name: 'Documents' }).waitFor()
  })

  it('is accessible and whole on a phone', async () => {
    const page = await openNetwork(nora, { phone: true })
    await page.getByRole('button', { name: 'Search' }).click()
    await field(page).fill('asthma')
    await found(page).first().waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    await page.getByRole('link', { name: /on a page$/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Search' }).waitFor()
    await page.getByRole('link', { name: 'Asthma plan and spare inhaler' }).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await accessibilityProblems(page)).toEqual([])
    }
    expect(await sidewaysScroll(page)).toBe(0)
  })
})

const hasFocus = (element: Element): boolean => element === document.activeElement
