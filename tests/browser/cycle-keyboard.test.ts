import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CycleStory, expectStage, openCycleStory, plan } from './cycle-page.ts'

let story: CycleStory

beforeAll(async () => {
  story = await openCycleStory()
})
afterAll(() => story.close())

/** More than there are places on a page. */
const mostTabs = 150

/** Goes on with Tab until the keyboard is where it is wanted: in one of a group's choices, or at one thing. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor()
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    await page.keyboard.press('Tab')
    if (await target.first().evaluate((element) => element.contains(document.activeElement))) return
  }
  throw new Error(`Tab does not reach ${target}`)
}

async function press(page: Page, name: string | RegExp, within: Page | Locator = page): Promise<void> {
  await tabTo(page, within.getByRole('button', { name }))
  await page.keyboard.press('Enter')
}

async function write(page: Page, label: string, words: string): Promise<void> {
  await tabTo(page, page.getByRole('textbox', { name: label, exact: true }))
  await page.keyboard.type(words)
}

/** Arrows go from one choice of a group to the next, and take it. */
async function choose(page: Page, group: string, choice: RegExp): Promise<void> {
  const radios = page.getByRole('radiogroup', { name: group })
  await tabTo(page, radios)
  const wanted = radios.getByRole('radio', { name: choice })
  await page.keyboard.press('Space')
  for (let arrows = 0; arrows < 6 && !(await wanted.isChecked()); arrows++) {
    await page.keyboard.press('ArrowDown')
  }
  expect(await wanted.isChecked()).toBe(true)
}

it('a cycle goes from the plan to its close by keyboard alone', async () => {
  const id = await story.start(plan)
  const page = await story.open(story.hank, id)

  await write(page, 'We predict', 'Fewer than three in ten.')
  await write(page, 'As a number', '28')
  await press(page, 'Start Do')
  const sealing = page.getByRole('dialog')
  await sealing.waitFor()
  if (await sealing.getByLabel('Why you go on').isVisible()) {
    await tabTo(page, sealing.getByLabel('Why you go on'))
    await page.keyboard.type('The counselor begins on Monday.')
  }
  await press(page, 'Seal and start Do', sealing)
  await expectStage(page, 'Do')

  await choose(page, 'Was it carried out as planned?', /^As planned/)
  await write(page, 'Add what you see', 'Two families asked who we are.')
  await page.keyboard.press('Control+Enter')
  await page.locator('.observation', { hasText: 'Two families asked who we are.' }).waitFor()
  await press(page, 'Go on to Study')
  await expectStage(page, 'Study')

  await write(page, 'Result as a number', '33')
  await choose(page, 'Against the prediction', /^Worse/)
  await write(page, 'What we learned', 'It helps less where nobody has met the caller.')
  await press(page, 'Go on to Act')
  await expectStage(page, 'Act')

  await choose(page, 'What do we do with the change?', /^Adapt/)
  await write(page, 'For the next cycle', 'Introduce the counselor first.')
  await choose(page, 'The link on the diagram', /^Leave/)
  await press(page, 'Close the cycle')
  await page.getByRole('heading', { name: /^Adapted: Introduce the counselor first/ }).waitFor()
  await tabTo(page, page.getByRole('link', { name: 'Go on with cycle 2' }))
  await page.keyboard.press('Enter')
  await page.getByText('Introduce the counselor first.').first().waitFor()
  expect((await story.content(page.url().split('/').at(-1) ?? '')).model).toMatchObject({
    number: 2,
    continues: id,
  })
}, 180_000)
