import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { parse } from 'hono/utils/cookie'
import pino from 'pino'
import * as Y from 'yjs'
import type { Level } from '#shared/access.ts'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import type { Database } from '../../server/db/database.ts'
import { openDatabase } from '../../server/db/open.ts'
import { findDocument, insertDocument } from '../../server/documents/store.ts'
import { answerError } from '../../server/http/errors.ts'
import { LiveDocument } from '../../server/sync/live-document.ts'
import { replay, replayWholeLog } from '../../server/sync/replay.ts'
import { createSync, type Sync, type SyncDeps } from '../../server/sync/sync.ts'
import { Peer, type PeerOptions, RawPeer } from './peer.ts'

export { waitFor } from './wait-for.ts'

/** Someone in these tests: signed in by a cookie that says who they are. */
export interface Someone {
  readonly id: string
  readonly name: string
  readonly cookie: string
}

export interface HarnessOptions {
  readonly tuning?: SyncDeps['tuning']
  readonly limits?: Partial<SyncDeps['limits']>
  readonly afterQuiet?: SyncDeps['afterQuiet']
  readonly mostRemoved?: SyncDeps['mostRemoved']
  readonly timers?: SyncDeps['timers']
  /** Stands between the engine and its database. */
  readonly database?: (db: Database) => Database
  readonly now?: () => number
  /** A folder with a database that is there already. */
  readonly folder?: string
  readonly networkId?: string
  /** Milliseconds to wait where another process holds the database. */
  readonly busyTimeout?: number
}

type Connecting = Partial<Omit<PeerOptions, 'documentId'>>

/** The engine with sockets and a real database file, and nothing else of the product. */
export class Harness {
  readonly folder: string
  readonly networkId: string
  db!: Database
  sync!: Sync
  origin!: string
  /** What someone may do, by account; everyone else may edit. */
  readonly levels = new Map<string, Level | 'none' | Error>()
  readonly endedSessions = new Set<string>()
  /** Happens once between the question what someone may do and the opening of their socket. */
  betweenAskingAndOpening: (() => void) | undefined
  readonly #options: HarnessOptions
  readonly #opened: { destroy(): void }[] = []
  #stop: () => Promise<void> = async () => {}

  private constructor(folder: string, options: HarnessOptions) {
    this.folder = folder
    this.networkId = options.networkId ?? newId()
    this.#options = options
  }

  static async open(options: HarnessOptions = {}): Promise<Harness> {
    const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'throughline-sync-')))
    const harness = new Harness(folder, options)
    await harness.start()
    if (options.folder === undefined) await harness.#createNetwork()
    return harness
  }

  async start(): Promise<void> {
    const { busyTimeout } = this.#options
    const url = `file:${join(this.folder, 'sync.db')}`
    const file = await openDatabase({ url, ...(busyTimeout !== undefined && { busyTimeout }) })
    this.db = this.#options.database?.(file) ?? file
    const log = pino({ level: process.env.SYNC_TEST_LOG ?? 'silent' })
    this.sync = createSync({
      db: this.db,
      now: this.#options.now ?? Date.now,
      log,
      limits: { userConnections: 0, roomConnections: 0, upgradesPerMinute: 0, ...this.#options.limits },
      isAllowedOrigin: (origin) => /^http:\/\/(127\.0\.0\.1|localhost):\d+$/.test(origin),
      foreignOrigin: () => new AppError('forbidden', 'This page was opened under another address.'),
      clientAddress: (c) => c.req.header('x-test-address') ?? '127.0.0.1',
      authenticate: async (headers) => this.#authenticate(headers),
      findDocument: (id) => findDocument(this.db, id),
      levelOf: async (accountId) => this.#levelOf(accountId),
      roleOf: async () => {
        this.betweenAskingAndOpening?.()
        this.betweenAskingAndOpening = undefined
        return 'Coach'
      },
      afterQuiet: this.#options.afterQuiet ?? (async () => {}),
      mostRemoved: this.#options.mostRemoved ?? (() => {}),
      ...(this.#options.timers && { timers: this.#options.timers }),
      tuning: { settleAfter: 200, ...this.#options.tuning },
    })
    const app = new Hono().route('/', this.sync.routes)
    app.onError(answerError(log))
    const server = serve({
      fetch: app.fetch,
      hostname: '127.0.0.1',
      port: 0,
      websocket: { server: this.sync.webSocketServer as never },
    })
    await once(server, 'listening')
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    this.#stop = async () => {
      await this.sync.close()
      const closed = once(server, 'close')
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
      await file.close()
    }
  }

  #authenticate(headers: Headers) {
    const bearer = headers.get('authorization')?.replace(/^bearer /i, '')
    const { person = bearer } = parse(headers.get('cookie') ?? '')
    if (!person) return undefined
    const [id = '', name = ''] = decodeURIComponent(person).split('|')
    if (this.endedSessions.has(id)) return undefined
    return { account: { id, name, color: 3 }, sessionId: `session of ${id}` }
  }

  #levelOf(accountId: string): Level | undefined {
    const level = this.levels.get(accountId) ?? 'edit'
    if (level instanceof Error) throw level
    return level === 'none' ? undefined : level
  }

  async #createNetwork(): Promise<void> {
    await this.db.write([
      {
        sql: `INSERT INTO network (id, name, time_zone, created_at) VALUES (?, 'Three Rivers', 'UTC', 0)`,
        args: [this.networkId],
      },
    ])
  }

  async person(name: string, level: Level = 'edit'): Promise<Someone> {
    const id = newId()
    await this.db.write([
      {
        sql: `INSERT INTO account (id, email, name, color, password_hash, created_at) VALUES (?, ?, ?, 3, '', 0)`,
        args: [id, `${id}@threerivers.example`, name],
      },
    ])
    if (level !== 'edit') this.levels.set(id, level)
    return { id, name, cookie: `person=${encodeURIComponent(`${id}|${name}`)}` }
  }

  /** A document that begins with `text`. */
  async document(text = '', fill = (doc: Y.Doc) => doc.getText('text').insert(0, text)): Promise<string> {
    const id = newId()
    const [creator] = await this.db.read<{ id: string }>('SELECT id FROM account LIMIT 1')
    const doc = new Y.Doc()
    fill(doc)
    await this.db.write(
      insertDocument({
        id,
        networkId: this.networkId,
        kind: 'driver-diagram',
        schema: 3,
        title: 'A document',
        shared: true,
        epoch: randomUUID(),
        content: Y.encodeStateAsUpdate(doc),
        createdBy: creator?.id ?? (await this.person('Someone')).id,
        createdAt: 0,
      }),
    )
    return id
  }

  peer(someone: Someone, documentId: string, options: Connecting = {}): Peer {
    return this.#keep(new Peer({ origin: this.origin, documentId, cookie: someone.cookie, ...options }))
  }

  raw(someone: Someone | undefined, documentId: string, options: Connecting = {}): Promise<RawPeer> {
    const cookie = someone && { cookie: someone.cookie }
    return this.#keep(new RawPeer({ origin: this.origin, documentId, ...cookie, ...options })).opened()
  }

  #keep<T extends { destroy(): void }>(opened: T): T {
    this.#opened.push(opened)
    return opened
  }

  async epochOf(documentId: string): Promise<string> {
    return (await findDocument(this.db, documentId))?.epoch ?? ''
  }

  /** What the log says that the document is: from the newest snapshot on, and from the first row on. */
  async replayed(
    documentId: string,
  ): Promise<{ readonly fromSnapshot: Uint8Array; readonly whole: Uint8Array; readonly seq: number }> {
    const name = { documentId, epoch: await this.epochOf(documentId) }
    const { live, seq } = await replay({ db: this.db, log: pino({ level: 'silent' }) }, name)
    const whole = await replayWholeLog(this.db, name)
    return { fromSnapshot: live.encode(), whole: whole.encode(), seq }
  }

  /** The text that the log replays to. */
  async storedText(documentId: string): Promise<string> {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await this.replayed(documentId)).whole)
    return doc.getText('text').toString()
  }

  async logRows(documentId: string) {
    return this.db.read<{
      seq: number
      account_id: string | null
      connection_id: string | null
      via: string
      bytes: number
      payload: Uint8Array
    }>(
      'SELECT seq, account_id, connection_id, via, bytes, payload FROM document_update WHERE document_id = ? ORDER BY seq',
      [documentId],
    )
  }

  async quarantined(documentId: string) {
    return this.db.read<{ reason: string; account_id: string; payload: Uint8Array; bytes: number }>(
      'SELECT reason, account_id, payload, bytes FROM document_quarantine WHERE document_id = ?',
      [documentId],
    )
  }

  /** Stops the server, with manners, and leaves its file. */
  async stop(): Promise<void> {
    await this.#stop()
  }

  /** Stops the server, with manners, and starts it again on the same file. */
  async restart(): Promise<void> {
    await this.#stop()
    await this.start()
  }

  async close(): Promise<void> {
    for (const opened of this.#opened) opened.destroy()
    await this.#stop()
    if (this.#options.folder === undefined) await rm(this.folder, { recursive: true, force: true })
  }
}

/** Encodes a document the way that the engine does. */
export function encoded(updates: readonly Uint8Array[]): Uint8Array {
  const live = new LiveDocument()
  live.replay(updates.map((payload) => ({ payload, accountId: null })))
  return live.encode()
}
