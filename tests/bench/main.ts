// The promises of speed, measured on the built product in one run. Prints a line for each and fails when one is missed.
// `npm run bench -- key layout` measures only those whose name is given.

import { measureKeyToColleague } from './key-to-colleague.ts'
import { measureLargeDiagram, measureLayout } from './large-diagram.ts'
import { measureLongForm } from './long-form.ts'
import { describe, type Figure, holds } from './measured.ts'
import { startProduct } from './product.ts'
import { measureScriptSizes } from './script-sizes.ts'
import { launchChromium } from './windows.ts'

const product = await startProduct()
const browser = await launchChromium()
const all: Readonly<Record<string, () => Promise<readonly Figure[]> | readonly Figure[]>> = {
  layout: () => [measureLayout()],
  scripts: () => measureScriptSizes(browser, product),
  key: async () => [await measureKeyToColleague(browser, product)],
  large: () => measureLargeDiagram(browser, product),
  form: () => measureLongForm(browser, product),
}

async function measure(names: readonly string[]): Promise<boolean> {
  let allHold = true
  for (const name of names) {
    const figures = await all[name]?.()
    if (figures === undefined)
      throw new Error(`There is no ${name}; there are: ${Object.keys(all).join(', ')}`)
    for (const figure of figures) console.log(describe(figure))
    allHold &&= figures.every(holds)
  }
  return allHold
}

const asked = process.argv.slice(2)
try {
  process.exitCode = (await measure(asked.length > 0 ? asked : Object.keys(all))) ? 0 : 1
} finally {
  await browser.close()
  await product.close()
}
