import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems, launchBrowser, type TestBrowser } from '../support/browser.ts'
import { expectOk, type FirstPerson, type TestPerson } from '../support/people.ts'
import { type Program, startProgram } from '../support/program.ts'
import { expectIndicator, opened } from './story.ts'

let program: Program
let browser: TestBrowser

beforeAll(async () => {
  program = await startProgram()
  browser = await launchBrowser()
})
afterEach(() => browser.closeWindows())
afterAll(async () => {
  await browser.close()
  await program.close()
})

const heading = (name: string) => (page: Page) => page.getByRole('heading', { level: 1, name }).waitFor()

it('the first page of all is accessible in light and dark', async () => {
  const page = await browser.open(program, '/')
  await heading('Begin your network')(page)
  expect(await problemsOf(page)).toEqual([])
})

describe('once there are people, teams and documents', () => {
  let imani: FirstPerson
  let hank: TestPerson
  let teamId: string
  let emptyTeamId: string
  let diagramId: string
  let teamDiagramId: string
  let resetLink: string

  beforeAll(async () => {
    imani = await program.setup()
    teamId = await startTeam('Eastfield Middle')
    emptyTeamId = await startTeam('Harbor Point')
    hank = await program.person('Hank Sorensen', 'lead', { team: teamId })
    diagramId = await startDiagram(imani, { title: 'Fewer missed school days' })
    teamDiagramId = await startDiagram(hank, { title: 'What keeps them away', team: teamId })
    await post('/api/networks', { name: 'Other Rivers', timeZone: 'America/Chicago' })
    const reset = `/api/networks/${imani.networkId}/members/${hank.account.id}/password-reset`
    resetLink = ((await post(reset, {})) as { link: string }).link
  })

  const post = async (path: string, json: unknown) => expectOk(await imani.fetch(path, { json }))
  const startTeam = async (name: string) =>
    ((await post(`/api/networks/${imani.networkId}/teams`, { name })) as { id: string }).id

  async function startDiagram(person: TestPerson, { title, team }: { title: string; team?: string }) {
    const json = { kind: 'driver-diagram', title, template: 'chronic-absence', ...(team && { team }) }
    const made = await person.fetch(`/api/networks/${imani.networkId}/documents`, { json })
    const { id } = (await expectOk(made)) as { id: string }
    await expectOk(await person.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
    return id
  }

  const invite = async () => {
    const made = await post(`/api/networks/${imani.networkId}/invitations`, { role: 'coach' })
    return new URL((made as { link: string }).link).pathname
  }

  it('every page is accessible in light and dark', async () => {
    const at = (rest: string) => `/networks/${imani.networkId}${rest}`
    const outside: readonly Stop[] = [
      { path: '/sign-in', ready: heading('Sign in') },
      { path: await invite(), ready: heading('Three Rivers') },
      { path: '/invitations/none', ready: (page) => page.getByText('no such invitation').waitFor() },
      { path: new URL(resetLink).pathname, ready: heading('A new password') },
    ]
    const inside: readonly Stop[] = [
      { path: '/?all', ready: heading('My networks') },
      { path: at(''), ready: heading('Three Rivers') },
      { path: at('/people'), ready: heading('People') },
      { path: at(`/teams/${teamId}`), ready: heading('Eastfield Middle') },
      { path: at(`/teams/${emptyTeamId}`), ready: heading('Harbor Point') },
      { path: at('/documents'), ready: heading('Documents') },
      { path: '/account', ready: heading('My account') },
      { path: `/documents/${diagramId}`, ready: opened },
      { path: `/documents/${diagramId}/print`, ready: (page) => page.locator('main svg').waitFor() },
      { path: '/nowhere', ready: heading('') },
    ]
    const stranger = await browser.open(program, '/sign-in')
    const own = await browser.open(program, '/?all', imani)
    // Someone else is there too, so that the document shows who.
    await opened(await browser.open(program, `/documents/${diagramId}`, hank))
    const found: Record<string, readonly string[]> = {}
    const look = async (page: Page, { path, ready }: Stop) => {
      await page.goto(path)
      await ready(page)
      found[path] = await problemsOf(page)
    }
    for (const stop of outside) await look(stranger, stop)
    for (const stop of inside) await look(own, stop)
    expect(withProblems(found)).toEqual({})
  })

  it('all that opens in a document is accessible in light and dark', async () => {
    const page = await browser.open(program, `/documents/${diagramId}`, imani)
    const colleague = await browser.open(program, `/documents/${diagramId}`, hank)
    await Promise.all([opened(page), opened(colleague)])
    await colleague
      .getByRole('treeitem', { name: /^Change idea/ })
      .first()
      .click()
    await page.getByRole('treeitem', { name: /Hank Sorensen is here/ }).waitFor()

    const found: Record<string, readonly string[]> = {}
    const look = async (name: string, within?: string) => {
      found[name] = await problemsOf(page, within)
    }
    await page.getByRole('complementary', { name: 'Aim' }).waitFor()
    await page
      .getByRole('treeitem', { name: /^Change idea/ })
      .first()
      .dblclick()
    await page.getByRole('button', { name: 'Write', exact: true }).click()
    await page.getByRole('textbox', { name: 'Notes of this card' }).waitFor()
    await look('a card with its notes open')
    await page.getByRole('button', { name: /^Status/ }).click()
    await page.getByRole('menu').waitFor()
    await look('the menu of statuses', '[role="menu"]')
    await page.keyboard.press('Escape')
    const status = page.getByRole('button', { name: /^Status/ })
    await expect.poll(() => status.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.getByRole('radio', { name: 'Outline' }).click()
    await page.getByRole('tree', { name: 'The diagram as an outline' }).waitFor()
    await look('the outline')
    await page.getByRole('button', { name: /to look at$/ }).click()
    await look('the outline with its checks')
    await page.getByRole('radio', { name: 'Diagram' }).click()

    await page.getByRole('button', { name: 'Link to…' }).last().click()
    await inDialog(/^What does .* lead to/, () => look('the picker of links'))
    await page.getByRole('button', { name: /^Keys/ }).click()
    await inDialog('Keys', () => look('the keys'))
    for (const name of ['Paste an outline…', 'Import a CSV file…']) {
      await page.getByRole('button', { name: 'Export and import' }).click()
      await page.getByRole('menuitem', { name }).click()
      await inDialog(/./, () => look(name))
    }
    for (const name of ['Who can see and edit', 'Make a copy']) {
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await page.getByRole('menuitem', { name }).click()
      await inDialog(/./, () => look(name))
    }
    expect(withProblems(found)).toEqual({})

    async function inDialog(name: string | RegExp, look: () => Promise<void>): Promise<void> {
      const dialog = page.getByRole('dialog', { name })
      await dialog.waitFor()
      await look()
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
  })

  it('a walk through everything breaks no rule of the security policy and logs no error', async () => {
    const logged: string[] = []
    const page = await browser.open(program, '/sign-in')
    await signIn(page, imani)
    await page.getByRole('link', { name: 'Three Rivers' }).click()
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') logged.push(message.text())
    })
    await opened(await browser.open(program, `/documents/${teamDiagramId}`, hank))

    await page.getByRole('button', { name: 'Invite someone' }).first().click()
    await page.getByRole('button', { name: 'Make a link' }).click()
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('link', { name: 'People', exact: true }).click()
    await heading('People')(page)
    await page.getByRole('link', { name: 'Documents', exact: true }).click()
    await page.getByRole('button', { name: 'Start a document' }).click()
    await page.getByRole('dialog', { name: 'Start a document' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'What keeps them away', exact: true }).click()
    await opened(page)
    await page.getByRole('link', { name: 'Eastfield Middle' }).click()
    await heading('Eastfield Middle')(page)
    await page.goBack()
    await opened(page)

    const idea = page.getByRole('treeitem', { name: /^Change idea/ }).first()
    await idea.dblclick()
    await page.keyboard.type(', and once more')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Write', exact: true }).click()
    await page.getByRole('textbox', { name: 'Notes of this card' }).pressSequentially('What we think. ')
    await page.getByRole('button', { name: 'List', exact: true }).click()
    await page.keyboard.type('one')
    await page.getByRole('button', { name: 'Follow Hank Sorensen' }).click()
    await page.getByRole('button', { name: 'See all of it' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('radio', { name: 'Outline' }).click()
    await page.getByRole('tree', { name: 'The diagram as an outline' }).waitFor()
    await page.getByRole('radio', { name: 'Diagram' }).click()
    for (const name of ['Picture (PNG)', 'Drawing (SVG)', 'Spreadsheet (CSV)', 'Text (Markdown)']) {
      await page.getByRole('button', { name: 'Export and import' }).click()
      const saved = page.waitForEvent('download')
      await page.getByRole('menuitem', { name }).click()
      await saved
    }
    await expectIndicator(page, /^Saved/)
    await page.getByRole('button', { name: 'Export and import' }).click()
    await page.getByRole('menuitem', { name: 'Print' }).click()
    await page.locator('main svg text').first().waitFor()
    await page.getByRole('link', { name: 'Back to the document' }).click()
    await opened(page)

    await page.getByRole('button', { name: 'Account of Imani Okafor' }).click()
    await page.getByRole('menuitem', { name: 'My account' }).click()
    await page.getByRole('radio', { name: 'Dark' }).click()
    await page.getByRole('button', { name: 'Account of Imani Okafor' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await heading('Sign in')(page)
    expect(logged).toEqual([])
  })
})

async function signIn(page: Page, { account, password }: TestPerson): Promise<void> {
  await page.getByLabel('Email').fill(account.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

const withProblems = (found: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(found).filter(([, problems]) => problems.length > 0))

interface Stop {
  readonly path: string
  readonly ready: (page: Page) => Promise<void>
}

/** What is wrong with the page in light or in dark. */
async function problemsOf(page: Page, within?: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    for (const problem of await accessibilityProblems(page, within)) found.push(`${colorScheme}: ${problem}`)
  }
  return found
}
