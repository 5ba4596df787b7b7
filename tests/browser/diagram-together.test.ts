import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
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

beforeAll(async () => {
  test = await openDiagramTest()
  rafael = await test.server.person('Rafael Duarte', 'facilitator')
})
afterEach(() => test.browser.closeWindows())
afterAll(() => test.close())

async function openForTwo(content?: unknown): Promise<{ id: string; imani: Page; rafael: Page }> {
  const id = await test.start(content ?? (await sampleDiagram()))
  const [one, two] = await Promise.all([test.open(test.coordinator, id), test.open(rafael, id)])
  return { id, imani: one, rafael: two }
}

describe('two people in one diagram', () => {
  it('type in the same card at once, and every letter of both stays', async () => {
    const { imani, rafael, id } = await openForTwo()
    await card(imani, 'Clear response steps').dblclick()
    await card(rafael, 'Clear response steps').dblclick()
    await imani.keyboard.press('Home')
    await Promise.all([
      imani.keyboard.type('Soon: ', { delay: 20 }),
      rafael.keyboard.type(' for every school', { delay: 20 }),
    ])
    const together = 'Soon: Clear response steps for every school'
    await expect.poll(() => words(imani)).toContain(together)
    await expect.poll(() => words(rafael)).toContain(together)
    await expectSaved(imani)
    await expect
      .poll(async () => (await modelOf(test, id)).cards.map(({ title }) => title))
      .toContain(together)
    // Each still writes where they were.
    await imani.keyboard.type('now: ')
    await expect.poll(() => words(rafael)).toContain('Soon: now: Clear response steps for every school')
  })

  it('see where the other stands and that they write, by name', async () => {
    const { imani, rafael } = await openForTwo()
    await card(rafael, 'Ride pool').click()
    await card(imani, 'Ride pool').locator('.flag[data-names="Rafael"]').waitFor()
    await rafael.keyboard.press('F2')
    await rafael.keyboard.type('s')
    await card(imani, 'Ride pool').locator('.flag[data-names="Rafael is writing"]').waitFor()
    expect(await card(imani, 'Ride pool').getAttribute('aria-label')).toContain(
      'Rafael Duarte is writing here',
    )
  })

  it('see one another’s new cards, and a card that is moved for one moves for both', async () => {
    const { imani, rafael } = await openForTwo()
    await card(imani, 'Welcoming contact').click()
    await imani.keyboard.press('Tab')
    await imani.keyboard.type('Home visits before school starts')
    await card(rafael, 'Home visits before school starts').waitFor()
    const before = await card(rafael, 'Home visits').boundingBox()
    await imani.keyboard.press('Alt+ArrowUp')
    await expect
      .poll(async () => (await card(rafael, 'Home visits').boundingBox())?.y)
      .toBeLessThan(before?.y ?? 0)
    expect(await focused(imani)).toContain('Home visits before school starts')
  })

  it('[Y4] whoever writes in a card that another removes is told by whom, and can bring it back with their words', async () => {
    const { imani, rafael } = await openForTwo()
    await card(imani, 'Ride pool').dblclick()
    await imani.keyboard.type(' on Mondays')
    await card(rafael, 'Ride pool on Mondays').click()
    await rafael.keyboard.press('Delete')
    await imani.getByText('Removed by Rafael Duarte').first().waitFor()
    await card(rafael, 'Ride pool').waitFor({ state: 'detached' })
    await imani.keyboard.type(' too')
    await imani.locator('.canvas').getByRole('button', { name: 'Bring back' }).click()
    await card(rafael, 'Ride pool on Mondays too').waitFor()
  })

  it('undo only what is their own', async () => {
    const { imani, rafael } = await openForTwo()
    await card(imani, 'Ride pool').dblclick()
    await imani.keyboard.type(' by Imani')
    await imani.keyboard.press('Escape')
    await card(rafael, 'Cover for huddles').dblclick()
    await rafael.keyboard.type(' by Rafael')
    await rafael.keyboard.press('Escape')
    await card(imani, 'Cover for huddles by Rafael').waitFor()
    await imani.keyboard.press('Control+z')
    await expect.poll(() => words(imani)).toContain('Ride pool')
    expect(await words(imani)).toContain('Cover for huddles by Rafael')
    await imani.keyboard.press('Control+Shift+z')
    await expect.poll(() => words(rafael)).toContain('Ride pool by Imani')
  })

  it('follow one another: a click on someone’s avatar brings into sight what they work at', async () => {
    const many = {
      aim: { statement: 'Lower it to 19 % by December 2025.' },
      cards: Array.from({ length: 60 }, (_, index) => ({
        id: `P${index}`,
        column: 'primary',
        title: `Driver number ${index}`,
      })),
    }
    const { imani, rafael } = await openForTwo(many)
    await card(rafael, /^Driver number 59$/).click()
    await imani.getByRole('button', { name: /Follow Rafael Duarte/ }).click()
    await expect
      .poll(async () => {
        const box = await card(imani, /^Driver number 59$/).boundingBox()
        return box !== null && box.y > 100 && box.y < 860
      })
      .toBe(true)
  })
})

describe('one person', () => {
  it('types in a card, opens and closes its notes, moves the card, and undoes three times', async () => {
    const id = await test.start(await sampleDiagram())
    const page = await test.open(test.coordinator, id)
    await card(page, 'Ride pool').dblclick()
    await page.keyboard.type(' by bus')
    await page.keyboard.press('Escape')
    const notes = page.locator('.panel').getByRole('button', { name: 'Write' })
    await notes.click()
    const editor = page.getByRole('textbox', { name: 'Notes of this card' })
    await editor.click()
    await page.keyboard.type('Ask the bus company.')
    await page.locator('.panel').getByRole('button', { name: 'Close', exact: true }).click()
    await page.locator('.panel').getByText('Ask the bus company.').waitFor()
    const column = () => page.locator('[aria-level="4"] .said').allTextContents()
    const place = async () => card(page, 'Ride pool').getAttribute('aria-posinset')
    const before = await place()
    await card(page, 'Ride pool').click()
    await page.keyboard.press('Alt+ArrowUp')
    expect(await place()).not.toBe(before)
    await page.keyboard.press('Control+z')
    expect(await place()).toBe(before)
    await page.keyboard.press('Control+z')
    await page.locator('.panel').getByText('No notes yet.').waitFor()
    await page.keyboard.press('Control+z')
    await expect.poll(column).toContain('Ride pool')
  })
})
