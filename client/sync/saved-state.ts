/**
 * What the indicator says, worked out from what happened. Pure: time is an argument, nothing is read or written.
 *
 * Local changes are counted. A marker covers all changes made before it was sent; its answer moves the acknowledged count
 * up to them. Whatever is above that count is not yet in the database, whatever the socket says.
 */
export type SavedState =
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'saving' }
  /** `kept`: the device's own storage has confirmed every change, or, with none, holds the document. */
  | { readonly kind: 'offline'; readonly changes: number; readonly kept: boolean }
  | { readonly kind: 'unsaved'; readonly reason: string; readonly code?: number }

export type SavedEvent =
  /** The device's copy is in the document; `unsent` changes of earlier visits came with it. */
  | { readonly type: 'loaded'; readonly unsent: number; readonly at: number }
  | { readonly type: 'changed'; readonly at: number }
  /** The device's storage holds everything up to change `through`. */
  | { readonly type: 'kept'; readonly through: number }
  | { readonly type: 'not-kept' }
  /** This socket's sync step 1 is answered: what was made before is on its way. */
  | { readonly type: 'answered' }
  | { readonly type: 'asked'; readonly counter: number }
  | { readonly type: 'acknowledged'; readonly counter: number; readonly time: number }
  /** The server says that it could not save what came before this marker; it may still become so. */
  | { readonly type: 'refused'; readonly counter: number; readonly reason: string }
  | { readonly type: 'dropped'; readonly at: number }
  /** Nothing more will be saved here until someone acts. */
  | { readonly type: 'ended'; readonly reason: string; readonly code?: number }
  | { readonly type: 'resumed'; readonly at: number }

interface Asked {
  readonly counter: number
  /** How many changes had been made when this marker was sent. */
  readonly made: number
  /** When the first change after it was made. */
  readonly later?: number
}

export interface Ledger {
  readonly loaded: boolean
  readonly wire: { readonly is: 'opening' | 'lost'; readonly since: number } | { readonly is: 'open' }
  readonly made: number
  readonly acknowledged: number
  /** When the oldest change that is not acknowledged was made. */
  readonly pendingSince?: number
  readonly asked: readonly Asked[]
  readonly keptThrough: number
  /** When the oldest change that the device has not confirmed was made. */
  readonly unkeptSince?: number
  readonly keeps: boolean
  readonly savedAt: number
  readonly refused?: { readonly reason: string }
  readonly ended?: { readonly reason: string; readonly code?: number }
}

/** "Saving…" is said only of what takes longer than this; a lost socket that is back sooner is not worth a word. */
const patience = 600
/** How long a first connection may take before the person hears of it. */
const openingPatience = 5_000
/** How long the device's storage may take to confirm before we say that it has not. */
const keepingPatience = 1_000

/** The beginning: nothing loaded, a connection on its way, and `savedAt` for when the server last heard of a change. */
export const openLedger = (savedAt: number, now: number): Ledger => ({
  loaded: false,
  wire: { is: 'opening', since: now },
  made: 0,
  acknowledged: 0,
  asked: [],
  keptThrough: 0,
  keeps: true,
  savedAt,
})

/** How many local changes the server has not acknowledged. */
export const unsentChanges = (ledger: Ledger): number => ledger.made - ledger.acknowledged

/** The ledger after `event`. */
export function enter(ledger: Ledger, event: SavedEvent): Ledger {
  switch (event.type) {
    case 'loaded':
      return loaded(ledger, event.unsent, event.at)
    case 'changed':
      return changed(ledger, event.at)
    case 'kept':
      return kept(ledger, event.through)
    case 'not-kept':
      return { ...ledger, keeps: false }
    case 'answered':
      return { ...ledger, wire: { is: 'open' }, asked: [] }
    case 'asked':
      return { ...ledger, asked: [...ledger.asked, { counter: event.counter, made: ledger.made }] }
    case 'acknowledged':
      return acknowledged(ledger, event.counter, event.time)
    case 'refused':
      return { ...ledger, refused: { reason: event.reason } }
    case 'dropped':
      return { ...ledger, wire: lost(ledger, event.at), asked: [] }
    case 'ended':
      return { ...ledger, ended: withoutType(event) }
    case 'resumed': {
      const { ended: _ended, refused: _refused, ...rest } = ledger
      return { ...rest, wire: { is: 'opening', since: event.at } }
    }
  }
}

function loaded(ledger: Ledger, unsent: number, at: number): Ledger {
  const made = ledger.made + unsent
  // Changes of an earlier visit are old already: nobody should read "Saved" over them for even a moment.
  const since = unsent > 0 ? at - patience : ledger.pendingSince
  const keptThrough = ledger.keptThrough + unsent
  return {
    ...ledger,
    loaded: true,
    made,
    keptThrough,
    ...(since === undefined ? {} : { pendingSince: since }),
  }
}

function changed(ledger: Ledger, at: number): Ledger {
  return {
    ...ledger,
    made: ledger.made + 1,
    pendingSince: ledger.pendingSince ?? at,
    unkeptSince: ledger.unkeptSince ?? at,
    asked: ledger.asked.map((asked, index) =>
      index === ledger.asked.length - 1 && asked.later === undefined ? { ...asked, later: at } : asked,
    ),
  }
}

function kept(ledger: Ledger, through: number): Ledger {
  const keptThrough = Math.max(ledger.keptThrough, through)
  const { unkeptSince: since, ...rest } = ledger
  const behind = keptThrough < ledger.made && since !== undefined
  return { ...rest, keptThrough, keeps: true, ...(behind ? { unkeptSince: since } : {}) }
}

function acknowledged(ledger: Ledger, counter: number, time: number): Ledger {
  const index = ledger.asked.findIndex((asked) => asked.counter === counter)
  const answered = ledger.asked[index]
  if (answered === undefined) return ledger
  const { pendingSince: _pending, refused: _refused, ...rest } = ledger
  const since = ledger.asked.slice(index).find((asked) => asked.later !== undefined)?.later
  return {
    ...rest,
    acknowledged: Math.max(ledger.acknowledged, answered.made),
    asked: ledger.asked.slice(index + 1),
    savedAt: time,
    ...(since === undefined ? {} : { pendingSince: since }),
  }
}

/** A socket that was never open and fails keeps the moment at which the first attempt began to fail. */
function lost(ledger: Ledger, at: number): Ledger['wire'] {
  return ledger.wire.is === 'lost' ? ledger.wire : { is: 'lost', since: at }
}

function withoutType(event: Extract<SavedEvent, { type: 'ended' }>): NonNullable<Ledger['ended']> {
  return event.code === undefined ? { reason: event.reason } : { reason: event.reason, code: event.code }
}

/** What to show at `now`. */
export function show(ledger: Ledger, now: number): SavedState {
  if (ledger.ended !== undefined) return { kind: 'unsaved', ...ledger.ended }
  if (ledger.refused !== undefined) return { kind: 'unsaved', ...ledger.refused }
  if (!ledger.loaded) return { kind: 'saving' }
  if (isOffline(ledger, now))
    return { kind: 'offline', changes: unsentChanges(ledger), kept: isKept(ledger, now) }
  if (isLate(ledger, now)) return { kind: 'saving' }
  return { kind: 'saved', at: ledger.savedAt }
}

/** When `show` may next answer something else although nothing happens; undefined for never. */
export function nextLook(ledger: Ledger, now: number): number | undefined {
  const moments = [
    ledger.wire.is === 'opening' ? ledger.wire.since + openingPatience : undefined,
    ledger.wire.is === 'lost' ? ledger.wire.since + patience : undefined,
    ledger.pendingSince === undefined ? undefined : ledger.pendingSince + patience,
    ledger.unkeptSince === undefined ? undefined : ledger.unkeptSince + keepingPatience,
  ].filter((moment) => moment !== undefined && moment > now)
  return moments.length === 0 ? undefined : Math.min(...(moments as number[]))
}

function isOffline({ wire }: Ledger, now: number): boolean {
  if (wire.is === 'open') return false
  return now - wire.since >= (wire.is === 'opening' ? openingPatience : patience)
}

function isLate(ledger: Ledger, now: number): boolean {
  if (unsentChanges(ledger) === 0 || ledger.pendingSince === undefined) return false
  return now - ledger.pendingSince >= patience
}

function isKept(ledger: Ledger, now: number): boolean {
  if (!ledger.keeps) return false
  if (unsentChanges(ledger) === 0) return true
  if (ledger.keptThrough >= ledger.made || ledger.unkeptSince === undefined) return true
  return now - ledger.unkeptSince < keepingPatience
}

/** Whether closing the page now could lose something or hide it from the others. */
export function asksBeforeLeaving(state: SavedState, unsent: number): boolean {
  return state.kind !== 'saved' && unsent > 0
}
