import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
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

beforeAll(async () => {
  test = await openDiagramTest()
})
afterEach(() => test.browser.closeWindows())
afterAll(() => test.close())

/** Puts the keyboard into the diagram as somebody without a mouse does. */
async function tabIntoDiagram(page: Page): Promise<void> {
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  for (let presses = 0; presses < 10 && (await focused(page)) === '(no card)'; presses++) {
    await page.keyboard.press('Tab')
  }
}

const write = async (page: Page, key: string, title: string) => {
  await page.keyboard.press(key)
  await page.keyboard.type(title)
}

describe('the keyboard alone', () => {
  it('goes from an empty diagram to twelve linked cards', async () => {
    const id = await test.start()
    const page = await test.open(test.coordinator, id)
    await tabIntoDiagram(page)
    await page.keyboard.type('By June, 19 % or less miss a tenth of their days.')
    await write(page, 'Tab', 'Health needs found early')
    await write(page, 'Enter', 'Family partnership')
    await write(page, 'Tab', 'Welcoming contact')
    await write(page, 'Enter', 'Practical barriers')
    await write(page, 'Tab', 'Ride pool')
    await write(page, 'Enter', 'Bus passes')
    await page.keyboard.press('Escape')
    await page.keyboard.press('ArrowLeft')
    expect(await focused(page)).toContain('Practical barriers')
    await page.keyboard.press('ArrowUp')
    expect(await focused(page)).toContain('Welcoming contact')
    await write(page, 'Tab', 'Positive first text')
    await write(page, 'Enter', 'Home visit')
    await page.keyboard.press('Escape')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowUp')
    expect(await focused(page)).toContain('Health needs found early')
    await write(page, 'Tab', 'Asthma plans')
    await write(page, 'Tab', 'Spare inhaler at school')
    await write(page, 'Enter', 'Nurse calls home on day 2')
    await page.keyboard.press('Escape')
    await page.keyboard.press('l')
    await page.getByRole('combobox', { name: 'Find a card' }).waitFor()
    await page.keyboard.type('welc')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toContain('leads to Welcoming contact')
    expect(await focused(page)).toContain('leads to Asthma plans')
    await expectSaved(page)
    const { cards, links } = await modelOf(test, id)
    expect(cards).toHaveLength(12)
    // Eleven lead on to the aim, one of them by two ways.
    expect(links).toHaveLength(12)
    const linked = new Set(links.map(({ from }) => from))
    expect(cards.filter((each) => each.column !== 'aim' && !linked.has(each.id))).toEqual([])
  })

  it('moves a card up and down its column, a level higher and a level deeper', async () => {
    const page = await test.open(test.coordinator, await test.start(await sampleDiagram()))
    await card(page, 'Welcoming contact').click()
    const place = async () =>
      [
        await card(page, 'Welcoming contact').getAttribute('aria-level'),
        await card(page, 'Welcoming contact').getAttribute('aria-posinset'),
      ].join(' ')
    expect(await place()).toBe('3 6')
    await page.keyboard.press('Alt+ArrowUp')
    expect(await place()).toBe('3 5')
    await page.keyboard.press('Alt+ArrowDown')
    expect(await place()).toBe('3 6')
    await page.keyboard.press('Alt+ArrowLeft')
    expect(await place()).toBe('2 4')
    await page.getByText('Now a primary driver that leads to').waitFor({ state: 'attached' })
    await page.keyboard.press('Alt+ArrowRight')
    expect((await place()).slice(0, 1)).toBe('3')
    expect(await focused(page)).toContain('Secondary driver: Welcoming contact')
  })

  it('removes a card, offers it back, and undoes the removal', async () => {
    const page = await test.open(test.coordinator, await test.start(await sampleDiagram()))
    await card(page, 'Agreements signed').click()
    await page.keyboard.press('Delete')
    await card(page, 'Agreements signed').waitFor({ state: 'detached' })
    await page.getByText('“Agreements signed” is removed. One card is now under nothing.').waitFor()
    expect(await focused(page)).toContain('Staff wellness')
    await page.keyboard.press('Control+z')
    await card(page, 'Agreements signed').waitFor()
    await card(page, 'Agreements signed').click()
    await page.keyboard.press('Delete')
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).last().click()
    await expect.poll(() => focused(page)).toContain('Agreements signed')
  })

  it('leaves no empty card behind, and nothing to undo for it', async () => {
    const page = await test.open(test.coordinator, await test.start(await sampleDiagram()))
    const before = await words(page)
    await card(page, 'Ride pool').click()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await words(page)).length).toBe(before.length + 1)
    await page.keyboard.press('Escape')
    expect(await words(page)).toEqual(before)
    expect(await focused(page)).toContain('Ride pool')
    expect(await page.getByRole('button', { name: 'Undo', exact: true }).isDisabled()).toBe(true)
  })

  it('takes an empty new card a level deeper with Tab, as outliners do', async () => {
    const page = await test.open(test.coordinator, await test.start(await sampleDiagram()))
    await card(page, 'Welcoming contact').click()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Letters in three languages')
    await page.keyboard.press('Escape')
    expect(await focused(page)).toContain(
      'Change idea: Letters in three languages, proposed, leads to Welcoming contact',
    )
  })

  it('shows every key on ?', async () => {
    const page = await test.open(test.coordinator, await test.start())
    await tabIntoDiagram(page)
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keys' })
    await sheet.waitFor()
    for (const line of ['Add a card below', 'Link this card to', 'Undo what you did last']) {
      await sheet.getByText(line).waitFor()
    }
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toContain('Aim')
  })

  it('can leave the diagram again: Escape, then Tab', async () => {
    const page = await test.open(test.coordinator, await test.start(await sampleDiagram()))
    await card(page, 'Ride pool').click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+Tab')
    expect(await focused(page)).toBe('(no card)')
  })
})
