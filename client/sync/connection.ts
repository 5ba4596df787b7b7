/**
 * The socket of one open document: the stock y-websocket provider for the exchange itself, and around it what the stock
 * one does otherwise than we need.
 *
 * - Reconnection is ours (W1): the provider never retries by itself.
 * - Presence (A3): only our own entry is sent, at most some times a second; what the server takes over of our own entry is
 *   its clock alone.
 * - Markers: `answered` is called once this socket's sync step 1 has been answered, since offline edits travel in that
 *   answer; a marker sent before it would be acknowledged without them.
 * - Close codes: 44xx end the connection until someone acts, all others make it come back.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { type Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { messageYjsSyncStep1 } from 'y-protocols/sync'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'
import { close, marker, message } from '#shared/sync-protocol.ts'
import { promptDelay, retryDelay, wakeDelay } from './reconnection.ts'
import { createTransport } from './transport.ts'

export interface ConnectionEvents {
  /** This socket's sync step 1 is answered: everything made before is on its way, markers may follow. */
  answered(): void
  /** The server's state is in the document. */
  synced(): void
  saved(counter: number, serverTime: number): void
  refused(counter: number, reason: string): void
  /** The socket is gone; another attempt follows. */
  dropped(): void
  /** Closed for good, with what the server said. `resume` tries again. */
  ended(code: number, reason: string): void
  /** Another level holds from the next socket on. */
  levelChanged(): void
  /** The network blocks sockets, and HTTP carries the document; or a socket does again. */
  indirect(isIndirect: boolean): void
}

export interface ConnectionOptions {
  /** `wss://host/sync`, without the document's id. */
  readonly url: string
  readonly documentId: string
  readonly schema: number
  readonly epoch: string
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly on: ConnectionEvents
  readonly random?: () => number
  /** Another socket than the browser's, for tests. */
  readonly Socket?: typeof WebSocket
}

export interface Connection {
  start(): void
  /** Sends a marker; false when this socket may not carry one yet. */
  ask(counter: number): boolean
  /** Tries again within a second if it is waiting to: the network or the tab came back. */
  wake(): void
  /** Asks whether the socket that looks open still carries anything, and comes back on a new one if not. */
  probe(): void
  /** Goes on after `ended`. */
  resume(): void
  close(): void
}

/** At most so often presence is sent; the server takes twenty messages a second. */
const presencePace = 80
/** A socket on which nothing comes for so long while a probe waits for its answer is dead. */
const probePatience = 3_000
/** The marker that stands for no change: what is asked is whether anything comes back. */
const probeCounter = 0

export function openConnection(options: ConnectionOptions): Connection {
  const { doc, awareness, on } = options
  const random = options.random ?? Math.random
  const Socket = options.Socket ?? WebSocket
  let attempt = 0
  let closed = false
  let ended = false
  let mayAsk = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let probing: ReturnType<typeof setTimeout> | undefined

  const provider = new WebsocketProvider(options.url, options.documentId, doc, {
    connect: false,
    awareness,
    disableBc: true,
    params: { schema: String(options.schema), epoch: options.epoch },
    shouldReconnect: () => false,
    WebSocketPolyfill: Socket,
  })
  const transport = createTransport({
    Socket,
    random,
    url: () => provider.url,
    indirect: on.indirect,
    socketsOpen: () => provider.disconnect(),
    giveUp: () => dropSocket(provider),
  })
  const presence = sendOwnPresence(provider, awareness)
  answerSyncSteps(provider, () => {
    mayAsk = true
    on.answered()
  })
  takePresence(provider, awareness)
  readMarkers(provider, on, stopProbing)
  provider.on('sync', (isSynced) => {
    if (!isSynced) return
    attempt = 0
    on.synced()
  })
  provider.on('connection-close', (event) => onClose(event))
  provider.on('status', ({ status }) => {
    if (status === 'disconnected') forgetOthers(awareness)
    if (status === 'connected') transport.opened()
  })

  function onClose(event: CloseEvent | null): void {
    // The provider asks `shouldReconnect` only for a close that the server made; for its own it would just come back.
    provider.shouldConnect = false
    transport.closed(event?.code)
    mayAsk = false
    stopProbing()
    if (closed) return
    const code = event?.code ?? 1006
    if (code >= 4400 && code < 4500) {
      ended = true
      on.ended(code, event?.reason ?? '')
      return
    }
    on.dropped()
    if (code === close.levelChanged) on.levelChanged()
    connectIn(waitAfter(code))
  }

  function waitAfter(code: number): number {
    if (code === close.levelChanged || transport.isChanging()) return promptDelay(random)
    if (code === close.slowDown) attempt = Math.max(attempt, 2)
    const wait = retryDelay(attempt, random)
    attempt += 1
    return wait
  }

  function connectIn(wait: number): void {
    clearTimeout(retry)
    retry = setTimeout(() => {
      retry = undefined
      if (closed || ended) return
      provider._WS = transport.next()
      provider.connect()
    }, wait)
  }

  function stopProbing(): void {
    clearTimeout(probing)
    probing = undefined
  }

  function probe(): void {
    if (provider.ws === null || !mayAsk || probing !== undefined) return
    send(provider, encodeMarker(probeCounter))
    awaitAnswer()
  }

  /**
   * Only the answer ends the waiting. Anything else puts the decision off: a busy server's answer may be late, but what was
   * on its way when the network went must not pass for one.
   */
  function awaitAnswer(): void {
    const before = provider.wsLastMessageReceived
    probing = setTimeout(() => {
      if (provider.wsLastMessageReceived !== before) return awaitAnswer()
      probing = undefined
      dropSocket(provider)
    }, probePatience)
  }

  return {
    start: () => connectIn(0),
    ask(counter) {
      if (!mayAsk) return false
      return send(provider, encodeMarker(counter))
    },
    wake() {
      if (retry === undefined || closed || ended) return
      connectIn(wakeDelay(random))
    },
    probe,
    resume() {
      ended = false
      attempt = 0
      if (!closed) connectIn(0)
    },
    close() {
      closed = true
      clearTimeout(retry)
      stopProbing()
      presence.close()
      transport.close()
      provider.destroy()
    },
  }
}

function encodeMarker(counter: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, message.marker)
  encoding.writeVarUint(encoder, marker.ask)
  encoding.writeVarUint(encoder, counter)
  return encoding.toUint8Array(encoder)
}

function send(provider: WebsocketProvider, bytes: Uint8Array): boolean {
  const socket = provider.ws
  if (socket === null || !provider.wsconnected || socket.readyState !== socket.OPEN) return false
  socket.send(bytes as Uint8Array<ArrayBuffer>)
  return true
}

/** Has the provider let go of its socket as it does when nothing has come for long: without waiting for a close frame. */
function dropSocket(provider: WebsocketProvider): void {
  provider.disconnect()
}

/** Wraps the sync handler: the provider sends its answer when the handler returns, so the word follows in a microtask. */
function answerSyncSteps(provider: WebsocketProvider, answered: () => void): void {
  const stock = provider.messageHandlers[message.sync]!
  let answeredOn: WebSocket | null = null
  provider.messageHandlers[message.sync] = (encoder, decoder, ...rest) => {
    const socket = provider.ws
    const isStep1 = decoding.peekVarUint(decoder) === messageYjsSyncStep1
    stock(encoder, decoder, ...rest)
    if (!isStep1 || socket === null || answeredOn === socket) return
    answeredOn = socket
    queueMicrotask(() => {
      if (provider.ws === socket) answered()
    })
  }
}

function readMarkers(provider: WebsocketProvider, on: ConnectionEvents, probeAnswered: () => void): void {
  provider.messageHandlers[message.marker] = (_encoder, decoder) => {
    const kind = decoding.readVarUint(decoder)
    const counter = decoding.readVarUint(decoder)
    if (counter === probeCounter) return probeAnswered()
    if (kind === marker.saved) {
      decoding.readVarUint(decoder) // the log's seq
      on.saved(counter, decoding.readVarUint(decoder))
    } else if (kind === marker.refused) {
      on.refused(counter, decoding.readVarString(decoder))
    }
  }
}

/** A3: in place of the provider's own handler, which would echo everybody's entries back. */
function sendOwnPresence(provider: WebsocketProvider, awareness: Awareness): { close(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDue = false
  awareness.off('update', provider._awarenessUpdateHandler)
  // The others take in nothing below clock 1, and a new entry has clock 0: they would see us only with its next change.
  awareness.setLocalState(awareness.getLocalState())

  const sendNow = () => {
    isDue = false
    send(provider, encodePresence(awareness))
    timer = setTimeout(() => {
      timer = undefined
      if (isDue) sendNow()
    }, presencePace)
  }
  const onUpdate = (change: { added: number[]; updated: number[]; removed: number[] }) => {
    if (![...change.added, ...change.updated, ...change.removed].includes(awareness.clientID)) return
    if (timer === undefined) sendNow()
    else isDue = true
  }
  awareness.on('update', onUpdate)
  provider.messageHandlers[message.queryPresence] = (encoder) => {
    encoding.writeUint8Array(encoder, encodePresence(awareness))
  }
  return {
    close() {
      clearTimeout(timer)
      awareness.off('update', onUpdate)
    },
  }
}

function encodePresence(awareness: Awareness): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, message.presence)
  encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [awareness.clientID]))
  return encoding.toUint8Array(encoder)
}

/** Takes in what the server says of the others, and of our own entry only the clock. */
function takePresence(provider: WebsocketProvider, awareness: Awareness): void {
  provider.messageHandlers[message.presence] = (_encoder, decoder) => {
    const { others, ownClock } = splitPresence(decoding.readVarUint8Array(decoder), awareness.clientID)
    applyAwarenessUpdate(awareness, others, provider)
    if (ownClock !== undefined) catchUp(awareness, ownClock)
  }
}

/** A2: an id that comes back is sent out with a higher clock than its owner's; the owner goes on from there. */
function catchUp(awareness: Awareness, clock: number): void {
  const own = awareness.meta.get(awareness.clientID)
  if (own === undefined || clock <= own.clock) return
  awareness.meta.set(awareness.clientID, { ...own, clock })
}

/** An awareness update without the entry of `clientId`, and that entry's clock. */
export function splitPresence(
  update: Uint8Array,
  clientId: number,
): { others: Uint8Array; ownClock: number | undefined } {
  const decoder = decoding.createDecoder(update)
  const entries = encoding.createEncoder()
  let count = 0
  let ownClock: number | undefined
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    const id = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    const state = decoding.readVarString(decoder)
    if (id === clientId) {
      ownClock = clock
      continue
    }
    count += 1
    encoding.writeVarUint(entries, id)
    encoding.writeVarUint(entries, clock)
    encoding.writeVarString(entries, state)
  }
  const whole = encoding.createEncoder()
  encoding.writeVarUint(whole, count)
  encoding.writeUint8Array(whole, encoding.toUint8Array(entries))
  return { others: encoding.toUint8Array(whole), ownClock }
}

/** With their clocks remembered, people whose state has not changed meanwhile would stay unseen after a reconnection. */
function forgetOthers(awareness: Awareness): void {
  for (const id of [...awareness.meta.keys()]) {
    if (id !== awareness.clientID && !awareness.states.has(id)) awareness.meta.delete(id)
  }
}
