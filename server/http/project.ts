import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'

/** A path in the project's folder, the same from the sources and from the built server. */
export const inProject = (...parts: readonly string[]): string => join(projectFolder, ...parts)

const projectFolder = nearestWithPackage(dirname(fileURLToPath(import.meta.url)))

function nearestWithPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder
  return nearestWithPackage(dirname(folder))
}

/** The version of this program, as its package says it. */
export function programVersion(): string {
  const stated: unknown = JSON.parse(readFileSync(inProject('package.json'), 'utf8'))
  return v.parse(v.object({ version: v.string() }), stated).version
}
