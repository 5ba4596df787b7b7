import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Plugin } from 'vite'

/**
 * Writes `service-worker.js` beside the built page, with the list of files that the application needs and a version that
 * changes whenever one of them does.
 */
export function serviceWorkerPlugin(source: string): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    async writeBundle({ dir }) {
      if (dir === undefined) return
      const files = (await filesIn(dir)).filter(isNeeded).sort()
      const version = await versionOf(dir, files, source)
      await writeFile(join(dir, 'service-worker.js'), await compile(source, files, version))
    },
  }
}

async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map(
      (entry) =>
        `/${join(entry.parentPath, entry.name)
          .slice(dir.length + 1)
          .replaceAll('\\', '/')}`,
    )
}

/** Not the maps, not itself, and of the fonts those with Latin letters; others are fetched if a page shows such letters. */
function isNeeded(file: string): boolean {
  if (file.endsWith('.map') || file === '/service-worker.js' || file.includes('/.')) return false
  return !file.endsWith('.woff2') || /-latin-(?!ext)/.test(file)
}

/** The page itself is asked for by the address that the server answers with it. */
const addressOf = (file: string): string => (file === '/index.html' ? '/' : file)

async function versionOf(dir: string, files: readonly string[], source: string): Promise<string> {
  const hash = createHash('sha256').update(await readFile(source))
  for (const file of files) hash.update(file).update(await readFile(join(dir, file)))
  return hash.digest('hex').slice(0, 16)
}

async function compile(source: string, files: readonly string[], version: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    define: {
      applicationFiles: JSON.stringify(files.map(addressOf)),
      applicationVersion: JSON.stringify(version),
    },
  })
  return outputFiles[0]?.text ?? ''
}
