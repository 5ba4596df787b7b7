import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems, sidewaysScroll, type WindowOptions } from '../support/browser.ts'
import { expectOk, type TestPerson } from '../support/people.ts'
import { type CycleStory, openCycleStory, plan } from './cycle-page.ts'

let story: CycleStory
let team: string

beforeAll(async () => {
  story = await openCycleStory()
  team = await teamOf('Eastfield')
})
afterEach(async () => {
  await story.browser.closeWindows()
  // Each test begins with an empty board.
  for (const id of started.splice(0))
    await story.hank.fetch(`/api/documents/${id}/archive`, { method: 'POST' })
})
afterAll(() => story.close())

const started: string[] = []

async function start(title: string): Promise<string> {
  const id = await story.start()
  started.push(id)
  await expectOk(await story.hank.fetch(`/api/documents/${id}`, { method: 'PUT', json: { title } }))
  return id
}

async function teamOf(name: string): Promise<string> {
  const answer = await story.imani.fetch(`/api/networks/${story.imani.networkId}`)
  const { teams } = (await expectOk(answer)) as { teams: readonly { id: string; name: string }[] }
  return teams.find((each) => each.name === name)?.id ?? ''
}

async function openBoard(person: TestPerson, options?: WindowOptions, of = team): Promise<Page> {
  const path = `/networks/${story.imani.networkId}/teams/${of}/board`
  const page = await story.browser.open(story.program, path, person, options)
  await page.locator('.board, .empty').first().waitFor()
  return page
}

const column = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
const card = (page: Page, title: string): Locator => page.getByRole('listitem').filter({ hasText: title })
const title = (page: Page, words: string): Locator => page.getByRole('link', { name: words, exact: true })

const hasFocus = (element: Locator): Promise<boolean> =>
  element.evaluate((it) => it === document.activeElement)

async function choose(page: Page, of: string, step: string): Promise<void> {
  await page.getByRole('button', { name: `Move “${of}” to…` }).click()
  await page.getByRole('menuitem', { name: step }).click()
}

describe('a team’s board', () => {
  it('is moved by keyboard through the same steps, which say what is missing and take a reason', async () => {
    const id = await start('Calls at 7:30')
    const page = await openBoard(story.hank)
    await title(page, 'Calls at 7:30').focus()
    await page.keyboard.press('Shift+ArrowRight')
    const asks = page.getByRole('dialog', { name: 'Start Do' })
    await asks.getByText('is sealed as it stands now').waitFor()
    await asks.getByRole('button', { name: 'Start Do' }).click()

    // It is refused, with everything that is missing and where to mend it.
    const missing = asks.getByRole('listitem').getByRole('link')
    await missing.first().waitFor()
    expect(await missing.count()).toBeGreaterThan(1)
    expect(await missing.first().getAttribute('href')).toContain(`/documents/${id}`)
    expect(await accessibilityProblems(page)).toEqual([])
    await asks.getByRole('button', { name: 'Go on all the same' }).click()
    await asks.getByText('Say why, in a sentence').waitFor()
    await asks.getByLabel('Why go on all the same?').fill('The nurse begins tomorrow.')
    await asks.getByRole('button', { name: 'Go on all the same' }).click()

    await column(page, 'Do').getByRole('link', { name: 'Calls at 7:30' }).waitFor()
    await page.getByRole('status').getByText('“Calls at 7:30” is in Do now.').waitFor()
    await expect.poll(() => hasFocus(title(page, 'Calls at 7:30'))).toBe(true)
    const { records } = await story.content(id)
    expect(records).toMatchObject({ stage: 'doing', seals: [{ name: 'predictions' }] })

    // There is no way back: it says where it may go.
    await page.keyboard.press('Shift+ArrowLeft')
    await page.getByRole('status').getByText('From Do it goes to Study, not straight to Plan.').waitFor()
    expect((await story.content(id)).records).toMatchObject({ stage: 'doing' })
  })

  it('goes from card to card with the arrows', async () => {
    await start('First')
    const second = await start('Second')
    await start('Third')
    await story.take(second, 'start-do')
    const page = await openBoard(story.hank)
    const [upper, lower] = await column(page, 'Plan').getByRole('listitem').getByRole('link').allInnerTexts()
    await title(page, upper ?? '').focus()
    await page.keyboard.press('ArrowDown')
    expect(await hasFocus(title(page, lower ?? ''))).toBe(true)
    await page.keyboard.press('ArrowRight')
    expect(await hasFocus(title(page, 'Second'))).toBe(true)
    await page.keyboard.press('ArrowLeft')
    expect(await hasFocus(title(page, upper ?? ''))).toBe(true)
  })

  it('shows what is stalled in the foot of its column with the reason, and others see it at once', async () => {
    await start('Ride pool')
    const [hank, nora] = await Promise.all([openBoard(story.hank), openBoard(story.nora)])
    await choose(hank, 'Ride pool', 'Say that it is stalled')
    const asks = hank.getByRole('dialog', { name: 'Say that it is stalled' })
    await asks.getByLabel('Why?').fill('No agreement who drives.')
    await asks.getByRole('button', { name: 'Say that it is stalled' }).click()
    for (const page of [hank, nora]) {
      const resting = column(page, 'Plan').locator('.resting')
      await resting.getByText('No agreement who drives.').waitFor()
      await resting.getByText('Stalled', { exact: true }).waitFor()
    }
    await choose(nora, 'Ride pool', 'Go on')
    for (const page of [hank, nora])
      await column(page, 'Plan').locator('.resting').waitFor({ state: 'detached' })
  })

  it('is moved by dragging, and refuses a leap in a sentence', async () => {
    await start('Positive first text')
    const page = await openBoard(story.hank)
    const from = card(page, 'Positive first text')
    await from.dragTo(column(page, 'Act'))
    await page
      .getByRole('region', { name: 'Messages' })
      .getByText('From Plan it goes to Do, not straight to Act.')
      .waitFor()
    await from.dragTo(column(page, 'Do'))
    await page.getByRole('dialog', { name: 'Start Do' }).getByRole('button', { name: 'Not now' }).click()
    await column(page, 'Plan').getByRole('link', { name: 'Positive first text' }).waitFor()
  })

  it('takes all cycles out as a table', async () => {
    await start('Calls, “quoted”')
    const page = await openBoard(story.hank)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export all as CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('PDSA cycles of Eastfield.csv')
    const text = await readFile(await download.path(), 'utf8')
    expect(text).toContain('Calls, “quoted”')
    expect(text).toContain(plan.questions[0]?.question)
    expect(text).toContain('Nurse calls home on day 2')
  })

  it('cannot be moved by those who may only read it', async () => {
    const id = await start('Shared')
    await expectOk(await story.hank.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
    const page = await openBoard(await story.program.person('Quinn Adeyemi', 'observer'))
    await title(page, 'Shared').focus()
    expect(await page.getByRole('button', { name: /^Move/ }).count()).toBe(0)
    await page.keyboard.press('Shift+ArrowRight')
    await page.getByRole('status').getByText('You can read this document, but not edit it.').waitFor()
  })

  it('is accessible in light and dark, fits a phone, and teaches where it is empty', async () => {
    const empty = await openBoard(story.hank)
    await empty.getByText('A cycle is one small test').waitFor()
    expect(await accessibilityProblems(empty)).toEqual([])
    await start('Calls at 7:30')
    for (const dark of [false, true]) {
      const page = await openBoard(story.hank, { dark })
      await title(page, 'Calls at 7:30').waitFor()
      expect(await accessibilityProblems(page)).toEqual([])
    }
    const phone = await openBoard(story.hank, { phone: true })
    await title(phone, 'Calls at 7:30').waitFor()
    expect(await sidewaysScroll(phone)).toBe(0)
  })
})
