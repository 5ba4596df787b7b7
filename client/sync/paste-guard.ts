import * as Y from 'yjs'
import { limits } from '#shared/sync-protocol.ts'

/** A change is a little larger on the wire than its text; the server takes no update above `limits.update`. */
const most = Math.floor(limits.update * 0.75)

/**
 * Z1: why `pasted` (text, or the size in bytes of what it becomes) cannot go into `doc`, as a sentence to show, or undefined
 * when it can. Ask before the document is touched: what is too large can only be taken out again by giving up the copy.
 */
export function refusePaste(doc: Y.Doc, pasted: string | number): string | undefined {
  const bytes = typeof pasted === 'number' ? pasted : new TextEncoder().encode(pasted).length
  if (bytes > most) return 'That is too much at once. Paste it in smaller parts.'
  if (bytes < 16 * 1024) return undefined
  if (Y.encodeStateAsUpdate(doc).length + bytes > limits.document) {
    return 'This document is full. Start another one for this text.'
  }
  return undefined
}
