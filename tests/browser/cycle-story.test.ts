import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { accessibilityProblems, sidewaysScroll } from '../support/browser.ts'
import { type CycleStory, choose, expectStage, fill, openCycleStory, studied, write } from './cycle-page.ts'

let story: CycleStory

beforeAll(async () => {
  story = await openCycleStory()
})
afterEach(() => story.browser.closeWindows())
afterAll(() => story.close())

it('from an idea two people predict, seal, do it with a phone that is offline, study it, adapt, and update the theory', async () => {
  // From the idea on the diagram.
  const hank = await story.browser.open(story.program, `/documents/${story.diagram}`, story.hank)
  await hank.getByRole('treeitem', { name: /Nurse calls home on day 2/ }).click()
  await hank.getByRole('button', { name: 'Start a cycle' }).click()
  await hank.getByRole('button', { name: 'Blank cycle' }).click()
  await hank.getByRole('dialog').getByLabel('Title').fill('Does it work with a counselor?')
  await hank.getByRole('button', { name: 'Start', exact: true }).click()
  await hank.locator('.cycle-page').waitFor()
  const id = hank.url().split('/').at(-1) ?? ''
  const nora = await story.open(story.nora, id)

  // The prediction, and a private number of each.
  await hank
    .getByRole('textbox', { name: 'Question', exact: true })
    .fill('How many students miss school again?')
  await nora.getByRole('textbox', { name: 'Unit' }).fill('%')
  await fill(hank, 'As a number', 28)
  await fill(hank, 'From', 25)
  await fill(hank, 'To', 31)
  await fill(hank, 'How sure', 45)
  await hank.getByRole('checkbox', { name: 'Ask everyone for a private number' }).check()
  await fill(nora, 'My number', 33)
  await fill(hank, 'My number', 30)
  for (const page of [hank, nora]) await page.getByText('2 people have answered.').waitFor()
  expect(await nora.locator('body').innerText()).not.toContain('30\u00a0%')
  await hank.getByRole('button', { name: 'Reveal the answers' }).click()
  await hank.getByRole('dialog').getByRole('button', { name: 'Reveal' }).click()
  for (const page of [hank, nora])
    await page.getByText('2 private forecasts, from 30 to 33\u00a0%.').waitFor()

  // The seal.
  await hank.getByRole('button', { name: 'Start Do' }).click()
  await hank.getByLabel('Why you go on').fill('The counselor begins on Monday.')
  await hank.getByRole('button', { name: 'Seal and start Do' }).click()
  for (const page of [hank, nora]) await expectStage(page, 'Do')

  // Do, on a phone, offline.
  const phone = await story.open(story.nora, id, { phone: true })
  const seen = phone.getByRole('textbox', { name: 'Add what you see' })
  await seen.waitFor()
  await phone.context().setOffline(true)
  await phone.getByText(/^Offline/).waitFor()
  await seen.click()
  await phone.keyboard.type('Two families asked who we are.')
  await phone.getByRole('button', { name: 'Done' }).click()
  const noted = phone.locator('.observation', { hasText: 'Two families asked who we are.' })
  await noted.getByRole('button', { name: 'Unexpected' }).click()
  await phone.locator('input[type="file"]').setInputFiles({
    name: 'tally.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('6 texts, 4 answers'),
  })
  expect(await phone.getByRole('button', { name: 'Go on to Study' }).isDisabled()).toBe(true)
  expect(await sidewaysScroll(phone)).toBe(0)
  await phone.context().setOffline(false)
  await hank
    .locator('.observation', { hasText: 'Two families asked who we are.' })
    .getByRole('button', { name: 'Unexpected', pressed: true })
    .waitFor()

  await hank.getByRole('link', { name: /tally\.txt/ }).waitFor()
  await choose(hank, 'Was it carried out as planned?', 'Partly as planned')
  await write(hank, 'What was done differently', 'Two mornings without calls.')
  expect(await accessibilityProblems(hank)).toEqual([])
  await hank.getByRole('button', { name: 'Go on to Study' }).click()
  for (const page of [hank, nora]) await expectStage(page, 'Study')

  // Study: what was sealed beside what happened.
  await hank.locator('.sealed .figure', { hasText: '28\u00a0%' }).waitFor()
  await fill(hank, 'Result as a number', 33)
  await fill(nora, 'Before the test', 39)
  await nora.getByText(/33\u00a0% lies above the range that you gave.*The numbers suggest: worse\./).waitFor()
  expect(await hank.getByRole('button', { name: 'Go on to Act' }).isDisabled()).toBe(true)
  await choose(nora, 'Against the prediction', 'Worse')
  await hank.getByRole('img', { name: /28 % predicted, 33 % happened, 39 % before/ }).waitFor()
  await write(hank, 'What we learned', 'It helps less with families who have never met the caller.')
  expect(await accessibilityProblems(hank)).toEqual([])
  await hank.getByRole('button', { name: 'Go on to Act' }).click()
  for (const page of [hank, nora]) await expectStage(page, 'Act')

  // Act: adapt, and weaken the link.
  await choose(hank, 'What do we do with the change?', /^Adapt/)
  await write(hank, 'For the next cycle', 'Let the nurse introduce the counselor first.')
  await choose(nora, 'The link on the diagram', 'Weaken the link')
  await nora.getByText(/the link to “Welcoming contact” becomes weak/).waitFor()
  expect(await accessibilityProblems(nora)).toEqual([])
  await hank.getByRole('button', { name: 'Close the cycle' }).click()
  await hank.getByText('The link was weakened.').first().waitFor()
  expect(await links()).toMatchObject([
    { strength: 'weak', evidence: [{ documentId: id, change: 'weaken' }] },
  ])

  // The report, and what goes on from it.
  await nora.getByRole('heading', { name: /^Adapted: Let the nurse introduce/ }).waitFor()
  expect(await accessibilityProblems(nora)).toEqual([])
  await hank.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(links).toMatchObject([{ strength: 'strong', evidence: [] }])
  await nora.getByRole('link', { name: 'Go on with cycle 2' }).click()
  await nora.getByText('Let the nurse introduce the counselor first.').first().waitFor()
  const next = await story.content(nora.url().split('/').at(-1) ?? '')
  expect(next.model).toMatchObject({
    number: 2,
    continues: id,
    questions: [{ question: 'How many students miss school again?', prediction: [] }],
    observations: [],
  })
  expect(JSON.stringify(next.model)).not.toContain('Two families')
}, 180_000)

it('whoever may only comment on the diagram closes the cycle, and the change waits there as a proposal', async () => {
  const on = { documentId: await story.networkDiagram(), part: 'calls' }
  const id = await story.start(studied, on)
  await story.take(id, 'start-do', 'finish-do', 'go-on-to-act')
  const hank = await story.open(story.hank, id)
  await choose(hank, 'What do we do with the change?', /^Abandon/)
  await write(hank, 'Why we let it go', 'Nobody reads a card in the moment.')
  await write(hank, 'What would change our mind', 'If the card were the phone’s lock screen.')
  await choose(hank, 'The link on the diagram', 'Redraw the link')
  expect(await hank.getByRole('button', { name: 'Close the cycle' }).isDisabled()).toBe(true)
  await hank.getByRole('combobox', { name: 'The idea leads instead to' }).selectOption('Practical barriers')
  await hank.getByText(/The cycle closes all the same, and the change waits there as a proposal/).waitFor()
  await hank.getByRole('button', { name: 'Close the cycle' }).click()

  await hank.getByRole('heading', { name: 'Let go here: Nobody reads a card in the moment.' }).waitFor()
  await hank.getByText(/^The change waits on Fewer missed school days as a proposal/).waitFor()
  expect((await story.content(on.documentId)).records).toMatchObject({
    proposals: [{ action: 'revise-link', from: { documentId: id } }],
  })
})

it('what was asked after the seal counts as not predicted, and what was changed on the diagram can be undone later', async () => {
  const id = await story.start(studied)
  await story.take(id, 'start-do', 'finish-do')
  const hank = await story.open(story.hank, id)
  await hank.getByRole('button', { name: /^Plan/ }).click()
  await hank.getByRole('button', { name: 'Add a question' }).click()
  await hank.getByRole('textbox', { name: 'Question', exact: true }).nth(1).fill('Do siblings come back too?')
  const late = hank.getByRole('region', { name: 'Do siblings come back too?' })
  await late.getByText('Not predicted before Do.').waitFor()
  await late.getByText(/The numbers suggest: cannot tell/).waitFor()

  await late.getByRole('radio', { name: 'Cannot tell' }).click()
  await hank.getByRole('button', { name: 'Go on to Act' }).click()
  await expectStage(hank, 'Act')
  await choose(hank, 'What do we do with the change?', /^Adapt/)
  await choose(hank, 'The link on the diagram', 'Weaken the link')
  await write(hank, 'For the next cycle', 'Ask about siblings first.')
  await hank.getByRole('button', { name: 'Close the cycle' }).click()
  await hank.getByText('The link was weakened.').first().waitFor()
  await expect.poll(links).toMatchObject([{ strength: 'weak' }])
  await hank.reload()
  await hank.getByRole('button', { name: 'Undo this change' }).click()
  await hank.getByText(/does not stand on .* any more/).waitFor()
  expect(await links()).toMatchObject([{ strength: 'strong', evidence: [] }])
})

it('an observation is there with its first letter, and one that was emptied leaves nothing behind', async () => {
  const id = await story.start()
  await story.take(id, 'start-do')
  const hank = await story.open(story.hank, id)
  const nora = await story.open(story.nora, id)
  const field = hank.getByRole('textbox', { name: 'Add what you see' })
  await field.pressSequentially('Th')
  await nora.locator('.observation', { hasText: 'Th' }).waitFor()
  expect(await hank.locator('.observation').count()).toBe(0)
  await field.pressSequentially('e bus is late')
  await field.press('Enter')
  await hank.locator('.observation', { hasText: 'The bus is late' }).waitFor()
  expect(await field.inputValue()).toBe('')

  await field.pressSequentially('x')
  await expect.poll(() => nora.locator('.observation').count()).toBe(2)
  await field.press('Backspace')
  await field.press('Enter')
  await expect.poll(() => nora.locator('.observation').count()).toBe(1)

  // When it was seen: changed, and kept in its place by time.
  await hank.getByRole('button', { name: 'change when it was seen' }).click()
  await hank.getByLabel('When it was seen').fill('2025-12-02T07:41')
  await hank.keyboard.press('Enter')
  await nora.getByText(/^Dec 2, 2025, 7:41 am/).waitFor()
})

/** The links that lead from the idea, as the server has them. */
const links = async () =>
  ((await story.content(story.diagram)).model.links as { from: string }[]).filter(
    ({ from }) => from === 'calls',
  )
