// `npm test`: installs what is missing (Chromium included), then runs every check and every test.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './fingerprint.mjs'
import { ensureInstalled } from './install.mjs'

const started = Date.now()
const results = join(root, 'node_modules/.cache/throughline/results.json')

console.log(`Node.js ${process.version}`)
assertNode(process.argv.find((word) => word.startsWith('--node='))?.slice('--node='.length))
ensureInstalled()
const { ensureChromium } = await import('./chromium.mjs')
const chromium = await ensureChromium()
const { check } = await import('./check.mjs')
const checksPassed = await check()
const { ensureBuilt } = await import('./build.mjs')
await ensureBuilt()

mkdirSync(join(results, '..'), { recursive: true })
rmSync(results, { force: true })
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2).filter((word) => word !== '--long' && !word.startsWith('--node=')),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      // Building leaves `production` behind, under which Solid's reactivity is not the one that tests look at.
      NODE_ENV: 'test',
      CHROMIUM: chromium,
      ...(process.argv.includes('--long') ? { THROUGHLINE_LONG: '1' } : {}),
    },
  },
)

const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, 'utf8'))
console.log(`All of it took ${Math.round((Date.now() - started) / 1000)} s.`)
if (!checksPassed) console.log('The checks above found something wrong: npm run check shows it again.')
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`)
process.exit(status === 0 && checksPassed ? 0 : 1)

/** `--node=24` makes sure that it is Node 24 that runs: npx may answer with the installed one without saying so. */
function assertNode(major) {
  if (major === undefined || process.version.startsWith(`v${major}.`)) return
  console.error(`These tests were to run on Node.js ${major}, but this is ${process.version}.`)
  process.exit(1)
}
