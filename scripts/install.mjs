import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fingerprint, isFresh, keepMark, root } from './fingerprint.mjs'

const mark = join(root, 'node_modules/.cache/throughline/installed')

/** Installs what the lock file names, unless this has been done since it last changed. */
export function ensureInstalled() {
  const print = fingerprint(['package-lock.json'])
  if (isFresh(mark, print)) return
  console.log('Installing packages (once; about a minute) …')
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error('The packages could not be installed. Check the network, then run the same command again.')
    process.exit(1)
  }
  keepMark(mark, print)
}
