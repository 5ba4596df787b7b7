import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { marker, message, sync } from '#shared/sync-protocol.ts'

/** One client's entry of a presence message. The state stays as it came: JSON in UTF-8, read only where it must be. */
export interface PresenceEntry {
  readonly clientId: number
  readonly clock: number
  readonly state: Uint8Array
}

/** What a frame from a client says. `unfit` is a sync message that is not whole, so that an edit may be lost with it. */
export type Received =
  | { readonly kind: 'step-1'; readonly stateVector: Uint8Array }
  | { readonly kind: 'step-2' | 'update'; readonly update: Uint8Array }
  | { readonly kind: 'presence'; readonly entries: readonly PresenceEntry[] }
  | { readonly kind: 'query-presence' }
  | { readonly kind: 'ask'; readonly counter: number }
  | { readonly kind: 'unfit' }
  | { readonly kind: 'unknown' }

/**
 * Decodes one frame the way that the stock client would (V1, V5): every number is a varint, however it is padded, and
 * a message that does not end where its frame ends is none.
 */
export function readFrame(frame: Uint8Array): Received {
  const decoder = decoding.createDecoder(frame)
  try {
    const received = readMessage(decoder)
    if (!decoding.hasContent(decoder)) return received
  } catch {
    // lib0 throws plain errors where bytes are missing or numbers too large.
  }
  return isSync(frame) ? { kind: 'unfit' } : { kind: 'unknown' }
}

function readMessage(decoder: decoding.Decoder): Received {
  switch (decoding.readVarUint(decoder)) {
    case message.sync:
      return readSync(decoder)
    case message.presence:
      return { kind: 'presence', entries: readPresence(decoding.readVarUint8Array(decoder)) }
    case message.queryPresence:
      return { kind: 'query-presence' }
    case message.marker:
      return decoding.readVarUint(decoder) === marker.ask
        ? { kind: 'ask', counter: decoding.readVarUint(decoder) }
        : { kind: 'unknown' }
    default:
      return skipped(decoder)
  }
}

function readSync(decoder: decoding.Decoder): Received {
  const type = decoding.readVarUint(decoder)
  if (type === sync.step1) return { kind: 'step-1', stateVector: decoding.readVarUint8Array(decoder) }
  if (type === sync.step2) return { kind: 'step-2', update: decoding.readVarUint8Array(decoder) }
  if (type === sync.update) return { kind: 'update', update: decoding.readVarUint8Array(decoder) }
  return { kind: 'unfit' }
}

function readPresence(payload: Uint8Array): PresenceEntry[] {
  const decoder = decoding.createDecoder(payload)
  const entries: PresenceEntry[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const clientId = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    entries.push({ clientId, clock, state: decoding.readVarUint8Array(decoder) })
  }
  return entries
}

function skipped(decoder: decoding.Decoder): Received {
  decoder.pos = decoder.arr.length
  return { kind: 'unknown' }
}

function isSync(frame: Uint8Array): boolean {
  try {
    return decoding.readVarUint(decoding.createDecoder(frame)) === message.sync
  } catch {
    return false
  }
}

const frame = (write: (encoder: encoding.Encoder) => void): Uint8Array => encoding.encode(write)

const syncFrame = (type: number, payload: Uint8Array): Uint8Array =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, message.sync)
    encoding.writeVarUint(encoder, type)
    encoding.writeVarUint8Array(encoder, payload)
  })

export const stepOneFrame = (stateVector: Uint8Array): Uint8Array => syncFrame(sync.step1, stateVector)

export const stepTwoFrame = (update: Uint8Array): Uint8Array => syncFrame(sync.step2, update)

export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(sync.update, update)

export const presenceFrame = (entries: readonly PresenceEntry[]): Uint8Array =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, message.presence)
    encoding.writeVarUint8Array(
      encoder,
      frame((inner) => {
        encoding.writeVarUint(inner, entries.length)
        for (const { clientId, clock, state } of entries) {
          encoding.writeVarUint(inner, clientId)
          encoding.writeVarUint(inner, clock)
          encoding.writeVarUint8Array(inner, state)
        }
      }),
    )
  })

/** Says nothing but that the server is still there (T3). */
export const emptyPresence = presenceFrame([])

export const savedFrame = (counter: number, seq: number, at: number): Uint8Array =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, message.marker)
    encoding.writeVarUint(encoder, marker.saved)
    encoding.writeVarUint(encoder, counter)
    encoding.writeVarUint(encoder, seq)
    encoding.writeVarUint(encoder, at)
  })

export const refusedFrame = (counter: number, reason: string): Uint8Array =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, message.marker)
    encoding.writeVarUint(encoder, marker.refused)
    encoding.writeVarUint(encoder, counter)
    encoding.writeVarString(encoder, reason)
  })
