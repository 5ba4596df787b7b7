import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { accessibilityProblems, sidewaysScroll, type WindowOptions } from '../support/browser.ts'
import { expectOk, type TestPerson } from '../support/people.ts'
import { type CycleStory, openCycleStory, studied } from './cycle-page.ts'

let story: CycleStory
let first: string
let second: string
let ruth: TestPerson

beforeAll(async () => {
  story = await openCycleStory()
  first = await story.start({ ...studied, scaleStep: 'one', decision: 'adapt' })
  second = await story.start({ ...studied, scaleStep: 'five', number: 2, continues: first })
  const { id } = (await expectOk(
    await story.imani.fetch(`/api/networks/${story.imani.networkId}/teams`, {
      json: { name: 'Fallow Springs' },
    }),
  )) as { id: string }
  ruth = await story.program.person('Ruth Yazzie-Clark', 'lead', { team: id })
  for (const id of [story.diagram, first, second])
    await expectOk(await story.hank.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
})
afterEach(() => story.browser.closeWindows())
afterAll(() => story.close())

async function openRamp(person: TestPerson, options?: WindowOptions): Promise<Page> {
  const path = `/documents/${story.diagram}/ramps/calls`
  const page = await story.browser.open(story.program, path, person, options)
  await page.locator('.ramps').waitFor()
  return page
}

it('another team uses a plan, and it branches off the ramp without any result', async () => {
  const page = await story.browser.open(story.program, `/documents/${second}`, ruth)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Use this plan in my team' }).click()
  const dialog = page.getByRole('dialog', { name: 'Use this plan in my team' })
  await dialog.getByText('no prediction, date or result').waitFor()
  await dialog.getByLabel('Title').fill('Does it work at Fallow Springs?')
  await dialog.getByRole('button', { name: 'Use this plan in my team' }).click()
  await page.getByRole('heading', { name: 'Does it work at Fallow Springs?' }).waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const { model } = (await expectOk(await ruth.fetch(`/api/documents/${id}/content`))) as {
    model: { readonly clonedFrom: unknown; readonly questions: readonly object[] }
  }
  expect(model.clonedFrom).toMatchObject({ documentId: second, team: 'Eastfield' })
  expect(model.questions[0]).not.toHaveProperty('resultNumber')
  expect(model.questions[0]).not.toHaveProperty('number')

  const ramp = await openRamp(ruth)
  const trunk = ramp.getByRole('region', { name: 'Eastfield: 2 cycles', exact: true })
  const branch = ramp.getByRole('region', {
    name: 'Fallow Springs: 1 cycle, with the plan of cycle 2 at Eastfield',
  })
  // Each step says what was predicted and what came; a list reads them in their order.
  expect(await trunk.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/Cycle 1, Eastfield\s+predicted\s+28\s%\s+got\s+33\s%/),
    expect.stringMatching(/Cycle 2, Eastfield/),
  ])
  await branch.getByRole('listitem').waitFor()
  expect(await branch.locator('.step-line.carried').count()).toBe(1)
  // The second stands higher than the first.
  const dots = await trunk
    .locator('.dot')
    .evaluateAll((all) => all.map((dot) => dot.getBoundingClientRect().top))
  expect(dots[1]).toBeLessThan(dots[0] ?? 0)
})

it('is reached from its idea, names the way from the aim, and starts the next one', async () => {
  const page = await story.browser.open(story.program, `/documents/${story.diagram}#calls`, story.hank)
  const panel = page.getByRole('complementary', { name: 'Card' })
  await panel.getByRole('link', { name: 'See the ramp' }).click()
  await page.getByRole('heading', { level: 1, name: 'Nurse calls home on day 2' }).waitFor()
  const line = page.getByRole('navigation', { name: /Through-line/ })
  await line.getByRole('link', { name: /Driver\s*Welcoming contact/ }).waitFor()
  await line.getByRole('link', { name: /Cycle\s*\d cycles/ }).waitFor()
  await page.getByRole('button', { name: 'Start a cycle' }).click()
  const dialog = page.getByRole('dialog', { name: 'Start a cycle' })
  await dialog.getByRole('button', { name: /^Blank cycle/ }).click()
  await dialog.getByText('Nurse calls home on day 2').waitFor()
  expect(await dialog.getByLabel('Title').inputValue()).toBe('Nurse calls home on day 2')
})

it('is accessible in light and dark, fits a phone and is made for paper', async () => {
  for (const dark of [false, true]) {
    expect(await accessibilityProblems(await openRamp(story.hank, { dark }))).toEqual([])
  }
  const phone = await openRamp(story.hank, { phone: true })
  expect(await sidewaysScroll(phone)).toBe(0)
  await phone.emulateMedia({ media: 'print' })
  expect(await phone.getByRole('button', { name: 'Start a cycle' }).isVisible()).toBe(false)
  expect(await phone.getByRole('link', { name: 'grade 6, 171 students' }).first().isVisible()).toBe(true)
})

it('says so when the card is gone, and teaches where nothing was tested', async () => {
  const gone = await story.browser.open(story.program, `/documents/${story.diagram}/ramps/gone`, story.hank)
  await gone.getByRole('heading', { name: 'There is no such card' }).waitFor()
  const args = { id: 'new', title: 'Ride pool' }
  await expectOk(
    await story.hank.fetch(`/api/documents/${story.diagram}/actions`, { json: { name: 'add-idea', args } }),
  )
  const empty = await story.browser.open(story.program, `/documents/${story.diagram}/ramps/new`, story.hank)
  await empty.getByText('A ramp begins with the smallest test').waitFor()
})
