/**
 * Writes shared/drawing/font-widths.ts: how wide each character of our fonts is, measured in Chromium from the files that
 * the product serves. Run it after changing a font package: node scripts/measure-fonts.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { ensureChromium } from './chromium.mjs'
import { root } from './fingerprint.mjs'

const files = {
  'Public Sans': 'node_modules/@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2',
  Newsreader: 'node_modules/@fontsource-variable/newsreader/files/newsreader-latin-opsz-normal.woff2',
}

/** The cuts that drawings use. Newsreader's letters depend on the size they are made for: here that of an aim, 20 px. */
const cuts = {
  sans: { family: 'Public Sans', weight: 400, settings: 'normal' },
  sansBold: { family: 'Public Sans', weight: 600, settings: 'normal' },
  serif: { family: 'Newsreader', weight: 500, settings: '"opsz" 20' },
}

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i)).join('')
const latin = Array.from({ length: 96 }, (_, i) => String.fromCharCode(0xa0 + i)).join('')
const further = 'ıŒœŠšŽžŸ–—‘’‚“”„†‡•…‰‹›€™−→←↑↓≤≥≈×'
const characters = [...new Set(`${ascii}${latin}${further}`)].join('')

const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
})
try {
  const page = await browser.newPage()
  await page.setContent(`<style>${Object.entries(files).map(fontFace).join('')}</style><body></body>`)
  const widths = {}
  for (const [name, cut] of Object.entries(cuts))
    widths[name] = await page.evaluate(measure, { cut, characters })
  writeFileSync(join(root, 'shared/drawing/font-widths.ts'), moduleOf(widths))
} finally {
  await browser.close()
}

function fontFace([family, file]) {
  const data = readFileSync(join(root, file)).toString('base64')
  return `@font-face { font-family: "${family}"; font-weight: 100 900; src: url(data:font/woff2;base64,${data}) }`
}

/** In the page: the width of each character in thousandths of the font's size. */
async function measure({ cut, characters }) {
  await document.fonts.load(`${cut.weight} 1000px "${cut.family}"`, characters)
  const span = document.createElement('span')
  Object.assign(span.style, {
    position: 'absolute',
    whiteSpace: 'pre',
    fontFamily: `"${cut.family}"`,
    fontWeight: String(cut.weight),
    fontSize: '1000px',
    fontOpticalSizing: 'none',
    fontVariationSettings: cut.settings,
    fontKerning: 'none',
    fontVariantLigatures: 'none',
  })
  document.body.append(span)
  return [...characters].map((character) => {
    span.textContent = character
    return Math.round(span.getBoundingClientRect().width)
  })
}

function moduleOf(widths) {
  const lists = Object.entries(widths).map(
    ([name, list]) =>
      `  ${name}:\n    '${list.map((width) => width.toString(36).padStart(2, '0')).join('')}',\n`,
  )
  return `/** Made by scripts/measure-fonts.mjs from the fonts that the product serves; not to be edited by hand. */

/** The characters measured. */
export const characters =
  ${JSON.stringify(characters).replaceAll('\u00a0', '\\u00a0').replaceAll('\u00ad', '\\u00ad')}

/** For each cut the width of each of these characters, in thousandths of the font's size: two digits to base 36 each. */
export const widths = {
${lists.join('')}} as const
`
}
