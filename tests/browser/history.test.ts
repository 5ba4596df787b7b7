import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems, sidewaysScroll } from '../support/browser.ts'
import type { TestPerson } from '../support/people.ts'
import { card, type DiagramTest, expectSaved, openDiagramTest } from './diagram-page.ts'

let test: DiagramTest
let rafael: TestPerson

beforeAll(async () => {
  test = await openDiagramTest()
  rafael = await test.server.person('Rafael Duarte', 'facilitator')
})
afterEach(() => test.browser.closeWindows())
afterAll(() => test.close())

const start = (more: object = {}) =>
  test.start({
    cards: [
      { id: 'P1', column: 'primary', title: 'Health needs found early' },
      { id: 'C1', column: 'idea', title: 'Ride pool', leadsTo: ['P1'] },
    ],
    ...more,
  })

/** Puts the caret at the end of a card's words and types. */
async function write(page: Page, words: string, more: string): Promise<void> {
  await card(page, words).dblclick()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(more)
}

const openHistory = async (person: TestPerson, id: string, phone = false): Promise<Page> => {
  const page = await test.browser.open(test.server, `/documents/${id}/history`, person, { phone })
  await page.getByRole('heading', { level: 2, name: 'Timeline' }).waitFor()
  return page
}

const moments = (page: Page) => page.locator('.timeline [data-moment]')
const drawing = (page: Page) => page.getByRole('region', { name: 'Fewer missed school days: Then and now' })

describe('the history of a document', () => {
  it('shows who wrote when, an older moment beside now, and brings it back while others type', async () => {
    const id = await start()
    const his = await test.open(rafael, id)
    await write(his, 'Ride pool', ' on Fridays')
    await expectSaved(his)

    const hers = await test.open(test.coordinator, id)
    await write(hers, 'Health needs', ' and')
    await expectSaved(hers)
    await hers.getByRole('button', { name: 'More', exact: true }).click()
    await hers.getByRole('menuitem', { name: 'History' }).click()
    await expect
      .poll(() => moments(hers).allTextContents())
      .toEqual([/Imani Okafor/, /Rafael Duarte/, /Started/].map((name) => expect.stringMatching(name)))

    // By keyboard to the oldest moment: what came since is marked, in the drawing and in sentences.
    await moments(hers).first().focus()
    await hers.keyboard.press('End')
    await drawing(hers).locator('ins', { hasText: 'on Fridays' }).waitFor()
    await hers.getByText('The words of a change idea changed:').waitFor()
    expect(await accessibilityProblems(hers)).toEqual([])
    await drawing(hers)
      .getByRole('button', { name: /Ride pool/ })
      .click()
    await expect.poll(() => hers.locator('.written-by').first().textContent()).toContain('Rafael Duarte')

    await his.keyboard.press('Escape')
    await write(his, 'Health needs', ' then')
    await hers.getByRole('button', { name: 'Restore this version' }).click()
    await card(his, /Ride pool$/).waitFor()
    await his.keyboard.type(' treated')
    await card(his, /treated$/).waitFor()
    await expectSaved(his)
    await hers.getByRole('button', { name: 'Undo' }).click()
    await card(his, 'Ride pool on Fridays').waitFor()
    await card(his, /treated/).waitFor()
  })

  it('names a version, finds it again among all others, and is whole on a phone', async () => {
    const id = await start()
    const page = await openHistory(test.coordinator, id, true)
    await page.getByRole('button', { name: 'Save a version' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Before the January session')
    await page.getByRole('dialog').getByRole('button', { name: 'Save a version' }).click()
    await page.getByRole('button', { name: 'Choose a moment' }).click()
    await page.getByRole('checkbox', { name: 'Named versions only' }).check()
    await expect
      .poll(() => moments(page).allTextContents())
      .toEqual([expect.stringContaining('Before the January session')])
    expect(await accessibilityProblems(page)).toEqual([])
    await moments(page).first().click()
    await page.getByRole('heading', { level: 2, name: 'Before the January session' }).waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
  })

  it('offers the way back where someone removes most of a document', async () => {
    const long = 'By December every family knows by noon that a child is missing. '.repeat(60)
    const id = await start({ aim: { statement: long } })
    const hers = await test.open(test.coordinator, id)
    const his = await test.open(rafael, id)
    await his.getByRole('treeitem', { name: /^Aim/ }).dblclick()
    await his.keyboard.press('Control+A')
    await his.keyboard.press('Delete')
    await hers.getByText('Rafael Duarte removed most of this document.').waitFor()
    await hers.getByRole('button', { name: 'Bring it back' }).click()
    await card(hers, 'By December every family').waitFor()
    await card(his, 'By December every family').waitFor()
    expect(await hers.getByText('removed most of this document').count()).toBe(0)
  })
})
