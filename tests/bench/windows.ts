import { fileURLToPath } from 'node:url'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import type { TestPerson } from '../support/people.ts'

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

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: flags })

/** A window of its own, as of another computer; signed in, where someone is named. */
export async function openContext(
  browser: Browser,
  origin: string,
  person?: TestPerson,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  if (person !== undefined) {
    const [name = '', value = ''] = person.cookie.split(/=(.*)/)
    await context.addCookies([{ name, value, url: origin }])
  }
  await context.addInitScript({ path: fileURLToPath(new URL('./in-page.js', import.meta.url)) })
  return context
}

export async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  return page
}

export const cardSelector = (id: string): string => `.canvas [data-card="${id}"]`

/** Puts the caret at the end of a card's words. */
export async function writeIn(page: Page, card: string): Promise<void> {
  await page.locator(`${cardSelector(card)} .said`).dblclick()
  await page.locator(`${cardSelector(card)} textarea`).waitFor()
}

const text =
  'A nurse calls each family before the second missed day and asks what would help the student come to school again tomorrow. '

/** The letter that is typed as the `number`th: words of a sentence, again and again. */
export const letter = (number: number): string => text[number % text.length] ?? ' '

/** Types `count` letters at eight a second. `after` runs for each of them, when the next one is due. */
export async function type(
  page: Page,
  first: number,
  count: number,
  after?: (number: number) => Promise<void>,
): Promise<void> {
  const begin = performance.now()
  for (let index = 0; index < count; index++) {
    await until(begin + index * pace)
    await page.keyboard.press(letter(first + index) === ' ' ? 'Space' : letter(first + index))
    if (after === undefined) continue
    await until(begin + (index + 1) * pace)
    await after(first + index)
  }
}

const pace = 125

const until = (time: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())))

/** What `in-page.js` keeps in every page. */
export interface InPage {
  readonly keys: readonly number[]
  readonly seen: readonly { readonly at: number; readonly length: number }[]
  readonly firstKey: number | undefined
  watch(selector: string): void
}

declare global {
  var bench: InPage
}
