import type { Logger } from 'pino'
import type { Level } from '#shared/access.ts'
import { close } from '#shared/sync-protocol.ts'
import type { Connection } from './connection.ts'

/** Something happened that may change what people may do: to one of them or to everyone, in one document or in all. */
export interface AccessChange {
  readonly networkId: string
  readonly accountId?: string
  readonly documentId?: string
}

export interface AccessWatchDeps {
  readonly log: Logger
  /** Undefined: none, or there is no such document. */
  readonly levelOf: (accountId: string, documentId: string) => Promise<Level | undefined>
  readonly findEpoch: (documentId: string) => Promise<string | undefined>
  readonly authenticate: (headers: Headers) => Promise<{ readonly sessionId: string } | undefined>
}

/**
 * Every open connection, and whether it may still be (P1, P2). A connection keeps the level that it came with until it
 * ends: who has lost it, or has another one now, is closed with the code that says so.
 */
export class AccessWatch {
  readonly #deps: AccessWatchDeps
  readonly #connections = new Set<Connection>()
  /** Grows with each change: who was asked for before one and is admitted after it has to be asked for again. */
  generation = 0

  constructor(deps: AccessWatchDeps) {
    this.#deps = deps
  }

  get size(): number {
    return this.#connections.size
  }

  [Symbol.iterator](): IterableIterator<Connection> {
    return this.#connections.values()
  }

  countOf(accountId: string): number {
    let count = 0
    for (const connection of this.#connections)
      if (connection.isOpen && connection.accountId === accountId) count++
    return count
  }

  add(connection: Connection): void {
    this.#connections.add(connection)
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection)
  }

  changed({ networkId, accountId, documentId }: AccessChange): void {
    this.generation++
    for (const connection of [...this.#connections]) {
      const { admission } = connection
      const isConcerned =
        connection.isOpen &&
        admission.networkId === networkId &&
        (accountId === undefined || connection.accountId === accountId) &&
        (documentId === undefined || admission.documentId === documentId)
      if (isConcerned) void this.#check(connection)
    }
  }

  sessionEnded(sessionId: string): void {
    this.generation++
    for (const connection of [...this.#connections]) {
      if (connection.admission.sessionId === sessionId) endSession(connection)
    }
  }

  /** The backstop for hints that got lost: one after the other, so that it never is a storm. */
  async checkAll(): Promise<void> {
    for (const connection of [...this.#connections]) {
      if (connection.isOpen) await this.#checkSession(connection)
      if (connection.isOpen) await this.#check(connection)
    }
  }

  async #checkSession(connection: Connection): Promise<void> {
    try {
      const signedIn = await this.#deps.authenticate(new Headers({ ...connection.admission.signedInBy }))
      if (signedIn?.sessionId !== connection.admission.sessionId) endSession(connection)
    } catch (error) {
      this.#failed(connection, error)
    }
  }

  async #check(connection: Connection): Promise<void> {
    const { documentId, level } = connection.admission
    try {
      const now = await this.#deps.levelOf(connection.accountId, documentId)
      if (now === level) return
      if (now !== undefined) connection.close(close.levelChanged, 'What you may do here has changed.')
      else if ((await this.#deps.findEpoch(documentId)) === undefined) connection.close(close.gone, gone)
      else connection.close(close.noAccess, noAccess)
    } catch (error) {
      this.#failed(connection, error)
    }
  }

  #failed(connection: Connection, error: unknown): void {
    this.#deps.log.error(
      { err: error, documentId: connection.admission.documentId },
      'access could not be checked',
    )
    connection.close(close.storage, 'Your access could not be checked. It will be tried again.')
  }
}

export const gone = 'There is no such document any more.'
export const noAccess = 'You have no access to this document.'
export const signInAgain = 'Your sign-in has ended. Sign in again.'

function endSession(connection: Connection): void {
  connection.close(close.sessionEnded, signInAgain)
}
