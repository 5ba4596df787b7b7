/**
 * What travels on `/sync/:documentId`. A frame holds one message; its first varint says which. The first four are those
 * of y-websocket, so that its stock client connects unchanged; markers are ours and are sent only to a client that has
 * sent one.
 *
 *   client                                          server
 *                                              ←    sync step 1: what the server has (state vector); who is here
 *     sync step 1: what the client has         →
 *     sync step 2: what the server lacks       →
 *                                              ←    sync step 2: what the client lacks
 *     updates as they happen                   →
 *                                              ←    updates of everyone, the sender's own too, once they are committed
 *     marker: ask, counter                     →
 *                                              ←    marker: saved, counter, seq, time, once all that came before it on
 *                                                   this socket is committed; or refused, counter, reason
 *
 * A client sends its first marker after its step 2, since offline edits travel in that. Whoever has sent no marker within
 * a second of a refused update counts as a stock client and is closed with 4403.
 */
export const message = { sync: 0, presence: 1, auth: 2, queryPresence: 3, marker: 102 } as const

/** The second varint of a sync message: those of y-protocols. */
export const sync = { step1: 0, step2: 1, update: 2 } as const

/** The second varint of a marker. `ask` goes to the server, the others come from it. */
export const marker = { ask: 0, saved: 1, refused: 2 } as const

/** Why the server closes a socket. 44xx are final for the stock client, 45xx and 1012 make it come back. */
export const close = {
  restart: 1012,
  tooSlow: 1013,
  sessionEnded: 4401,
  noAccess: 4403,
  gone: 4404,
  epochChanged: 4409,
  tooLarge: 4413,
  clientTooOld: 4426,
  tooMany: 4429,
  levelChanged: 4501,
  storage: 4503,
  slowDown: 4529,
} as const

export type CloseCode = (typeof close)[keyof typeof close]

/**
 * Limits that both sides know (Z1), in bytes. `update` holds for one update message; what a client did offline comes as
 * one step 2 and may be as large as a document.
 */
export const limits = {
  update: 1024 * 1024,
  document: 8 * 1024 * 1024,
  documentWarning: 4 * 1024 * 1024,
  frame: 10 * 1024 * 1024,
  presence: 2 * 1024,
} as const

/** How someone is present in a document: `user` is written by the server from the session, the rest by the client. */
export interface PresenceState {
  readonly user?: {
    readonly id: string
    readonly name: string
    readonly color: number
    readonly role: string
  }
  /** The part of the document that they have selected, e.g. a card's id. */
  readonly at?: string
  /** Whether they are writing in it. */
  readonly writing?: boolean
  /** The y-tiptap caret: relative positions, as JSON. */
  readonly cursor?: unknown
}
