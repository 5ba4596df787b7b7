import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FromLoad, Result, Task } from './load.ts'
import { type BenchServer, type ServerName, startServer } from './servers.ts'

/** What one run of a scenario on one server came to, by the name of the figure. */
export type Figures = Readonly<Record<string, number>>

export interface Scenario {
  readonly name: string
  readonly what: string
  /** Those that make sense in it. */
  readonly servers: readonly ServerName[]
  run(server: ServerName): Promise<Figures>
}

const everyone: readonly ServerName[] = ['ours', 'relay', 'y-websocket', 'y-leveldb', 'hocuspocus']
/** What nobody can do without who tells a crowd of anything by turns. */
const least: ServerName = 'gatherer'
const durable: readonly ServerName[] = ['ours', 'y-leveldb', 'hocuspocus']

const loadFile = fileURLToPath(new URL('./load.ts', import.meta.url))
const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

interface Load {
  readonly process: ChildProcess
  /** Resolve when its first key is typed, its last one, and when it has said what it saw. */
  readonly begun: Promise<void>
  readonly ended: Promise<void>
  readonly result: Promise<Result>
}

function startLoad(task: Task): Load {
  const child = fork(loadFile, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const waiting = new Map<string, (message: FromLoad) => void>()
  const told = (type: FromLoad['type']) =>
    new Promise<FromLoad>((resolve, reject) => {
      waiting.set(type, resolve)
      child.once('exit', (code) => code !== 0 && code !== null && reject(new Error('The load failed')))
    })
  child.on('message', (message: FromLoad) => waiting.get(message.type)?.(message))
  const [begun, ended, result] = [told('begin'), told('end'), told('result')]
  for (const each of [begun, ended, result]) each.catch(() => {})
  child.send(task)
  return {
    process: child,
    begun: begun.then(() => {}),
    ended: ended.then(() => {}),
    result: result.then((message) => ('result' in message ? message.result : {})),
  }
}

async function withServer(
  name: ServerName,
  people: number,
  documents: number,
  work: (server: BenchServer) => Promise<Figures>,
): Promise<Figures> {
  const server = await startServer(name, people, documents)
  try {
    return await work(server)
  } finally {
    await server.close()
  }
}

/** Processor time from the first key to the last, and what those who typed and heard saw. */
async function measured(server: BenchServer, task: Task): Promise<Figures & { readonly cpu: number }> {
  const load = startLoad(task)
  await load.begun
  const before = server.cpu()
  await load.ended
  const cpu = server.cpu() - before
  const { seen: _, reach: __, ...numbers } = await load.result
  const commit = await server.commitMedian()
  const deliveries = numbers.delivered === undefined ? {} : { perCpuSecond: numbers.delivered / cpu }
  return { ...(numbers as Figures), ...deliveries, ...(commit !== undefined && { commit }), cpu }
}

const crowd = (people: number): Scenario => ({
  name: `A${people}`,
  what: `one document, ${people} people, each 5 letters and 5 cursor moves a second for 15 s`,
  servers: [...everyone, least],
  run: (name) =>
    withServer(name, people, 1, (server) =>
      measured(server, {
        kind: 'type',
        dialect: server.dialect,
        seats: server.seats(people, 1),
        perSecond: 5,
        cursors: true,
        seconds: 15,
        isRelay: name === 'relay' || name === least,
      }),
    ),
})

const pair: Scenario = {
  name: 'pair',
  what: 'two people alone in a document, one types 8 letters a second for 15 s',
  servers: everyone,
  run: (name) =>
    withServer(name, 2, 1, (server) =>
      measured(server, {
        kind: 'type',
        dialect: server.dialect,
        seats: server.seats(2, 1),
        perSecond: 8,
        cursors: false,
        seconds: 15,
        typing: 1,
        isRelay: name === 'relay',
      }),
    ),
}

const many: Scenario = {
  name: 'B',
  what: '500 documents with 2 people, each 1 letter a second for 15 s',
  servers: ['ours', 'y-websocket', 'y-leveldb', 'hocuspocus'],
  run: (name) =>
    withServer(name, 1000, 500, (server) =>
      measured(server, {
        kind: 'type',
        dialect: server.dialect,
        seats: server.seats(1000, 500),
        perSecond: 1,
        cursors: false,
        seconds: 15,
      }),
    ),
}

const idle: Scenario = {
  name: 'C',
  what: '2,000 connections to 1,000 documents that say nothing, then renew their presence every 15 s',
  servers: everyone.filter((name) => name !== 'relay'),
  run: (name) =>
    withServer(name, 2000, 1000, async (server) => {
      const before = await server.memory()
      const load = startLoad({ kind: 'stay', dialect: server.dialect, seats: server.seats(2000, 1000) })
      await load.begun
      await sleep(3000)
      const after = await server.memory()
      const silent = await cpuOver(server, 10_000)
      load.process.send('renew')
      await sleep(500)
      const renewing = await cpuOver(server, 10_000)
      load.process.send('leave')
      await load.result
      return { bytesPerConnection: (after - before) / 2000, cpuSilent: silent, cpuRenewing: renewing }
    }),
}

async function cpuOver(server: BenchServer, milliseconds: number): Promise<number> {
  const before = server.cpu()
  await sleep(milliseconds)
  return server.cpu() - before
}

const history: Scenario = {
  name: 'D',
  what: 'a generated history of 260,000 operations (fixed seed); first opening after a restart, then 40 at once',
  servers: durable,
  run: (name) =>
    withServer(name, 41, 1, async (server) => {
      const [writer, ...readers] = server.seats(41, 1)
      if (writer === undefined) throw new Error('Nobody is there to write')
      const written = await startLoad({
        kind: 'write',
        dialect: server.dialect,
        seats: [writer],
        operations: 260_000,
      }).result
      await sleep(4000)
      await server.restart('SIGTERM')
      await sleep(1000)
      const first = await measured(server, {
        kind: 'open',
        dialect: server.dialect,
        seats: readers.slice(0, 1),
      })
      const all = await measured(server, { kind: 'open', dialect: server.dialect, seats: readers })
      return {
        cpuFirst: first.cpu,
        bytesFirst: first.bytes ?? 0,
        bytesCompact: written.bytes ?? 0,
        cpuForty: all.cpu,
        bytesForty: all.bytes ?? 0,
      }
    }),
}

const restart: Scenario = {
  name: 'E',
  what: '500 people on 50 documents of 2,000 operations each come back at once after a restart',
  servers: durable,
  run: (name) =>
    withServer(name, 500, 50, async (server) => {
      const seats = server.seats(500, 50)
      const filled = { dialect: server.dialect, seats: server.seats(50, 50), operations: 2000 }
      await startLoad({ kind: 'write', ...filled }).result
      const typed = { dialect: server.dialect, seats, perSecond: 2, cursors: false, seconds: 5 }
      await startLoad({ kind: 'type', ...typed }).result
      await sleep(3000)
      await server.restart('SIGTERM')
      await sleep(1000)
      const {
        milliseconds = 0,
        cpu,
        bytes = 0,
        synced = 0,
      } = await measured(server, {
        kind: 'open',
        dialect: server.dialect,
        seats,
      })
      return { milliseconds, cpu, bytes, synced }
    }),
}

const kill: Scenario = {
  name: 'F',
  what: 'kill -9 while ten people type',
  servers: durable,
  run: (name) =>
    withServer(name, 11, 1, async (server) => {
      const seats = server.seats(11, 1)
      const load = startLoad({
        kind: 'type',
        dialect: server.dialect,
        seats: seats.slice(0, 10),
        perSecond: 5,
        cursors: false,
        seconds: 4,
      })
      await load.begun
      await sleep(1000 + Math.random() * 2000)
      await server.restart('SIGKILL')
      const { seen = [] } = await load.result
      const { reach = [] } = await startLoad({
        kind: 'open',
        dialect: server.dialect,
        seats: seats.slice(10),
      }).result
      const kept = new Map(reach)
      const lost = seen.reduce(
        (sum, [author, letters]) => sum + Math.max(0, letters - (kept.get(author) ?? 0)),
        0,
      )
      return { lost, seen: seen.reduce((sum, [, letters]) => sum + letters, 0) }
    }),
}

export const scenarios: readonly Scenario[] = [
  crowd(50),
  crowd(100),
  crowd(200),
  pair,
  many,
  idle,
  history,
  restart,
  kill,
]
