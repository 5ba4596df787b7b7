import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
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

const start = () =>
  test.start({
    cards: [
      { id: 'P1', column: 'primary', title: 'Health needs found early' },
      { id: 'C1', column: 'idea', title: 'Zuleika Quimby gets a ride', leadsTo: ['P1'] },
    ],
  })

it('a coordinator sees what goes, erases it, and the page of a colleague that has it open shows it no more', async () => {
  const id = await start()
  const his = await test.open(rafael, id)
  await card(his, 'Zuleika Quimby').waitFor()
  const hers = await test.open(test.coordinator, id)
  await hers.getByRole('button', { name: 'More', exact: true }).click()
  await hers.getByRole('menuitem', { name: 'Erase for good …' }).click()
  await hers.getByRole('heading', { level: 1, name: 'Erase for good' }).waitFor()

  // By keyboard: too little is refused beside the field, then what goes is shown, marked.
  await hers.getByLabel('Words to erase').fill('Zu')
  await hers.keyboard.press('Enter')
  await expect.poll(() => hers.locator('.field .error').textContent()).toContain('at least 3 characters')
  await hers.getByLabel('Words to erase').fill('zuleika quimby')
  await hers.keyboard.press('Enter')
  await hers.getByRole('heading', { name: 'What goes' }).waitFor()
  expect(await hers.locator('.erase-passages mark').allTextContents()).toEqual(['Zuleika Quimby'])
  expect(await hers.getByText('Of the history: 1 change').count()).toBe(1)
  expect(await accessibilityProblems(hers)).toEqual([])
  await hers.getByRole('button', { name: 'Erase these words for good' }).press('Enter')
  await expect.poll(() => hers.evaluate(() => document.activeElement?.textContent)).toBe('It is erased')
  expect(await accessibilityProblems(hers)).toEqual([])

  await his.getByText('something was erased for good').waitFor()
  await his.getByRole('button', { name: 'Reload' }).click()
  await card(his, '██████████████ gets a ride').waitFor()
  expect(await card(his, 'Zuleika').count()).toBe(0)
  await card(his, '██████████████').dblclick()
  await his.keyboard.press('Control+A')
  await his.keyboard.type('A student gets a ride')
  await expectSaved(his)
  await hers.getByRole('link', { name: 'To the document' }).click()
  await card(hers, 'A student gets a ride').waitFor()
})

it('on a phone; a document goes with all that belongs to it, and a facilitator is told whom to ask', async () => {
  const id = await start()
  const phone = await test.browser.open(test.server, `/documents/${id}/erase`, test.coordinator, {
    phone: true,
  })
  await phone.getByRole('radio', { name: 'The whole document' }).click()
  await phone.getByRole('button', { name: 'See what goes' }).click()
  await phone.getByText('The document with 1 change').waitFor()
  expect(await sidewaysScroll(phone)).toBe(0)
  expect(await accessibilityProblems(phone)).toEqual([])
  const his = await test.browser.open(test.server, `/documents/${id}/erase`, rafael)
  await his.getByText('Only a coordinator of the network can erase.').waitFor()
  await phone.getByRole('button', { name: 'Erase this document for good' }).click()
  await phone.getByRole('heading', { name: 'It is erased' }).waitFor()
  await phone.getByRole('link', { name: 'To the network' }).waitFor()
  await his.reload()
  await his.getByText('There is no such document, or it is private.').waitFor()
})
