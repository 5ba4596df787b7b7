import type { RoleGrant } from './network.ts'

/** What someone may do with one document; each level includes those before it. */
export const levels = ['view', 'comment', 'edit'] as const
export type Level = (typeof levels)[number]

/** Whether `level` (none: undefined) is enough where `needed` is asked for. */
export const reaches = (level: Level | undefined, needed: Level): boolean =>
  level !== undefined && levels.indexOf(level) >= levels.indexOf(needed)

/** Someone as the access table sees them: what they hold in the document's network. */
export interface Viewer {
  readonly roles: readonly RoleGrant[]
  /** A guest's link: one document at one level. */
  readonly link?: { readonly documentId: string; readonly level: Level }
  /** Documents that this person was asked to review before Do. */
  readonly reviews?: readonly string[]
}

/** A document as the access table sees it. */
export interface AccessSubject {
  readonly id: string
  /** Absent for a document of the network itself. */
  readonly teamId?: string
  /** A draft is its team's (or, in the network, its coordinators' and facilitators') alone. */
  readonly shared: boolean
  /** The kind's `membersEdit`: members of all teams may edit it where it is the network's. */
  readonly membersEdit: boolean
}

/**
 * The level that `viewer` has on `subject`, or undefined for none. The highest of several roles counts.
 * This is the one access table; the server asks it before each read and write, the browser only to draw the right page.
 */
export function levelOn(viewer: Viewer, subject: AccessSubject): Level | undefined {
  const found = viewer.roles.map((grant) => levelOfRole(grant, viewer, subject))
  if (viewer.link?.documentId === subject.id) found.push(viewer.link.level)
  return highest(found)
}

function levelOfRole(grant: RoleGrant, viewer: Viewer, subject: AccessSubject): Level | undefined {
  if (subject.teamId === undefined) return levelOnNetworkDocument(grant, subject)
  if (!subject.shared) return levelOnTeamDraft(grant, viewer, subject)
  return levelOnTeamDocument(grant, subject.teamId)
}

function levelOnNetworkDocument({ role }: RoleGrant, subject: AccessSubject): Level | undefined {
  if (!subject.shared) return role === 'coordinator' || role === 'facilitator' ? 'edit' : undefined
  switch (role) {
    case 'coordinator':
    case 'facilitator':
    case 'coach':
      return 'edit'
    case 'expert':
    case 'data-steward':
      return 'comment'
    case 'lead':
    case 'member':
      return subject.membersEdit ? 'edit' : 'comment'
    case 'observer':
      return 'view'
  }
}

function levelOnTeamDocument({ role, teamId }: RoleGrant, ownTeamId: string): Level {
  switch (role) {
    case 'coordinator':
    case 'facilitator':
    case 'coach':
      return 'edit'
    case 'expert':
      return 'comment'
    case 'lead':
    case 'member':
      return teamId === ownTeamId ? 'edit' : 'comment'
    case 'data-steward':
    case 'observer':
      return 'view'
  }
}

function levelOnTeamDraft(
  { role, teamId }: RoleGrant,
  viewer: Viewer,
  subject: AccessSubject,
): Level | undefined {
  switch (role) {
    case 'lead':
    case 'member':
      return teamId === subject.teamId ? 'edit' : undefined
    case 'expert':
      return viewer.reviews?.includes(subject.id) ? 'comment' : undefined
    default:
      return undefined
  }
}

/** How someone sees a team's raw data points: as they are, with small cells suppressed, or only their own team's. */
export type RawData = 'raw' | 'suppressed'

/** What `viewer` sees of the data points of team `teamId`. */
export function rawDataOf(viewer: Viewer, teamId: string): RawData {
  const seesRaw = viewer.roles.some(
    (grant) =>
      grant.role === 'data-steward' ||
      ((grant.role === 'lead' || grant.role === 'member') && grant.teamId === teamId),
  )
  return seesRaw ? 'raw' : 'suppressed'
}

/** Whether `viewer` may invite, remove and re-role people of the network (no `teamId`) or of one team. */
export function managesPeople(viewer: Viewer, teamId?: string): boolean {
  return viewer.roles.some(
    (grant) =>
      grant.role === 'coordinator' ||
      (grant.role === 'lead' && teamId !== undefined && grant.teamId === teamId),
  )
}

/** Whether `viewer` may start a document in a team, or (no `teamId`) in the network. */
export function createsDocuments(viewer: Viewer, teamId?: string): boolean {
  return viewer.roles.some((grant) =>
    teamId === undefined
      ? grant.role === 'coordinator' || grant.role === 'facilitator' || grant.role === 'coach'
      : (grant.role === 'lead' || grant.role === 'member') && grant.teamId === teamId,
  )
}

/** Whether `viewer` may save a document as a template of the network. */
export const savesTemplates = (viewer: Viewer): boolean =>
  viewer.roles.some(({ role }) => role === 'coordinator' || role === 'facilitator')

/** Whether `viewer` may erase something of a document for good, from its past too. */
export const erases = (viewer: Viewer): boolean => viewer.roles.some(({ role }) => role === 'coordinator')

function highest(found: readonly (Level | undefined)[]): Level | undefined {
  return levels.findLast((level) => found.includes(level))
}
