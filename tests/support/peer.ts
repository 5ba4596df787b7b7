import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { marker, message, sync } from '#shared/sync-protocol.ts'
import { waitFor } from './wait-for.ts'

export { waitFor } from './wait-for.ts'

export interface PeerOptions {
  /** The server's origin, e.g. `http://localhost:4321`; a wire's, to go through the wire. */
  readonly origin: string
  readonly documentId: string
  readonly cookie?: string
  /** The secret of a program's session, sent as `Authorization: Bearer`. */
  readonly bearer?: string
  /** What the browser would say; by default the server's own origin. Null sends none. */
  readonly originHeader?: string | null
  /** `schema`, `epoch`. */
  readonly params?: Readonly<Record<string, string>>
  readonly doc?: Y.Doc
  /** False: without presence. */
  readonly presence?: boolean
  readonly connect?: boolean
}

export interface Closed {
  readonly code: number
  readonly reason: string
}

function headersOf({ origin, cookie, bearer, originHeader }: PeerOptions): Record<string, string> {
  return {
    ...(cookie !== undefined && { cookie }),
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    ...(originHeader !== null && { origin: originHeader ?? origin }),
  }
}

// Each stock client listens for the end of the process, to say goodbye.
process.setMaxListeners(200)

/** A person with the stock y-websocket client, as any program may use it. */
export class Peer {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  /** Every close that the server sent, in order. */
  readonly closes: Closed[] = []

  constructor(options: PeerOptions) {
    const headers = headersOf(options)
    this.doc = options.doc ?? new Y.Doc()
    this.provider = new WebsocketProvider(
      `${options.origin.replace(/^http/, 'ws')}/sync`,
      options.documentId,
      this.doc,
      {
        disableBc: true,
        connect: options.connect ?? true,
        params: { ...options.params },
        maxBackoffTime: 200,
        // The provider knows no headers; the socket that it makes does.
        WebSocketPolyfill: class extends WebSocket {
          constructor(url: string | URL) {
            super(url, { headers })
          }
        } as unknown as typeof globalThis.WebSocket,
      },
    )
    if (options.presence === false) this.provider.awareness.setLocalState(null)
    this.provider.on('connection-close', (event) => {
      if (event) this.closes.push({ code: event.code, reason: event.reason })
    })
  }

  get text(): Y.Text {
    return this.doc.getText('text')
  }

  /** What others of this person's room say of themselves. */
  get others(): ReadonlyMap<number, Readonly<Record<string, unknown>>> {
    const states = new Map(this.provider.awareness.getStates())
    states.delete(this.doc.clientID)
    return states
  }

  async synced(): Promise<this> {
    await waitFor(() => this.provider.synced, { what: 'the peer to be in sync' })
    return this
  }

  async closed(): Promise<Closed> {
    return waitFor(() => this.closes.at(-1), { what: 'the server to close the socket' })
  }

  disconnect(): void {
    this.provider.disconnect()
  }

  connect(): void {
    this.provider.connect()
  }

  destroy(): void {
    this.provider.destroy()
    this.provider.awareness.destroy()
    this.doc.destroy()
  }
}

/** A message from the server as a raw peer reads it. */
export type Heard =
  | { readonly kind: 'step-1'; readonly payload: Uint8Array }
  | { readonly kind: 'step-2'; readonly payload: Uint8Array }
  | { readonly kind: 'update'; readonly payload: Uint8Array }
  | { readonly kind: 'presence'; readonly states: readonly HeardState[] }
  | { readonly kind: 'saved'; readonly counter: number; readonly seq: number; readonly at: number }
  | { readonly kind: 'refused'; readonly counter: number; readonly reason: string }

export type HeardOf<K extends Heard['kind']> = Extract<Heard, { readonly kind: K }>

export interface HeardState {
  readonly clientId: number
  readonly clock: number
  readonly state: unknown
}

/** Someone who writes frames by hand: what a hostile or broken client could do, and what ours does beyond the stock one. */
export class RawPeer {
  readonly socket: WebSocket
  readonly heard: Heard[] = []
  readonly frames: Uint8Array[] = []
  close: Closed | undefined
  /** The status of a refused upgrade. */
  refusedStatus: number | undefined

  constructor(options: PeerOptions) {
    const query = new URLSearchParams(options.params).toString()
    const url = `${options.origin.replace(/^http/, 'ws')}/sync/${options.documentId}${query && `?${query}`}`
    this.socket = new WebSocket(url, { headers: headersOf(options) })
    this.socket.binaryType = 'nodebuffer'
    this.socket.on('error', () => {})
    this.socket.on('unexpected-response', (_request, response) => {
      this.refusedStatus = response.statusCode
      response.resume()
    })
    this.socket.on('close', (code, reason) => {
      this.close = { code, reason: reason.toString() }
    })
    this.socket.on('message', (data: Buffer) => {
      const frame = new Uint8Array(data)
      this.frames.push(frame)
      this.heard.push(readHeard(frame))
    })
  }

  static async open(options: PeerOptions): Promise<RawPeer> {
    const peer = new RawPeer(options)
    await peer.opened()
    return peer
  }

  async opened(): Promise<this> {
    await waitFor(() => this.socket.readyState !== WebSocket.CONNECTING || this.refusedStatus !== undefined, {
      what: 'the socket to open',
    })
    return this
  }

  send(frame: Uint8Array | readonly number[]): void {
    this.socket.send(Uint8Array.from(frame))
  }

  sendStepOne(stateVector: Uint8Array = new Uint8Array([0])): void {
    this.send(syncMessage(sync.step1, stateVector))
  }

  sendStepTwo(update: Uint8Array): void {
    this.send(syncMessage(sync.step2, update))
  }

  sendUpdate(update: Uint8Array): void {
    this.send(syncMessage(sync.update, update))
  }

  sendPresence(clientId: number, clock: number, state: unknown): void {
    this.send(presenceMessage([{ clientId, clock, state }]))
  }

  ask(counter: number): void {
    this.send(askMessage(counter))
  }

  hasHeard<K extends Heard['kind']>(kind: K): HeardOf<K>[] {
    return this.heard.filter((one): one is HeardOf<K> => one.kind === kind)
  }

  /** Waits for the answer to a marker. */
  async answered(counter: number): Promise<Extract<Heard, { counter: number }>> {
    return waitFor(
      () =>
        this.heard.find(
          (one): one is Extract<Heard, { counter: number }> => 'counter' in one && one.counter === counter,
        ),
      { what: `the answer to marker ${counter}` },
    )
  }

  async closed(): Promise<Closed> {
    return waitFor(() => this.close, { what: 'the server to close the socket' })
  }

  /** All that the server said of the document, as a document. */
  document(): Y.Doc {
    const doc = new Y.Doc()
    for (const one of this.heard) {
      if (one.kind === 'step-2' || one.kind === 'update') Y.applyUpdate(doc, one.payload)
    }
    return doc
  }

  destroy(): void {
    this.socket.terminate()
  }
}

export const syncMessage = (type: number, payload: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, message.sync)
    encoding.writeVarUint(encoder, type)
    encoding.writeVarUint8Array(encoder, payload)
  })

export const askMessage = (counter: number): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, message.marker)
    encoding.writeVarUint(encoder, marker.ask)
    encoding.writeVarUint(encoder, counter)
  })

export const presenceMessage = (states: readonly HeardState[]): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, message.presence)
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((inner) => {
        encoding.writeVarUint(inner, states.length)
        for (const { clientId, clock, state } of states) {
          encoding.writeVarUint(inner, clientId)
          encoding.writeVarUint(inner, clock)
          encoding.writeVarString(inner, JSON.stringify(state))
        }
      }),
    )
  })

export function readHeard(frame: Uint8Array): Heard {
  const decoder = decoding.createDecoder(frame)
  const heard = readMessage(decoder)
  // T2: stock clients drop whatever follows the first message of a frame.
  if (decoding.hasContent(decoder)) throw new Error('The server sent more than one message in a frame')
  return heard
}

function readMessage(decoder: decoding.Decoder): Heard {
  const type = decoding.readVarUint(decoder)
  if (type === message.sync) {
    const kind = (['step-1', 'step-2', 'update'] as const)[decoding.readVarUint(decoder)]
    const payload = decoding.readVarUint8Array(decoder)
    if (kind !== undefined) return { kind, payload }
  }
  if (type === message.presence) {
    return {
      kind: 'presence',
      states: readStates(decoding.createDecoder(decoding.readVarUint8Array(decoder))),
    }
  }
  if (type === message.marker) {
    const isSaved = decoding.readVarUint(decoder) === marker.saved
    const counter = decoding.readVarUint(decoder)
    return isSaved
      ? { kind: 'saved', counter, seq: decoding.readVarUint(decoder), at: decoding.readVarUint(decoder) }
      : { kind: 'refused', counter, reason: decoding.readVarString(decoder) }
  }
  throw new Error(`The server sent a message of type ${type}`)
}

function readStates(decoder: decoding.Decoder): HeardState[] {
  return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
    clientId: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    state: JSON.parse(decoding.readVarString(decoder)) as unknown,
  }))
}

/** The updates that `edit` makes in a document that holds what `before` says. */
export function updateOf(
  edit: (doc: Y.Doc) => void,
  { before, clientId }: { before?: Uint8Array; clientId?: number } = {},
) {
  const doc = new Y.Doc()
  if (before) Y.applyUpdate(doc, before)
  // Afterwards: Yjs takes another id when it hears of its own from someone else.
  if (clientId !== undefined) doc.clientID = clientId
  const updates: Uint8Array[] = []
  doc.on('update', (update) => updates.push(update))
  doc.transact(() => edit(doc))
  return updates[0] ?? new Uint8Array([0, 0])
}
