import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { fingerprint, isFresh, keepMark, root } from './fingerprint.mjs'

const sources = [
  'client',
  'server',
  'shared',
  'scripts/build.mjs',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
]
/** Modules that `openWorker` starts in a thread of their own: the names of `WorkerName` in server/worker.ts. */
const workers = [
  'server/db/writer.ts',
  'server/db/reader.ts',
  'server/db/lock-holder.ts',
  'server/db/copier.ts',
  'server/erasing/eraser.ts',
  'server/history/replayer.ts',
  'server/verification/verifier.ts',
]
const mark = join(root, 'dist/built')

/** Builds client and server into dist/, unless nothing that they are made of has changed since. */
export async function ensureBuilt() {
  const print = fingerprint(sources)
  if (isFresh(mark, print)) return
  const started = Date.now()
  console.log('Building …')
  rmSync(mark, { force: true })
  await buildServer()
  await buildClient()
  keepMark(mark, print)
  console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
}

/** One bundle a process or worker; packages stay where npm put them. */
async function buildServer() {
  const { build } = await import('esbuild')
  rmSync(join(root, 'dist/server'), { recursive: true, force: true })
  await build({
    absWorkingDir: root,
    entryPoints: ['server/main.ts', ...workers],
    outbase: 'server',
    outdir: 'dist/server',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    plugins: [packagesStayOutside],
    logLevel: 'warning',
  })
  cpSync(join(root, 'server/db/migrations'), join(root, 'dist/server/migrations'), { recursive: true })
}

/** `packages: 'external'` would leave `#shared/…` outside too. */
const packagesStayOutside = {
  name: 'packages-stay-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./#]/ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path, external: true },
    )
  },
}

async function buildClient() {
  const { build } = await import('vite')
  await build({ root: join(root, 'client'), configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  const folder = join(root, 'dist/client')
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    if (/\.(js|css|html|svg|json|webmanifest)$/.test(name)) compress(join(folder, name))
  }
}

/** Compressed once here, so that a slow laptop's page does not wait for the server to do it each time. */
function compress(file) {
  const content = readFileSync(file)
  if (content.length < 1024) return
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureBuilt()
