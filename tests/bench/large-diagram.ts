import type { Browser, Page } from 'playwright-core'
import { layoutDiagram } from '#shared/kinds/driver-diagram/layout.ts'
import type { Diagram } from '#shared/kinds/driver-diagram/model.ts'
import { parseSeed } from '#shared/kinds/driver-diagram/seed.ts'
import { diagramContent } from './diagrams.ts'
import { type Figure, median, percentile } from './measured.ts'
import type { Product } from './product.ts'
import { cardSelector, openContext, openPage, writeIn } from './windows.ts'
import { costOfWord, type Meter, openMeter } from './writing.ts'

const large = { cards: 300, links: 400 }
const small = { cards: 30, links: 36 }
const largest = 1.5

interface Opened {
  readonly page: Page
  readonly url: string
  readonly card: string
}

/** What a large diagram costs over a small one: to open it, and to write in it. */
export async function measureLargeDiagram(browser: Browser, product: Product): Promise<readonly Figure[]> {
  const sides = { large: await open(browser, product, large), small: await open(browser, product, small) }
  const figures = [await measureOpening(sides), ...(await measureWriting(sides))]
  for (const { page } of Object.values(sides)) await page.context().close()
  return figures
}

interface Sides {
  readonly large: Opened
  readonly small: Opened
}

/** Each in a context of its own, so that its page has a process of its own. The card lies where the page opens. */
async function open(browser: Browser, product: Product, size: typeof large): Promise<Opened> {
  const { url, diagram } = await product.createDiagram(diagramContent(size))
  const drivers = diagram.cards.filter(({ column }) => column === 'primary')
  const card = drivers[Math.floor(drivers.length / 2)]?.id ?? ''
  const page = await openPage(await openContext(browser, product.origin, product.imani), url)
  await page.locator(cardSelector(card)).waitFor()
  // From now on files come from the service worker and content from this device, as for someone who comes back.
  await page.evaluate(() => navigator.serviceWorker.ready)
  return { page, url, card }
}

async function measureOpening(sides: Sides): Promise<Figure> {
  const times = { large: [] as number[], small: [] as number[] }
  for (let turn = 0; turn < 9; turn++) {
    times.small.push(await timeToFirstKey(sides.small))
    times.large.push(await timeToFirstKey(sides.large))
  }
  const ofSmall = median(times.small)
  return {
    name: `opening ${large.cards} cards and ${large.links} links until the first key is shown, median of 9`,
    measured: median(times.large),
    limit: largest * ofSmall,
    unit: 'ms',
    because: `${largest} × the ${ofSmall.toFixed(0)} ms of ${small.cards} cards`,
  }
}

async function timeToFirstKey({ page, url, card }: Opened): Promise<number> {
  await page.evaluate((selector) => sessionStorage.setItem('bench-first-key', selector), cardSelector(card))
  await page.goto('about:blank')
  await page.goto(url)
  const shown = await page.waitForFunction(() => globalThis.bench.firstKey)
  await page.evaluate(() => sessionStorage.removeItem('bench-first-key'))
  return (await shown.jsonValue()) as number
}

const keys = 200
/** As long as a word. */
const wordLength = 8

async function measureWriting(sides: Sides): Promise<readonly Figure[]> {
  const meters = { large: await meterOf(sides.large), small: await meterOf(sides.small) }
  const costs = { large: [] as number[], small: [] as number[] }
  for (let word = 0; word < keys / wordLength; word++) {
    for (const side of ['small', 'large'] as const) {
      costs[side].push(...(await costOfWord(sides[side].page, meters[side], word * wordLength, wordLength)))
    }
  }
  const ofSmall = median(costs.small)
  const name = `script, style and layout for a key in ${large.cards} cards`
  const measured = median(costs.large)
  return [
    { name: `${name}, median of ${keys}`, measured, limit: 16, unit: 'ms', because: 'one frame' },
    {
      name: `${name}, 95th of 100`,
      measured: percentile(costs.large, 0.95),
      limit: 33,
      unit: 'ms',
      because: `two frames; in ${small.cards} cards ${percentile(costs.small, 0.95).toFixed(2)} ms`,
    },
    {
      name: `${name}, against ${small.cards} cards`,
      measured,
      limit: largest * ofSmall,
      unit: 'ms',
      because: `${largest} × ${ofSmall.toFixed(2)} ms`,
    },
  ]
}

async function meterOf({ page, card }: Opened): Promise<Meter> {
  await page.reload()
  await writeIn(page, card)
  return openMeter(page)
}

/** The whole layout of a large diagram, in Node. Titles differ each time: what was worked out before must not help. */
export function measureLayout(): Figure {
  const diagram = parseSeed(diagramContent(large))
  const times = Array.from({ length: 60 }, (_, turn) => timeToLayOut(renamed(diagram, turn)))
  return {
    name: `full layout of ${large.cards} cards and ${large.links} links, median of ${times.length}`,
    measured: median(times),
    limit: 10,
    unit: 'ms',
    because: 'in Node',
  }
}

function timeToLayOut(diagram: Diagram): number {
  const begin = performance.now()
  layoutDiagram(diagram)
  return performance.now() - begin
}

const renamed = (diagram: Diagram, turn: number): Diagram => ({
  ...diagram,
  cards: diagram.cards.map((card) => ({ ...card, title: `${card.title} ${turn}` })),
})
