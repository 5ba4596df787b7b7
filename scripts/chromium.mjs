import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './fingerprint.mjs'

// The shell first: the same engine without a browser's own windows around it opens a page at a third of the cost.
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
]

/**
 * The path of a Chromium for the browser tests: one that is there, else Debian's package where apt and root allow it,
 * else Playwright's own. Stops with a sentence that says what to do when there is none.
 */
export async function ensureChromium() {
  const found = findChromium() ?? installFromDebian() ?? (await installFromPlaywright())
  if (found) return found
  console.error(
    'The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM to its path.',
  )
  process.exit(1)
}

function findChromium() {
  const named = process.env.CHROMIUM
  if (named && !existsSync(named)) {
    console.error(
      `CHROMIUM is ${named}, but there is no such file. Set it to the path of a Chromium, or unset it.`,
    )
    process.exit(1)
  }
  return named ?? places.find((path) => existsSync(path))
}

function installFromDebian() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return undefined
  console.log('Installing Chromium with apt-get …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const fonts = ['fonts-dejavu-core', 'fonts-liberation']
  spawnSync('apt-get', ['update', '-q'], { stdio: 'inherit', env })
  // Older distributions have the whole browser only.
  for (const name of ['chromium-headless-shell', 'chromium']) {
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', name, ...fonts], {
      stdio: 'inherit',
      env,
    })
    const found = places.find((path) => existsSync(path))
    if (found) return found
  }
  return undefined
}

async function installFromPlaywright() {
  console.log('Installing Chromium with Playwright …')
  spawnSync(process.execPath, [join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'], {
    stdio: 'inherit',
  })
  const { chromium } = await import('playwright-core')
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}
