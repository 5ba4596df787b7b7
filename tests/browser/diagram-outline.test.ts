import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems, sidewaysScroll } from '../support/browser.ts'
import type { TestPerson } from '../support/people.ts'
import {
  card,
  type DiagramTest,
  expectSaved,
  focused,
  modelOf,
  openDiagramTest,
  sampleDiagram,
  words,
} from './diagram-page.ts'

let test: DiagramTest
let rafael: TestPerson
let quinn: TestPerson

beforeAll(async () => {
  test = await openDiagramTest()
  rafael = await test.server.person('Rafael Duarte', 'facilitator')
  quinn = await test.server.person('Quinn Adeyemi', 'observer')
})
afterEach(() => test.browser.closeWindows())
afterAll(() => test.close())

const openOnPhone = async () => {
  const id = await test.start(await sampleDiagram())
  return { id, page: await test.open(test.coordinator, id, { phone: true }) }
}

/** A line of the outline under a certain parent: the nth of those with these words. */
const line = (page: Page, title: string, nth = 0) => card(page, title).nth(nth)
const bar = (page: Page, step: string) =>
  page.getByRole('toolbar', { name: 'Edit' }).getByRole('button', { name: step })

describe('the outline on a phone', () => {
  it('lists the whole diagram, shared cards under each parent, and says so', async () => {
    const { page } = await openOnPhone()
    expect(await card(page, 'Nurse calls home').count()).toBe(2)
    await line(page, 'Nurse calls home').getByText('also under Welcoming contact').waitFor()
    await line(page, 'Nurse calls home', 1).getByText('also under Asthma and chronic illness plans').waitFor()
    await line(page, 'Youth co-leads').getByText('Not under a driver yet').waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
  })

  it('adds, moves and links with the thumb alone, and others see it', async () => {
    const { page, id } = await openOnPhone()
    const other = await test.open(rafael, id)
    await line(page, 'Ride pool').click()
    await bar(page, 'Add').click()
    await page.keyboard.type('Walking bus')
    await card(other, 'Walking bus').waitFor()
    await bar(page, 'Higher').click()
    await expect.poll(() => card(other, 'Walking bus').getAttribute('aria-level')).toBe('3')
    await bar(page, 'Deeper').click()
    await expect.poll(() => card(other, 'Walking bus').getAttribute('aria-level')).toBe('4')
    await bar(page, 'Link').click()
    await page.getByRole('combobox', { name: 'Find a card' }).fill('welc')
    await page.getByRole('option', { name: 'Welcoming contact' }).click()
    await expect.poll(() => card(page, 'Walking bus').count()).toBe(2)
    await bar(page, 'Undo').click()
    await expect.poll(() => card(page, 'Walking bus').count()).toBe(1)
    await expectSaved(page)
  })

  it('Delete on a card with other parents removes that link alone; otherwise the card, and what led to it is flagged', async () => {
    const { page, id } = await openOnPhone()
    await line(page, 'Nurse calls home', 1).click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Delete')
    await page.getByText('no longer leads to “Welcoming contact”').waitFor()
    expect(await card(page, 'Nurse calls home').count()).toBe(1)
    await line(page, 'Agreements signed').click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Delete')
    await line(page, 'One-page DUA addendum').getByText('Not under a driver yet').waitFor()
    const { cards } = await modelOf(test, id)
    expect(cards.map(({ title }) => title)).not.toContain('Agreements signed')
  })

  it('opens a card’s details as a sheet from below', async () => {
    const { page } = await openOnPhone()
    await line(page, 'Ride pool').click()
    await page.keyboard.press('Escape')
    await line(page, 'Ride pool').getByRole('button', { name: 'Details' }).click()
    const sheet = page.locator('.panel')
    await sheet.getByText('Leads to').waitFor()
    const box = await sheet.boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(844, 0)
    await sheet.getByRole('button', { name: 'Close the panel' }).click()
    await sheet.waitFor({ state: 'detached' })
  })
})

describe('the outline on a desk', () => {
  const openOutline = async () => {
    const id = await test.start(await sampleDiagram())
    const page = await test.open(test.coordinator, id)
    await page.getByRole('radio', { name: 'Outline' }).click()
    await page.getByRole('tree', { name: 'The diagram as an outline' }).waitFor()
    return { page, id }
  }

  it('is written like a list: Enter, Tab, Alt and arrows', async () => {
    const { page } = await openOutline()
    await line(page, 'Agreements signed').click()
    await page.keyboard.press('Enter')
    await page.keyboard.type('Data safe to share')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Small cells hidden')
    await page.keyboard.press('Alt+ArrowLeft')
    await page.keyboard.press('Escape')
    expect(await focused(page)).toMatch(/Secondary driver: .*Small cells hidden/)
    await page.keyboard.press('ArrowUp')
    expect(await focused(page)).toContain('Data safe to share')
  })

  it('keeps the caret in the words while others move lines around', async () => {
    const { page, id } = await openOutline()
    const other = await test.open(rafael, id)
    await line(page, 'Welcoming contact').click()
    await page.keyboard.type(' at')
    await card(other, 'Practical barriers').click()
    await other.keyboard.press('Alt+ArrowUp')
    await expect
      .poll(async () => {
        const all = await words(page)
        return (
          all.indexOf('Practical barriers: transport, forms, language') < all.indexOf('Welcoming contact at')
        )
      })
      .toBe(true)
    await page.keyboard.type(' the door')
    await expect.poll(() => words(other)).toContain('Welcoming contact at the door')
  })
})

describe('those who may only read', () => {
  it('see everything, change nothing, and are told so', async () => {
    const id = await test.start(await sampleDiagram())
    const page = await test.open(quinn, id)
    await card(page, 'Ride pool').dblclick()
    expect(await page.locator('[role="treeitem"] textarea').count()).toBe(0)
    await page.keyboard.press('Delete')
    await page
      .getByRole('status')
      .getByText('You can read this diagram, not edit it.')
      .waitFor({ state: 'attached' })
    expect(await words(page)).toContain('Ride pool')
    await page.locator('.panel').getByText('Practical barriers').waitFor()
    expect(await page.locator('.panel').getByRole('textbox').count()).toBe(0)
    await page.keyboard.press('ArrowLeft')
    expect(await focused(page)).toContain('Practical barriers')
  })
})

describe('accessibility', () => {
  it.each([false, true])(
    'axe finds nothing in diagram, panel, outline and dialogs (dark: %s)',
    async (dark) => {
      const id = await test.start(await sampleDiagram())
      const page = await test.open(test.coordinator, id, { dark })
      expect(await accessibilityProblems(page)).toEqual([])
      await card(page, 'Nurse calls home').click()
      await page.getByRole('button', { name: 'Say more about this link' }).first().click()
      expect(await accessibilityProblems(page)).toEqual([])
      await page.locator('.card.is-chosen').press('?')
      await page.getByRole('dialog', { name: 'Keys' }).waitFor()
      expect(await accessibilityProblems(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await card(page, 'Nurse calls home').click()
      await page.keyboard.press('l')
      await page.getByRole('dialog').waitFor()
      expect(await accessibilityProblems(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.getByRole('radio', { name: 'Outline' }).click()
      expect(await accessibilityProblems(page)).toEqual([])
      const phone = await test.open(test.coordinator, id, { phone: true, dark })
      expect(await accessibilityProblems(phone)).toEqual([])
    },
  )
})
