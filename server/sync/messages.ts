import * as ws from 'ws'
import type { Wire } from './wire.ts'

/** Frames for everyone in a room, put into the form in which they go over the network once and not once for each. */
export class Messages {
  readonly byteLength: number
  readonly #frames: readonly Uint8Array[]
  #encoded: Buffer | undefined

  constructor(frames: readonly Uint8Array[]) {
    this.#frames = frames
    this.byteLength = frames.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  /** A socket gets all of them in one write; what a write costs is most of what a message costs. */
  sendOn(wire: Wire): void {
    if (wire instanceof ws.WebSocket) {
      if (wire.readyState === ws.WebSocket.OPEN) senderOf(wire).sendFrame([this.#bytes])
      return
    }
    for (const frame of this.#frames) wire.send(frame, { binary: true, compress: false })
  }

  get #bytes(): Buffer {
    this.#encoded ??= Buffer.concat(this.#frames.flatMap(encoded))
    return this.#encoded
  }
}

/** What a server sends is not masked, so that it is the same for every socket (RFC 6455, 5.1). */
const encoded = (frame: Uint8Array): Buffer[] =>
  Sender.frame(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength), {
    fin: true,
    opcode: 2,
    mask: false,
    rsv1: false,
    readOnly: true,
  })

/** Public in the package, missing in its types. */
const { Sender } = ws as unknown as {
  readonly Sender: { frame(data: Buffer, options: object): Buffer[] }
}

interface FrameSender {
  sendFrame(encoded: readonly Buffer[]): void
}

/** Where nothing is compressed it only writes to the socket. */
const senderOf = (socket: ws.WebSocket): FrameSender =>
  (socket as unknown as { _sender: FrameSender })._sender
