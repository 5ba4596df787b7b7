import { managesPeople } from '#shared/access.ts'
import {
  isTeamRole,
  type Membership,
  type Network,
  networkRoles,
  type Role,
  roleNames,
} from '#shared/network.ts'
import type { Person } from '#shared/people.ts'

/** One person of a network with everything that they are there. */
export interface Member {
  readonly person: Person
  readonly email?: string
  readonly memberships: readonly Membership[]
}

/** The people of a network, by name. */
export function membersOf(memberships: readonly Membership[]): readonly Member[] {
  const found = new Map<string, Membership[]>()
  for (const membership of memberships) {
    found.set(membership.person.id, [...(found.get(membership.person.id) ?? []), membership])
  }
  return [...found.values()].map(memberOf).sort((a, b) => byName(a.person, b.person))
}

function memberOf(memberships: readonly Membership[]): Member {
  const [first] = memberships
  if (!first) throw new Error('A member holds at least one role')
  const email = memberships.find((membership) => membership.email !== undefined)?.email
  return { person: first.person, memberships, ...(email !== undefined && { email }) }
}

/** By the last name, as lists of people are read; titles and ranks come first and do not count. */
const byName = (a: Person, b: Person): number =>
  lastWord(a.name).localeCompare(lastWord(b.name)) || a.name.localeCompare(b.name)

const lastWord = (name: string): string => name.split(/\s+/).at(-1) ?? name

/** A role as one reads it in a list: "Team lead, Dunmore High". */
export function roleInWords(
  network: Network,
  { role, teamId }: { role: Role; teamId?: string | undefined },
): string {
  const team = network.teams.find(({ id }) => id === teamId)
  return team ? `${roleNames[role]}, ${team.name}` : roleNames[role]
}

/** What each role may do, in a sentence, for whoever gives it. */
export const roleSentences: Readonly<Record<Role, string>> = {
  coordinator: 'Runs the network: teams, people, and all shared documents.',
  facilitator: 'Edits the documents of the network and of all teams, once shared.',
  coach: 'Helps teams: edits shared documents, sees no drafts.',
  expert: 'Reads shared documents, to help with what they say.',
  'data-steward': 'Reads shared documents; looks after the network’s data.',
  observer: 'Reads what is shared, and nothing else.',
  lead: 'Edits the documents of one team and invites its people.',
  member: 'Edits the documents of one team; reads those of others.',
}

/** A role that someone may give, with its team. */
export interface GivableRole {
  readonly role: Role
  readonly teamId?: string
}

/** The roles that the reader may give in `network`. */
export function givableRoles(network: Network): readonly GivableRole[] {
  const ofNetwork = managesPeople(network) ? networkRoles.map((role) => ({ role })) : []
  const teams = network.teams.filter((team) => managesPeople(network, team.id))
  return [
    ...teams.flatMap(({ id }) => [
      { role: 'member', teamId: id } as const,
      { role: 'lead', teamId: id } as const,
    ]),
    ...ofNetwork,
  ]
}

/** Whether the reader may change or take this role. */
export const mayManage = (network: Network, { role, teamId }: GivableRole): boolean =>
  managesPeople(network, isTeamRole(role) ? teamId : undefined)
