import { managesPeople } from '#shared/access.ts'
import type { Membership, Network } from '#shared/network.ts'
import { answer, api } from '../api.ts'
import type { GivableRole, Member } from './people.ts'

export async function addRole(
  id: string,
  account: string,
  { role, teamId, title }: GivableRole & { title?: string },
): Promise<void> {
  const json = {
    account,
    role,
    ...(teamId !== undefined && { team: teamId }),
    ...(title !== undefined && { title }),
  }
  await answer(api.networks[':id'].members.$post({ param: { id }, json }))
}

export async function changeMembership(
  { id, role, teamId }: Membership,
  change: Partial<GivableRole> & { title?: string },
): Promise<void> {
  const team = change.role === undefined ? teamId : change.teamId
  const json = {
    role: change.role ?? role,
    ...(team !== undefined && { team }),
    ...(change.title !== undefined && { title: change.title }),
  }
  await answer(api.memberships[':id'].$put({ param: { id }, json }))
}

export async function removeRole(id: string): Promise<void> {
  await answer(api.memberships[':id'].$delete({ param: { id } }))
}

/** A coordinator takes all roles at once; a lead the one that they manage. */
export async function removeMember(network: Network, member: Member): Promise<void> {
  if (managesPeople(network)) {
    const param = { id: network.id, accountId: member.person.id }
    await answer(api.networks[':id'].members[':accountId'].$delete({ param }))
    return
  }
  for (const { id } of member.memberships) await removeRole(id)
}

/** A link with which someone sets a new password; says whether it went out by mail too. */
export const makePasswordLink = (
  networkId: string,
  accountId: string,
): Promise<{ readonly link: string; readonly mailed: boolean }> =>
  answer(
    api.networks[':id'].members[':accountId']['password-reset'].$post({
      param: { id: networkId, accountId },
    }),
  )
