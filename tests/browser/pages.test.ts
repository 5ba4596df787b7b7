import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { kindFiles } from '#shared/kinds/files.ts'
import { kinds } from '#shared/kinds/index.ts'
import { accessibilityProblems, launchBrowser, sidewaysScroll, type TestBrowser } from '../support/browser.ts'
import {
  expectOk,
  startTestServer,
  type TestPerson,
  type TestServer,
  testPassword,
} from '../support/server.ts'

let browser: TestBrowser
let server: TestServer
let imani: TestPerson & { readonly networkId: string }
let hank: TestPerson
let teamId: string
let emptyTeamId: string
let documentId: string

beforeAll(async () => {
  browser = await launchBrowser()
  server = await startTestServer()
  imani = await server.setup()
  teamId = await startTeam('Eastfield Middle')
  emptyTeamId = await startTeam('Harbor Point')
  hank = await server.person('Hank Sorensen', 'lead', { team: teamId })
  documentId = await startDocument('Fewer missed school days', 'chronic-absence')
  await expectOk(await imani.fetch(`/api/documents/${documentId}`, { method: 'PUT', json: { shared: true } }))
})
afterEach(() => browser.closeWindows())
afterAll(async () => {
  await browser.close()
  await server.close()
})

async function startTeam(name: string): Promise<string> {
  const answer = await imani.fetch(`/api/networks/${imani.networkId}/teams`, { json: { name } })
  return ((await expectOk(answer)) as { id: string }).id
}

async function startDocument(title: string, template = 'blank'): Promise<string> {
  const json = { kind: 'driver-diagram', title, template }
  const answer = await imani.fetch(`/api/networks/${imani.networkId}/documents`, { json })
  return ((await expectOk(answer)) as { id: string }).id
}

const at = (rest: string) => `/networks/${imani.networkId}${rest}`
const settled = (page: Page) => page.locator('.skeleton').first().waitFor({ state: 'detached' })

describe('every page', () => {
  const pages = [
    { name: 'sign-in', path: () => '/sign-in', signedIn: false },
    { name: 'invitation that is none', path: () => '/invitations/none', signedIn: false },
    { name: 'account', path: () => '/account', signedIn: true },
    { name: 'my networks', path: () => '/?all', signedIn: true },
    { name: 'network', path: () => at(''), signedIn: true },
    { name: 'people', path: () => at('/people'), signedIn: true },
    { name: 'team', path: () => at(`/teams/${teamId}`), signedIn: true },
    { name: 'empty team', path: () => at(`/teams/${emptyTeamId}`), signedIn: true },
    { name: 'documents', path: () => at('/documents'), signedIn: true },
    { name: 'no such page', path: () => '/nothing/here', signedIn: true },
  ]
  it.each(pages)('is accessible in light and dark and fits a phone: $name', async ({ path, signedIn }) => {
    for (const dark of [false, true]) {
      const page = await browser.open(server, path(), signedIn ? imani : undefined, { dark })
      await page.locator('h1, .empty').first().waitFor()
      await settled(page)
      expect(await accessibilityProblems(page)).toEqual([])
    }
    const phone = await browser.open(server, path(), signedIn ? imani : undefined, { phone: true })
    await phone.locator('h1, .empty').first().waitFor()
    await settled(phone)
    expect(await sidewaysScroll(phone)).toBe(0)
    expect(await smallControls(phone)).toEqual([])
  })

  it('has a dialog that is accessible and gives the focus back', async () => {
    const page = await browser.open(server, at('/documents'), imani)
    const opener = page.getByRole('button', { name: 'Start a document' })
    await opener.click()
    await page.getByRole('button', { name: /^Blank diagram/ }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true)
  })
})

/** Buttons and fields that a thumb would miss: less than 44 px high, unless they stand in a line of text. */
const smallControls = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        '.button, input:not([type="checkbox"], [type="radio"]), select',
      ),
    ]
      .filter((control) => control.offsetParent !== null && control.getBoundingClientRect().height < 43.5)
      .map((control) => control.outerHTML.slice(0, 120)),
  )

describe('signing in', () => {
  it('comes back to where one was', async () => {
    const page = await browser.open(server, at('/people'))
    await page.getByText('Then you go on where you were.').waitFor()
    await signIn(page, hank.account.email)
    await page.getByRole('heading', { name: 'People' }).waitFor()
  })

  it('goes to no address outside when one is smuggled in', async () => {
    const page = await browser.open(server, '/sign-in?next=//example.com/')
    await signIn(page, hank.account.email)
    await page.getByRole('heading', { name: 'Three Rivers' }).waitFor()
    expect(new URL(page.url()).origin).toBe(server.origin)
  })

  it('says that address or password is wrong, and shows what is typed only when asked', async () => {
    const page = await browser.open(server, '/sign-in')
    await signIn(page, hank.account.email, 'not-the-password')
    await page.getByText('The address or the password is not right.').waitFor()
    const password = page.getByLabel('Password', { exact: true })
    expect(await password.getAttribute('type')).toBe('password')
    await page.getByRole('button', { name: 'Show password' }).click()
    expect(await password.getAttribute('type')).toBe('text')
  })

  it('keeps to 60 kB of script', async () => {
    const page = await browser.open(server, '/')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await scriptBytes(page)).toBeLessThan(60_000)
  })

  it('forgets on this device who was here once one signs out', async () => {
    const page = await browser.open(server, at(''), await server.person('Nora Lindqvist', 'observer'))
    await page.getByRole('button', { name: 'Account of Nora Lindqvist' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
    // Whoever sits down here next is not led to where the last one was.
    expect(new URL(page.url()).search).toBe('')
  })
})

async function signIn(page: Page, email: string, password = testPassword): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** The scripts that this page has fetched, as they travel when compressed. */
async function scriptBytes(page: Page): Promise<number> {
  const { gzipSync } = await import('node:zlib')
  const addresses = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => new URL(name).pathname.endsWith('.js')),
  )
  const bodies = await Promise.all(addresses.map(async (address) => (await fetch(address)).text()))
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
}

describe('people', () => {
  it('changes a role, gives a job title, and makes a password link that works', async () => {
    const marisol = await server.person('Marisol Vega', 'member', { team: teamId })
    const page = await browser.open(server, at('/people'), imani)
    const todo = page.getByRole('button', { name: 'What to do for Marisol Vega' })
    await todo.click()
    await page.getByRole('menuitem', { name: 'Change role' }).click()
    await page.getByLabel('Role', { exact: true }).selectOption('coach')
    await page.getByRole('button', { name: 'Change role' }).click()
    await page.getByText('Marisol Vega is now Coach.').waitFor()

    await todo.click()
    await page.getByRole('menuitem', { name: 'Job title' }).click()
    await page.getByLabel('Job title', { exact: true }).fill('Parent partner')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Parent partner').waitFor()

    await todo.click()
    await page.getByRole('menuitem', { name: 'Password link' }).click()
    const link = await page.getByLabel('Password link').inputValue()

    const reset = await browser.open(server, new URL(link).pathname)
    await reset.getByText(marisol.account.email).waitFor()
    await reset.getByLabel('New password').fill('another-quiet-lantern')
    await reset.getByRole('button', { name: 'Set it and sign in' }).click()
    await reset.getByRole('heading', { name: 'Three Rivers' }).waitFor()
  })

  it('withdraws an invitation, and its link says so', async () => {
    const page = await browser.open(server, at('/people'), imani)
    await page.getByRole('button', { name: 'Invite someone' }).click()
    await page.getByLabel('Email').fill('fatima@example.org')
    await page.getByRole('button', { name: 'Make a link' }).click()
    const link = await page.getByLabel('Invitation link').inputValue()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Withdraw the invitation of fatima@example.org' }).click()
    await page.getByText('The invitation is withdrawn.').waitFor()
    const guest = await browser.open(server, new URL(link).pathname)
    await guest.getByText('This invitation was withdrawn. Ask Imani Okafor for a new one.').waitFor()
  })

  it('removes someone from the network, who is then in none', async () => {
    const priya = await server.person('Priya Raman', 'coach')
    const page = await browser.open(server, at('/people'), imani)
    await page.getByRole('button', { name: 'What to do for Priya Raman' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText('Priya Raman is no longer in Three Rivers.').waitFor()
    const gone = await browser.open(server, '/', priya)
    await gone.getByText('You belong to no network now.').waitFor()
  })
})

describe('one’s account', () => {
  it('changes name, color and theme, and ends another sign-in', async () => {
    const lena = await server.person('Lena Whitfield', 'expert')
    await expectOk(
      await server.fetch('/api/session', { json: { email: lena.account.email, password: testPassword } }),
    )
    const page = await browser.open(server, '/account', lena)
    await page.getByLabel('Name').fill('Dr. Lena Whitfield')
    await page.getByLabel('Color 6').check({ force: true })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Account of Dr. Lena Whitfield' }).waitFor()
    await page.getByRole('radio', { name: 'Dark' }).click()
    await page.reload()
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await page.getByRole('button', { name: 'Sign out A program' }).first().click()
    await page.getByText('A program is signed out.').waitFor()
  })

  it('changes the password and says what is wrong with a weak one', async () => {
    const page = await browser.open(server, '/account', await server.person('Rafael Duarte', 'facilitator'))
    await page.getByLabel('Current password', { exact: true }).fill(testPassword)
    await page.getByLabel('New password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Use at least 10 characters.').waitFor()
    await page.getByLabel('New password', { exact: true }).fill('seven-quiet-herons')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Your password is changed.').waitFor()
  })
})

describe('documents', () => {
  it('are renamed, copied, archived with a way back, and restored from the list', async () => {
    await startDocument('A first try')
    const page = await browser.open(server, at('/documents'), imani)
    await step(page, 'A first try', 'Rename')
    await page.getByLabel('Title').fill('A second try')
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('link', { name: 'A second try' }).waitFor()

    await step(page, 'A second try', 'Archive')
    await page.getByRole('link', { name: 'A second try' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: 'A second try' }).waitFor()

    await step(page, 'A second try', 'Archive')
    await page.getByRole('radio', { name: 'Archived' }).click()
    await step(page, 'A second try', 'Restore')
    await page.getByText('“A second try” is back.').waitFor()
    await page.getByRole('radio', { name: 'In use' }).click()

    await step(page, 'A second try', 'Make a copy')
    await page.getByLabel('Title').fill('A third try')
    await page.getByRole('button', { name: 'Make a copy' }).click()
    await page.getByRole('heading', { name: 'A third try' }).waitFor()
  })

  it('appear in a colleague’s list by themselves, under a filter only where they belong', async () => {
    const page = await browser.open(server, at('/documents'), hank)
    await page.getByRole('link', { name: 'Fewer missed school days' }).waitFor()
    const id = await startDocument('Shared a moment ago')
    await expectOk(await imani.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
    await page.getByRole('link', { name: 'Shared a moment ago' }).waitFor()
    await page.getByLabel('Find').fill('missed')
    await page.getByRole('link', { name: 'Shared a moment ago' }).waitFor({ state: 'detached' })
    await page.getByLabel('Where').selectOption({ label: 'Eastfield Middle' })
    await page.getByText('Nothing found with these words in this place.').waitFor()
  })

  it('are heard of again after a server that answered that it is about to restart', async () => {
    const page = await browser.open(server, '/account', hank)
    await page.route('**/feed', (route) => route.fulfill({ status: 503 }), { times: 1 })
    const heard = page.waitForResponse((answer) => answer.url().endsWith('/feed') && answer.status() === 200)
    await page.goto(at('/documents'))
    await heard
    const id = await startDocument('Shared after the restart')
    await expectOk(await imani.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
    await page.getByRole('link', { name: 'Shared after the restart' }).waitFor()
  })

  it('offer a reader nothing that they may not do', async () => {
    const observer = await server.person('Tomas Brandt', 'observer')
    const page = await browser.open(server, `/documents/${documentId}`, observer)
    await page.getByRole('heading', { name: 'Fewer missed school days' }).waitFor()
    expect(await page.getByRole('button', { name: 'Fewer missed school days' }).count()).toBe(0)
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'History' }).waitFor()
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['History', 'Who can see and edit'])
    const list = await browser.open(server, at('/documents'), observer)
    await list.getByRole('link', { name: 'Fewer missed school days' }).waitFor()
    expect(await list.getByRole('button', { name: 'Start a document' }).count()).toBe(0)
  })

  it('say so plainly when there is none, or it is private', async () => {
    const draft = await startDocument('Not yet')
    const page = await browser.open(server, `/documents/${draft}`, hank)
    await page.getByText('There is no such document, or it is private.').waitFor()
  })
})

const step = async (page: Page, title: string, name: string) => {
  await page.getByRole('button', { name: `What to do with ${title}` }).click()
  await page.getByRole('menuitem', { name }).click()
}

describe('the page of a document', () => {
  it('renames in place, and says who may do what', async () => {
    const id = await startDocument('Untitled so far')
    const page = await browser.open(server, `/documents/${id}`, imani)
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
    await page.getByRole('button', { name: 'Untitled so far' }).click()
    await page.getByLabel('Title').fill('Days at school')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Days at school' }).waitFor()
    expect(await page.title()).toBe('Days at school · Throughline')

    await page.getByRole('button', { name: 'Draft' }).click()
    const who = page.getByRole('dialog')
    await who.getByText('Only coordinators and facilitators see it').waitFor()
    expect(await who.getByText('Hank Sorensen').count()).toBe(0)
  })

  it('saves the document as a file', async () => {
    const page = await browser.open(server, `/documents/${documentId}`, imani)
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
    await page.getByRole('button', { name: 'Export and import' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Text (Markdown)' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/\.md$/)
  })

  it('tells someone who reads it while it is archived, and goes on when it is restored', async () => {
    const id = await startDocument('Kept for later')
    const page = await browser.open(server, `/documents/${id}`, imani)
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
    await expectOk(await imani.fetch(`/api/documents/${id}/archive`, { method: 'POST' }))
    await page.getByText('This document is archived').waitFor()
    await page.getByRole('button', { name: 'Restore it' }).click()
    await page.getByText('This document is archived').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Kept for later' }).waitFor()
  })

  it('asks for the password in place when the sign-in has ended, and goes on', async () => {
    const gus = await server.person('Gus Halvorsen', 'facilitator')
    const page = await browser.open(server, `/documents/${documentId}`, gus)
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
    await gus.fetch('/api/session', { method: 'DELETE' })
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await page.getByLabel('Password', { exact: true }).fill(testPassword)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('You are signed out. Sign in again').waitFor({ state: 'detached' })
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
  })

  it('opens again without the server what this device has seen, and says so of the rest', async () => {
    const page = await browser.open(server, `/documents/${documentId}`, imani, { installs: true })
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.reload()
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
    const other = await startDocument('Never opened here')
    await page.context().setOffline(true)
    await page.reload()
    await page.getByRole('heading', { name: 'Fewer missed school days' }).waitFor()
    await page.getByRole('status').filter({ hasText: 'Offline' }).waitFor()
    await page.goto(`/documents/${other}`)
    await page.getByText('This document was never opened on this device').waitFor()
    await page.context().setOffline(false)
  })

  it('lists a kept copy, and opens it as a new document', async () => {
    const id = await startDocument('With a kept copy')
    const page = await browser.open(server, `/documents/${id}`, imani)
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
    await keepOnDevice(page, id, 'Words that were refused')
    await page.reload()
    await page.getByRole('button', { name: 'Look at the copy' }).click()
    await page.getByText('3 changes, kept').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Open as a new document' }).click()
    await page.getByRole('heading', { name: 'With a kept copy (kept copy)' }).waitFor()
    await page.getByText('Words that were refused').first().waitFor()
  })

  it('is accessible in light and dark, and whole on a phone', async () => {
    for (const options of [{}, { dark: true }, { phone: true }]) {
      const page = await browser.open(server, `/documents/${documentId}`, imani, options)
      await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
      expect(await accessibilityProblems(page)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
    }
  })
})

/** What the engine stores when changes cannot be merged (C5): here without waiting for that to happen. */
async function keepOnDevice(page: Page, documentId: string, aim: string): Promise<void> {
  const doc = new Y.Doc()
  kinds['driver-diagram'].fill(doc, kindFiles['driver-diagram'].parseSeed({ aim: { statement: aim } }))
  const state = [...Y.encodeStateAsUpdate(doc)]
  await page.evaluate(
    ({ accountId, documentId, state }) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('throughline')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const writing = opening.result.transaction('kept', 'readwrite')
          writing.objectStore('kept').put({
            id: 'kept-in-a-test',
            accountId,
            documentId,
            schema: 1,
            keptAt: Date.now(),
            changes: 3,
            reason: 'refused',
            state: new Uint8Array(state),
          })
          writing.oncomplete = () => resolve()
          writing.onerror = () => reject(writing.error)
        }
      }),
    { accountId: imani.account.id, documentId, state },
  )
}
