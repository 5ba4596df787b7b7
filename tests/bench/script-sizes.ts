import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { diagramContent } from './diagrams.ts'
import type { Figure } from './measured.ts'
import type { Product } from './product.ts'
import { cardSelector, openContext, writeIn } from './windows.ts'

/** What a page fetches of scripts before one can work in it, and that the rich-text editor is not part of it. */
export async function measureScriptSizes(browser: Browser, product: Product): Promise<readonly Figure[]> {
  return [await measureSignIn(browser, product), ...(await measureDiagram(browser, product))]
}

async function measureSignIn(browser: Browser, { origin }: Product): Promise<Figure> {
  const { page, scripts } = await openEmptyHanded(browser, origin)
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('Password', { exact: true }).waitFor()
  await page.waitForLoadState('networkidle')
  const figure = sizeOf(await scripts(), 'sign-in', 60)
  await page.context().close()
  return figure
}

async function measureDiagram(browser: Browser, product: Product): Promise<readonly Figure[]> {
  const { url, diagram } = await product.createDiagram(diagramContent({ cards: 30, links: 36 }))
  const card = diagram.cards.find(({ column }) => column === 'primary')?.id ?? ''
  const { page, scripts } = await openEmptyHanded(browser, product.origin, product.imani)
  await page.goto(url)
  await page.locator(cardSelector(card)).waitFor()
  // The feed stays open for ever, so the network is never idle: two seconds stand for "nothing more comes".
  await page.waitForTimeout(2000)
  const untilReady = await scripts()
  await writeIn(page, card)
  await page.keyboard.type('Every ')
  const editorBefore = countOfEditors(await scripts())
  await openNotes(page)
  const editorAfter = countOfEditors(await scripts())
  await page.context().close()
  return [
    sizeOf(untilReady, 'a diagram', 220),
    {
      name: 'rich-text editors fetched before notes are opened',
      measured: editorBefore,
      limit: 0,
      unit: 'files',
      because: 'it is large, and most visits need none',
    },
    {
      name: 'rich-text editors missing once notes are opened',
      measured: 1 - editorAfter,
      limit: 0,
      unit: 'files',
      because: 'or the figure above would say nothing',
    },
  ]
}

async function openNotes(page: Page): Promise<void> {
  const panel = page.getByRole('complementary', { name: 'Card' })
  if (!(await panel.isVisible())) await page.getByRole('button', { name: 'Side panel' }).click()
  await panel.getByRole('button', { name: 'Write', exact: true }).click()
  await page.getByRole('textbox', { name: 'Notes of this card' }).waitFor()
}

interface Script {
  readonly url: string
  readonly text: Buffer
}

/**
 * A page of someone who has never been here. Without the service worker, which fetches every file in the background once
 * the page has come to rest.
 */
async function openEmptyHanded(browser: Browser, origin: string, person?: Product['imani']) {
  const context = await openContext(browser, origin, person, { serviceWorkers: 'block' })
  const page = await context.newPage()
  const fetched: Promise<Script>[] = []
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) {
      fetched.push(response.body().then((text) => ({ url: response.url(), text })))
    }
  })
  return { page, scripts: () => Promise.all(fetched) }
}

function sizeOf(scripts: readonly Script[], page: string, limit: number): Figure {
  const bytes = scripts.reduce((sum, { text }) => sum + gzipSync(text).byteLength, 0)
  return {
    name: `scripts of ${page}`,
    measured: bytes / 1000,
    limit,
    unit: 'kB',
    because: `gzip of the ${scripts.length} files fetched until it is ready`,
  }
}

const countOfEditors = (scripts: readonly Script[]): number =>
  scripts.filter(({ text }) => text.includes('ProseMirror')).length
