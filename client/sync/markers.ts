/**
 * "Saved": asks the server to say when everything sent so far is in the database, and keeps the account of it.
 * A marker goes out at once for a first change, and at most every 250 ms while changes go on; the last change of a burst
 * always gets its own.
 */
import {
  enter,
  type Ledger,
  nextLook,
  openLedger,
  type SavedEvent,
  type SavedState,
  show,
  unsentChanges,
} from './saved-state.ts'

export interface MarkersOptions {
  /** Puts a marker on the socket; false when it may not carry one yet. */
  ask(counter: number): boolean
  /** Called whenever what should be shown has changed. */
  shown(state: SavedState): void
  /** When the server last heard of a change to this document. */
  readonly savedAt: number
  readonly now?: () => number
}

export interface Markers {
  /** Enters what happened and shows what follows from it. */
  tell(event: SavedEvent): void
  /** A local change was made: counts it and asks for its acknowledgement. Call inside the update event. */
  changed(): void
  /** The socket has answered its sync step 1: asks for what travelled with the answer. */
  answered(): void
  acknowledged(counter: number, serverTime: number): void
  dropped(): void
  readonly unsent: () => number
  readonly made: () => number
  readonly state: () => SavedState
  close(): void
}

const pace = 250

export function openMarkers(options: MarkersOptions): Markers {
  const now = options.now ?? Date.now
  let ledger: Ledger = openLedger(options.savedAt, now())
  let shown: SavedState = show(ledger, now())
  let counter = 0
  let lastAsked = Number.NEGATIVE_INFINITY
  let asking: ReturnType<typeof setTimeout> | undefined
  let looking: ReturnType<typeof setTimeout> | undefined
  let closed = false

  function tell(event: SavedEvent): void {
    if (closed) return
    ledger = enter(ledger, event)
    look()
  }

  function look(): void {
    clearTimeout(looking)
    const time = now()
    const state = show(ledger, time)
    const next = nextLook(ledger, time)
    if (next !== undefined) looking = setTimeout(look, Math.max(1, next - time))
    if (same(state, shown)) return
    shown = state
    options.shown(state)
  }

  function askSoon(): void {
    if (asking !== undefined || closed) return
    const wait = Math.max(0, lastAsked + pace - now())
    // At the earliest in a microtask: the provider sends the change itself in the same event as we hear of it.
    if (wait === 0) queueMicrotask(askNow)
    else
      asking = setTimeout(() => {
        asking = undefined
        askNow()
      }, wait)
  }

  function askNow(): void {
    if (closed) return
    counter += 1
    if (!options.ask(counter)) return
    lastAsked = now()
    tell({ type: 'asked', counter })
  }

  return {
    tell,
    changed() {
      tell({ type: 'changed', at: now() })
      askSoon()
    },
    answered() {
      tell({ type: 'answered' })
      clearTimeout(asking)
      asking = undefined
      askNow()
    },
    acknowledged: (answered, time) => tell({ type: 'acknowledged', counter: answered, time }),
    dropped: () => tell({ type: 'dropped', at: now() }),
    unsent: () => unsentChanges(ledger),
    made: () => ledger.made,
    state: () => shown,
    close() {
      closed = true
      clearTimeout(asking)
      clearTimeout(looking)
    },
  }
}

const same = (a: SavedState, b: SavedState): boolean => JSON.stringify(a) === JSON.stringify(b)
