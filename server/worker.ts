import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

/** The modules that run in a thread of their own; each is an entry of the server's bundle. */
export type WorkerName =
  | 'db/writer'
  | 'db/reader'
  | 'db/lock-holder'
  | 'db/copier'
  | 'erasing/eraser'
  | 'history/replayer'
  | 'verification/verifier'

/**
 * Starts `server/<name>` in a thread of its own: the built file where the program is built, otherwise its source.
 * What `data` holds is the thread's `workerData`.
 */
export function openWorker(name: WorkerName, data: unknown): Worker {
  const options = { workerData: data, name, execArgv: [] }
  return import.meta.url.endsWith('.ts')
    ? new Worker(programFromSource(name), { ...options, eval: true })
    : new Worker(builtFile(name), options)
}

/** The bundle may have put this module into a file of another folder than its own. */
function builtFile(name: WorkerName): string {
  const places = ['./', '../'].map((folder) => fileURLToPath(new URL(`${folder}${name}.js`, import.meta.url)))
  const found = places.find((place) => existsSync(place))
  if (found === undefined) throw new Error(`The built file of the worker ${name} is missing at ${places[0]}`)
  return found
}

/**
 * Node 20 cannot start a `.ts` file as a worker, not even under a loader. Bundling it takes 20 ms once, where a loader of
 * its own costs each thread 250 ms, and every test that starts a server starts three.
 */
function programFromSource(name: WorkerName): string {
  const known = programs.get(name)
  if (known !== undefined) return known
  const source = new URL(`./${name}.ts`, import.meta.url)
  const require = createRequire(import.meta.url)
  const { buildSync }: typeof import('esbuild') = require('esbuild')
  const [bundle] = buildSync({
    entryPoints: [fileURLToPath(source)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['libsql'],
    define: { 'import.meta.url': JSON.stringify(source.href) },
  }).outputFiles
  // Evaluated code has no place of its own from which to find packages.
  const requireHere = `require('node:module').createRequire(${JSON.stringify(import.meta.url)})`
  const program = `((require) => {${bundle?.text}\n})(${requireHere})`
  programs.set(name, program)
  return program
}

const programs = new Map<WorkerName, string>()
