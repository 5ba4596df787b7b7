import { type Accessor, createSignal } from 'solid-js'
import type { Awareness } from 'y-protocols/awareness'
import { type Me, type PersonColor, personColors } from '#shared/people.ts'
import type { PresenceState } from '#shared/sync-protocol.ts'

/** Someone who has the document open. A person with several tabs or devices is listed once. */
export interface PresentPerson {
  readonly accountId: string
  readonly name: string
  readonly color: PersonColor
  readonly role: string
  /** The Yjs client of the tab that this entry was read from: the one in which they did something last, if known. */
  readonly clientId: number
  /** The part of the document that they have selected. */
  readonly at?: string
  readonly writing?: boolean
  readonly self: boolean
}

/** Who is here, oneself first and the others by name, and how to say where one is. */
export interface Presence {
  readonly people: Accessor<readonly PresentPerson[]>
  /** Merges into what others see of this person; a missing field leaves what was there. */
  announce(state: { at?: string | undefined; writing?: boolean }): void
  close(): void
}

/** Follows `awareness`. What it says of itself travels by whoever sends the local entry. */
export function createPresence(awareness: Awareness, me: Me): Presence {
  const [people, setPeople] = createSignal<readonly PresentPerson[]>(readPeople(awareness, me))
  // Carets move far more often than people do; who has not changed stays the same object.
  const follow = () => setPeople((before) => keepUnchanged(before, readPeople(awareness, me)))
  awareness.on('change', follow)
  return {
    people,
    announce: (state) => announce(awareness, state),
    close: () => awareness.off('change', follow),
  }
}

function keepUnchanged(
  before: readonly PresentPerson[],
  now: readonly PresentPerson[],
): readonly PresentPerson[] {
  const kept = now.map((person) => before.find((known) => isSame(known, person)) ?? person)
  const isUnchanged = kept.length === before.length && kept.every((person, index) => person === before[index])
  return isUnchanged ? before : kept
}

const isSame = (a: PresentPerson, b: PresentPerson): boolean => JSON.stringify(a) === JSON.stringify(b)

function announce(awareness: Awareness, state: { at?: string | undefined; writing?: boolean }): void {
  const before = awareness.getLocalState()
  if (before === null) return
  const after = withoutUndefined({ ...before, ...state })
  if (before.at === after.at && before.writing === after.writing) return
  awareness.setLocalState(after)
}

const withoutUndefined = (state: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined && value !== false))

/** The people in `awareness`. Our own entry carries no `user` (the server writes it for the others), so we fill it in. */
export function readPeople(awareness: Pick<Awareness, 'clientID' | 'getStates'>, me: Me): PresentPerson[] {
  const found = new Map<string, PresentPerson>()
  for (const [clientId, state] of awareness.getStates()) {
    const person = clientId === awareness.clientID ? self(clientId, state, me) : other(clientId, state, me)
    if (person === undefined) continue
    const known = found.get(person.accountId)
    if (known === undefined || tells(person, awareness) > tells(known, awareness)) {
      found.set(person.accountId, person)
    }
  }
  return [...found.values()].sort(selfFirstThenByName)
}

function self(clientId: number, state: PresenceState, me: Me): PresentPerson {
  const role = state.user?.role ?? ''
  return {
    accountId: me.id,
    name: me.name,
    color: me.color,
    role,
    clientId,
    ...whereabouts(state),
    self: true,
  }
}

function other(clientId: number, state: PresenceState | null, me: Me): PresentPerson | undefined {
  const user = state?.user
  if (state === null || user === undefined) return undefined
  return {
    accountId: user.id,
    name: user.name,
    color: personColors.find((color) => color === user.color) ?? 1,
    role: user.role,
    clientId,
    ...whereabouts(state),
    self: user.id === me.id,
  }
}

function whereabouts(state: PresenceState): { at?: string; writing?: boolean } {
  return {
    ...(typeof state.at === 'string' ? { at: state.at } : {}),
    ...(state.writing === true ? { writing: true } : {}),
  }
}

/** Of several entries of one person, this tab's own counts most, then one that writes, then one that is somewhere. */
function tells(person: PresentPerson, awareness: Pick<Awareness, 'clientID'>): number {
  if (person.clientId === awareness.clientID) return 3
  if (person.writing) return 2
  return person.at === undefined ? 0 : 1
}

function selfFirstThenByName(a: PresentPerson, b: PresentPerson): number {
  if (a.self !== b.self) return a.self ? -1 : 1
  return a.name.localeCompare(b.name) || (a.accountId < b.accountId ? -1 : 1)
}
