/**
 * A stand-in for the sync server that does what a test tells it to: hold its answers back, refuse, close with any code. One
 * document, in memory. What the real server does is proven with the real server; this proves what the browser does when a
 * server behaves so.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { type WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { marker, message } from '#shared/sync-protocol.ts'

export interface StandIn {
  /** `ws://host:port/sync` */
  readonly url: string
  readonly server: Server
  readonly doc: Y.Doc
  /** Query strings of the sockets so far, in order. */
  readonly visits: readonly URLSearchParams[]
  /** Every presence message that came: the client ids in it. */
  readonly presence: readonly number[][]
  readonly open: () => number
  /** Markers are not answered until `release`. */
  hold(): void
  release(): void
  /** From now on markers are refused with this sentence. */
  refuse(reason: string | undefined): void
  /** Sockets are closed with this code as soon as they open. */
  turnAway(code: number | undefined, reason?: string): void
  closeAll(code: number, reason?: string): void
  /** Cuts connections without a word: the first `count`, or all. */
  cut(count?: number): void
  /** The sockets that are open now stay open, but nothing goes through them any more. */
  freeze(): void
  /** Tells everybody of a presence entry. */
  announce(clientId: number, clock: number, state: unknown): void
  close(): Promise<void>
}

export async function startStandIn(
  server: Server = createServer(),
  time = () => 1_000_000,
): Promise<StandIn> {
  const doc = new Y.Doc()
  const sockets = new Map<WebSocket, Map<number, string>>()
  const states = new Map<number, { clock: number; state: string }>()
  const left = new Map<number, number>()
  const visits: URLSearchParams[] = []
  const presence: number[][] = []
  const upgrades = new WebSocketServer({ noServer: true })
  let isHolding = false
  let held: (() => void)[] = []
  let refusal: string | undefined
  let away: { code: number; reason: string } | undefined
  let seq = 0

  server.on('upgrade', (request, socket, head) => {
    upgrades.handleUpgrade(request, socket, head, (client) => {
      visits.push(new URL(request.url ?? '', 'http://stand-in').searchParams)
      if (away !== undefined) client.close(away.code, away.reason)
      else welcome(client, request.headers['x-account']?.toString() ?? accountFrom(request.url ?? ''))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  function welcome(client: WebSocket, account: string): void {
    sockets.set(client, new Map())
    send(client, (encoder) => {
      encoding.writeVarUint(encoder, message.sync)
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarUint8Array(encoder, Y.encodeStateVector(doc))
    })
    for (const [id, { clock, state }] of states) send(client, presenceOf(id, clock, state))
    client.on('message', (data: Buffer) => read(client, account, new Uint8Array(data)))
    client.on('close', () => leave(client))
    client.on('error', () => {})
  }

  function leave(client: WebSocket): void {
    for (const id of sockets.get(client)?.keys() ?? []) {
      const clock = (states.get(id)?.clock ?? 0) + 1
      states.delete(id)
      left.set(id, clock)
      broadcast(presenceOf(id, clock, 'null'))
    }
    sockets.delete(client)
  }

  function read(client: WebSocket, account: string, frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    switch (decoding.readVarUint(decoder)) {
      case message.sync:
        readSync(client, decoder)
        break
      case message.presence:
        readPresence(client, account, decoding.readVarUint8Array(decoder))
        break
      case message.marker: {
        decoding.readVarUint(decoder)
        const counter = decoding.readVarUint(decoder)
        const answer = () => send(client, markerOf(counter))
        if (isHolding) held.push(answer)
        else answer()
      }
    }
  }

  function readSync(client: WebSocket, decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder)
    const bytes = decoding.readVarUint8Array(decoder)
    if (step === 0) {
      send(client, (encoder) => {
        encoding.writeVarUint(encoder, message.sync)
        encoding.writeVarUint(encoder, 1)
        encoding.writeVarUint8Array(encoder, Y.encodeStateAsUpdate(doc, bytes))
      })
    } else if (refusal === undefined) Y.applyUpdate(doc, bytes, client)
  }

  doc.on('update', (update: Uint8Array) => {
    seq += 1
    broadcast((encoder) => {
      encoding.writeVarUint(encoder, message.sync)
      encoding.writeVarUint(encoder, 2)
      encoding.writeVarUint8Array(encoder, update)
    })
  })

  function readPresence(client: WebSocket, account: string, update: Uint8Array): void {
    const decoder = decoding.createDecoder(update)
    const ids: number[] = []
    for (let more = decoding.readVarUint(decoder); more > 0; more -= 1) {
      const id = decoding.readVarUint(decoder)
      // An id that comes back is sent out above the null that it left with.
      const clock = Math.max(decoding.readVarUint(decoder), (left.get(id) ?? -1) + 1)
      const state = withUser(decoding.readVarString(decoder), account)
      ids.push(id)
      states.set(id, { clock, state })
      sockets.get(client)?.set(id, account)
      broadcast(presenceOf(id, clock, state))
    }
    presence.push(ids)
  }

  function withUser(state: string, account: string): string {
    const parsed = JSON.parse(state) as Record<string, unknown> | null
    const color = (account.charCodeAt(0) % 8) + 1
    return JSON.stringify(
      parsed && { ...parsed, user: { id: account, name: `${account} Example`, color, role: 'member' } },
    )
  }

  const markerOf = (counter: number) => (encoder: encoding.Encoder) => {
    encoding.writeVarUint(encoder, message.marker)
    encoding.writeVarUint(encoder, refusal === undefined ? marker.saved : marker.refused)
    encoding.writeVarUint(encoder, counter)
    if (refusal !== undefined) encoding.writeVarString(encoder, refusal)
    else {
      encoding.writeVarUint(encoder, seq)
      encoding.writeVarUint(encoder, time())
    }
  }

  function broadcast(write: (encoder: encoding.Encoder) => void): void {
    for (const client of sockets.keys()) send(client, write)
  }

  return {
    url: `ws://127.0.0.1:${port}/sync`,
    server,
    doc,
    visits,
    presence,
    open: () => sockets.size,
    hold() {
      isHolding = true
    },
    release() {
      isHolding = false
      for (const answer of held.splice(0)) answer()
    },
    refuse(reason) {
      refusal = reason
    },
    turnAway(code, reason = '') {
      away = code === undefined ? undefined : { code, reason }
    },
    closeAll(code, reason = '') {
      for (const client of sockets.keys()) client.close(code, reason)
    },
    cut(count = sockets.size) {
      held = []
      for (const client of [...sockets.keys()].slice(0, count)) client.terminate()
    },
    freeze() {
      for (const client of sockets.keys()) {
        client.removeAllListeners('message')
        sockets.delete(client)
      }
    },
    announce: (clientId, clock, state) => broadcast(presenceOf(clientId, clock, JSON.stringify(state))),
    async close() {
      for (const client of upgrades.clients) client.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      doc.destroy()
    },
  }
}

function presenceOf(id: number, clock: number, state: string): (encoder: encoding.Encoder) => void {
  return (encoder) => {
    const entry = encoding.createEncoder()
    encoding.writeVarUint(entry, 1)
    encoding.writeVarUint(entry, id)
    encoding.writeVarUint(entry, clock)
    encoding.writeVarString(entry, state)
    encoding.writeVarUint(encoder, message.presence)
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(entry))
  }
}

function send(client: WebSocket, write: (encoder: encoding.Encoder) => void): void {
  const encoder = encoding.createEncoder()
  write(encoder)
  if (client.readyState === client.OPEN) client.send(encoding.toUint8Array(encoder))
}

/** In a browser the account comes with the address: `/sync/<document>` opened by a page that names itself in the epoch. */
const accountFrom = (url: string): string =>
  new URL(url, 'http://stand-in').searchParams.get('epoch')?.split(':')[1] ?? 'someone'
