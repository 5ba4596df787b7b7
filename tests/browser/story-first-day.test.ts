import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { launchBrowser, type TestBrowser } from '../support/browser.ts'
import { testPassword } from '../support/people.ts'
import { type Program, startProgram } from '../support/program.ts'
import { card, expectSaved, words } from './diagram-page.ts'

let program: Program
let browser: TestBrowser

beforeAll(async () => {
  program = await startProgram()
  browser = await launchBrowser()
})
afterEach(() => browser.closeWindows())
afterAll(async () => {
  await browser.close()
  await program.close()
})

it('from nothing to two people who build one diagram at the same time', async () => {
  const imani = await browser.open(program, '/')
  await setUp(imani)
  await startTeam(imani, 'Dunmore High')
  await imani.getByRole('link', { name: 'Three Rivers' }).click()
  await startDiagram(imani, { template: 'School Responder Model', title: 'Help before a charge' })
  const link = await inviteAs('Facilitator', await browser.openBeside(imani, '/'))

  const tomas = await browser.open(program, new URL(link).pathname)
  await joinAs('Tomás Reyes', tomas)
  await tomas.getByRole('link', { name: 'Help before a charge', exact: true }).click()
  await tomas.getByRole('treeitem').first().waitFor()

  await imani.getByRole('button', { name: 'Follow Tomás Reyes' }).waitFor()
  await tomas.getByRole('button', { name: 'Follow Imani Okafor' }).waitFor()
  const fromTemplate = await words(imani)
  expect(fromTemplate.length).toBeGreaterThan(10)
  await expectSame(tomas, imani)

  await Promise.all([
    addDriver(imani, 'Transport on the day', ['Bus passes', 'Ride pool']),
    addDriver(tomas, 'Families are asked first', ['A call at eight', 'A parent partner visits']),
  ])
  await Promise.all([expectSaved(imani), expectSaved(tomas)])
  await expect.poll(async () => (await words(imani)).length).toBe(fromTemplate.length + 6)
  await expectSame(tomas, imani)

  await card(tomas, 'Transport on the day').click()
  await imani.getByRole('treeitem', { name: /Transport on the day.*Tomás Reyes is here/ }).waitFor()
  await card(imani, 'Transport on the day').locator('.flag[data-names="Tomás"]').waitFor()

  await card(tomas, 'Bus passes').dblclick()
  await card(imani, 'Bus passes').dblclick()
  await imani.keyboard.press('Home')
  await Promise.all([
    imani.keyboard.type('Free: ', { delay: 20 }),
    tomas.keyboard.type(' by May', { delay: 20 }),
  ])
  for (const page of [imani, tomas]) await expect.poll(() => words(page)).toContain('Free: Bus passes by May')
  // Out of the words of one card straight to another one: the keyboard comes along.
  await card(imani, 'Transport on the day').click()
  await imani.keyboard.press('Tab')
  await imani.keyboard.type('A walking bus')
  await expect.poll(() => words(tomas)).toContain('A walking bus')
  await Promise.all([expectSaved(imani), expectSaved(tomas)])

  await tomas.reload()
  await tomas.getByRole('treeitem').first().waitFor()
  await expectSame(tomas, imani)
})

/** Both are looked at anew each time: words of either may still be on their way to the other. */
async function expectSame(one: Page, other: Page): Promise<void> {
  await expect
    .poll(async () => {
      const [left, right] = [await drawn(one), await drawn(other)]
      return [left.filter((line) => !right.includes(line)), right.filter((line) => !left.includes(line))]
    })
    .toEqual([[], []])
}

/** Every card with its words and its place, as this page draws them. */
const drawn = (page: Page): Promise<readonly string[]> =>
  page.getByRole('treeitem').evaluateAll((cards) =>
    cards
      .map((card) => {
        const { dataset, style } = card as HTMLElement
        return `${dataset.card}: ${card.querySelector('.said')?.textContent}, ${style.transform}`
      })
      .sort(),
  )

async function setUp(page: Page): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('Three Rivers')
  await page.getByLabel('Your name').fill('Imani Okafor')
  await page.getByLabel('Email').fill('imani@example.org')
  await page.getByLabel('Password', { exact: true }).fill(testPassword)
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('heading', { name: 'Three Rivers starts here' }).waitFor()
}

async function startTeam(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Start a team' }).first().click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Start the team' }).click()
  await page.getByRole('heading', { name }).waitFor()
}

async function startDiagram(page: Page, { template, title }: { template: string; title: string }) {
  await page.getByRole('button', { name: 'Start a driver diagram' }).click()
  const dialog = page.getByRole('dialog', { name: 'Start a document' })
  await dialog.getByText(template).click()
  await dialog.getByLabel('Title').fill(title)
  await dialog.getByRole('button', { name: 'Start', exact: true }).click()
  await page.getByRole('treeitem').first().waitFor()
}

/** Gives the link that someone joins with. */
async function inviteAs(role: string, page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Invite someone' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Invite someone' })
  await dialog.getByLabel('Role').selectOption({ label: role })
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  return dialog.getByLabel('Invitation link').inputValue()
}

async function joinAs(name: string, page: Page): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Email').fill('tomas@example.org')
  await page.getByLabel('Password', { exact: true }).fill(testPassword)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('heading', { name: 'Three Rivers', exact: true }).waitFor()
}

/** A new primary driver at the end of the column, with what leads to it; by keyboard alone. */
async function addDriver(page: Page, driver: string, under: readonly string[]): Promise<void> {
  await page
    .getByRole('treeitem', { name: /^Primary driver/ })
    .last()
    .click()
  await page.keyboard.press('Enter')
  await page.keyboard.type(driver)
  await page.keyboard.press('Tab')
  for (const [index, each] of under.entries()) {
    if (index > 0) await page.keyboard.press('Enter')
    await page.keyboard.type(each)
  }
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
}
