import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './fingerprint.mjs'

/**
 * What would keep people on another system, or behind another registry, from installing: platform packages that the lock
 * file leaves out, and download addresses in it.
 */
export function lockfileProblems() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const places = Object.keys(packages)
  const holds = (name) => places.some((place) => place.endsWith(`node_modules/${name}`))
  const missing = Object.entries(packages).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !holds(name))
      .map((name) => `${place || 'package.json'} wants ${name}, which the lock file does not hold`),
  )
  const addressed = places
    .filter((place) => packages[place].resolved !== undefined)
    .map((place) => `${place} names a download address`)
  return [...missing, ...addressed]
}
