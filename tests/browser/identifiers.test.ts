import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IdentifierGuard } from '#shared/network.ts'
import { accessibilityProblems, sidewaysScroll } from '../support/browser.ts'
import { expectOk } from '../support/server.ts'
import { card, type DiagramTest, expectSaved, modelOf, openDiagramTest } from './diagram-page.ts'

let test: DiagramTest
let networkId: string

beforeAll(async () => {
  test = await openDiagramTest()
  networkId = (await test.server.setup()).networkId
})
beforeEach(() => setGuard({ mode: 'warn', schoolDomains: ['students.example'] }))
afterEach(() => test.browser.closeWindows())
afterAll(() => test.close())

const setGuard = async (json: IdentifierGuard) => {
  const path = `/api/networks/${networkId}/identifier-guard`
  await expectOk(await test.coordinator.fetch(path, { method: 'PUT', json }))
}

/** A diagram with one card, open. */
async function open(options?: { readonly phone?: boolean }): Promise<{ id: string; page: Page }> {
  const id = await test.start({
    cards: [{ id: 'P1', column: 'primary', title: 'Health needs found early' }],
  })
  return { id, page: await test.open(test.coordinator, id, options) }
}

const warning = (page: Page): Locator => page.getByRole('region', { name: 'Student identifiers' })
const answer = (page: Page, name: string): Locator => warning(page).getByRole('button', { name })
const shows = (page: Page, words: RegExp | string): Promise<void> => warning(page).getByText(words).waitFor()
const gone = (page: Page): Promise<void> => warning(page).waitFor({ state: 'detached' })

/** Puts the caret at the end of the card's words. */
async function writeInCard(page: Page): Promise<Locator> {
  await card(page, 'Health needs').dblclick()
  const field = page.locator('[role="treeitem"] textarea')
  await field.press('Control+End')
  return field
}

async function openNotes(page: Page): Promise<Locator> {
  await card(page, 'Health needs').click()
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  const notes = page.getByRole('textbox', { name: 'Notes of this card' })
  await notes.click()
  return notes
}

/** Pastes text into what has the keyboard. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text)
  await page.keyboard.press('Control+v')
}

const titleOf = async (id: string) =>
  (await modelOf(test, id)).cards.find(({ column }) => column === 'primary')?.title

describe('what someone types', () => {
  it('is looked at when they pause, and masked with one key that leaves the caret where it is', async () => {
    const { page, id } = await open()
    const field = await writeInCard(page)
    await page.keyboard.type(': Maria, DOB 3/4/2015')
    await shows(page, 'This looks like a date of birth. Shared pages hold no student identifiers.')
    await page.keyboard.press('Control+Enter')
    await gone(page)
    await expect.poll(() => field.inputValue()).toBe('Health needs found early: Maria, DOB [date removed]')
    await page.keyboard.type(' so')
    await expectSaved(page)
    await expect.poll(() => titleOf(id)).toBe('Health needs found early: Maria, DOB [date removed] so')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(() => field.inputValue()).toContain('3/4/2015')
  })

  it('is kept with one key, and not asked about again in this document', async () => {
    const { page } = await open()
    const field = await writeInCard(page)
    await page.keyboard.type(', SIS 10293847')
    await shows(page, 'This looks like a student’s ID number.')
    await page.keyboard.press('Escape')
    await gone(page)
    // The key was the warning's: one is still writing.
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.type(' again')
    await paste(page, ' SIS 10293847')
    await expect.poll(() => field.inputValue()).toContain('again SIS 10293847')
    expect(await warning(page).count()).toBe(0)
  })

  it('is looked at when one leaves the field without a pause, and can be masked from there', async () => {
    const { page, id } = await open()
    await writeInCard(page)
    await page.keyboard.type(' m.lopez@students.example')
    await page.keyboard.press('Escape')
    await shows(page, 'This looks like a student’s email address.')
    await answer(page, 'Mask it').click()
    await gone(page)
    await expect.poll(() => titleOf(id)).toBe('Health needs found early [address removed]')
  })

  it('in notes is looked at by the paragraph, and undone like anything else', async () => {
    const { page } = await open()
    const notes = await openNotes(page)
    await notes.pressSequentially('A first paragraph')
    await notes.press('Enter')
    await notes.pressSequentially('born 3/4/2015, she said')
    await shows(page, 'This looks like a date of birth.')
    await answer(page, 'Mask it').click()
    await expect.poll(() => notes.innerText()).toContain('born [date removed], she said')
    await notes.pressSequentially('!')
    await expect.poll(() => notes.innerText()).toContain('she said!')
  })

  it('in a short field, and in the title, is looked at too', async () => {
    const { page, id } = await open()
    await page.getByTitle('Rename').click()
    await page.getByRole('textbox', { name: 'Title' }).fill('Plan for SIS 10293847')
    await page.keyboard.press('Enter')
    await shows(page, 'This holds what looks like a student’s ID number.')
    await answer(page, 'Mask').press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Plan for SIS [number removed]' }).waitFor()
    const { title } = (await expectOk(await test.coordinator.fetch(`/api/documents/${id}`))) as {
      title: string
    }
    expect(title).toBe('Plan for SIS [number removed]')

    const unit = page.getByRole('complementary', { name: 'Aim' }).getByLabel('Unit')
    await unit.fill('student id 1029384')
    await shows(page, 'This looks like a student’s ID number.')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => unit.inputValue()).toBe('student id [number removed]')
    await unit.blur()
    const content = async () => JSON.stringify(await modelOf(test, id))
    await expect.poll(content).toContain('student id [number removed]')
    expect(await content()).not.toContain('1029384')
  })

  it('raises no alarm for figures, dates and names of the work', async () => {
    const { page } = await open()
    const field = await writeInCard(page)
    await page.keyboard.type(' 83/414 by 12/31/2025, call 614-555-0123, Nora Lindqvist')
    await field.press('Escape')
    await expectSaved(page)
    expect(await warning(page).count()).toBe(0)
  })

  it('is taken in without delay: a key costs less than a millisecond more', async () => {
    const { page } = await open()
    const field = await writeInCard(page)
    const cost = await field.evaluate((element) => {
      const begun = performance.now()
      for (let key = 0; key < 1_000; key++) element.dispatchEvent(new Event('input'))
      return (performance.now() - begun) / 1_000
    })
    expect(cost).toBeLessThan(1)
  })
})

const classList = 'Student\tGrade\tDOB\nMaria Lopez\t5\t3/4/2015\nWei Chen\t6\t5/6/2014'

describe('what someone pastes', () => {
  it('is held before it enters the document, and masked', async () => {
    const { page, id } = await open()
    const field = await writeInCard(page)
    await paste(page, ', DOB 3/4/2015')
    await shows(page, 'This holds what looks like a date of birth.')
    expect(await field.inputValue()).toBe('Health needs found early')
    await answer(page, 'Mask').click()
    await expect.poll(() => field.inputValue()).toBe('Health needs found early, DOB [date removed]')
    await expect.poll(() => titleOf(id)).toBe('Health needs found early, DOB [date removed]')
  })

  it('is left out with Escape, and pasted as it is by pasting once more', async () => {
    const { page } = await open()
    const field = await writeInCard(page)
    await paste(page, ', DOB 3/4/2015')
    await shows(page, 'date of birth')
    await page.keyboard.press('Escape')
    await gone(page)
    expect(await field.inputValue()).toBe('Health needs found early')
    await paste(page, ', DOB 3/4/2015')
    await shows(page, 'date of birth')
    await page.keyboard.press('Control+v')
    await expect.poll(() => field.inputValue()).toBe('Health needs found early, DOB 3/4/2015')
    await gone(page)
  })

  it('in notes comes in as it was copied when it is let in, and without form when it is masked', async () => {
    const { page } = await open()
    const notes = await openNotes(page)
    await page.evaluate(async () => {
      const html = new Blob(['<p>Maria <b>DOB 3/4/2015</b></p>'], { type: 'text/html' })
      const plain = new Blob(['Maria DOB 3/4/2015'], { type: 'text/plain' })
      await navigator.clipboard.write([new ClipboardItem({ 'text/html': html, 'text/plain': plain })])
    })
    await page.keyboard.press('Control+v')
    await shows(page, 'date of birth')
    expect(await notes.innerText()).not.toContain('Maria')
    await answer(page, 'Mask').click()
    await expect.poll(() => notes.innerText()).toContain('Maria DOB [date removed]')
    await page.keyboard.press('Control+v')
    await answer(page, 'Paste anyway').click()
    await expect.poll(() => notes.locator('strong').allInnerTexts()).toEqual(['DOB 3/4/2015'])
  })

  it('as rows goes on to the dialog for rows only with its names masked', async () => {
    const { page, id } = await open()
    await writeInCard(page)
    await paste(page, classList)
    await shows(page, 'This holds what looks like a list of students.')
    await answer(page, 'Mask').click()
    const dialog = page.getByRole('dialog', { name: 'Paste an outline or rows' })
    expect(await dialog.getByLabel('Outline or rows').inputValue()).toContain('[names removed]')
    expect(await dialog.innerText()).not.toContain('Lopez')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(JSON.stringify(await modelOf(test, id))).not.toContain('Lopez')
  })

  it('into the dialog itself, or read from a file, is asked about before it becomes cards', async () => {
    const { page, id } = await open()
    const item = (name: string) => page.getByRole('menuitem', { name })
    await page.getByRole('button', { name: 'Export and import' }).click()
    await item('Paste an outline…').click()
    await page.getByRole('textbox', { name: 'Outline or rows' }).fill('Health\n  Student ID 1029384')
    await page.getByRole('button', { name: 'Add 2 cards' }).click()
    await answer(page, 'Leave out').click()
    await page.getByRole('button', { name: 'Add 2 cards' }).click()
    await answer(page, 'Mask').click()
    await card(page, 'Student ID [number removed]').waitFor()

    await page.getByRole('button', { name: 'Export and import' }).click()
    await item('Import a CSV file…').click()
    await page.locator('input[type="file"]').setInputFiles({
      name: 'cards.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('id,level,parent_id,text\n1,1,,m.lopez@students.example\n'),
    })
    await shows(page, 'a student’s email address')
    expect(await accessibilityProblems(page)).toEqual([])
    await answer(page, 'Mask').click()
    await page.getByRole('button', { name: 'Add 1 card' }).click()
    await card(page, '[address removed]').waitFor()
    await expectSaved(page)
    expect(JSON.stringify(await modelOf(test, id))).not.toMatch(/1029384|lopez/)
  })

  it('cannot be pasted as it is where the network blocks it', async () => {
    await setGuard({ mode: 'block', schoolDomains: [] })
    const { page } = await open()
    const field = await writeInCard(page)
    await paste(page, ', DOB 3/4/2015')
    await shows(page, 'date of birth')
    expect(await warning(page).getByRole('button').allInnerTexts()).toEqual([
      expect.stringMatching(/^Mask/),
      expect.stringMatching(/^Leave out/),
    ])
    await page.keyboard.press('Control+v')
    await shows(page, 'date of birth')
    await answer(page, 'Leave out').click()
    await gone(page)
    expect(await field.inputValue()).toBe('Health needs found early')
  })
})

describe('the warning', () => {
  it('is accessible in light and dark, whole on a phone, and answered with the thumb', async () => {
    const { page, id } = await open({ phone: true })
    await card(page, 'Health needs').click()
    await page.locator('[role="treeitem"] textarea').press('Control+End')
    await page.keyboard.type(', DOB 3/4/2015')
    await shows(page, 'date of birth')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await accessibilityProblems(page)).toEqual([])
    }
    expect(await sidewaysScroll(page)).toBe(0)
    const box = await answer(page, 'Mask it').boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    await answer(page, 'Mask it').click()
    await expect.poll(() => titleOf(id)).toBe('Health needs found early, DOB [date removed]')
  })

  it('stands on the other pages of a network too, where titles and names are written', async () => {
    const page = await test.browser.open(test.server, `/networks/${networkId}`, test.coordinator)
    await page.getByRole('button', { name: 'Start a team' }).first().click()
    await page.getByRole('dialog').getByLabel('Name').fill('Team of SIS 10293847')
    await shows(page, 'a student’s ID number')
    expect(await accessibilityProblems(page)).toEqual([])
    await answer(page, 'Mask it').click()
    await expect
      .poll(() => page.getByRole('dialog').getByLabel('Name').inputValue())
      .toBe('Team of SIS [number removed]')
  })
})

describe('a coordinator', () => {
  it('names the school domains and blocks, on the network’s page', async () => {
    const page = await test.browser.open(test.server, `/networks/${networkId}`, test.coordinator)
    await page.getByText('Students’ addresses end in students.example.').waitFor()
    await page.getByRole('button', { name: 'Change what is done about student identifiers' }).click()
    const dialog = page.getByRole('dialog', { name: 'Student identifiers' })
    await dialog.getByRole('radio', { name: 'Block' }).click()
    await dialog.getByLabel('School domains').fill('@K12.Ridgeway.example\nnothing')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Domain 2: A school domain is what stands behind the @').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await dialog.getByLabel('School domains').fill('@K12.Ridgeway.example')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Students’ addresses end in k12.ridgeway.example.').waitFor()
    await page
      .getByText('What looks like a date of birth, an ID number or a class list can be masked')
      .waitFor()
  })

  it('alone has that to decide', async () => {
    const rafael = await test.server.person('Rafael Duarte', 'facilitator')
    const page = await test.browser.open(test.server, `/networks/${networkId}`, rafael)
    await page.getByRole('heading', { name: 'People' }).waitFor()
    expect(await page.getByRole('heading', { name: 'Student identifiers' }).count()).toBe(0)
  })
})
