import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Diagram } from '#shared/kinds/driver-diagram/model.ts'
import { createPeople, expectOk, type FirstPerson, type TestPerson } from '../support/people.ts'
import type { DiagramContent } from './diagrams.ts'

/** The built server as people run it: a process of its own with its own data folder. */
export interface Product {
  readonly origin: string
  readonly imani: FirstPerson
  readonly nora: TestPerson
  /** Creates a diagram that both may edit; answers its address and what it holds. */
  createDiagram(content: DiagramContent): Promise<{ readonly url: string; readonly diagram: Diagram }>
  /** Creates a document of any kind; answers its address. */
  createDocument(kind: string, title: string, content: unknown): Promise<string>
  /** Milliseconds: the median of the writer's last commits. */
  commitMedian(): Promise<number>
  close(): Promise<void>
}

const main = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))
const relay = fileURLToPath(new URL('./relay.mjs', import.meta.url))

export async function startProduct(): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-bench-'))
  const server = spawn(process.execPath, [main, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error' },
  })
  const origin = await addressPrintedBy(server)
  const people = createPeople({ address: () => origin, origin: () => origin })
  const imani = await people.setup()
  const nora = await people.person('Nora Lindqvist', 'facilitator')
  async function createDocument(kind: string, title: string, content: unknown): Promise<string> {
    const json = { kind, title, content }
    const created = await imani.fetch(`/api/networks/${imani.networkId}/documents`, { json })
    return ((await expectOk(created)) as { id: string }).id
  }

  return {
    origin,
    imani,
    nora,
    createDocument: async (...started) => `${origin}/documents/${await createDocument(...started)}`,
    async createDiagram(content) {
      const id = await createDocument('driver-diagram', 'Fewer missed days', content)
      const read = await expectOk(await imani.fetch(`/api/documents/${id}/content`))
      return { url: `${origin}/documents/${id}`, diagram: (read as { model: Diagram }).model }
    },
    async commitMedian() {
      const metrics = await (await people.fetch('/metrics')).text()
      const [, seconds] = /^throughline_commit_seconds_median (\S+)$/m.exec(metrics) ?? []
      if (seconds === undefined) throw new Error('The metrics do not say how long a commit takes')
      return Number(seconds) * 1000
    },
    async close() {
      await end(server)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The bare relay, in a process of its own as well. */
export async function startRelay(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = fork(relay)
  const [port] = (await once(server, 'message')) as [number]
  return { url: `http://localhost:${port}/`, close: () => end(server) }
}

async function addressPrintedBy(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('The server has no output to read')
  for await (const line of createInterface(server.stdout)) {
    const [, origin] = /^Throughline is at (\S+)$/.exec(line) ?? []
    if (origin !== undefined) return origin
  }
  throw new Error('The server ended before it said where it is')
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill()
  await ended
}
