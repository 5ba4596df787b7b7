import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { contentOf, type Dialect, type Frames, framesFor } from './dialect.ts'

/** Where and as whom a client connects. */
export interface Seat {
  readonly url: string
  readonly document: string
  /** The secret of a sign-in. */
  readonly bearer?: string
}

/** How far each author's writing reaches in an update, by Yjs client id. */
export type Reach = ReadonlyMap<number, number>

/** Many clients get the same bytes; they are read once. */
class Reader {
  readonly #known = new Map<string, Reach>()

  read(update: Uint8Array): Reach {
    const key = Buffer.from(update.buffer, update.byteOffset, update.byteLength).toString('latin1')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const reach = Y.parseUpdateMeta(update).to
    if (this.#known.size > 4000) this.#known.clear()
    this.#known.set(key, reach)
    return reach
  }
}

const reader = new Reader()

/**
 * Somebody who types at the end of a text of their own and hears of the others, as light as can be: what others write is
 * counted, not applied, so that it is servers that are measured.
 */
export class LoadClient {
  readonly seat: Seat
  readonly clientId: number
  /** How far this one has heard of each other author. */
  readonly heard = new Map<number, number>()
  received = 0
  isSynced = false
  /** Bytes that came before it was in sync, and how long that took. */
  bytesToSync = 0
  syncedAt = 0
  hear: (author: number, from: number, to: number) => void = () => {}
  readonly opened: Promise<void>
  readonly #socket: WebSocket
  readonly #frames: Frames
  readonly #doc = new Y.Doc()
  #clock = 0
  #presence = 1

  constructor(dialect: Dialect, seat: Seat, { asks = true }: { asks?: boolean } = {}) {
    this.seat = seat
    this.clientId = this.#doc.clientID
    this.#frames = framesFor(dialect, seat.document)
    this.#socket = new WebSocket(seat.url, {
      ...(seat.bearer !== undefined && { headers: { authorization: `Bearer ${seat.bearer}` } }),
      perMessageDeflate: false,
    })
    this.#socket.on('error', () => {})
    this.#socket.on('message', (data: Buffer) => this.#receive(dialect, data))
    this.#doc.on('update', (update: Uint8Array) => this.#socket.send(this.#frames.update(update)))
    this.opened = new Promise((resolve, reject) => {
      this.#socket.once('open', () => {
        if (asks) for (const frame of this.#frames.greeting) this.#socket.send(frame)
        resolve()
      })
      this.#socket.once('close', (code) => reject(new Error(`A socket was closed with ${code}`)))
    })
    // Who is sent away later is seen by what is missing.
    this.opened.catch(() => {})
  }

  #receive(dialect: Dialect, data: Buffer): void {
    this.received += data.byteLength
    const content = contentOf(dialect, data)
    if (content === undefined) return
    if (!this.isSynced) {
      this.bytesToSync = this.received
      if (content.isAnswer) {
        this.isSynced = true
        this.syncedAt = performance.now()
      }
    }
    for (const [author, to] of reader.read(content.update)) {
      const from = this.heard.get(author) ?? 0
      if (to <= from) continue
      this.heard.set(author, to)
      if (author !== this.clientId) this.hear(author, from, to)
    }
  }

  /** Types one letter; answers its number. */
  type(): number {
    const text = this.#doc.getText(`text/${this.clientId}`)
    text.insert(this.#clock, 'abcdefghij'[this.#clock % 10] ?? 'a')
    return this.#clock++
  }

  sendUpdate(update: Uint8Array): void {
    this.#socket.send(this.#frames.update(update))
  }

  moveCursor(): void {
    const state = JSON.stringify({ at: `card ${this.#presence % 9}`, cursor: { anchor: this.#presence } })
    this.#socket.send(this.#frames.presence(this.clientId, this.#presence++, state))
  }

  /** Says that they are still where they were, as awareness does every 15 seconds. */
  stay(): void {
    this.#socket.send(this.#frames.presence(this.clientId, this.#presence++, '{"at":"card 1"}'))
  }

  close(): void {
    this.#socket.terminate()
  }
}
