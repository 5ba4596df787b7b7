import { close } from '#shared/sync-protocol.ts'
import { HttpSocket } from './http-socket.ts'

/*
 * Which sort of socket carries a document. A WebSocket, unless two of them in a row never opened: then the network is likely
 * to block them, and the next attempt goes over HTTP. Where that does not open either, nothing is reached at all, and the next
 * attempt is a WebSocket again. While HTTP carries it, a WebSocket is tried from time to time beside it.
 */

export interface Transport {
  /** The sort for the next attempt. */
  next(): typeof WebSocket
  /** Whether the next attempt is the first of another sort: what failed says nothing about that one. */
  isChanging(): boolean
  opened(): void
  /** `code`: what the server closed it with. */
  closed(code?: number): void
  close(): void
}

export interface TransportOptions {
  readonly Socket: typeof WebSocket
  readonly random: () => number
  /** Where a WebSocket would connect to. */
  readonly url: () => string
  /** HTTP carries it now, or no longer. */
  readonly indirect: (isIndirect: boolean) => void
  /** A WebSocket opens again: it is time to come back with one. */
  readonly socketsOpen: () => void
  /** What was begun does not open. */
  readonly giveUp: () => void
}

/** So many sockets that never open are no accident any more. */
const enoughFailures = 2
/** A server that said it restarts lets nobody in for a while: so many failures after that say nothing about the network. */
const whileRestarting = 4
/** A network that blocks sockets may say nothing at all; after so long, in milliseconds, it is not waited for. */
const patience = 12_000
/** Between these a WebSocket is tried again, in milliseconds. */
const again = { least: 3 * 60_000, most: 6 * 60_000 }

export function createTransport(options: TransportOptions): Transport {
  const { Socket, random, indirect } = options
  const hasHttp = typeof EventSource !== 'undefined'
  let failures = 0
  let isHttp = false
  let isOpen = false
  let later: ReturnType<typeof setTimeout> | undefined
  let opening: ReturnType<typeof setTimeout> | undefined

  /** Opens a WebSocket that carries nothing, only to see whether it opens. */
  function tryLater(): void {
    later = setTimeout(
      () => {
        const trial = new Socket(options.url())
        trial.onopen = () => {
          trial.close()
          failures = 0
          if (isHttp && isOpen) options.socketsOpen()
        }
        if (isHttp && isOpen) tryLater()
      },
      again.least + random() * (again.most - again.least),
    )
  }

  return {
    next() {
      isOpen = false
      isHttp = hasHttp && failures >= enoughFailures
      clearTimeout(opening)
      opening = setTimeout(options.giveUp, patience)
      // What the provider uses of a WebSocket is all that the other has.
      return isHttp ? (HttpSocket as unknown as typeof WebSocket) : Socket
    },
    isChanging: () => hasHttp && !isHttp && failures >= enoughFailures,
    opened() {
      clearTimeout(opening)
      isOpen = true
      indirect(isHttp)
      if (isHttp) tryLater()
      else failures = 0
    },
    closed(code) {
      clearTimeout(opening)
      clearTimeout(later)
      if (isOpen && !isHttp && code === close.restart) failures = -whileRestarting
      if (!isOpen) failures = isHttp ? enoughFailures - 1 : failures + 1
      isOpen = false
    },
    close() {
      clearTimeout(opening)
      clearTimeout(later)
    },
  }
}
