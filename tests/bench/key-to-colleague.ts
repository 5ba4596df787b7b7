import type { Browser, Page } from 'playwright-core'
import { diagramContent } from './diagrams.ts'
import { type Figure, median } from './measured.ts'
import { type Product, startRelay } from './product.ts'
import { cardSelector, openContext, openPage, type, writeIn } from './windows.ts'

const keys = 200
/** The two sides take turns, so that whatever else this computer does meets both. */
const turns = 4

/** How long a key takes from one page to the other, against the least that can carry it. */
export async function measureKeyToColleague(browser: Browser, product: Product): Promise<Figure> {
  const relay = await startRelay()
  const ours = await openDiagram(browser, product)
  const theirs = await openRelayPages(browser, relay.url)
  for (let turn = 0; turn < turns; turn++) {
    for (const { writer } of [ours, theirs]) await type(writer, turn * (keys / turns), keys / turns)
  }
  const delays = await delaysOf(ours)
  const relayed = await delaysOf(theirs)
  const commit = await product.commitMedian()
  await ours.close()
  await theirs.close()
  await relay.close()
  return {
    name: `key to colleague, median of ${delays.length}`,
    measured: median(delays),
    limit: 2 * median(relayed) + commit,
    unit: 'ms',
    because: `twice the bare relay's ${median(relayed).toFixed(2)} ms and one commit of ${commit.toFixed(2)} ms`,
  }
}

/** Two people before the same text: one writes, the other sees. */
interface Pair {
  readonly writer: Page
  readonly reader: Page
  /** How long the text was before the first key. */
  readonly lengthBefore: number
  close(): Promise<void>
}

async function openDiagram(browser: Browser, product: Product): Promise<Pair> {
  const { url, diagram } = await product.createDiagram(diagramContent({ cards: 30, links: 36 }))
  const card = diagram.cards.find(({ column }) => column === 'primary')
  if (card === undefined) throw new Error('The diagram has no driver to write in')
  const pair = await openPair(browser, product.origin, url, [product.imani, product.nora])
  for (const page of [pair.writer, pair.reader]) await page.locator(cardSelector(card.id)).waitFor()
  await writeIn(pair.writer, card.id)
  await watch(pair.reader, `${cardSelector(card.id)} .said`)
  return { ...pair, lengthBefore: card.title.length }
}

async function openRelayPages(browser: Browser, url: string): Promise<Pair> {
  const pair = await openPair(browser, url, url, [undefined, undefined])
  for (const page of [pair.writer, pair.reader]) await page.waitForFunction(() => document.title === 'open')
  await pair.writer.locator('#text').click()
  await watch(pair.reader, '#text')
  return { ...pair, lengthBefore: 0 }
}

async function openPair(
  browser: Browser,
  origin: string,
  url: string,
  people: readonly [Product['nora'] | undefined, Product['nora'] | undefined],
) {
  const contexts = await Promise.all(people.map((person) => openContext(browser, origin, person)))
  const [writer, reader] = await Promise.all(contexts.map((context) => openPage(context, url)))
  if (writer === undefined || reader === undefined) throw new Error('Two pages were not opened')
  return {
    writer,
    reader,
    async close() {
      for (const context of contexts) await context.close()
    },
  }
}

const watch = (page: Page, selector: string): Promise<void> =>
  page.evaluate((selector) => globalThis.bench.watch(selector), selector)

/** For each key, the time until the other page's text first held it. */
async function delaysOf({ writer, reader, lengthBefore }: Pair): Promise<readonly number[]> {
  await reader.waitForFunction(
    (length) => (globalThis.bench.seen.at(-1)?.length ?? 0) >= length,
    lengthBefore + keys,
  )
  const typed = await writer.evaluate(() => globalThis.bench.keys)
  const seen = await reader.evaluate(() => globalThis.bench.seen)
  if (typed.length !== keys) throw new Error(`${typed.length} keys were typed, not ${keys}`)
  return typed.map((at, index) => {
    const shown = seen.find(({ length }) => length >= lengthBefore + index + 1)
    return (shown?.at ?? Number.NaN) - at
  })
}
