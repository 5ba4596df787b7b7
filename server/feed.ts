import { Hono } from 'hono'
import type { DocumentChange, DocumentEvent } from '#shared/document.ts'
import { type Authenticates, signedIn } from './accounts/signed-in.ts'
import type { Database } from './db/database.ts'
import type { DocumentGuard } from './documents/guard.ts'
import { type DocumentRow, findDocument } from './documents/store.ts'
import { aboutToRestart, sayGoodbyes, usualPace } from './goodbyes.ts'
import { TooMany } from './http/errors.ts'
import { eventStreamHeaders } from './http/event-stream.ts'
import type { Access } from './networks/access.ts'

/**
 * What happens in a network, as server-sent events to whoever has it open:
 *
 *   event: ready      once, when listening begins: what was read before this may be out of date
 *   event: document   {documentId, change}: only of documents that this person may see
 *   event: access     what this person may do in the network has changed
 *
 * A comment goes out when nothing else does, so that proxies keep the stream. The stream ends when the person leaves the
 * network, their sign-in ends, the server stops, or they read too slowly; the browser comes back by itself and starts
 * with `ready`.
 */
export interface Feed {
  /** Tells everyone who may see the document; `last`: as it was, where it is no more. */
  announce(documentId: string, change: DocumentChange, last?: DocumentRow): void
  /** Closes the streams of people who have left the network; tells the others that their access is another. */
  accessChanged(change: {
    readonly networkId: string
    readonly accountId?: string
    readonly documentId?: string
  }): void
  sessionEnded(sessionId: string): void
  /** W2: opens no more streams, and ends those there are in groups. */
  close(): Promise<void>
}

export interface FeedDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly access: Access
  readonly guard: DocumentGuard
  readonly heartbeat?: number
}

const heartbeatEvery = 20_000
// A browser needs one; more are the tabs of browsers that cannot share it.
const mostPerAccount = 20
// Events that wait for one reader before it counts as too slow.
const mostWaiting = 200

export function createFeed(deps: FeedDeps) {
  const { accounts, db, access, guard, heartbeat = heartbeatEvery } = deps
  const listeners = new Set<Listener>()
  let isClosing = false
  const timer = setInterval(() => {
    for (const listener of listeners) listener.beat()
    void checkSignIns()
  }, heartbeat)
  timer.unref()

  /** Sign-ins also end by themselves, and then nobody says so. */
  async function checkSignIns(): Promise<void> {
    for (const listener of [...listeners]) {
      const found = await accounts.authenticate(listener.headers, { isUse: false }).catch(() => undefined)
      if (found?.sessionId !== listener.sessionId) listener.close()
    }
  }

  async function announceNow(event: DocumentEvent, last: DocumentRow | undefined): Promise<void> {
    const row = last ?? (await findDocument(db, event.documentId))
    if (row === undefined) return
    for (const listener of listeners) {
      if (listener.networkId !== row.networkId) continue
      if (await guard.open(listener.accountId, row)) listener.send('document', event)
    }
  }

  async function checkMembership(networkId: string, accountId: string | undefined): Promise<void> {
    for (const listener of listeners) {
      if (listener.networkId !== networkId) continue
      if (accountId !== undefined && listener.accountId !== accountId) continue
      if (await access.viewerIn(networkId, listener.accountId)) listener.send('access', {})
      else listener.close()
    }
  }

  const feed: Feed = {
    announce(documentId, change, last) {
      // A reader who misses an event sees the same on the next read: nothing may fail because of it.
      announceNow({ documentId, change }, last).catch(() => {})
    },
    accessChanged({ networkId, accountId, documentId }) {
      if (documentId !== undefined) return
      checkMembership(networkId, accountId).catch(() => {
        for (const listener of listeners) if (listener.networkId === networkId) listener.close()
      })
    },
    sessionEnded(sessionId) {
      for (const listener of listeners) if (listener.sessionId === sessionId) listener.close()
    },
    async close() {
      isClosing = true
      const sendAway = (group: Iterable<Listener>) => {
        for (const listener of group) listener.close()
      }
      await sayGoodbyes(listeners, sendAway, usualPace)
      // Whoever was being let in when it began.
      sendAway([...listeners])
      clearInterval(timer)
    },
  }

  // Pages open it by themselves, and again whenever it breaks.
  const people = signedIn(accounts, { isUse: false })

  const routes = new Hono().get('/api/networks/:id/feed', people, async (c) => {
    if (isClosing) throw aboutToRestart()
    const networkId = c.req.param('id')
    const accountId = c.var.account.id
    await access.getViewer(networkId, accountId)
    // Nobody would read the stream, so nobody would end it.
    if (c.req.method === 'HEAD') return c.body(null, 200, eventStreamHeaders)
    const open = [...listeners].filter((listener) => listener.accountId === accountId)
    if (open.length >= mostPerAccount)
      throw new TooMany(`At most ${mostPerAccount} pages can listen at once. Close some of them.`, 60)
    const { sessionId } = c.var
    const { headers } = c.req.raw
    const listener = new Listener({ networkId, accountId, sessionId, headers }, () =>
      listeners.delete(listener),
    )
    listeners.add(listener)
    return c.body(listener.stream, 200, eventStreamHeaders)
  })

  return { ...feed, routes }
}

interface Reader {
  readonly networkId: string
  readonly accountId: string
  readonly sessionId: string
  /** Of the request: with them the sign-in can be checked again. */
  readonly headers: Headers
}

/** One open stream. */
class Listener implements Reader {
  readonly networkId: string
  readonly accountId: string
  readonly sessionId: string
  readonly headers: Headers
  readonly stream: ReadableStream<Uint8Array>
  readonly #closed: () => void
  #controller!: ReadableStreamDefaultController<Uint8Array>
  #isOpen = true

  constructor({ networkId, accountId, sessionId, headers }: Reader, closed: () => void) {
    this.networkId = networkId
    this.accountId = accountId
    this.sessionId = sessionId
    this.headers = headers
    this.#closed = closed
    this.stream = new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller
        },
        cancel: () => this.#leave(),
      },
      { highWaterMark: mostWaiting },
    )
    // After a restart of the server not everyone should come back in the same moment.
    this.#write(`retry: ${1000 + Math.floor(Math.random() * 4000)}\n`)
    this.send('ready', {})
  }

  send(event: string, data: unknown): void {
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  beat(): void {
    this.#write(': still here\n\n')
  }

  close(): void {
    if (!this.#isOpen) return
    this.#leave()
    this.#controller.close()
  }

  #write(text: string): void {
    if (!this.#isOpen) return
    const isTooSlow = (this.#controller.desiredSize ?? 0) <= 0
    if (isTooSlow) this.close()
    else this.#controller.enqueue(encoder.encode(text))
  }

  #leave(): void {
    this.#isOpen = false
    this.#closed()
  }
}

const encoder = new TextEncoder()
