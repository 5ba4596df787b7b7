import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import solid from 'vite-plugin-solid'
import { type StandIn, startStandIn } from '../../support/stand-in-server.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

/** The same policy as the product's, so that whatever it forbids shows here too. */
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self' ws:; object-src 'none'"

export interface FieldsPage extends StandIn {
  readonly origin: string
}

/** Builds the page of fields once; the answer serves it, each time with a stand-in server of its own. */
export async function buildFieldsPage(): Promise<{ serve(): Promise<FieldsPage>; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-fields-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('.', import.meta.url)),
    plugins: [solid()],
    resolve: { dedupe: ['yjs', 'y-protocols', 'lib0', 'solid-js'] },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', minify: false },
  })
  return { serve: () => serve(folder), remove: () => rm(folder, { recursive: true, force: true }) }
}

async function serve(folder: string): Promise<FieldsPage> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname
    const body = await readFile(join(folder, path === '/' ? 'index.html' : path)).catch(() => undefined)
    response.statusCode = body === undefined ? 204 : 200
    response.setHeader('content-type', types[extname(path) || '.html'] ?? 'application/octet-stream')
    response.setHeader('content-security-policy', policy)
    response.end(body)
  })
  const standIn = await startStandIn(server)
  return { ...standIn, origin: standIn.url.replace('ws:', 'http:').replace('/sync', '') }
}
