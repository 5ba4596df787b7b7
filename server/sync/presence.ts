import { limits, type PresenceState } from '#shared/sync-protocol.ts'
import { type PresenceEntry, presenceFrame } from './frames.ts'

/** Someone who may be present: one connection of a person. */
export interface Attendee {
  readonly accountId: string
  readonly user: NonNullable<PresenceState['user']>
  /** Those who only read are listed, without a cursor. */
  readonly isListedOnly: boolean
  /** In a crowd only the cursors of those who edit are shown (T4). */
  readonly mayEdit: boolean
  /** The Yjs client id that this connection announced first (A1). */
  presenceId: number | undefined
}

interface Present {
  attendee: Attendee
  /** The clock of what its client sent last. */
  clientClock: number
  /** The clock that everyone was told last. */
  clock: number
  /** As it was sent, and as it is passed on. */
  sent: Uint8Array
  state: Uint8Array
}

/** What is new of someone: that they are here or what they show, where they point, or only that they still are here. */
export type News = 'list' | 'cursor' | 'renewal'

const empty = new TextEncoder().encode('null')

/** How many of those who left are remembered, so that they come back with a later clock than they left with. */
const mostGone = 10_000

/**
 * Who is in a room and where (A1, A2). The states are kept as bytes: they are read once, when their owner sends them, and
 * never again to pass them on. No `Awareness` of y-protocols is made: each owns a timer (V6).
 */
export class PresenceTable {
  readonly #present = new Map<number, Present>()
  readonly #gone = new Map<number, number>()
  /** Whose entry is another since it was told last. */
  readonly #changed = new Map<number, News>()
  readonly #clockStep: number
  readonly #crowd: number

  constructor({ clockStep, crowd }: { clockStep: number; crowd: number }) {
    this.#clockStep = clockStep
    this.#crowd = crowd
  }

  /** Takes what an attendee says of itself; the stock client's echoes of others are passed over. */
  receive(attendee: Attendee, entries: readonly PresenceEntry[]): void {
    for (const entry of entries) {
      if (this.#mayAnnounce(attendee, entry)) this.#announce(attendee, entry)
    }
  }

  #mayAnnounce(attendee: Attendee, { clientId, clock, state }: PresenceEntry): boolean {
    if (!Number.isSafeInteger(clientId) || !Number.isSafeInteger(clock)) return false
    if (attendee.presenceId !== undefined) return attendee.presenceId === clientId
    if (isNull(state)) return false
    const live = this.#present.get(clientId)
    return live === undefined || live.attendee.accountId === attendee.accountId
  }

  #announce(attendee: Attendee, { clientId, clock, state }: PresenceEntry): void {
    const before = this.#present.get(clientId)
    // Announced again on a newer connection of the same account: this one has lost it by then.
    if (attendee.presenceId === clientId && before !== undefined && before.attendee !== attendee) return
    const highest = before ? Math.max(before.clock, before.clientClock) : this.#gone.get(clientId)
    if (highest !== undefined && clock - highest > this.#clockStep && before?.attendee === attendee) return
    if (clock > highestClock) return

    if (isNull(state)) {
      if (before !== undefined && clock >= before.clientClock)
        this.#remove(clientId, Math.max(clock, before.clock + 1))
      return
    }
    if (before?.attendee === attendee && clock <= before.clientClock) return
    const isSent = before?.attendee === attendee && Buffer.compare(before.sent, state) === 0
    const written = isSent ? before.state : stateWithUser(state, attendee)
    if (written === undefined) return

    attendee.presenceId = clientId
    const isSame = before !== undefined && Buffer.compare(before.state, written) === 0
    const isEcho = isSame && before.attendee === attendee && clock <= before.clock
    // Clients take no state with a clock of 0 from others, and 0 is where each begins.
    const told = highest === undefined ? Math.max(clock, 1) : Math.max(clock, isEcho ? highest : highest + 1)
    this.#present.set(clientId, { attendee, clientClock: clock, clock: told, sent: state, state: written })
    this.#gone.delete(clientId)
    if (isEcho) return
    const news = newsOf(attendee, before, isSame)
    const known = this.#changed.get(clientId)
    if (known === undefined || weightOf(news) > weightOf(known)) this.#changed.set(clientId, news)
  }

  /** A2: what the connection still owns leaves with it. */
  leave(attendee: Attendee): void {
    const clientId = attendee.presenceId
    if (clientId === undefined) return
    const present = this.#present.get(clientId)
    if (present?.attendee === attendee) this.#remove(clientId, present.clock + 1)
  }

  #remove(clientId: number, clock: number): void {
    this.#present.delete(clientId)
    this.#gone.set(clientId, clock)
    this.#changed.set(clientId, 'list')
    const oldest = this.#gone.keys().next()
    if (this.#gone.size > mostGone && !oldest.done) this.#gone.delete(oldest.value)
  }

  /** How many are here. */
  get size(): number {
    return this.#present.size
  }

  /** Whether there is news; of these sorts alone, if asked so. */
  hasChanged(...which: readonly News[]): boolean {
    for (const news of this.#changed.values()) if (which.length === 0 || which.includes(news)) return true
    return false
  }

  /** One frame with the latest of everyone who changed since the last (T3); of these sorts alone, if asked so. */
  takeChanges(...which: readonly News[]): Uint8Array {
    const taken = [...this.#changed].filter(([, news]) => which.length === 0 || which.includes(news))
    for (const [clientId] of taken) this.#changed.delete(clientId)
    return presenceFrame(taken.map(([clientId]) => this.#entry(clientId)))
  }

  /** One frame with everyone, for someone who comes. */
  everyone(): Uint8Array {
    return presenceFrame([...this.#present.keys()].map((clientId) => this.#entry(clientId)))
  }

  /** T4: in a crowd whoever does not edit is listed only. */
  #shown({ attendee, state }: Present): Uint8Array {
    return this.#present.size > this.#crowd && !attendee.mayEdit ? listed(attendee) : state
  }

  #entry(clientId: number): PresenceEntry {
    const present = this.#present.get(clientId)
    if (present !== undefined) return { clientId, clock: present.clock, state: this.#shown(present) }
    return { clientId, clock: this.#gone.get(clientId) ?? 0, state: empty }
  }
}

const listed = ({ user }: Attendee): Uint8Array => Buffer.from(JSON.stringify({ user }))

function newsOf(attendee: Attendee, before: Present | undefined, isSame: boolean): News {
  if (before === undefined) return 'list'
  if (isSame && before.attendee === attendee) return 'renewal'
  return attendee.mayEdit ? 'cursor' : 'list'
}

const weights: readonly News[] = ['renewal', 'cursor', 'list']
const weightOf = (news: News): number => weights.indexOf(news)

const highestClock = 2 ** 40

const isNull = (state: Uint8Array): boolean => Buffer.compare(state, empty) === 0

/** What is passed on of a state: its own words, and who it is by the session. Undefined for what is no state. */
function stateWithUser(state: Uint8Array, { user, isListedOnly }: Attendee): Uint8Array | undefined {
  if (state.byteLength > limits.presence) return undefined
  const parsed = parse(state)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined
  return Buffer.from(JSON.stringify(isListedOnly ? { user } : { ...parsed, user }))
}

function parse(state: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(state).toString())
  } catch {
    return undefined
  }
}
