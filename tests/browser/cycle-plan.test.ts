import { createHash } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Seal } from '#shared/records.ts'
import { accessibilityProblems, sidewaysScroll } from '../support/browser.ts'
import { type CycleStory, expectStage, fill, openCycleStory, plan, write } from './cycle-page.ts'
import { expectSaved } from './diagram-page.ts'
import { pressAtOnce } from './press-at-once.ts'

let story: CycleStory

beforeAll(async () => {
  story = await openCycleStory()
})
afterEach(() => story.browser.closeWindows())
afterAll(() => story.close())

const openForTwo = async (id: string) => ({
  hank: await story.open(story.hank, id),
  nora: await story.open(story.nora, id),
})

/** A field of the first question. */
const ofQuestion = (page: Page, field: string): Locator =>
  page.locator(`[data-at^="questions/"][data-at$="/${field}"]`).first()

/** Drags from the middle of one element to the upper edge of another. */
async function drag(from: Locator, to: Locator): Promise<void> {
  const mouse = from.page().mouse
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (start === null || end === null) throw new Error('What is dragged is not on the page.')
  await mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await mouse.down()
  await mouse.move(end.x + 4, end.y + 1, { steps: 5 })
  await mouse.up()
}

/** Opens the dialog that seals, and says why one goes on although something is missing. */
async function lookAtSeal(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Start Do' }).click()
  const dialog = page.getByRole('dialog', { name: 'Seal the predictions and start Do?' })
  await dialog.getByLabel('Why you go on').fill('The counselor begins on Monday.')
  return dialog
}

async function seal(page: Page): Promise<void> {
  const dialog = await lookAtSeal(page)
  await dialog.getByRole('button', { name: 'Seal and start Do' }).click()
  await expectStage(page, 'Do')
}

const sealOf = async (id: string): Promise<Seal | undefined> =>
  ((await story.content(id)).records.seals as readonly Seal[] | undefined)?.[0]

/** Opens a stage that is folded. */
const unfold = (page: Page, stage: string) =>
  page.getByRole('button', { name: new RegExp(`^${stage}`), expanded: false }).click()

describe('a plan', () => {
  it('is written by two people at once, who see where the other stands and keep each other’s words', async () => {
    const id = await story.start()
    const { hank, nora } = await openForTwo(id)
    await write(hank, 'We predict', 'Fewer than a third')
    await ofQuestion(nora, 'prediction').locator('.flag[data-names^="Hank"]').waitFor()
    await nora.getByText('Fewer than a third').waitFor()
    await write(nora, 'We predict', ', if the nurse introduces us')
    await hank.keyboard.type(' miss again')
    const together = 'Fewer than a third miss again, if the nurse introduces us'
    await expect
      .poll(async () => JSON.stringify((await story.content(id)).model.questions))
      .toContain(together)
    expect(await accessibilityProblems(hank)).toEqual([])
  })

  it('keeps what a colleague wrote in a text in which someone stood when it was still empty', async () => {
    const id = await story.start()
    const { hank, nora } = await openForTwo(id)
    await nora.getByRole('textbox', { name: 'We predict', exact: true }).click()
    await nora.locator('.rich-text-content:focus').waitFor()
    await write(hank, 'We predict', 'Fewer than a third')
    await nora.getByText('Fewer than a third').waitFor()
    await nora.keyboard.type('In ten days: ')
    await expect
      .poll(async () => JSON.stringify((await story.content(id)).model.questions))
      .toContain('In ten days: Fewer than a third')
  })

  it('keeps few of its long texts as editors, and each takes the first key that follows a click or a Tab', async () => {
    const page = await story.open(story.hank, await story.start())
    for (const label of [
      'Objective',
      'Because',
      'It works if',
      'We stop if',
      'Possible harm',
      'Who was asked',
    ]) {
      await page.getByRole('textbox', { name: label, exact: true }).click()
      await page.keyboard.type(`${label}. `)
    }
    for (const part of ['criterion', 'stopRule', 'harm', 'stakeholders'])
      expect(await page.locator(`[data-at="${part}"] .rich-text-content`).innerText()).toMatch(/^\w.*\.\s*$/)
    expect(await page.locator('.form-rich.is-live').count()).toBeLessThanOrEqual(4)
    await page.getByRole('textbox', { name: 'What must not get worse' }).focus()
    await pressAtOnce(page, ['Shift+Tab', 'Shift+Tab', ...'Backwards too'])
    await page.getByText('Possible harm. Backwards too').waitFor()
  })

  it('takes rows with Enter and from a spreadsheet, moves them by keyboard and by hand, and brings back what was removed', async () => {
    const { hank, nora } = await openForTwo(await story.start())
    const steps = (page: Page) =>
      page.getByRole('list', { name: 'Steps' }).locator('[data-column="what"] textarea')
    const words = (page: Page) =>
      steps(page).evaluateAll((all) => all.map((each) => (each as HTMLTextAreaElement).value))
    await steps(hank).first().click()
    await hank.keyboard.press('Enter')
    await hank.evaluate(() =>
      navigator.clipboard.writeText('Count\tHank\tFridays\tOffice\nReport\tNora\tMondays\tHuddle\n'),
    )
    await hank.keyboard.press('Control+v')
    await expect.poll(() => words(nora)).toEqual(['Text, then call', 'Count', 'Report'])
    await steps(hank).nth(2).click()
    await hank.keyboard.press('Alt+ArrowUp')
    await expect.poll(() => words(nora)).toEqual(['Text, then call', 'Report', 'Count'])
    await hank.keyboard.type('!')
    await expect.poll(() => words(nora)).toContain('Report!')
    await hank.getByRole('button', { name: 'Remove step 2' }).click()
    await expect.poll(() => words(nora)).toEqual(['Text, then call', 'Count'])
    await hank.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => words(nora)).toEqual(['Text, then call', 'Report!', 'Count'])
    await drag(hank.getByRole('button', { name: 'Move step 3', exact: true }), steps(hank).first())
    await expect.poll(() => words(nora)).toEqual(['Count', 'Text, then call', 'Report!'])
  })

  it('[Y4] whoever stands in a row that a colleague removes is told by whom, and brings it back with their words', async () => {
    const id = await story.start()
    const { hank, nora } = await openForTwo(id)
    await nora.getByRole('textbox', { name: 'Where', exact: true }).first().click()
    await nora.keyboard.press('End')
    await nora.keyboard.type(', room 12')
    await hank.getByRole('button', { name: 'Remove step 1' }).click()
    await nora.getByText('Removed by Hank Sorensen. Your words are kept.').waitFor()
    await nora.getByRole('button', { name: 'Bring back' }).click()
    await expect
      .poll(
        async () =>
          (
            (await story.content((await hank.url()).split('/').at(-1) ?? '')).model.tasks as {
              where: string
            }[]
          )[0]?.where,
      )
      .toBe('Office, room 12')
  })

  it('says what is missing before Do, and leads to each of it; one that asks nothing cannot begin', async () => {
    const { questions: _, ...rest } = plan
    const page = await story.open(story.hank, await story.start({ ...rest, questions: [{}] }))
    const start = page.getByRole('button', { name: 'Start Do' })
    expect(await start.isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Write at least one question' }).click()
    await page.keyboard.type('Do families answer?')
    await expect.poll(() => start.isDisabled()).toBe(false)
    await page.getByRole('button', { name: '“Do families answer?” has no prediction yet.' }).waitFor()
    await page.getByRole('button', { name: /^Ask those whom it touches/ }).click()
    await page.keyboard.press('Space')
    await expect.poll(() => page.getByText('Ask those whom it touches').count()).toBe(0)
  })

  it('is read, not edited, by those who may not, whole on a phone and without a finding', async () => {
    const expert = await story.program.person('Lena Whitfield', 'expert')
    const id = await story.start()
    await story.hank.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } })
    const page = await story.open(expert, id, { phone: true })
    await page.getByText('Find out whether the call still works').waitFor()
    expect(await page.locator('.cycle-page :is(textarea, [role="textbox"])').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Start Do' }).count()).toBe(0)
    expect(await sidewaysScroll(page)).toBe(0)
    expect(await accessibilityProblems(page)).toEqual([])
  })
})

describe('the seal', () => {
  it('is seen by both, with its mark, and stands beside what is changed later', async () => {
    const id = await story.start()
    const { hank, nora } = await openForTwo(id)
    const number = hank.getByRole('textbox', { name: 'As a number' })
    await number.fill('a few')
    await number.press('Enter')
    await hank.getByText('Write a number, such as 28.').waitFor()
    await number.fill('28 %')
    await number.press('Enter')
    await seal(hank)
    await expectStage(nora, 'Do')

    await unfold(nora, 'Plan')
    const sealed = nora.getByRole('region', { name: 'Sealed before Do' })
    await sealed.getByText('28\u00a0%').waitFor()
    await sealed.getByText(/by Hank Sorensen with Nora Lindqvist/).waitFor()
    const stored = await sealOf(id)
    expect(
      createHash('sha256')
        .update(stored?.text ?? '')
        .digest('hex'),
    ).toBe(stored?.hash)
    await sealed.getByRole('button', { name: /^Mark of the seal/ }).click()
    await sealed.getByText(stored?.hash ?? 'no hash').waitFor()
    expect(await accessibilityProblems(nora)).toEqual([])

    // Nora thinks better of it: the seal stays, and what she says now stands beside it.
    await fill(nora, 'As a number', 20)
    await nora.getByRole('region', { name: 'Changed since' }).getByText('20').waitFor()
    await nora.getByRole('button', { name: 'Record as amendment' }).click()
    await nora.getByRole('dialog').getByLabel('Reason').fill('We forgot the students on the bus.')
    await nora.getByRole('button', { name: 'Record the amendment' }).click()
    await unfold(hank, 'Plan')
    const beside = hank.getByRole('region', { name: 'Sealed before Do' })
    await beside.getByText(/Amended .* by Nora Lindqvist/).waitFor()
    await beside.getByText('Reason: We forgot the students on the bus.').waitFor()
    await beside.getByText('28\u00a0%').waitFor()
    expect(await hank.getByRole('region', { name: 'Changed since' }).count()).toBe(0)

    // What is asked only now was not predicted.
    await hank.getByRole('button', { name: 'Add a question' }).click()
    await hank.keyboard.type('Do families mind?')
    await nora.getByText('Not predicted before Do').first().waitFor()
    expect((await sealOf(id))?.text).toBe(stored?.text)
  })

  it('is looked at again when the prediction changed while someone was looking', async () => {
    const id = await story.start()
    const { hank, nora } = await openForTwo(id)
    await fill(hank, 'As a number', 28)
    await expectSaved(hank)
    const dialog = await lookAtSeal(hank)

    // The colleague's change arrives before the seal is asked for.
    await fill(nora, 'As a number', 29)
    await dialog.getByText('The prediction changed while you were looking.').waitFor()
    await dialog.getByText('28\u00a0%').waitFor()
    await dialog.getByRole('button', { name: 'Show the new text' }).click()
    await dialog.getByText('29\u00a0%').waitFor()

    // And once more while the request is on its way: then the server says so.
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await hank.route(
      '**/transitions',
      async (route) => {
        await held
        await route.continue()
      },
      { times: 1 },
    )
    await dialog.getByRole('button', { name: 'Seal and start Do' }).click()
    await fill(nora, 'As a number', 30)
    await expectSaved(nora)
    await expect
      .poll(async () => ((await story.content(id)).model.questions as { number: number }[])[0]?.number)
      .toBe(30)
    goOn()
    await dialog.getByText('The prediction changed while you were looking.').waitFor()
    expect(await sealOf(id)).toBe(undefined)
    await dialog.getByRole('button', { name: 'Show the new text' }).click()
    await dialog.getByText('30\u00a0%').waitFor()
    await dialog.getByRole('button', { name: 'Seal and start Do' }).click()
    await expectStage(nora, 'Do')
    expect((await sealOf(id))?.text).toContain('"number":30')
  })

  it('needs the server, and says so to whoever is offline', async () => {
    const page = await story.open(story.hank, await story.start())
    await page.context().setOffline(true)
    await page.getByText('You are offline. The seal needs the server: start Do once you are back.').waitFor()
    expect(await page.getByRole('button', { name: 'Start Do' }).isDisabled()).toBe(true)
  })
})

describe('beside the way', () => {
  it('a cycle is marked as ready, stalled with a reason that everyone reads, and goes on where it stood', async () => {
    const { hank, nora } = await openForTwo(await story.start())
    const step = async (name: string) => {
      await hank.getByRole('button', { name: /^Stage:/ }).click()
      await hank.getByRole('menuitem', { name }).click()
    }
    await step('Mark as ready')
    await nora.getByRole('button', { name: 'Stage: Ready' }).waitFor()
    await step('Say that it is stalled')
    await hank.getByRole('dialog').getByLabel('Reason').fill('Nobody agrees who calls.')
    await hank.getByRole('dialog').getByRole('button', { name: 'Say that it is stalled' }).click()
    await nora.getByText('Nobody agrees who calls.').waitFor()
    await nora.getByRole('button', { name: 'Go on', exact: true }).click()
    await hank.getByRole('button', { name: 'Stage: Ready' }).waitFor()
  })

  it('its through-line names the idea, and what is private or archived is said to be', async () => {
    const id = await story.start()
    await story.hank.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } })
    const expert = await story.program.person('Tomas Bergstrom', 'expert')
    const hank = await story.open(story.hank, id)
    const line = (page: Page) => page.getByRole('navigation', { name: /^Through-line/ })
    await line(hank)
      .getByRole('link', { name: /Nurse calls home on day 2/ })
      .waitFor()
    const other = await story.open(expert, id)
    await other.getByText('Tests a change idea that is private to Eastfield.').waitFor()
    await line(other).getByText('private to Eastfield').waitFor()
    await story.hank.fetch(`/api/documents/${story.diagram}/archive`, { method: 'POST' })
    await hank.getByText('Fewer missed school days is archived').waitFor()
    await story.hank.fetch(`/api/documents/${story.diagram}/archive`, { method: 'DELETE' })
  })

  it('its through-line stays on a page that is reloaded offline', async () => {
    const page = await story.open(story.hank, await story.start(), { installs: true })
    const idea = page
      .getByRole('navigation', { name: /^Through-line/ })
      .getByRole('link', { name: /Nurse calls home on day 2/ })
    await idea.waitFor()
    await page.evaluate(async () => void (await navigator.serviceWorker.ready))
    await page.context().setOffline(true)
    await page.reload()
    await page.getByText(/^Offline/).waitFor()
    await idea.waitFor()
  })
})
