import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { card, type DiagramTest, modelOf, openDiagramTest, sampleDiagram, words } from './diagram-page.ts'

let test: DiagramTest

beforeAll(async () => {
  test = await openDiagramTest()
})
afterEach(() => test.browser.closeWindows())
afterAll(() => test.close())

const open = async () => {
  const id = await test.start(await sampleDiagram())
  return { id, page: await test.open(test.coordinator, id) }
}

async function drag(page: Page, from: string, to: { words: string; below?: number }): Promise<void> {
  const start = await card(page, from).boundingBox()
  const end = await card(page, to.words).boundingBox()
  if (!start || !end) throw new Error('A card is not in sight.')
  await page.mouse.move(start.x + 40, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(start.x + 60, start.y + start.height, { steps: 3 })
  await page.mouse.move(end.x + 60, end.y + end.height / 2 + (to.below ?? 0), { steps: 6 })
}

const parentsOf = async (id: string, title: string): Promise<string[]> => {
  const { cards, links } = await modelOf(test, id)
  const own = cards.find((each) => each.title === title)?.id
  const parents = links.filter(({ from }) => from === own).map(({ to }) => to)
  return cards.filter((each) => parents.includes(each.id)).map((each) => each.title)
}

describe('with the mouse', () => {
  it('a click chooses, a double click writes, and the whole way to the aim lights up', async () => {
    const { page } = await open()
    await card(page, 'Nurse calls home').click()
    expect(await page.locator('.card.is-chosen .said').textContent()).toBe(
      'Nurse calls home on day 2 of absence',
    )
    const way = await page.locator('.card.is-path .said').allTextContents()
    expect(way).toHaveLength(6)
    expect(way).toEqual(expect.arrayContaining(['Welcoming contact', 'Asthma and chronic illness plans']))
    expect(await page.locator('.links-layer path.line.hot').count()).toBe(6)
    await card(page, 'Nurse calls home').dblclick()
    await page.keyboard.type('s')
    await expect.poll(() => words(page)).toContain('Nurse calls home on day 2 of absences')
  })

  it('the buttons of the chosen card add one below and one that leads to it', async () => {
    const { page } = await open()
    await card(page, 'Welcoming contact').click()
    await card(page, 'Welcoming contact').getByRole('button', { name: 'Add a card below' }).click()
    await page.keyboard.type('Greeters at the door')
    await card(page, 'Greeters at the door')
      .getByRole('button', { name: 'Add a card that leads to this one' })
      .click()
    await page.keyboard.type('Ask two grandparents')
    await page.keyboard.press('Escape')
    expect(await card(page, 'Ask two grandparents').getAttribute('aria-label')).toContain(
      'leads to Greeters at the door',
    )
  })

  it('dragging along the column changes the place, onto a driver the parent', async () => {
    const { page, id } = await open()
    await drag(page, 'Ride pool', { words: 'Nurse calls home', below: -20 })
    await page.locator('.drop-line').waitFor()
    await page.mouse.up()
    await expect.poll(() => card(page, 'Ride pool').getAttribute('aria-posinset')).toBe('1')
    await drag(page, 'Ride pool', { words: 'Mental-health screening' })
    await page.getByText('Move under “Mental-health screening”').waitFor()
    await page.mouse.up()
    await expect.poll(() => parentsOf(id, 'Ride pool')).toEqual(['Mental-health screening'])
  })

  it('a shared card keeps its other parents when it is dragged', async () => {
    const { page, id } = await open()
    await drag(page, 'Nurse calls home', { words: 'Mental-health screening' })
    await page.mouse.up()
    await expect
      .poll(() => parentsOf(id, 'Nurse calls home on day 2 of absence'))
      .toEqual(['Mental-health screening', 'Welcoming contact'])
  })

  it('a card that cannot go there says why and stays', async () => {
    const { page, id } = await open()
    await drag(page, 'Mental-health screening', { words: 'By December 2025' })
    await page.getByText('leads to the aim through a primary driver').waitFor()
    await page.mouse.up()
    expect(await parentsOf(id, 'Mental-health screening')).toHaveLength(2)
  })

  it('a link is drawn from the dot at the end of the line', async () => {
    const { page, id } = await open()
    await card(page, 'Ride pool').click()
    const dot = await card(page, 'Ride pool').locator('.port').boundingBox()
    const end = await card(page, 'Welcoming contact').boundingBox()
    await page.mouse.move((dot?.x ?? 0) + 7, (dot?.y ?? 0) + 7)
    await page.mouse.down()
    await page.mouse.move((end?.x ?? 0) + 80, (end?.y ?? 0) + 10, { steps: 6 })
    await page.mouse.up()
    await expect
      .poll(() => parentsOf(id, 'Ride pool'))
      .toEqual(['Welcoming contact', 'Practical barriers: transport, forms, language'])
  })

  it('a clicked link shows what is said of it; Delete removes it and offers it back', async () => {
    const { page } = await open()
    const line = page.locator('[data-link] .touch').first()
    const middle = await line.evaluate((path) => {
      const shape = path as SVGPathElement
      const at = shape.getPointAtLength(shape.getTotalLength() / 2)
      const on = at.matrixTransform(shape.getScreenCTM() ?? undefined)
      return { x: on.x, y: on.y }
    })
    await page.mouse.click(middle.x, middle.y)
    await page.getByLabel('Why we believe it').waitFor()
    await page.keyboard.press('Delete')
    const toast = page.locator('.toast', { hasText: 'no longer leads to' })
    await toast.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => page.locator('[data-link]').count()).toBe(32)
  })

  it('zooms, and fits everything', async () => {
    const { page } = await open()
    await page.getByRole('button', { name: 'Zoom in' }).click()
    await page.getByText('120 %').waitFor()
    await page.getByRole('button', { name: 'See all of it' }).click()
    const canvas = await page.locator('.canvas').evaluate((element) => ({
      tall: element.scrollHeight - element.clientHeight,
      wide: element.scrollWidth - element.clientWidth,
    }))
    expect(canvas.tall).toBeLessThanOrEqual(36)
    expect(canvas.wide).toBe(0)
  })
})

describe('the side panel', () => {
  it('says what is known of an idea: status, owner, tags, and why its links are believed', async () => {
    const { page, id } = await open()
    await card(page, 'Ride pool').click()
    const panel = page.locator('.panel')
    await panel.getByRole('button', { name: 'Status: Proposed' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Accepted' }).click()
    await panel.getByLabel('Owner').fill('Imani Okafor')
    await panel.getByLabel('Owner').press('Enter')
    await panel.getByLabel('Add a tag').fill('transport')
    await panel.getByLabel('Add a tag').press('Enter')
    await panel.getByRole('button', { name: 'Say more about this link' }).click()
    await panel.getByRole('radio', { name: 'Strong' }).click()
    await panel.getByLabel('Why we believe it').fill('Half of the absences are missed buses.')
    await panel.getByLabel('Evidence', { exact: true }).fill('Family survey 2024')
    await panel.getByLabel('Evidence', { exact: true }).press('Enter')
    await panel.getByRole('button', { name: 'Remove the evidence “Family survey 2024”' }).waitFor()
    expect(await card(page, 'Ride pool').getAttribute('aria-label')).toContain('accepted')
    await expect
      .poll(async () => {
        const { cards, links } = (await modelOf(test, id)) as unknown as {
          cards: { id: string; title: string }[]
          links: { from: string }[]
        }
        const ride = cards.find(({ title }) => title === 'Ride pool')
        return { ride, link: links.find(({ from }) => from === ride?.id) }
      })
      .toMatchObject({
        ride: { status: 'accepted', owner: test.coordinator.account.id, tags: ['transport'] },
        link: {
          strength: 'strong',
          why: 'Half of the absences are missed buses.',
          evidence: [{ kind: 'citation', text: 'Family survey 2024' }],
        },
      })
  })

  it('writes the aim from its fields, and says kindly what is missing', async () => {
    const id = await test.start()
    const page = await test.open(test.coordinator, id)
    const panel = page.locator('.panel')
    await panel.getByText('Say what should change, for whom, by how much and by when.').waitFor()
    await panel.getByLabel('What should change').fill('the share of students who miss too much')
    await panel.getByLabel('Target').fill('19')
    await panel.getByLabel('Unit').fill('%')
    await panel.getByLabel('By when').fill('some day')
    await panel.getByLabel('By when').press('Enter')
    await panel.getByText('Write a month such as December 2025').waitFor()
    await panel.getByLabel('By when').fill('12/2025')
    await panel.getByLabel('By when').press('Enter')
    await panel.getByRole('radio', { name: 'Lower it' }).click()
    await panel.getByRole('button', { name: 'Let this be the aim’s statement' }).click()
    await expect
      .poll(() => words(page))
      .toContain('By December 2025, lower the share of students who miss too much to 19\u00a0%.')
  })
})

describe('the checks', () => {
  it('stand beside the work and lead to the remedy in one press', async () => {
    const { page, id } = await open()
    const checks = page.getByRole('region', { name: 'Checks' })
    await checks.getByText('“Youth co-leads re-entry meeting” is under no driver.').waitFor()
    await checks.getByRole('button', { name: 'Link it' }).click()
    await page.keyboard.type('welcoming')
    await page.keyboard.press('Enter')
    await expect.poll(() => parentsOf(id, 'Youth co-leads re-entry meeting')).toEqual(['Welcoming contact'])
    await checks.getByText('is under no driver').waitFor({ state: 'detached' })
    await checks.getByRole('button', { name: 'Say why' }).click()
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('placeholder')))
      .toBe('Because…')
    await page.keyboard.type('families told us')
    await page.getByText('One thing to look at').or(page.getByText('Nothing to look at')).waitFor()
  })
})

describe('taking in what was written elsewhere', () => {
  const paste = (page: Page, text: string) =>
    page.evaluate((words) => {
      const data = new DataTransfer()
      data.setData('text/plain', words)
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    }, text)

  it('an indented outline pasted on the canvas becomes cards and links, after a look at them', async () => {
    const id = await test.start()
    const page = await test.open(test.coordinator, id)
    await page.locator('.canvas').click({ position: { x: 600, y: 500 } })
    await paste(page, 'Health\n  Asthma plans\n    Nurse calls home\nFamilies\n  Welcoming contact')
    const dialog = page.getByRole('dialog', { name: 'Paste an outline or rows' })
    await dialog.getByText('Nurse calls home').last().waitFor()
    await dialog.getByRole('button', { name: 'Add 5 cards' }).click()
    await expect.poll(async () => (await modelOf(test, id)).links.length).toBe(5)
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await modelOf(test, id)).cards.length).toBe(1)
  })

  it('a file with a wrong row says which and why, and changes nothing', async () => {
    const { page, id } = await open()
    const before = await modelOf(test, id)
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: 'Import a CSV file…' }).click()
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: 'drivers.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('id,level,parent_id,text,color,extra_parents\n1,0,,Aim,,\n2,9,1,Nowhere,,\n'),
    })
    const dialog = page.getByRole('dialog', { name: 'Import a CSV file' })
    await dialog.getByText(/Row 3/).waitFor()
    expect(await dialog.getByRole('button', { name: 'Add', exact: true }).isDisabled()).toBe(true)
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: 'drivers.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'id,level,parent_id,text,color,extra_parents\n1,0,,Aim,,\n2,1,1,"Wait, ""really""",,\n',
      ),
    })
    await dialog.getByRole('button', { name: 'Add 1 card' }).click()
    await expect.poll(async () => (await modelOf(test, id)).cards.length).toBe(before.cards.length + 1)
    expect(await words(page)).toContain('Wait, "really"')
  })

  it('the diagram leaves as a picture', async () => {
    const { page } = await open()
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Picture (PNG)' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('Fewer missed school days.png')
    const { readFile } = await import('node:fs/promises')
    const bytes = await readFile(await download.path())
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.readUInt32BE(16)).toBe(2 * 1072)
  })
})
