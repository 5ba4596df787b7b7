import type { Context } from 'hono'
import type { Level } from '#shared/access.ts'
import { AppError } from '#shared/errors.ts'
import { isId } from '#shared/ids.ts'
import { type CloseCode, close } from '#shared/sync-protocol.ts'
import { gone, noAccess, signInAgain } from './access-watch.ts'
import type { Admission, SignedInBy } from './connection.ts'
import { otherEpoch } from './room.ts'
import type { Timers } from './timers.ts'
import type { Tuning } from './tuning.ts'

/** A person as their session tells it. */
export interface SignedInPerson {
  readonly account: { readonly id: string; readonly name: string; readonly color: number }
  readonly sessionId: string
}

/** What has to be known of a document before anyone may open it. */
export interface SyncedDocument {
  readonly networkId: string
  readonly epoch: string
  readonly schema: number
}

export interface UpgradeDeps {
  readonly timers: Timers
  readonly tuning: Tuning
  readonly limits: { readonly upgradesPerMinute: number }
  readonly isAllowedOrigin: (origin: string) => boolean
  /** The sentence for whoever reads the server's answer. */
  readonly foreignOrigin: (origin: string | undefined) => AppError
  readonly clientAddress: (c: Context) => string
  readonly authenticate: (headers: Headers) => Promise<SignedInPerson | undefined>
  readonly findDocument: (documentId: string) => Promise<SyncedDocument | undefined>
  readonly levelOf: (accountId: string, documentId: string) => Promise<Level | undefined>
  /** The role that others see beside the name. */
  readonly roleOf: (networkId: string, accountId: string) => Promise<string>
}

/** Why a socket is accepted only to be closed. */
export interface Refusal {
  readonly code: CloseCode
  readonly reason: string
}

const minute = 60_000

/**
 * Who may open a socket on what. What a stock client could not understand as a close is refused over HTTP (O2): a path that
 * leads nowhere, a foreign origin, an address that fails too often; none of that needs the database (O1). Everyone else is
 * accepted, and closed at once with the code that says why, since the stock client tries a refused upgrade for ever.
 */
export class Gate {
  readonly #deps: UpgradeDeps
  readonly #failures: Counts
  readonly #openings: Counts

  constructor(deps: UpgradeDeps) {
    this.#deps = deps
    this.#failures = new Counts(deps.timers)
    this.#openings = new Counts(deps.timers)
  }

  /** Throws what is answered over HTTP. */
  checkRequest(c: Context): void {
    try {
      const headers = c.req.raw.headers
      const mayBeSomeone = headers.has('cookie') || headers.has('authorization')
      if (!mayBeSomeone) this.#checkFailures(c)
      // A browser's stream is no document's.
      const documentId = c.req.param('documentId')
      if (documentId !== undefined && !isId(documentId))
        throw new AppError('not-found', 'There is no document at this address.')
      this.#checkOrigin(headers)
    } catch (error) {
      this.failed(c)
      throw error
    }
  }

  /** A school is one address: whoever is signed in does not wait for those who fail there. */
  #checkFailures(c: Context): void {
    const most = this.#deps.limits.upgradesPerMinute
    if (most === 0 || this.#failures.of(this.#deps.clientAddress(c)) < most) return
    throw new AppError(
      'too-many',
      'Too many failed attempts to connect from this address. Try again in a minute.',
    )
  }

  #checkOrigin(headers: Headers): void {
    const origin = headers.get('origin') ?? undefined
    const isBearer = /^bearer\s/i.test(headers.get('authorization') ?? '')
    // A browser that only reads from its own page names no origin, but says that it is its own page; no page can say so itself.
    const isOwnPage = headers.get('sec-fetch-site') === 'same-origin'
    if (origin === undefined ? isBearer || isOwnPage : this.#deps.isAllowedOrigin(origin)) return
    throw this.#deps.foreignOrigin(origin)
  }

  /** Counts what did not lead to a connection. */
  failed(c: Context): void {
    this.#failures.add(this.#deps.clientAddress(c))
  }

  /** Whom the socket is for, or why it is closed. Throws what is answered over HTTP, and what went wrong. */
  async admit(c: Context): Promise<Admission | Refusal> {
    const documentId = c.req.param('documentId') ?? ''
    const headers = c.req.raw.headers
    const signedIn = await this.#deps.authenticate(headers)
    if (signedIn === undefined) {
      this.#checkFailures(c)
      return { code: close.sessionEnded, reason: signInAgain }
    }
    const { account, sessionId } = signedIn
    if (!this.#mayOpenAnother(account.id)) return { code: close.slowDown, reason: tooFast }

    const document = await this.#deps.findDocument(documentId)
    if (document === undefined) return { code: close.gone, reason: gone }
    const level = await this.#deps.levelOf(account.id, documentId)
    if (level === undefined) return { code: close.noAccess, reason: noAccess }
    const { networkId, epoch, schema } = document
    if (!isCurrent(c.req.query('epoch'), epoch)) return { code: close.epochChanged, reason: otherEpoch }
    if (!isNewEnough(c.req.query('schema'), schema)) return { code: close.clientTooOld, reason: tooOld }

    const role = await this.#deps.roleOf(networkId, account.id)
    const user = { id: account.id, name: account.name, color: account.color, role }
    return { documentId, networkId, sessionId, level, user, signedInBy: signedInBy(headers) }
  }

  #mayOpenAnother(accountId: string): boolean {
    if (this.#deps.limits.upgradesPerMinute === 0) return true
    this.#openings.add(accountId)
    return this.#openings.of(accountId) <= this.#deps.tuning.upgradesPerAccount
  }
}

function signedInBy(headers: Headers): SignedInBy {
  const [cookie, authorization] = [headers.get('cookie'), headers.get('authorization')]
  return { ...(cookie !== null && { cookie }), ...(authorization !== null && { authorization }) }
}

// C2
const isCurrent = (declared: string | undefined, epoch: string): boolean =>
  declared === undefined || declared === epoch

// S1. A number that is none is a client that we do not know; it is as good as none declared.
const isNewEnough = (declared: string | undefined, schema: number): boolean =>
  declared === undefined || !(Number(declared) < schema)

const tooFast = 'Too many connections at once. It will come back by itself.'
const tooOld = 'This page is older than the document. Reload it; your changes are kept.'

/** How often something happened in the minute that is running. */
class Counts {
  readonly #timers: Timers
  #counts = new Map<string, number>()
  #since: number

  constructor(timers: Timers) {
    this.#timers = timers
    this.#since = timers.monotonic()
  }

  of(key: string): number {
    this.#startAnew()
    return this.#counts.get(key) ?? 0
  }

  add(key: string): void {
    this.#counts.set(key, this.of(key) + 1)
  }

  #startAnew(): void {
    const now = this.#timers.monotonic()
    if (now - this.#since < minute) return
    this.#since = now
    this.#counts = new Map()
  }
}
