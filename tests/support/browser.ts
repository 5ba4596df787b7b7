import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import type { TestPerson } from './people.ts'

export interface WindowOptions {
  readonly phone?: boolean
  readonly dark?: boolean
  /** The program installs itself here, so that it opens offline too. Otherwise not: it costs each window a second. */
  readonly installs?: boolean
}

/** A browser with windows for several people, who share nothing. */
export interface TestBrowser {
  /** A window of someone's own browser: signed in when it is a person of the server. */
  open(server: Site, path: string, person?: TestPerson, options?: WindowOptions): Promise<Page>
  /** Another tab beside this page, in the same person's browser. */
  openBeside(page: Page, path: string): Promise<Page>
  /** Closes all windows, and fails if any page complained: a script error, or something its security policy forbids. */
  closeWindows(): Promise<void>
  close(): Promise<void>
}

/** Whatever serves pages at an address. */
interface Site {
  readonly origin: string
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--no-first-run',
  '--disable-features=Translate,OptimizationHints,MediaRouter',
]

export async function launchBrowser(): Promise<TestBrowser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell'
  const browser: Browser = await chromium.launch({ executablePath, args: flags })
  let contexts: BrowserContext[] = []
  const complaints: string[] = []

  async function openContext(
    server: Site,
    person: TestPerson | undefined,
    { phone = false, dark = false, installs = false }: WindowOptions = {},
  ): Promise<BrowserContext> {
    const context = await browser.newContext({
      baseURL: server.origin,
      viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      serviceWorkers: installs ? 'allow' : 'block',
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    contexts.push(context)
    if (person) await context.addCookies([cookieFor(server, person)])
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`security policy: ${violatedDirective} forbids ${blockedURI}`)
      })
    })
    context.on('page', (page) => {
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.stack ?? error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error' && !isRefusal(message.text()))
          complaints.push(`${page.url()}: ${message.text()}`)
      })
    })
    return context
  }

  async function openPage(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage()
    await page.goto(path)
    return page
  }

  return {
    async open(server, path, person, options) {
      return openPage(await openContext(server, person, options), path)
    },
    openBeside: (page, path) => openPage(page.context(), path),
    async closeWindows() {
      await Promise.all(contexts.map((context) => context.close()))
      contexts = []
      expect(complaints.splice(0)).toEqual([])
    },
    close: () => browser.close(),
  }
}

/** Chromium writes every answer that is a refusal, and every lost connection, to the console; those are no faults of the page. */
const isRefusal = (text: string): boolean =>
  /Failed to load resource|WebSocket connection to|net::ERR_/.test(text)

function cookieFor(server: Site, { cookie }: TestPerson) {
  const [name = '', value = ''] = cookie.split(/=(.*)/)
  return { name, value, url: server.origin }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong with the page as it stands, or with a part of it, one line a finding. */
export async function accessibilityProblems(page: Page, within = 'html'): Promise<readonly string[]> {
  await page.evaluate(axe)
  return page.evaluate(async (part) => {
    // axe puts itself on the page's window.
    const { axe } = window as unknown as {
      axe: { run(part: string, options: object): Promise<{ violations: readonly Violation[] }> }
    }
    interface Violation {
      readonly id: string
      readonly help: string
      readonly nodes: readonly { readonly html: string }[]
    }
    const { violations } = await axe.run(part, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`),
    )
  }, within)
}

/** How far the page can be scrolled sideways: nothing but tables and rows of tabs should. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
