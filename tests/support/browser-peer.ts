import { WebSocket } from 'ws'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type Connection, openConnection } from '../../client/sync/connection.ts'
import { type Markers, openMarkers } from '../../client/sync/markers.ts'
import type { SavedState } from '../../client/sync/saved-state.ts'

export interface BrowserPeerOptions {
  /** `ws://host:port/sync` */
  readonly url: string
  readonly documentId?: string
  readonly schema?: number
  readonly epoch?: string
  readonly cookie?: string
  readonly random?: () => number
}

export interface BrowserPeer {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly connection: Connection
  readonly markers: Markers
  /** What happened on the connection, in order, e.g. `answered`, `saved 1`, `dropped`, `ended 4403 …`. */
  readonly events: readonly string[]
  /** Everything that the indicator has shown. */
  readonly states: readonly SavedState[]
  text(): string
  type(text: string): void
  close(): void
}

/** What our own page does with a document (connection, markers and the saved state), without the browser around it. */
export function openBrowserPeer(options: BrowserPeerOptions): BrowserPeer {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const events: string[] = []
  const states: SavedState[] = []
  const connection: Connection = openConnection({
    url: options.url,
    documentId: options.documentId ?? 'diagram',
    schema: options.schema ?? 3,
    epoch: options.epoch ?? 'first',
    doc,
    awareness,
    random: options.random ?? (() => 0),
    Socket: socketWith(options),
    on: {
      answered() {
        events.push('answered')
        markers.answered()
      },
      synced: () => events.push('synced'),
      saved(counter, time) {
        events.push(`saved ${counter}`)
        markers.acknowledged(counter, time)
      },
      refused(counter, reason) {
        events.push(`refused ${reason}`)
        markers.tell({ type: 'refused', counter, reason })
      },
      dropped() {
        events.push('dropped')
        markers.dropped()
      },
      ended: (code, reason) => events.push(`ended ${code} ${reason}`),
      levelChanged: () => events.push('level changed'),
      indirect: () => {},
    },
  })
  const markers = openMarkers({
    ask: (counter) => connection.ask(counter),
    shown: (state) => states.push(state),
    savedAt: 1,
  })
  doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (transaction.local) markers.changed()
  })
  markers.tell({ type: 'loaded', unsent: 0, at: Date.now() })
  const words = doc.getText('text')
  return {
    doc,
    awareness,
    connection,
    markers,
    events,
    states,
    text: () => words.toString(),
    type: (text) => words.insert(words.length, text),
    close() {
      markers.close()
      connection.close()
      doc.destroy()
    },
  }
}

/** A browser sends its cookies and its origin by itself. */
function socketWith({ cookie, url }: BrowserPeerOptions): typeof globalThis.WebSocket {
  const origin = new URL(url).origin.replace(/^ws/, 'http')
  class BrowserSocket extends WebSocket {
    constructor(address: string) {
      super(address, { headers: { origin, ...(cookie === undefined ? {} : { cookie }) } })
    }
  }
  // The two differ in what no provider uses.
  return BrowserSocket as unknown as typeof globalThis.WebSocket
}
