import type { EventEmitter } from 'node:events'
import { upgradeWebSocket } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Logger } from 'pino'
import * as v from 'valibot'
import { WebSocketServer } from 'ws'
import type * as Y from 'yjs'
import type { Level } from '#shared/access.ts'
import { AppError } from '#shared/errors.ts'
import { close, limits as protocolLimits } from '#shared/sync-protocol.ts'
import type { Database } from '../db/database.ts'
import type { Commit, PresentIn, ReadLive } from '../documents/live.ts'
import { aboutToRestart, sayGoodbyes } from '../goodbyes.ts'
import { eventStreamHeaders } from '../http/event-stream.ts'
import { type AccessChange, AccessWatch, gone, signInAgain } from './access-watch.ts'
import { type Anew, beginAnew, type WholeLog } from './begin-anew.ts'
import { commitTogether } from './commit.ts'
import { type Admission, Connection, shortened } from './connection.ts'
import { HttpWires } from './http-wires.ts'
import { Meters } from './meters.ts'
import { createQuarantine } from './quarantine.ts'
import { replayOrRepair } from './replay.ts'
import { NoSuchDocument, Rooms } from './rooms.ts'
import { realTimers, type Timers } from './timers.ts'
import { defaultTuning, type Tuning } from './tuning.ts'
import { Gate, type Refusal, type SignedInPerson, type SyncedDocument } from './upgrade.ts'
import type { Wire } from './wire.ts'

export interface SyncDeps {
  readonly db: Database
  /** The product's clock: what rows and markers say. */
  readonly now: () => number
  readonly log: Logger
  /** 0 means none. */
  readonly limits: {
    readonly userConnections: number
    readonly roomConnections: number
    readonly upgradesPerMinute: number
  }
  readonly isAllowedOrigin: (origin: string) => boolean
  readonly foreignOrigin: (origin: string | undefined) => AppError
  readonly clientAddress: (c: Context) => string
  readonly authenticate: (headers: Headers) => Promise<SignedInPerson | undefined>
  readonly findDocument: (documentId: string) => Promise<SyncedDocument | undefined>
  readonly levelOf: (accountId: string, documentId: string) => Promise<Level | undefined>
  readonly roleOf: (networkId: string, accountId: string) => Promise<string>
  /** What is derived from a document once it is quiet. Gets a copy of its committed state. */
  readonly afterQuiet: (documentId: string, doc: Y.Doc, seq: number) => Promise<void>
  /** S5: most of a document was removed at once, and a version from before is kept. */
  readonly mostRemoved: (documentId: string) => void
  readonly timers?: Timers
  readonly tuning?: Partial<Tuning>
}

export type BeginAnew = <T>(documentId: string, plan: (log: WholeLog) => Promise<Anew<T>>) => Promise<T>

export interface Sync {
  /** `GET /sync/:documentId`. The whole path: mount it at the root. */
  readonly routes: Hono
  /** The other half of the route, for `serve({ fetch, websocket: { server } })`. */
  readonly webSocketServer: WebSocketServer
  readonly readLive: ReadLive
  readonly commit: Commit
  readonly presentIn: PresentIn
  /** Gives a document another history, or ends it (C2). */
  readonly beginAnew: BeginAnew
  /** P1: to be called after whatever may change someone's level, and after the caches of levels were dropped. */
  accessChanged(change: AccessChange): void
  sessionEnded(sessionId: string): void
  /** W2: lets nobody in, saves what came in, sends all away with 1012, in groups, and leaves no timer behind. */
  close(): Promise<void>
  readonly gauges: SyncGauges
}

/** Numbers for the metrics. */
export interface SyncGauges {
  rooms(): number
  connections(): number
  /** Rooms whose edits cannot be saved at the moment: an alarm when it is not 0. */
  failingRooms(): number
  /** Estimated bytes of memory that the rooms take. */
  memory(): number
  /** Edits that are not committed yet. */
  waitingEdits(): number
  /** Milliseconds from an edit to its broadcast, of the last batches. */
  ticks(): readonly number[]
  /** Frames that were not taken, by why. */
  refused(): ReadonlyMap<string, number>
  receivedBytes(): number
  sentBytes(): number
  /** Rows of logs that were damaged and set aside since the start: an alarm when it is not 0. */
  damagedRows(): number
}

/** The live engine: sockets, rooms, and what the rest of the server may ask of them. */
export function createSync(deps: SyncDeps): Sync {
  const engine = new Engine(deps)
  return {
    // In this order, or `/sync/stream` would be taken for a document's address.
    routes: engine.httpRoutes().route('/', engine.routes()),
    webSocketServer: engine.webSocketServer,
    readLive: (documentId) => engine.readLive(documentId),
    commit: (documentIds, work) => engine.commit(documentIds, work),
    presentIn: (documentId) => engine.presentIn(documentId),
    beginAnew: (documentId, plan) => engine.beginAnew(documentId, plan),
    accessChanged: (change) => engine.watch.changed(change),
    sessionEnded: (sessionId) => engine.watch.sessionEnded(sessionId),
    close: () => engine.close(),
    gauges: engine.gauges,
  }
}

class Engine {
  readonly watch: AccessWatch
  readonly webSocketServer: WebSocketServer
  readonly #deps: SyncDeps
  readonly #meters = new Meters()
  readonly #timers: Timers
  readonly #tuning: Tuning
  readonly #rooms: Rooms
  readonly #gate: Gate
  readonly #httpWires = new HttpWires()
  readonly #intervals: readonly (() => void)[]
  #isClosing = false
  #isChecking = false

  constructor(deps: SyncDeps) {
    const timers = deps.timers ?? realTimers
    const tuning = { ...defaultTuning, ...deps.tuning }
    const findEpoch = async (documentId: string) => (await deps.findDocument(documentId))?.epoch
    this.#deps = deps
    this.#timers = timers
    this.#tuning = tuning
    this.watch = new AccessWatch({ ...deps, findEpoch })
    this.#gate = new Gate({ ...deps, timers, tuning })
    this.#rooms = new Rooms({
      ...deps,
      timers,
      tuning,
      findEpoch,
      meters: this.#meters,
      quarantine: createQuarantine(deps),
    })
    this.webSocketServer = openWebSocketServer(deps.log)
    this.#intervals = [
      timers.every(tuning.heartbeat, () => this.#beat()),
      timers.every(tuning.accessCheckEvery, () => void this.#checkAccess()),
      timers.every(tuning.sweepEvery, () => this.#sweep()),
    ]
  }

  readonly gauges: SyncGauges = {
    rooms: () => this.#rooms.size,
    connections: () => this.watch.size,
    failingRooms: () => [...this.#rooms].filter(({ journal }) => journal.isFailing).length,
    memory: () => [...this.#rooms].reduce((sum, { memory }) => sum + memory, 0),
    waitingEdits: () => [...this.#rooms].reduce((sum, { journal }) => sum + journal.waiting, 0),
    ticks: () => this.#meters.ticks,
    refused: () => this.#meters.refused,
    receivedBytes: () => this.#meters.bytesIn,
    sentBytes: () => this.#meters.bytesOut,
    damagedRows: () => this.#meters.damagedRows,
  }

  routes(): Hono {
    return new Hono().get('/sync/:documentId', async (c, next) => {
      if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
        throw new AppError('invalid', 'This address answers WebSockets only.')
      }
      const { admission, generation } = await this.#decide(c)
      const upgrade = upgradeWebSocket(() => ({
        onOpen: (_event, { raw }) => {
          // The server that `webSocketServer` is given to accepts with nothing else.
          const socket = raw as unknown as Wire & EventEmitter
          if (isRefusal(admission)) refuse(socket, admission)
          else void this.#open(c, socket, admission, generation)
          keepOnly(socket, listenersOf(socket))
        },
      }))
      // What it answers when it is asked outside of a server.
      return (await upgrade(c, next)) ?? c.body(null, 500)
    })
  }

  /** The same rooms for networks that block sockets (`http-wire.ts`). */
  httpRoutes(): Hono {
    return new Hono()
      .get('/sync/stream', async (c) => {
        if (this.#isClosing) throw aboutToRestart()
        this.#gate.checkRequest(c)
        const signedIn = await this.#deps.authenticate(c.req.raw.headers)
        if (signedIn === undefined) {
          this.#gate.failed(c)
          throw new AppError('unauthenticated', signInAgain)
        }
        return c.body(this.#httpWires.openCarrier(signedIn.sessionId).stream, 200, eventStreamHeaders)
      })
      .post('/sync/:documentId/stream', atMostAFrame, async (c) => {
        const { admission, generation } = await this.#decide(c)
        if (isRefusal(admission)) return c.json({ ...admission, reason: shortened(admission.reason) })
        const wire = this.#httpWires.open(admission.sessionId, await wireAskedFor(c))
        await this.#open(c, wire, admission, generation, (connection) =>
          this.#httpWires.attach(wire, connection),
        )
        return c.json({ secret: wire.secret }, 201)
      })
      .post('/sync/:documentId/stream/:wire', atMostAFrame, async (c) => {
        this.#gate.checkRequest(c)
        const signedIn = await this.#deps.authenticate(c.req.raw.headers)
        // Whose body it is, before any of it is read.
        const receive = this.#httpWires.receiver(c.req.param('wire'), signedIn?.sessionId)
        await receive(c.req.arrayBuffer())
        return c.body(null, 204)
      })
      .delete('/sync/:documentId/stream/:wire', async (c) => {
        this.#gate.checkRequest(c)
        const signedIn = await this.#deps.authenticate(c.req.raw.headers)
        await this.#httpWires.end(c.req.param('wire'), signedIn?.sessionId)
        return c.body(null, 204)
      })
  }

  /** Whom a wire is for, or why it is closed. Throws what is answered over HTTP. */
  async #decide(c: Context): Promise<{ admission: Admission | Refusal; generation: number }> {
    if (this.#isClosing) throw aboutToRestart()
    this.#gate.checkRequest(c)
    const { generation } = this.watch
    const admission = await this.#admit(c)
    if (isRefusal(admission)) this.#gate.failed(c)
    return { admission, generation }
  }

  async #admit(c: Context): Promise<Admission | Refusal> {
    try {
      return await this.#gate.admit(c)
    } catch (error) {
      if (error instanceof AppError) throw error
      this.#deps.log.error({ err: error }, 'a connection could not be checked')
      return {
        code: close.storage,
        reason: 'The server cannot check your access at the moment. It will be tried again.',
      }
    }
  }

  async #open(
    c: Context,
    socket: Wire,
    admission: Admission,
    generation: number,
    opened?: (connection: Connection) => void,
  ): Promise<void> {
    if (this.#isClosing) return refuse(socket, restart)
    const { documentId, user } = admission
    const { userConnections, roomConnections } = this.#deps.limits
    if (userConnections > 0 && this.watch.countOf(user.id) >= userConnections)
      return refuse(socket, tooManyOfOne)
    const connection = new Connection(socket, admission, {
      timers: this.#timers,
      tuning: this.#tuning,
      now: this.#deps.now,
      meters: this.#meters,
    })
    this.watch.add(connection)
    opened?.(connection)
    socket.on('close', () => this.watch.remove(connection))
    try {
      await this.#rooms.with(documentId, (room) => {
        if (!connection.isOpen) return
        if (roomConnections > 0 && room.connections.size >= roomConnections) {
          return connection.close(close.tooMany, 'Too many people have this document open at the moment.')
        }
        room.join(connection)
      })
      // Whatever happened to this person's access between the question and the watch would otherwise be missed.
      if (this.watch.generation !== generation) await this.#admitAgain(c, connection)
    } catch (error) {
      this.#closeUnopened(connection, error)
    }
  }

  async #admitAgain(c: Context, connection: Connection): Promise<void> {
    const again = await this.#admit(c)
    if (isRefusal(again)) connection.close(again.code, again.reason)
    else if (again.level !== connection.level)
      connection.close(close.levelChanged, 'What you may do has changed.')
  }

  #closeUnopened(connection: Connection, error: unknown): void {
    if (error instanceof NoSuchDocument) {
      connection.close(close.gone, gone)
      return
    }
    this.#deps.log.error(
      { err: error, documentId: connection.admission.documentId },
      'a document could not be loaded',
    )
    connection.close(close.storage, 'The document could not be loaded. It will be tried again.')
  }

  /** From the room where there is one, otherwise straight from the log; also where the room cannot save at the moment. */
  async readLive(documentId: string) {
    const room = this.#rooms.find(documentId)
    if (room !== undefined) {
      try {
        return { ...(await room.committedCopy()), epoch: room.name.epoch }
      } catch (error) {
        if (!(error instanceof AppError)) throw error
      }
    }
    try {
      const name = await this.#rooms.nameOf(documentId)
      const { live, seq } = await replayOrRepair({ ...this.#deps, meters: this.#meters }, name)
      const doc = live.clone()
      live.destroy()
      return { doc, seq, epoch: name.epoch }
    } catch (error) {
      throw error instanceof NoSuchDocument ? new AppError('not-found', 'There is no such document.') : error
    }
  }

  commit: Commit = async (documentIds, work) => {
    if (this.#isClosing) throw aboutToRestart()
    return commitTogether({ ...this.#deps, rooms: this.#rooms }, documentIds, work)
  }

  beginAnew: BeginAnew = async (documentId, plan) => {
    if (this.#isClosing) throw aboutToRestart()
    return beginAnew({ ...this.#deps, rooms: this.#rooms }, documentId, plan)
  }

  presentIn(documentId: string): readonly string[] {
    const connections = [...(this.#rooms.find(documentId)?.connections ?? [])]
    return [...new Set(connections.map(({ accountId }) => accountId))]
  }

  #sweep(): void {
    this.#rooms.sweep()
    this.#httpWires.sweep()
  }

  #beat(): void {
    for (const room of this.#rooms) room.beat()
    for (const connection of this.watch) connection.beat()
  }

  async #checkAccess(): Promise<void> {
    if (this.#isChecking) return
    this.#isChecking = true
    await this.watch.checkAll()
    this.#isChecking = false
  }

  /**
   * W2: nobody new comes in; what came in is written and answered; then all are sent away in groups, and those whose turn is
   * not yet work on as before.
   */
  async close(): Promise<void> {
    if (this.#isClosing) return
    this.#isClosing = true
    // Where the disk does not answer, only the first group waits for it.
    let isAnswering = true
    const sendAway = async (group: readonly Connection[]) => {
      if (isAnswering) isAnswering = await this.#within(this.#answered(group))
      for (const connection of group) connection.close(restart.code, restart.reason)
    }
    await sayGoodbyes(this.watch, sendAway, this.#tuning.drain, this.#timers.after)
    // Whoever was being let in when it began.
    await sendAway([...this.watch])
    await this.#within(Promise.all([...this.watch].map((connection) => connection.closed)))
    for (const connection of [...this.watch]) connection.terminate()
    this.#httpWires.close()
    for (const stop of this.#intervals) stop()
    await this.#within(this.#rooms.close())
    this.webSocketServer.close()
  }

  /** Resolves once what these have sent is committed and their markers are answered. */
  async #answered(group: readonly Connection[]): Promise<void> {
    // What has reached this process by now, and is not read yet, is theirs too.
    await new Promise<void>((resolve) => void this.#timers.soon(resolve))
    await Promise.all(group.map((connection) => connection.whenCommitted()))
  }

  /** Whether it was done in time. */
  async #within(work: Promise<unknown>): Promise<boolean> {
    let stop = () => {}
    const timeUp = new Promise<boolean>((resolve) => {
      stop = this.#timers.after(this.#tuning.closeWithin, () => resolve(false))
    })
    const isDone = await Promise.race([work.then(() => true), timeUp])
    stop()
    return isDone
  }
}

const askedWire = v.object({
  carrier: v.pipe(v.string(), v.maxLength(64)),
  name: v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/)),
})

async function wireAskedFor(c: Context): Promise<v.InferOutput<typeof askedWire>> {
  const asked = v.safeParse(askedWire, await c.req.json().catch(() => undefined))
  if (asked.success) return asked.output
  throw new AppError(
    'invalid',
    'A wire is asked for with the secret of its stream and a name of letters and figures.',
  )
}

const atMostAFrame = bodyLimit({
  maxSize: protocolLimits.frame,
  onError: () => {
    throw new AppError('too-large', 'This is more than one message may hold.')
  },
})

const restart: Refusal = { code: close.restart, reason: 'The server restarts. It will be back in a moment.' }
const tooManyOfOne: Refusal = {
  code: close.tooMany,
  reason: 'You have too many documents open. Close some of them.',
}

const events = ['message', 'close', 'error'] as const

/** One that listens once is wrapped. */
type Listener = ((...args: unknown[]) => void) & { readonly listener?: Listener }

const listenersOf = (socket: EventEmitter) => new Map(events.map((event) => [event, socket.listeners(event)]))

/**
 * The adapter goes on to listen for handlers that we do not give it, and with these listeners each socket would hold all of the
 * request that asked for it, which is some thousand bytes for as long as someone has a document open.
 */
function keepOnly(socket: EventEmitter, wanted: ReturnType<typeof listenersOf>): void {
  queueMicrotask(() => {
    for (const event of events) {
      for (const raw of socket.rawListeners(event) as Listener[]) {
        if (!wanted.get(event)?.includes(raw.listener ?? raw)) socket.off(event, raw)
      }
    }
  })
}

const isRefusal = (admission: Admission | Refusal): admission is Refusal => 'code' in admission

/** Accepted only so that the code is heard: nothing is read (O2). */
function refuse(socket: Wire, { code, reason }: Refusal): void {
  socket.on('error', () => {})
  socket.close(code, shortened(reason))
}

function openWebSocketServer(log: Logger): WebSocketServer {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: protocolLimits.frame,
    // Updates are small and already dense; compressing each for each of its receivers would be the largest cost there is.
    perMessageDeflate: false,
    // How long a peer has to answer a close before its socket is taken from it.
    closeTimeout: 5000,
  } as ConstructorParameters<typeof WebSocketServer>[0])
  server.on('error', (error) => log.error({ err: error }, 'the WebSocket server failed'))
  return server
}
