import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** The SHA-256 of files and of all files in folders, names included, in a fixed order. */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths) addTo(hash, path)
  return hash.digest('hex')
}

/** Whether the mark kept in `file` is `print`: nothing has changed since it was written. */
export const isFresh = (file, print) => existsSync(file) && readFileSync(file, 'utf8') === print

export function keepMark(file, print) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, print)
}

function addTo(hash, path) {
  const full = join(root, path)
  if (!existsSync(full)) return
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, `${path}/${name}`)
    return
  }
  hash.update(path).update('\0').update(readFileSync(full)).update('\0')
}
