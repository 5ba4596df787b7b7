import * as v from 'valibot'
import { managesPeople, type Viewer } from '#shared/access.ts'
import { AppError } from '#shared/errors.ts'
import { isTeamRole, type RoleGrant, roleNames, roles, type Team } from '#shared/network.ts'
import type { Database } from '../db/database.ts'
import { invalidFields } from '../http/errors.ts'
import { findTeam } from './store.ts'

/** A role to give, as requests name it. */
export const roleSchema = v.picklist(roles, `A role is one of: ${roles.join(', ')}.`)
export const teamIdSchema = v.string('A team is named by its id.')
export const titleSchema = v.pipe(
  v.string('A job title is a text.'),
  v.trim(),
  v.maxLength(100, 'A job title has at most 100 characters.'),
)

/** The role with its team, where it is a team's; refuses a team that is missing, too much, or not of this network. */
export async function getGrant(
  db: Database,
  networkId: string,
  { role, team }: { role: RoleGrant['role']; team?: string | undefined },
): Promise<RoleGrant> {
  if (!isTeamRole(role)) {
    if (team !== undefined)
      throw invalidFields({ team: 'This role is for the whole network: leave the team out.' })
    return { role }
  }
  if (team === undefined) throw invalidFields({ team: 'This role is for one team: say which.' })
  if (!(await findTeam(db, networkId, team)))
    throw invalidFields({ team: 'There is no such team in this network.' })
  return { role, teamId: team }
}

/** Refuses whoever may not give or take this role: coordinators any, leads those of their own team. */
export function requireManager(viewer: Viewer, { teamId }: RoleGrant): void {
  if (managesPeople(viewer, teamId)) return
  throw new AppError(
    'forbidden',
    'Coordinators manage the people of a network, and leads those of their own team.',
  )
}

export function requireCoordinator(viewer: Viewer): void {
  if (managesPeople(viewer)) return
  throw new AppError('forbidden', 'Only a coordinator of the network may do this.')
}

/** Who manages anyone at all sees invitations, each those that they could have made. */
export const managesAnyone = (viewer: Viewer): boolean =>
  viewer.roles.some(({ role }) => role === 'coordinator' || role === 'lead')

/** A role as it is written in a sentence: "member of Dunmore High", "facilitator". */
export function roleInWords({ role }: RoleGrant, team: Team | undefined): string {
  const name = roleNames[role].toLowerCase()
  return team ? `${name.replace(/^team /, '')} of ${team.name}` : name
}

/** The one role that others see beside a name: the first in the order of the list of roles. */
export function roleShown(viewer: Viewer | undefined): string {
  const role = roles.find((candidate) => viewer?.roles.some((grant) => grant.role === candidate))
  return role ? roleNames[role] : 'Guest'
}
