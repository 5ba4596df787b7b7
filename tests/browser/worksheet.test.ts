import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems, launchBrowser, sidewaysScroll, type TestBrowser } from '../support/browser.ts'
import { expectOk, type FirstPerson, type TestPerson } from '../support/people.ts'
import { type Program, startProgram } from '../support/program.ts'
import { pressAtOnce } from './press-at-once.ts'
import { expectIndicator } from './story.ts'

let program: Program
let browser: TestBrowser
let imani: FirstPerson
let rafael: TestPerson

beforeAll(async () => {
  program = await startProgram()
  browser = await launchBrowser()
  imani = await program.setup()
  rafael = await program.person('Rafael Duarte', 'facilitator')
})
afterEach(() => browser.closeWindows())
afterAll(async () => {
  await browser.close()
  await program.close()
})

/** Starts a shared worksheet of the network from a template, or from content. */
async function start(from: { readonly template: string } | { readonly content: unknown }): Promise<string> {
  const json = { kind: 'worksheet', title: 'What we want', ...from }
  const made = await imani.fetch(`/api/networks/${imani.networkId}/documents`, { json })
  const { id } = (await expectOk(made)) as { id: string }
  await expectOk(await imani.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
  return id
}

async function open(
  person: TestPerson,
  id: string,
  options?: { readonly phone?: boolean; readonly dark?: boolean },
): Promise<Page> {
  const page = await browser.open(program, `/documents/${id}`, person, options)
  await page.locator('.ws-section').first().waitFor()
  return page
}

const section = (page: Page, heading: string | RegExp) => page.getByRole('region', { name: heading })

/** The text of a section, to write in. */
const answer = (page: Page, heading: string) => section(page, heading).locator('.ws-answer [role="textbox"]')

/** Goes into a section's text and waits until it takes letters. */
async function writeIn(page: Page, heading: string, words: string): Promise<void> {
  await answer(page, heading).first().click()
  await section(page, heading).locator('.ProseMirror-focused').waitFor()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(words)
}

/** What is written in a section, without the names at carets. */
const answerIn = (page: Page, heading: string): Promise<string> =>
  answer(page, heading).evaluate((text) => {
    const copy = text.cloneNode(true) as HTMLElement
    for (const caret of copy.querySelectorAll('.collaboration-carets__caret')) caret.remove()
    return copy.textContent?.replaceAll('\u2060', '') ?? ''
  })

const headings = (page: Page): Promise<readonly string[]> =>
  page.locator('.ws-section').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''))

const aim = 'What specifically are we trying to accomplish?'
const changes = 'What changes might we introduce and why?'

describe('a worksheet', () => {
  it('is written by two people at once, in the wording that both see', async () => {
    const id = await start({ template: 'three-questions' })
    const [one, other] = [await open(imani, id), await open(rafael, id)]
    await writeIn(one, aim, 'Fewer days are lost')
    await expect.poll(() => answerIn(other, aim)).toBe('Fewer days are lost')
    await one.locator('.ws-contents li.is-written').waitFor()

    // In one answer at the same time.
    await answer(other, aim).click()
    await section(other, aim).locator('.ProseMirror-focused').waitFor()
    await other.keyboard.press('Home')
    await Promise.all([other.keyboard.type('By June: '), one.keyboard.type(' in each school')])
    for (const page of [one, other])
      await expect.poll(() => answerIn(page, aim)).toBe('By June: Fewer days are lost in each school')
    // Each sees where the other is: at the text, and along the line of contents.
    await one.locator('.ws-contents').getByRole('img', { name: 'Rafael Duarte' }).waitFor()

    await one.getByRole('radio', { name: 'Model for Improvement' }).click()
    await expect
      .poll(() => headings(other))
      .toEqual([
        'What are we trying to accomplish?',
        'How will we know that a change is an improvement?',
        'What change can we make that will result in improvement?',
      ])
    expect(await answerIn(other, 'What are we trying to accomplish?')).toBe(
      'By June: Fewer days are lost in each school',
    )
    await other.getByText('Questions: Associates in Process Improvement').waitFor()
    await expectIndicator(one, /^Saved/)
  })

  it('takes keys that come faster than a menu and a dialog are drawn, and loses none of them', async () => {
    const page = await open(imani, await start({ template: 'blank' }))
    const add = page.getByRole('button', { name: 'Add a section' })
    await add.focus()
    await pressAtOnce(page, ['Enter', 'ArrowDown', 'Enter', ...'Before Monday'])
    await section(page, 'Before Monday').getByRole('button', { name: 'Add an item' }).waitFor()
    await add.focus()
    await pressAtOnce(page, ['Enter', 'ArrowDown', 'ArrowDown', 'Enter', ...'Who'])
    await expect.poll(() => page.getByLabel('Columns').inputValue()).toContain('Who')
    await page.keyboard.press('Escape')

    await section(page, 'Notes').getByRole('button', { name: 'Section 1' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Guidance and example…' }).focus()
    await pressAtOnce(page, ['Enter', ...'What was said', 'Tab', ...'We began'])
    await page.getByRole('button', { name: 'Take it over' }).press('Enter')
    await section(page, 'Notes').getByText('What was said').waitFor()
    await section(page, 'Notes')
      .getByRole('button', { name: /^Show an example/ })
      .press('Enter')
    await section(page, 'Notes').getByText('We began').waitFor()
  })

  it('gets sections of other sorts, which are named, filled, moved and removed by keyboard', async () => {
    const page = await open(imani, await start({ template: 'blank' }))
    await page.getByRole('button', { name: 'Add a section' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Checklist' }).press('Enter')
    // The keyboard is in the heading of the new section.
    await page.keyboard.type('Before Monday')
    const list = section(page, 'Before Monday')
    await list.waitFor()
    await list.getByRole('button', { name: 'Add an item' }).press('Enter')
    await page.keyboard.type('Ask the nurse')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Tell the office')
    await list.getByRole('checkbox', { name: 'Done: Ask the nurse' }).press('Space')
    await page.locator('.ws-contents li.is-written', { hasText: 'Before Monday' }).waitFor()

    await list.getByRole('button', { name: 'Section 2' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Move up' }).press('Enter')
    await expect.poll(() => headings(page)).toEqual(['Before Monday', 'Notes'])

    await section(page, 'Notes').getByRole('button', { name: 'Section 2' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Guidance and example…' }).press('Enter')
    await page.getByLabel('Guidance', { exact: true }).fill('What was said, in its order.')
    await page.keyboard.press('Tab')
    await page.keyboard.type('We began at nine.')
    await page.getByRole('button', { name: 'Take it over' }).press('Enter')
    await section(page, 'Notes').getByText('What was said, in its order.').waitFor()
    await section(page, 'Notes')
      .getByRole('button', { name: /^Show an example/ })
      .press('Enter')
    await section(page, 'Notes').getByText('We began at nine.').waitFor()

    await list.getByRole('button', { name: 'Section 1' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Remove' }).press('Enter')
    await expect.poll(() => headings(page)).toEqual(['Notes'])
    // The keyboard goes on to the next section.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('section')?.ariaLabel))
      .toBe('Notes')
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await expect.poll(() => headings(page)).toEqual(['Before Monday', 'Notes'])
    await list.getByRole('checkbox', { name: 'Done: Ask the nurse', checked: true }).waitFor()
  })

  it('keeps the words of someone in whose section a colleague removes it', async () => {
    const id = await start({ template: 'three-questions' })
    const [one, other] = [await open(imani, id), await open(rafael, id)]
    await writeIn(other, changes, 'Call at 7:30')
    await section(one, changes).getByText('Call at 7:30').waitFor()
    await section(one, changes).getByRole('button', { name: 'Section 2' }).click()
    await one.getByRole('menuitem', { name: 'Remove' }).click()
    const gone = section(other, changes).getByRole('alert')
    await gone.getByText('Imani Okafor removed this section. What you wrote is kept.').waitFor()
    await gone.getByRole('button', { name: 'Bring it back' }).click()
    await section(one, changes).getByText('Call at 7:30').waitFor()
  })

  it('takes rows of a spreadsheet into a table, and counts the months of an agreement', async () => {
    const page = await open(imani, await start({ template: 'data-sharing-plan' }))
    const data = section(page, 'The data we need, and no more')
    await data.getByRole('button', { name: 'Add a row' }).click()
    await page.evaluate(() =>
      navigator.clipboard.writeText(
        'Data\tWhy it is essential\nDays attended\tTo call in time\nSchool\tTo know whom',
      ),
    )
    await page.keyboard.press('Control+V')
    await expect.poll(() => data.locator('.form-row-item').count()).toBe(2)
    await expect
      .poll(() => data.getByRole('textbox', { name: 'Why it is essential' }).last().inputValue())
      .toBe('To know whom')

    const agreement = section(page, 'The agreement, stage by stage')
    await agreement.getByText('The clock starts with the first stage').waitFor()
    await agreement.getByLabel('Began').first().fill('2024-01-15')
    await agreement.getByLabel('Done').first().fill('2024-03-15')
    await agreement.getByLabel('Began').nth(1).fill('2024-03-18')
    await agreement
      .getByText(/^Month \d+, since Jan 15, 2024\. Now: Agree on purpose and benefit, for/)
      .waitFor()
    await agreement.getByText(/took 18 to 24 months/).waitFor()
  })

  it('says beside each principle what is here already, and leads to it', async () => {
    const page = await open(imani, await start({ template: 'six-principles' }))
    const system = section(page, 'See the system that produces the current outcomes')
    const voices = section(page, 'Make the work problem-specific and user-centered')
    await voices.getByText(/^No voices yet\./).waitFor()
    const json = { kind: 'driver-diagram', title: 'Fewer missed days', template: 'chronic-absence' }
    const made = await imani.fetch(`/api/networks/${imani.networkId}/documents`, { json })
    const { id } = (await expectOk(made)) as { id: string }
    await system.getByText('Your driver diagram is still a draft.').waitFor()
    await expectOk(await imani.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
    await system.getByText('Everyone in the network can read the driver diagram.').waitFor()
    await system.getByRole('link', { name: 'Fewer missed days' }).click()
    await page.getByRole('treeitem').first().waitFor()
  })

  it('names documents of the network and their parts', async () => {
    const page = await open(imani, await start({ template: 'go-and-see' }))
    const about = section(page, 'What it is about')
    await about.getByRole('button', { name: 'Add a document' }).click()
    await page.getByLabel('Which one').fill('partners')
    await page
      .getByRole('button', { name: /Driver of Fewer missed days/ })
      .first()
      .click()
    const link = about.getByRole('link').first()
    await link.waitFor()
    expect(await link.getAttribute('href')).toMatch(/^\/documents\/[\w-]+#[\w-]+$/)
    await about.getByText('Fewer missed days', { exact: true }).waitFor()
  })

  it('says of a document that a reader may not see whose it is, without its title', async () => {
    const json = { name: 'Alder Creek' }
    const added = await imani.fetch(`/api/networks/${imani.networkId}/teams`, { json })
    const { id: team } = (await expectOk(added)) as { id: string }
    const nora = await program.person('Nora Lindqvist', 'lead', { team })
    const draft = { kind: 'worksheet', title: 'Not for everyone', team }
    const made = await nora.fetch(`/api/networks/${imani.networkId}/documents`, { json: draft })
    const { id: documentId } = (await expectOk(made)) as { id: string }
    const content = {
      sections: [{ heading: 'See', type: 'links', links: [{ documentId, note: 'Their plan' }] }],
    }
    const id = await start({ content })
    const [hers, his] = [await open(nora, id), await open(rafael, id)]
    await section(hers, 'See').getByRole('link', { name: 'Not for everyone' }).waitFor()
    await section(his, 'See').getByText('private to Alder Creek').waitFor()
    expect(await his.getByText('Not for everyone').count()).toBe(0)
  })

  it('can be read, not edited, by those who may only read it', async () => {
    const quinn = await program.person('Quinn Adeyemi', 'observer')
    const content = { sections: [{ heading: 'Notes', body: ['As it was said.'] }] }
    const page = await open(quinn, await start({ content }))
    await page.getByText('You can read this worksheet, not edit it.').waitFor()
    await page.getByText('As it was said.').waitFor()
    expect(await page.getByRole('textbox').count()).toBe(0)
    expect(await page.getByRole('button', { name: /section/i }).count()).toBe(0)
  })
})

describe('the three questions', () => {
  it('become a driver diagram, which first shows what it will hold', async () => {
    const content = {
      sections: [
        { key: 'aim', heading: aim, body: ['By June, fewer days are lost.'] },
        {
          key: 'changes',
          heading: changes,
          body: [
            {
              type: 'list',
              ordered: false,
              items: [['The nurse calls on day two'], ['A ride pool'], ['A raffle']],
            },
          ],
        },
        { key: 'measures', heading: 'How will we know?', body: ['Days lost, each month.'] },
      ],
    }
    const id = await start({ content })
    const page = await open(imani, id)
    await page.getByRole('button', { name: /^Make a driver diagram/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('By June, fewer days are lost.').waitFor()
    await dialog.getByText('How you will know goes into the notes of the aim.').waitFor()
    await dialog.getByRole('checkbox', { name: 'A raffle' }).uncheck()
    await dialog.getByText('2 change ideas').waitFor()
    await dialog.getByLabel('Title').fill('Fewer days lost')
    await dialog.getByRole('button', { name: 'Make the diagram' }).click()

    await page.getByRole('treeitem', { name: /By June, fewer days are lost/ }).waitFor()
    await page.getByRole('treeitem', { name: /The nurse calls on day two/ }).waitFor()
    expect(await page.getByRole('treeitem').count()).toBe(3)

    await page.goBack()
    const made = page.getByRole('region', { name: 'What comes next' })
    await made.getByRole('link', { name: 'Fewer days lost' }).waitFor()
    await page
      .getByRole('navigation', { name: /^Through-line/ })
      .getByText('Fewer days lost')
      .waitFor()
  })

  it('make nothing before they are answered', async () => {
    const page = await open(imani, await start({ template: 'three-questions' }))
    await page.getByRole('button', { name: /^Make a driver diagram/ }).click()
    await page.getByText('There is nothing to make it of yet').waitFor()
    expect(await page.getByRole('button', { name: 'Make the diagram' }).count()).toBe(0)
  })
})

describe('a worksheet that a network likes', () => {
  it('becomes a template of its own, without the answers, from which others start', async () => {
    const content = {
      sections: [{ heading: 'What did you hear?', guidance: 'In their words.', body: ['Nobody called.'] }],
    }
    const page = await open(imani, await start({ content }))
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Save as a template' }).click()
    await page.getByLabel('Name').fill('Our listening note')
    await page.getByLabel('What it is for').fill('What we hear at the bus stop.')
    await page.getByRole('button', { name: 'Save the template' }).click()
    await page.getByText('Three Rivers has a new template.').waitFor()

    await page.goto(`/networks/${imani.networkId}`)
    await page.getByRole('button', { name: 'Our listening note', exact: true }).click()
    await page.getByLabel('Title').fill('Heard on Tuesday')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await section(page, 'What did you hear?').getByText('In their words.').waitFor()
    expect(await section(page, 'What did you hear?').getByText('Nobody called.').count()).toBe(0)

    await page.goto(`/networks/${imani.networkId}`)
    await page.getByRole('button', { name: 'Remove the template Our listening note' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await expect.poll(() => page.getByRole('button', { name: 'Our listening note' }).count()).toBe(0)
  })
})

describe('the page of a worksheet', () => {
  it.each([
    ['three-questions', { dark: false, phone: false }],
    ['six-principles', { dark: true, phone: false }],
    ['common-agenda', { dark: false, phone: true }],
    ['data-sharing-plan', { dark: true, phone: true }],
  ])(
    'of the template %s has nothing that axe finds wrong, and does not scroll sideways: %o',
    async (template, look) => {
      const page = await open(imani, await start({ template }), look)
      await page
        .getByRole('button', { name: /^Show an example/ })
        .first()
        .click()
      await page.locator('.ws-answer [role="textbox"]').first().focus()
      expect(await accessibilityProblems(page)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
    },
  )

  it('on paper has the answers under their questions, and lines where nothing is written yet', async () => {
    const id = await start({ template: 'data-sharing-plan' })
    const page = await browser.open(program, `/documents/${id}/print`, imani)
    await page.getByRole('heading', { name: 'What students and families are told' }).waitFor()
    await page.getByRole('cell', { name: 'Privacy and legal review' }).waitFor()
    expect(await page.locator('.ws-room').count()).toBe(2)
    expect(await accessibilityProblems(page)).toEqual([])
  })
})
