import { type ChildProcess, execFileSync, fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Dialect } from './dialect.ts'
import type { Seat } from './load-client.ts'
import { type Prepared, prepareOurs } from './ours.ts'

export const serverNames = ['ours', 'relay', 'gatherer', 'y-websocket', 'y-leveldb', 'hocuspocus'] as const
export type ServerName = (typeof serverNames)[number]

/** A server under load, in a process of its own. */
export interface BenchServer {
  readonly name: ServerName
  readonly dialect: Dialect
  /** So many people, by turns in so many documents. */
  seats(people: number, documents: number): readonly Seat[]
  /** Seconds of processor time since its start, of all its threads. */
  cpu(): number
  /** Bytes, after two collections. */
  memory(): Promise<number>
  /** Only ours says: the median of its last commits, in milliseconds. */
  commitMedian(): Promise<number | undefined>
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  close(): Promise<void>
}

const inBench = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const flags = ['--expose-gc', '--import', inBench('sync/collect.mjs')]

/** Where a peer's program lies: two of them are one with other settings. */
function folderOf(name: Exclude<ServerName, 'ours'>): string {
  if (name === 'gatherer') return 'relay'
  return name === 'y-leveldb' ? 'y-websocket' : name
}

/** Installs what a peer needs; false where that is not possible here. */
export function install(name: ServerName): boolean {
  if (name === 'ours' || folderOf(name) === 'relay') return true
  const folder = inBench(`peers/${folderOf(name)}`)
  if (existsSync(join(folder, 'node_modules'))) return true
  console.log(`Installing ${name} …`)
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts=false', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  // Scripts may be forbidden by what the computer's npm is set to.
  if (status === 0) spawnSync('npm', ['rebuild', '--ignore-scripts=false'], { cwd: folder, stdio: 'ignore' })
  return status === 0
}

/** Starts a server for at most so many people and documents. */
export async function startServer(name: ServerName, people: number, documents: number): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-bench-'))
  const prepared = name === 'ours' ? await prepareOurs(folder, people, documents) : undefined
  let running = await run(name, folder, 0)
  const { port } = running

  return {
    name,
    dialect: name === 'hocuspocus' ? 'hocuspocus' : 'yjs',
    seats: (people, documents) =>
      Array.from({ length: people }, (_, index) => seat(prepared, port, index, index % documents)),
    cpu: () => cpuSeconds(running.process),
    async memory() {
      running.process.kill('SIGUSR2')
      await new Promise((resolve) => setTimeout(resolve, 1500))
      return residentBytes(running.process)
    },
    async commitMedian() {
      if (prepared === undefined) return undefined
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      return Number(/^throughline_commit_seconds_median (\S+)$/m.exec(metrics)?.[1]) * 1000
    },
    async restart(signal) {
      await end(running.process, signal)
      running = await run(name, folder, port)
    },
    async close() {
      await end(running.process, 'SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function seat(prepared: Prepared | undefined, port: number, person: number, document: number): Seat {
  if (prepared === undefined)
    return { url: `ws://127.0.0.1:${port}/document-${document}`, document: `document-${document}` }
  const id = prepared.documents[document] ?? ''
  return {
    url: `ws://127.0.0.1:${port}/sync/${id}`,
    document: id,
    bearer: prepared.secrets[person] ?? '',
  }
}

interface Running {
  readonly process: ChildProcess
  readonly port: number
}

async function run(name: ServerName, folder: string, port: number): Promise<Running> {
  if (name === 'ours') return runOurs(folder, port)
  const peer = folderOf(name)
  const child = fork(inBench(`peers/${peer}/server.mjs`), {
    execArgv: flags,
    cwd: inBench(`peers/${peer}`),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      DATABASE: join(folder, 'documents.sqlite'),
      ...(name === 'gatherer' && { GATHER: '20' }),
      ...(name === 'y-leveldb' && { YPERSISTENCE: join(folder, 'leveldb') }),
    },
  })
  const [listening] = (await once(child, 'message')) as [number]
  return { process: child, port: listening }
}

/** As people run it: signed in, validated, each commit on the disk; only the limits are lifted. */
async function runOurs(folder: string, port: number): Promise<Running> {
  const main = inBench('../../dist/server/main.js')
  const child = spawn(process.execPath, [...flags, main, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
      LIMIT_USER_CONNECTIONS: '0',
      LIMIT_ROOM_CONNECTIONS: '0',
      LIMIT_UPGRADES_PER_MINUTE: '0',
    },
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const [, listening] = /^Throughline is at http:\/\/localhost:(\d+)$/.exec(line) ?? []
    if (listening === undefined) continue
    child.stdout.resume()
    return { process: child, port: Number(listening) }
  }
  throw new Error('The server ended before it said where it is')
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  // Not every peer ends by itself while clients are there.
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(timer)
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK']).toString())

function cpuSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

function residentBytes({ pid }: ChildProcess): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}
