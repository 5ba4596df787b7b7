import type { CDPSession, Page } from 'playwright-core'
import { type } from './windows.ts'

/** Milliseconds that the page has spent on script, style and layout since it was opened. */
export type Meter = () => Promise<number>

export async function openMeter(page: Page): Promise<Meter> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const seconds = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
    return (seconds('ScriptDuration') + seconds('LayoutDuration') + seconds('RecalcStyleDuration')) * 1000
  }
}

/** What each key of a word costs; after it comes a pause, in which the page does what it puts off while someone types. */
export async function costOfWord(
  page: Page,
  meter: Meter,
  first: number,
  wordLength: number,
): Promise<readonly number[]> {
  const costs: number[] = []
  let before = await meter()
  await type(page, first, wordLength, async (number) => {
    if (number === first + wordLength - 1) await page.waitForTimeout(500)
    const now = await meter()
    costs.push(now - before)
    before = now
  })
  return costs
}
