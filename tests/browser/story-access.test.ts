import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { addDriver, expectIndicator, openStory, type Story, wordsOn, writeIn } from './story.ts'

let story: Story

beforeAll(async () => {
  story = await openStory()
})
afterEach(() => story.browser.closeWindows())
afterAll(() => story.close())

/** How long a change of access may take to be there on an open page. */
const inTime = { timeout: 2_000 }

it('[I7] a changed role takes effect in the open document within two seconds, and the page says so', async () => {
  const id = await story.start()
  const hank = await story.program.person('Hank Sorensen', 'facilitator')
  const one = await story.open(story.imani, id)
  const theirs = await story.open(hank, id)
  const card = await addDriver(theirs, 'Sleep')
  await expect.poll(() => wordsOn(one)).toMatchObject({ [card]: 'Sleep' })
  await expectIndicator(theirs, /^Saved/)

  const people = await story.browser.openBeside(one, `/networks/${story.imani.networkId}/people`)
  await changeRole(people, 'Hank Sorensen', 'Observer')
  await theirs.getByText('Your role has changed: you can read this document').waitFor(inTime)
  expect(await theirs.getByRole('treeitem').getByRole('textbox').count()).toBe(0)
  await theirs.keyboard.type('x')
  await writeIn(one, card)
  await one.keyboard.type(' first')
  await expect.poll(() => wordsOn(theirs)).toMatchObject({ [card]: 'Sleep first' })

  await changeRole(people, 'Hank Sorensen', 'Coach')
  await theirs.getByText('You can edit this document now.').waitFor(inTime)
  const added = await addDriver(theirs, 'Rides')
  await expect.poll(() => wordsOn(one)).toMatchObject({ [card]: 'Sleep first', [added]: 'Rides' })
})

it('a role that changed while the server was out of reach is the one that holds afterwards', async () => {
  const id = await story.start()
  const lena = await story.program.person('Lena Whitfield', 'coach')
  const one = await story.open(story.imani, id)
  const theirs = await story.open(lena, id)
  const card = await addDriver(theirs, 'Sleep')
  await expect.poll(() => wordsOn(one)).toMatchObject({ [card]: 'Sleep' })
  await expectIndicator(theirs, /^Saved/)

  await story.program.kill()
  await theirs.context().setOffline(true)
  await story.program.start()
  const people = await story.browser.openBeside(one, `/networks/${story.imani.networkId}/people`)
  await changeRole(people, 'Lena Whitfield', 'Expert')
  await people.getByText('Lena Whitfield is now Expert.').waitFor()
  await expectIndicator(theirs, /^Offline/)
  await theirs.context().setOffline(false)
  await theirs.getByText('Your role has changed: you can read this document').waitFor()
  expect(await theirs.getByRole('treeitem').getByRole('textbox').count()).toBe(0)
})

it('[I7] whoever is removed from the network reads no further, and the page says why', async () => {
  const id = await story.start()
  const priya = await story.program.person('Priya Raman', 'facilitator')
  const one = await story.open(story.imani, id)
  const theirs = await story.open(priya, id)
  const card = await addDriver(theirs, 'Sleep')
  await expect.poll(() => wordsOn(one)).toMatchObject({ [card]: 'Sleep' })

  const people = await story.browser.openBeside(one, `/networks/${story.imani.networkId}/people`)
  await people.getByRole('button', { name: 'What to do for Priya Raman' }).click()
  await people.getByRole('menuitem', { name: 'Remove' }).click()
  await people.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await theirs.getByText('You no longer have access to this document.').waitFor(inTime)
  await expectIndicator(theirs, /^Not saved: action needed/)

  await theirs.reload()
  await theirs.getByText('There is no such document, or it is private.').waitFor()
})

async function changeRole(page: Page, name: string, role: string): Promise<void> {
  await page.getByRole('button', { name: `What to do for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Change role' }).click()
  const dialog = page.getByRole('dialog', { name: `Role of ${name}` })
  await dialog.getByLabel('Role').selectOption({ label: role })
  await dialog.getByRole('button', { name: 'Change role' }).click()
}
