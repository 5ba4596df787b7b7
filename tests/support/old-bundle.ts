import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What an earlier version of the program did not have yet, as changes of the source: the file's end, and what stood there. */
export interface Older {
  readonly file: string
  readonly now: string
  readonly before: string
}

/** Builds the browser's program as it was before some changes, into `folder`. */
export async function buildOldBundle(folder: string, olders: readonly Older[]): Promise<void> {
  await build({
    root: `${root}client`,
    configFile: `${root}vite.config.ts`,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, sourcemap: false },
    plugins: [asItWas(olders)],
  })
}

function asItWas(olders: readonly Older[]): Plugin {
  return {
    name: 'as-it-was',
    enforce: 'pre',
    transform(code, id) {
      let older = code
      for (const { now, before } of olders.filter(({ file }) => id.endsWith(file))) {
        if (!older.includes(now)) throw new Error(`${id} does not hold “${now}” any more`)
        older = older.replace(now, before)
      }
      return older === code ? null : { code: older, map: null }
    },
  }
}
