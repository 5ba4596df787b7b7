// `npm run bench`: the speed figures. Each is a ratio of two things measured in this run, or a size, so that a noisy machine
// does not decide.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './fingerprint.mjs'
import { ensureInstalled } from './install.mjs'

ensureInstalled()
const { ensureChromium } = await import('./chromium.mjs')
const chromium = await ensureChromium()
const { ensureBuilt } = await import('./build.mjs')
await ensureBuilt()

const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', join(root, 'tests/bench/main.ts'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, CHROMIUM: chromium } },
)
process.exit(status ?? 1)
