import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems, sidewaysScroll } from '../support/browser.ts'
import { expectOk, type TestPerson } from '../support/people.ts'
import { type CycleStory, openCycleStory, studied } from './cycle-page.ts'

let story: CycleStory

beforeAll(async () => {
  story = await openCycleStory()
})
afterEach(() => story.browser.closeWindows())
afterAll(() => story.close())

async function startTeam(
  name: string,
  lead: string,
): Promise<{ id: string; lead: TestPerson; path: string }> {
  const json = { name }
  const answer = await story.imani.fetch(`/api/networks/${story.imani.networkId}/teams`, { json })
  const { id } = (await expectOk(answer)) as { id: string }
  const path = `/networks/${story.imani.networkId}/teams/${id}`
  return { id, lead: await story.program.person(lead, 'lead', { team: id }), path }
}

interface Listed {
  readonly id: string
  readonly kind: string
  readonly title: string
}

async function documentsOf(person: TestPerson, team: string): Promise<readonly Listed[]> {
  const answer = await person.fetch(`/api/networks/${story.imani.networkId}/documents?team=${team}`)
  return ((await expectOk(answer)) as { documents: readonly Listed[] }).documents
}

async function cardsOf(person: TestPerson, id: string): Promise<readonly { id: string; title: string }[]> {
  const { model } = (await expectOk(await person.fetch(`/api/documents/${id}/content`))) as {
    model: { cards: readonly { id: string; title: string }[] }
  }
  return model.cards
}

/** The dialog that starts a cycle, past the choice of its template. */
async function cycleDialog(page: Page): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: 'Start a cycle' })
  await dialog.getByRole('button', { name: /^Blank cycle/ }).click()
  return dialog
}

const inMain = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement?.closest('#main') !== null)

describe('a new team', () => {
  it('goes from three questions over a diagram to its first cycle, and the page shows how far it is', async () => {
    const { id, lead, path } = await startTeam('Harbor Point', 'Fatima Haddad')
    const page = await story.browser.open(story.program, path, lead)
    await page.getByRole('heading', { name: 'Harbor Point starts here' }).waitFor()
    await page.getByText('Opens when there is one change idea.').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Open the worksheet' }).click()
    const dialog = page.getByRole('dialog', { name: 'Start a document' })
    expect(await dialog.getByLabel('Title').inputValue()).toBe('Three questions')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Three questions', exact: true }).waitFor()
    // What was opened is read from its content.
    await expect.poll(() => inMain(page)).toBe(true)

    await page.goto(path)
    await page.getByRole('link', { name: 'Open the answers' }).waitFor()
    await page.getByRole('heading', { name: 'Harbor Point', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Begin with an empty diagram' }).click()
    expect(await dialog.getByLabel('Title').inputValue()).toBe('Driver diagram of Harbor Point')
    await dialog.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByRole('treeitem').first().waitFor()

    // Nothing is written in it yet: the first idea is written with the first cycle.
    await page.goto(`${path}/board`)
    await page.getByRole('button', { name: 'Start a cycle' }).click()
    const asks = await cycleDialog(page)
    await asks.getByRole('heading', { name: 'Which change idea does it test?' }).waitFor()
    await asks.getByRole('textbox', { name: 'Change idea' }).fill('A text at 7:15')
    await asks.getByText('It goes into Driver diagram of Harbor Point').waitFor()
    await page.keyboard.press('Enter')
    expect(await asks.getByLabel('Title').inputValue()).toBe('A text at 7:15')
    await page.keyboard.press('Enter')
    await page.locator('.cycle-page').waitFor()
    const diagram = (await documentsOf(lead, id)).find(({ kind }) => kind === 'driver-diagram')
    expect((await cardsOf(lead, diagram?.id ?? '')).map(({ title }) => title)).toContain('A text at 7:15')

    await page.goto(path)
    await page
      .getByRole('navigation', { name: /Through-line/ })
      .getByText('A text at 7:15')
      .first()
      .waitFor()
    expect(await page.getByText('Test one idea with one person').count()).toBe(0)
  })

  it('makes its own diagram with the first idea when it has none', async () => {
    const { id, lead, path } = await startTeam('Basin Ridge', 'Jesse Blackwood')
    const page = await story.browser.open(story.program, `${path}/board`, lead)
    await page.getByRole('button', { name: 'Start a cycle' }).click()
    const dialog = await cycleDialog(page)
    await dialog.getByRole('button', { name: 'Go on' }).click()
    await dialog.getByText('Say the change idea in a few words.').waitFor()
    await dialog.getByRole('textbox', { name: 'Change idea' }).fill('Ride pool')
    await dialog.getByText('It goes into a new diagram of Basin Ridge.').waitFor()
    await dialog.getByRole('button', { name: 'Go on' }).click()
    await dialog.getByRole('button', { name: 'Start', exact: true }).click()
    await page.locator('.cycle-page').waitFor()
    const made = await documentsOf(lead, id)
    expect(made.map(({ kind, title }) => `${kind}: ${title}`).sort()).toEqual([
      'driver-diagram: Basin Ridge',
      'pdsa-cycle: Ride pool',
    ])
  })

  it('shows its coordinator where it will begin, and offers what the network drew to its lead', async () => {
    await story.networkDiagram()
    const { lead, path } = await startTeam('Granite Falls', 'Owen Pritchard')
    const imani = await story.browser.open(story.program, path, story.imani)
    await imani.getByText('The team’s lead or one of its members begins here.').waitFor()
    expect(await imani.getByRole('button', { name: 'Open the worksheet' }).count()).toBe(0)
    await imani.getByRole('button', { name: 'Invite someone' }).waitFor()

    const phone = await story.browser.open(story.program, path, lead, { phone: true })
    await phone.getByRole('button', { name: /^Take a copy/ }).waitFor()
    expect(await sidewaysScroll(phone)).toBe(0)
    await phone.getByRole('button', { name: /^Take a copy/ }).click()
    await phone.getByRole('treeitem').first().waitFor()
    await phone.goto(path)
    await phone.getByRole('button', { name: 'Start a cycle' }).waitFor()
  })
})

describe('a cycle', () => {
  it('is started from its idea in the diagram, and then stands there', async () => {
    const page = await story.browser.open(story.program, `/documents/${story.diagram}#calls`, story.hank)
    const panel = page.getByRole('complementary', { name: 'Card' })
    await panel.getByText('None yet. Begin with one person and one occasion.').waitFor()
    const begin = panel.getByRole('button', { name: 'Start a cycle' })
    await begin.click()
    await page
      .getByRole('dialog', { name: 'Start a cycle' })
      .getByRole('button', { name: /^Blank/ })
      .waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => begin.evaluate((button) => button === document.activeElement)).toBe(true)
    await begin.click()
    await (await cycleDialog(page)).getByLabel('Title').fill('Calls at noon')
    await page.keyboard.press('Enter')
    await page.locator('.cycle-page').waitFor()
    await expect.poll(() => inMain(page)).toBe(true)
    await page
      .getByRole('navigation', { name: /Through-line/ })
      .getByText('Nurse calls home on day 2')
      .click()
    const listed = panel.getByRole('listitem').filter({ hasText: 'Calls at noon' })
    await listed.getByText('Plan').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
  })

  it('is prefilled by an address, and its idea is found by words', async () => {
    const on = encodeURIComponent(`${story.diagram}/calls`)
    const documents = `/networks/${story.imani.networkId}/documents`
    const page = await story.browser.open(story.program, `${documents}?start=pdsa-cycle&on=${on}`, story.hank)
    const dialog = await cycleDialog(page)
    await expect.poll(() => dialog.getByLabel('Title').inputValue()).toBe('Nurse calls home on day 2')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.url()).not.toContain('start=')

    await page.getByRole('button', { name: 'Start a document' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Blank cycle/ })
      .click()
    const find = page.getByRole('searchbox', { name: 'Find' }).last()
    await find.fill('welcoming nobody')
    await page.getByText('Nothing is written with these words').waitFor()
    await find.fill('nurse welcoming')
    await page
      .getByRole('region', { name: /^Fewer missed school days\s+Eastfield/ })
      .getByRole('button', { name: /Nurse calls home on day 2\s*for Welcoming contact/ })
      .waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
  })

  it('proposes a change of the theory, which waits at its link until someone decides', async () => {
    const network = await story.networkDiagram()
    const driver = (await cardsOf(story.imani, network)).find(
      ({ title }) => title === 'Welcoming contact',
    )?.id
    const closing = {
      ...studied,
      decision: 'abandon',
      theory: 'weaken',
      theoryLink: `calls>${driver}`,
      rich: { ...studied.rich, theoryWhy: ['Nobody answers at noon.'] },
    }
    const on = { documentId: network, part: 'calls' }
    const steps = ['start-do', 'finish-do', 'go-on-to-act', 'close'] as const
    const [one, other] = [await story.start(closing, on), await story.start(closing, on)]
    await story.take(one, ...steps)
    await story.take(other, ...steps)

    const page = await story.browser.open(story.program, `/documents/${network}#calls`, story.imani)
    await page.getByRole('treeitem', { name: /a change is proposed here/ }).waitFor()
    const panel = page.getByRole('complementary', { name: 'Card' })
    await panel.getByText('2 proposals').waitFor()
    const first = panel.getByRole('list', { name: 'Proposed changes' }).getByRole('listitem').first()
    await first.getByText(/weaken the link “Nurse calls home on day 2” → “Welcoming contact”/).waitFor()
    await first.getByText('Hank Sorensen, from a document that is private').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    const strength = async () => {
      const { model } = (await expectOk(await story.imani.fetch(`/api/documents/${network}/content`))) as {
        model: { links: readonly { id: string; strength: string }[] }
      }
      return model.links.find(({ id }) => id === `calls>${driver}`)?.strength
    }
    await first.getByRole('button', { name: 'Accept' }).click()
    await panel.getByText('1 proposal', { exact: true }).waitFor()
    await panel.getByText(/weakened this link: Nobody answers at noon\./).waitFor()
    expect(await strength()).toBe('weak')
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await expect.poll(strength).toBe('strong')

    await panel.getByRole('button', { name: 'Decline' }).click()
    await panel.getByText(/proposal/).waitFor({ state: 'detached' })
    expect(await strength()).toBe('strong')
  })
})
