import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** How frames look: those of y-websocket, which we speak too, or Hocuspocus', in which each names its document. */
export type Dialect = 'yjs' | 'hocuspocus'

const message = { sync: 0, presence: 1, auth: 2, syncReply: 4 } as const
const sync = { step1: 0, step2: 1, update: 2 } as const

export interface Frames {
  /** What is sent as soon as the socket is open. */
  readonly greeting: readonly Uint8Array[]
  update(update: Uint8Array): Uint8Array
  presence(clientId: number, clock: number, state: string): Uint8Array
}

/** The frames of one client of `document`. */
export function framesFor(dialect: Dialect, document: string): Frames {
  const frame = (write: (encoder: encoding.Encoder) => void): Uint8Array =>
    encoding.encode((encoder) => {
      if (dialect === 'hocuspocus') encoding.writeVarString(encoder, document)
      write(encoder)
    })
  const syncFrame = (type: number, payload: Uint8Array) =>
    frame((encoder) => {
      encoding.writeVarUint(encoder, message.sync)
      encoding.writeVarUint(encoder, type)
      encoding.writeVarUint8Array(encoder, payload)
    })
  const token = frame((encoder) => {
    encoding.writeVarUint(encoder, message.auth)
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarString(encoder, 'anyone')
  })
  const stepOne = syncFrame(sync.step1, new Uint8Array([0]))
  return {
    greeting: dialect === 'hocuspocus' ? [token, stepOne] : [stepOne],
    update: (update) => syncFrame(sync.update, update),
    presence: (clientId, clock, state) =>
      frame((encoder) => {
        encoding.writeVarUint(encoder, message.presence)
        encoding.writeVarUint8Array(
          encoder,
          encoding.encode((entry) => {
            for (const number of [1, clientId, clock]) encoding.writeVarUint(entry, number)
            encoding.writeVarString(entry, state)
          }),
        )
      }),
  }
}

/** What a frame brings of the document: an edit, or all that was asked for. Undefined for any other frame. */
export function contentOf(
  dialect: Dialect,
  frame: Uint8Array,
): { readonly isAnswer: boolean; readonly update: Uint8Array } | undefined {
  const decoder = decoding.createDecoder(frame)
  if (dialect === 'hocuspocus') decoding.readVarString(decoder)
  const type = decoding.readVarUint(decoder)
  if (type !== message.sync && !(dialect === 'hocuspocus' && type === message.syncReply)) return undefined
  const kind = decoding.readVarUint(decoder)
  if (kind === sync.step1) return undefined
  return { isAnswer: kind === sync.step2, update: decoding.readVarUint8Array(decoder) }
}
