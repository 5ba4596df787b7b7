import { type Accessor, createEffect, on, onCleanup } from 'solid-js'
import type { DocumentChange, DocumentEvent } from '#shared/document.ts'
import { retryDelay } from './sync/reconnection.ts'

/** What to do when something happens in a network. */
export interface FeedListener {
  /**
   * Something happened to a document that the reader may see; `missed` when the stream was away and nobody knows what, nor
   * to which.
   */
  document?: (change: DocumentChange | 'missed', documentId?: string) => void
  /** What the reader may do in the network is another now. */
  access?: () => void
}

type FeedMessage =
  | { readonly type: 'document'; readonly change: DocumentChange; readonly documentId: string }
  | { readonly type: 'access' }
  | { readonly type: 'missed' }

/**
 * Hears what happens in a network for as long as its owner lives. A browser holds one stream for all its tabs: whoever
 * has the lock reads it and passes on what comes, and when that tab closes the lock goes to the next.
 */
export function createNetworkFeed(networkId: Accessor<string | undefined>, listener: FeedListener): void {
  createEffect(
    on(networkId, (id) => {
      if (id === undefined) return
      onCleanup(joinFeed(id, (message) => tell(listener, message)))
    }),
  )
}

function tell(listener: FeedListener, message: FeedMessage): void {
  if (message.type === 'document') listener.document?.(message.change, message.documentId)
  if (message.type === 'missed') listener.document?.('missed')
  if (message.type !== 'document') listener.access?.()
}

/** The feeds that this page hears, each once however many of its parts listen. */
const feeds = new Map<string, { readonly ears: Set<(message: FeedMessage) => void>; close(): void }>()

function joinFeed(networkId: string, ear: (message: FeedMessage) => void): () => void {
  const ears = feeds.get(networkId)?.ears ?? new Set()
  ears.add(ear)
  if (!feeds.has(networkId)) {
    const close = openFeed(networkId, (message) => {
      for (const each of [...ears]) each(message)
    })
    feeds.set(networkId, { ears, close })
  }
  return () => {
    ears.delete(ear)
    if (ears.size > 0) return
    feeds.get(networkId)?.close()
    feeds.delete(networkId)
  }
}

function openFeed(networkId: string, hear: (message: FeedMessage) => void): () => void {
  const name = `throughline.feed.${networkId}`
  // Only pages with a secure address have locks; elsewhere each tab holds its own stream.
  if (!('locks' in navigator)) return readStream(networkId, hear)
  const channel = new BroadcastChannel(name)
  channel.addEventListener('message', ({ data }: MessageEvent<FeedMessage>) => hear(data))
  const passOn = (message: FeedMessage) => {
    hear(message)
    channel.postMessage(message)
  }
  const leaving = new AbortController()
  void navigator.locks
    .request(name, { signal: leaving.signal }, () => holdStream(networkId, passOn, leaving.signal))
    .catch(() => {
      // Left while another tab still held the lock.
    })
  return () => {
    leaving.abort()
    channel.close()
  }
}

/** Reads until it is told to leave; the lock is held for as long as this promise is open. */
const holdStream = (
  networkId: string,
  hear: (message: FeedMessage) => void,
  leaving: AbortSignal,
): Promise<void> =>
  new Promise((resolve) => {
    const close = readStream(networkId, hear)
    leaving.addEventListener('abort', () => {
      close()
      resolve()
    })
  })

/**
 * Reads the stream, and opens another when it has ended for good: a browser comes back by itself from a broken connection
 * only, and not from an answer such as that of a server that is about to restart.
 */
function readStream(networkId: string, hear: (message: FeedMessage) => void): () => void {
  let source: EventSource
  let retry: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let wasReady = false
  function open(): void {
    source = new EventSource(`/api/networks/${networkId}/feed`)
    source.addEventListener('document', ({ data }: MessageEvent<string>) => {
      const { change, documentId } = JSON.parse(data) as DocumentEvent
      hear({ type: 'document', change, documentId })
    })
    source.addEventListener('access', () => hear({ type: 'access' }))
    source.addEventListener('ready', () => {
      attempt = 0
      if (wasReady) hear({ type: 'missed' })
      wasReady = true
    })
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED)
        retry = setTimeout(open, retryDelay(attempt++, Math.random))
    })
  }
  open()
  return () => {
    clearTimeout(retry)
    source.close()
  }
}
