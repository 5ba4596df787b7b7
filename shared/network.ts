import type { Person } from './people.ts'

/** Roles are given to a person in one network; `lead` and `member` in one team of it. */
export const networkRoles = [
  'coordinator',
  'facilitator',
  'coach',
  'expert',
  'data-steward',
  'observer',
] as const
export const teamRoles = ['lead', 'member'] as const
export const roles = [...networkRoles, ...teamRoles] as const

export type TeamRole = (typeof teamRoles)[number]
export type Role = (typeof roles)[number]

export const isTeamRole = (role: Role): role is TeamRole => role === 'lead' || role === 'member'

/** How a role is written on the screen. */
export const roleNames: Readonly<Record<Role, string>> = {
  coordinator: 'Coordinator',
  facilitator: 'Facilitator',
  coach: 'Coach',
  expert: 'Expert',
  'data-steward': 'Data steward',
  observer: 'Observer',
  lead: 'Team lead',
  member: 'Team member',
}

/** A role that someone holds; `teamId` exactly when it is a team's role. */
export interface RoleGrant {
  readonly role: Role
  readonly teamId?: string
}

export interface Team {
  readonly id: string
  readonly name: string
  /** Labels that a network may give its teams, e.g. "Ridgeway" and "North Fork". */
  readonly district?: string
  readonly state?: string
}

/** One role of one person. A person with several roles appears several times; the id is the grant's. */
export interface Membership extends RoleGrant {
  readonly id: string
  readonly person: Person
  /** A job title ("parent partner") is a label, not a role. */
  readonly title?: string
  /** Only for those who manage people. */
  readonly email?: string
}

export interface NetworkSummary {
  readonly id: string
  readonly name: string
  readonly roles: readonly RoleGrant[]
}

/**
 * What a network asks of its shared fields about text that looks like a student's identifier: `warn` whoever writes or
 * pastes it, or `block` it as well, where it is sent as a whole in a form or an import.
 */
export const identifierModes = ['warn', 'block'] as const
export type IdentifierMode = (typeof identifierModes)[number]

export interface IdentifierGuard {
  readonly mode: IdentifierMode
  /** Domains of students' email addresses, in lower case. */
  readonly schoolDomains: readonly string[]
}

export interface Network extends NetworkSummary {
  /** IANA name; dates are shown and due in this zone. */
  readonly timeZone: string
  readonly identifierGuard: IdentifierGuard
  readonly teams: readonly Team[]
  readonly members: readonly Membership[]
}

export interface Invitation {
  readonly id: string
  readonly role: Role
  readonly teamId?: string
  readonly email?: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly createdBy: Person
}
