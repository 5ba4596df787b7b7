// The process of the clients: gets one task, says when the first and the last key is typed, and answers with what it saw.
import * as Y from 'yjs'
import type { Dialect } from './dialect.ts'
import { Histogram } from './histogram.ts'
import { LoadClient, type Seat } from './load-client.ts'

export type Task =
  /** People type so many letters a second each and, if asked, move their cursors as often. */
  | {
      readonly kind: 'type'
      readonly dialect: Dialect
      readonly seats: readonly Seat[]
      readonly perSecond: number
      readonly cursors: boolean
      readonly seconds: number
      /** Only the first so many of them type. */
      readonly typing?: number
      /** Peers that know nothing of documents never answer. */
      readonly isRelay?: boolean
    }
  /** People come, ask for the document, and stay until they are told otherwise. */
  | { readonly kind: 'stay'; readonly dialect: Dialect; readonly seats: readonly Seat[] }
  /** People open documents all at once. */
  | { readonly kind: 'open'; readonly dialect: Dialect; readonly seats: readonly Seat[] }
  /** Each sends a long history; to documents that are their own, or it would be another one. */
  | {
      readonly kind: 'write'
      readonly dialect: Dialect
      readonly seats: readonly Seat[]
      readonly operations: number
    }

export type FromLoad =
  | { readonly type: 'begin' }
  | { readonly type: 'end' }
  | { readonly type: 'result'; readonly result: Result }

export interface Result {
  readonly p50?: number
  readonly p95?: number
  readonly p99?: number
  readonly delivered?: number
  readonly expected?: number
  /** Of each author how far anybody else has heard. */
  readonly seen?: readonly (readonly [number, number])[]
  readonly bytes?: number
  readonly milliseconds?: number
  readonly reach?: readonly (readonly [number, number])[]
  readonly synced?: number
}

const tell = (message: FromLoad): void => void process.send?.(message)
const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

async function until(condition: () => boolean, patience: number): Promise<boolean> {
  const end = performance.now() + patience
  while (!condition()) {
    if (performance.now() > end) return false
    await sleep(5)
  }
  return true
}

async function openAll(dialect: Dialect, seats: readonly Seat[], isRelay = false): Promise<LoadClient[]> {
  const clients: LoadClient[] = []
  for (let first = 0; first < seats.length; first += 50) {
    const group = seats
      .slice(first, first + 50)
      .map((seat) => new LoadClient(dialect, seat, { asks: !isRelay }))
    await Promise.all(group.map(({ opened }) => opened))
    clients.push(...group)
  }
  if (!isRelay && !(await until(() => clients.every(({ isSynced }) => isSynced), 30_000)))
    throw new Error('Not everyone was let in')
  return clients
}

const warmUp = 3000

async function typeTogether(task: Extract<Task, { kind: 'type' }>): Promise<Result> {
  const { dialect, perSecond, cursors, seconds } = task
  const clients = await openAll(dialect, task.seats, task.isRelay)
  const typing = clients.slice(0, task.typing ?? clients.length)
  const delays = new Histogram()
  const sent = new Map<number, number[]>(clients.map(({ clientId }) => [clientId, []]))
  /** Letters from this one on count. */
  const counted = new Map<number, number>()
  let delivered = 0
  for (const client of clients) {
    client.hear = (author, from, to) => {
      const [times, first] = [sent.get(author), counted.get(author)]
      if (times === undefined || first === undefined) return
      const now = performance.now()
      for (let letter = Math.max(from, first); letter < to; letter++) {
        delivered++
        delays.add(now - (times[letter] ?? now))
      }
    }
  }
  let isOver = false
  const work = typing.map(async (client, index) => {
    await sleep((index / typing.length) * (1000 / perSecond))
    const begin = performance.now()
    for (let turn = 1; !isOver; turn++) {
      sent.get(client.clientId)?.push(performance.now())
      client.type()
      if (cursors) client.moveCursor()
      await sleep(Math.max(0, begin + (turn * 1000) / perSecond - performance.now()))
    }
  })
  await sleep(warmUp)
  tell({ type: 'begin' })
  for (const { clientId } of typing) counted.set(clientId, sent.get(clientId)?.length ?? 0)
  await sleep(seconds * 1000)
  isOver = true
  tell({ type: 'end' })
  await Promise.all(work)
  const others = new Map<string, number>()
  for (const { seat } of clients) others.set(seat.document, (others.get(seat.document) ?? -1) + 1)
  const expected = typing.reduce((sum, { clientId, seat }) => {
    const letters = (sent.get(clientId)?.length ?? 0) - (counted.get(clientId) ?? 0)
    return sum + letters * (others.get(seat.document) ?? 0)
  }, 0)
  await until(() => delivered >= expected, 10_000)
  return {
    p50: delays.percentile(0.5),
    p95: delays.percentile(0.95),
    p99: delays.percentile(0.99),
    delivered,
    expected,
    seen: seenBy(clients),
  }
}

function seenBy(clients: readonly LoadClient[]): readonly (readonly [number, number])[] {
  return clients.map(({ clientId }) => [
    clientId,
    Math.max(
      0,
      ...clients.map((other) => (other.clientId === clientId ? 0 : (other.heard.get(clientId) ?? 0))),
    ),
  ])
}

async function stay({ dialect, seats }: Extract<Task, { kind: 'stay' }>): Promise<Result> {
  const clients = await openAll(dialect, seats)
  for (const client of clients) client.stay()
  tell({ type: 'begin' })
  process.on('message', (message) => {
    if (message !== 'renew') return
    // Each once in 15 seconds, spread over them.
    for (const [index, client] of clients.entries())
      setTimeout(() => client.stay(), (index / clients.length) * 15_000)
  })
  await new Promise<void>((resolve) => process.on('message', (message) => message === 'leave' && resolve()))
  return { synced: clients.length }
}

async function openAtOnce({ dialect, seats }: Extract<Task, { kind: 'open' }>): Promise<Result> {
  tell({ type: 'begin' })
  const begin = performance.now()
  const clients = seats.map((seat) => new LoadClient(dialect, seat))
  await until(() => clients.every(({ isSynced }) => isSynced), 60_000)
  const last = Math.max(...clients.map(({ syncedAt }) => syncedAt))
  // What comes twice comes right after.
  await sleep(300)
  tell({ type: 'end' })
  return {
    milliseconds: last - begin,
    bytes: clients.reduce((sum, { received }) => sum + received, 0) / clients.length,
    synced: clients.filter(({ isSynced }) => isSynced).length,
    reach: [...(clients[0]?.heard ?? [])],
  }
}

/** A generated history with a fixed seed: letters and deletions here and there, mostly where the last one was. */
async function writeHistories({
  dialect,
  seats,
  operations,
}: Extract<Task, { kind: 'write' }>): Promise<Result> {
  const bytes = await Promise.all(seats.map((seat) => writeHistory(dialect, seat, operations)))
  return { bytes: bytes[0] ?? 0 }
}

/** Answers how many bytes the document comes to. */
async function writeHistory(dialect: Dialect, seat: Seat, operations: number): Promise<number> {
  const client = new LoadClient(dialect, seat)
  await until(() => client.isSynced, 30_000)
  const doc = new Y.Doc()
  const text = doc.getText('text')
  const made: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => made.push(update))
  let [state, at] = [42, 0]
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  for (let operation = 1; operation <= operations; operation++) {
    if (random(50) === 0) at = random(text.length + 1)
    if (random(10) === 0 && at > 0) text.delete(--at, 1)
    else text.insert(at++, 'etaoin shrdlu'[random(13)] ?? 'e')
    if (operation % 5000 !== 0 && operation !== operations) continue
    const update = Y.mergeUpdates(made.splice(0))
    client.sendUpdate(update)
    await sleep(20)
  }
  // Until the slowest server has read the last of it.
  await sleep(8000)
  client.close()
  return Y.encodeStateAsUpdate(doc).byteLength
}

process.once('message', (task: Task) => {
  const run = {
    type: () => typeTogether(task as Extract<Task, { kind: 'type' }>),
    stay: () => stay(task as Extract<Task, { kind: 'stay' }>),
    open: () => openAtOnce(task as Extract<Task, { kind: 'open' }>),
    write: () => writeHistories(task as Extract<Task, { kind: 'write' }>),
  }[task.kind]
  void run().then(
    (result) => {
      process.send?.({ type: 'result', result } satisfies FromLoad, () => process.exit(0))
    },
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
