// `npm run bench:sync`: the live engine beside its peers. These live in tests/bench/peers/, are installed by this command alone,
// and need a C++ toolchain; one that cannot be installed is reported as missing.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './fingerprint.mjs'
import { ensureInstalled } from './install.mjs'

ensureInstalled()
const { ensureBuilt } = await import('./build.mjs')
await ensureBuilt()

const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', join(root, 'tests/bench/sync/main.ts'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
)
process.exit(status ?? 1)
