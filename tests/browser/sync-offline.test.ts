import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser, type TestBrowser } from '../support/browser.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

let browser: TestBrowser
let server: TestServer
let pages: string
let first: TestPerson & { networkId: string }

beforeAll(async () => {
  browser = await launchBrowser()
})
beforeEach(async () => {
  pages = await mkdtemp(join(tmpdir(), 'throughline-pages-'))
  await cp('dist/client', pages, { recursive: true })
  server = await startTestServer({ pagesFolder: pages })
  first = await server.setup()
})
afterEach(async () => {
  await browser.closeWindows()
  await server.close()
  await rm(pages, { recursive: true, force: true })
})
afterAll(() => browser.close())

async function createDiagram(title = 'Attendance'): Promise<string> {
  const made = await first.fetch(`/api/networks/${first.networkId}/documents`, {
    json: { kind: 'driver-diagram', title },
  })
  return ((await made.json()) as { id: string }).id
}

/** What the server has as the aim's words. */
async function storedAim(id: string): Promise<string | undefined> {
  const content = await first.fetch(`/api/documents/${id}/content`)
  const { model } = (await content.json()) as { model: { cards: { id: string; title: string }[] } }
  return model.cards.find((card) => card.id === 'aim')?.title
}

const aim = (page: Page) => page.locator('[data-card="aim"]').first()
const saved = (page: Page) => page.locator('.saved').first()

/** Into the words of the aim, at their end. */
async function write(page: Page, text: string): Promise<void> {
  await aim(page).click()
  await page.keyboard.press('F2')
  await page.keyboard.press('End')
  await page.keyboard.type(text)
  await page.keyboard.press('Escape')
}

/** How many depends on how far the last acknowledgement had come. */
const keptHere = /^Offline: \d+ changes kept on this device$/

const serviceWorkerOf = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })

/** The network or the server is back: pages that wait for their next attempt take it now. */
const wake = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('online')))

describe('without a connection', () => {
  it('a document that this device holds opens after a reload, is edited, and is sent when the server is back', async () => {
    const id = await createDiagram()
    const page = await browser.open(server, `/documents/${id}`, first, { installs: true })
    await write(page, 'Reduce absence')
    await expect.poll(() => storedAim(id)).toBe('Reduce absence')
    await serviceWorkerOf(page)
    await server.running.close()
    await expect.poll(() => saved(page).innerText()).toContain('Offline')
    await page.reload()
    await expect.poll(() => aim(page).innerText()).toContain('Reduce absence')
    await write(page, ' by half')
    await expect.poll(() => saved(page).innerText()).toMatch(keptHere)
    await page.reload()
    await expect.poll(() => aim(page).innerText()).toContain('Reduce absence by half')
    await expect.poll(() => saved(page).innerText(), { timeout: 15_000 }).toMatch(keptHere)
    await server.restart()
    await wake(page)
    await expect.poll(() => saved(page).innerText(), { timeout: 15_000 }).toContain('Saved')
    expect(await storedAim(id)).toBe('Reduce absence by half')
  })

  it('two people write on, and find both their words when the server is back', async () => {
    const id = await createDiagram()
    const ben = await server.person('Ben Ortiz', 'facilitator')
    const one = await browser.open(server, `/documents/${id}`, first)
    const two = await browser.open(server, `/documents/${id}`, ben)
    await write(one, 'together')
    await expect.poll(() => aim(two).innerText()).toContain('together')
    await server.running.close()
    await expect.poll(() => saved(one).innerText()).toContain('Offline')
    await expect.poll(() => saved(two).innerText()).toContain('Offline')
    await write(one, ' one')
    await write(two, ' two')
    await server.restart()
    await wake(one)
    await wake(two)
    await expect.poll(() => saved(one).innerText(), { timeout: 15_000 }).toContain('Saved')
    await expect.poll(() => saved(two).innerText(), { timeout: 15_000 }).toContain('Saved')
    await expect.poll(() => storedAim(id)).toMatch(/^together( one two| two one)$/)
    const words = await storedAim(id)
    await expect.poll(() => aim(one).innerText()).toContain(words)
    await expect.poll(() => aim(two).innerText()).toContain(words)
  })

  it('eight tabs of one person open at once and all show the document', async () => {
    const id = await createDiagram()
    const one = await browser.open(server, '/', first)
    const tabs = await Promise.all(
      Array.from({ length: 8 }, () => browser.openBeside(one, `/documents/${id}`)),
    )
    const [writer] = tabs
    if (writer) await write(writer, 'in all of them')
    for (const tab of tabs) {
      await expect.poll(() => aim(tab).innerText(), { timeout: 20_000 }).toContain('in all of them')
    }
  })
})

describe('what lies on this device', () => {
  it('[C4] goes with signing out', async () => {
    const id = await createDiagram()
    const page = await browser.open(server, `/documents/${id}`, first)
    await write(page, 'private')
    await expect.poll(() => storedAim(id)).toBe('private')
    // Until the page has heard so itself, signing out would ask first.
    await expect.poll(() => saved(page).innerText(), { timeout: 15_000 }).toContain('Saved')
    expect(await documentsOn(page)).toEqual([expect.stringContaining(id)])
    await page.getByRole('button', { name: 'Account of Imani Okafor' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await expect.poll(() => documentsOn(page)).toEqual([])
  })

  it('[C4] is offered as a file when it was never sent and the document is no longer one’s own', async () => {
    const id = await createDiagram()
    await first.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } })
    const ben = await server.person('Ben Ortiz', 'coach')
    const page = await browser.open(server, `/documents/${id}`, ben)
    await write(page, 'Ben’s ')
    await expect.poll(() => storedAim(id)).toBe('Ben’s ')
    const context = page.context()
    await context.setOffline(true)
    await write(page, 'last words')
    await expect.poll(() => saved(page).innerText(), { timeout: 15_000 }).toMatch(keptHere)
    await page.close()
    await first.fetch(`/api/networks/${first.networkId}/members/${ben.account.id}`, { method: 'DELETE' })
    await context.setOffline(false)
    const later = await context.newPage()
    await later.goto(`${server.origin}/documents/${id}`)
    await later.getByText(/changes of yours to this document never reached the server/).waitFor()
    const download = later.waitForEvent('download')
    await later.getByRole('button', { name: 'Download what is here' }).click()
    const file = await (await download).path()
    expect(await readFile(file, 'utf8')).toContain('Ben’s last words')
    await later.getByRole('button', { name: 'Remove the copy on this device' }).click()
    await expect.poll(() => documentsOn(later)).toEqual([])
  })

  it('[C4] is nothing on a shared computer, and the page says so while it is offline', async () => {
    const id = await createDiagram()
    const page = await browser.open(server, '/', first)
    await page.evaluate(() => localStorage.setItem('throughline.shared-computer', 'yes'))
    await page.goto(`${server.origin}/documents/${id}`)
    await write(page, 'shared')
    await expect.poll(() => storedAim(id)).toBe('shared')
    expect(await documentsOn(page)).toEqual([])
    await server.running.close()
    await write(page, '!')
    await expect.poll(() => saved(page).innerText()).toBe('Offline: not kept, do not close this page')
    await server.restart()
    await wake(page)
    await expect.poll(() => storedAim(id), { timeout: 15_000 }).toBe('shared!')
  })
})

describe('the application’s own files', () => {
  it('are all that is kept for it: nothing of /api or /sync', async () => {
    const id = await createDiagram()
    const page = await browser.open(server, `/documents/${id}`, first, { installs: true })
    await serviceWorkerOf(page)
    await page.reload()
    await aim(page).waitFor()
    const kept = await page.evaluate(async () => {
      const names = await caches.keys()
      const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return lists.flat().map((request) => new URL(request.url).pathname)
    })
    expect(kept.length).toBeGreaterThan(5)
    expect(kept.filter((path) => /^\/(api|sync)/.test(path))).toEqual([])
    await server.running.close()
    const answer = await page.evaluate(() => fetch('/api/session').then(String, () => 'no answer'))
    expect(answer).toBe('no answer')
    await server.restart()
  })

  it('a new version waits until someone agrees to it', async () => {
    const page = await browser.open(server, '/', first, { installs: true })
    await serviceWorkerOf(page)
    await page.reload()
    const file = join(pages, 'service-worker.js')
    await rm(`${file}.gz`, { force: true })
    await rm(`${file}.br`, { force: true })
    const source = await readFile(file, 'utf8')
    await writeFile(
      file,
      source.replace(/(throughline-files-|\$\{\w+\})([0-9a-f]{16})/, '$1fedcba9876543210'),
    )
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update()
    })
    await page.getByText('A new version of Throughline is ready.').waitFor()
    const versions = () => page.evaluate(async () => (await caches.keys()).length)
    expect(await versions()).toBe(2)
    const reloaded = page.waitForEvent('load')
    await page.getByRole('button', { name: 'Reload' }).click()
    await reloaded
    await expect.poll(versions).toBe(1)
  })
})

/** The names of the documents' copies on this device. */
const documentsOn = (page: Page): Promise<string[]> =>
  page.evaluate(async () =>
    (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('throughline/') ? [name] : [])),
  )
