import type { Browser, Page } from 'playwright-core'
import { richFields } from '#shared/kinds/pdsa-cycle/model.ts'
import { type Figure, median } from './measured.ts'
import type { Product } from './product.ts'
import { openContext, openPage } from './windows.ts'
import { costOfWord, type Meter, openMeter } from './writing.ts'

const largest = 2
const turns = 9
const words = 12
const wordLength = 8

const paragraph =
  'The nurse takes the first names on the list of the second day and calls each family before the first bell.'

/** A cycle in which everything is written: forty-three long texts. */
function cycleContent() {
  const rich = Object.fromEntries(richFields.map((field) => [field, [paragraph]]))
  const question = {
    question: 'How many of those who missed two days are absent again within ten?',
    prediction: [paragraph],
    because: [paragraph],
    method: [paragraph],
    result: [paragraph],
    number: 30,
    unit: '%',
  }
  return { cycleKind: 'test', rich, questions: Array.from({ length: 6 }, () => question) }
}

const worksheetContent = { sections: [{ heading: 'What we saw', body: [paragraph] }] }

/** A long text wherever a page draws one, whether it is an editor already or becomes one when somebody goes into it. */
const longText = '.document-body .form-rich [role="textbox"]'

/** What a cycle of forty long texts costs over a worksheet of one: to open it, and to write in it. */
export async function measureLongForm(browser: Browser, product: Product): Promise<readonly Figure[]> {
  const cycle = await open(browser, product, 'pdsa-cycle', cycleContent())
  const worksheet = await open(browser, product, 'worksheet', worksheetContent)
  const times = { cycle: [] as number[], worksheet: [] as number[] }
  for (let turn = 0; turn < turns; turn++) {
    times.worksheet.push(await timeToFirstKey(worksheet))
    times.cycle.push(await timeToFirstKey(cycle))
  }
  const costs = await costsOfKeys(cycle.page)
  for (const { page } of [cycle, worksheet]) await page.context().close()
  const ofWorksheet = median(times.worksheet)
  return [
    {
      name: `opening a cycle of ${richFields.length + 24} long texts until the first key is shown, median of ${turns}`,
      measured: median(times.cycle),
      limit: largest * ofWorksheet,
      unit: 'ms',
      because: `${largest} × the ${ofWorksheet.toFixed(0)} ms of a worksheet of one section`,
    },
    {
      name: `script, style and layout for a key in that cycle, median of ${costs.length}`,
      measured: median(costs),
      limit: 16,
      unit: 'ms',
      because: 'one frame',
    },
  ]
}

interface Opened {
  readonly page: Page
  readonly url: string
}

async function open(browser: Browser, product: Product, kind: string, content: unknown): Promise<Opened> {
  const url = await product.createDocument(kind, 'What happens on day two', content)
  const page = await openPage(await openContext(browser, product.origin, product.imani), url)
  await page.locator(longText).first().waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  return { page, url }
}

async function timeToFirstKey({ page, url }: Opened): Promise<number> {
  await page.evaluate((selector) => sessionStorage.setItem('bench-first-text', selector), longText)
  await page.goto('about:blank')
  await page.goto(url)
  const shown = await page.waitForFunction(() => globalThis.bench.firstKey)
  await page.evaluate(() => sessionStorage.removeItem('bench-first-text'))
  return (await shown.jsonValue()) as number
}

async function costsOfKeys(page: Page): Promise<readonly number[]> {
  await page.reload()
  await page.locator(longText).first().click()
  await page.locator(`${longText}[contenteditable="true"]:focus`).waitFor()
  const meter: Meter = await openMeter(page)
  const costs: number[] = []
  for (let word = 0; word < words; word++)
    costs.push(...(await costOfWord(page, meter, word * wordLength, wordLength)))
  return costs
}
