import { managesPeople } from '#shared/access.ts'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import type { RoleGrant } from '#shared/network.ts'
import { dropPasswordResetsOf } from '../accounts/store.ts'
import { hashOf, newToken } from '../accounts/tokens.ts'
import { auditEntry } from '../audit.ts'
import { type Database, ExpectationFailed, type Statement } from '../db/database.ts'
import type { Access } from './access.ts'
import {
  findInvitation,
  type InvitationRow,
  insertInvitation,
  insertMembership,
  redeemInvitation,
} from './store.ts'

const lifetime = 14 * 24 * 60 * 60_000

/** Writes an invitation and answers the path of its link, which is not kept anywhere. */
export async function createInvitation(
  db: Database,
  invitation: {
    readonly networkId: string
    readonly grant: RoleGrant
    readonly email: string | undefined
    readonly createdBy: string
    readonly at: number
  },
): Promise<{ id: string; path: string }> {
  const { networkId, grant, email, createdBy, at } = invitation
  const id = newId()
  const token = newToken()
  await db.write([
    insertInvitation({
      id,
      tokenHash: hashOf(token),
      networkId,
      grant,
      email,
      createdBy,
      createdAt: at,
      expiresAt: at + lifetime,
    }),
    auditEntry({ networkId, accountId: createdBy, action: 'invited', subject: id, detail: { ...grant }, at }),
  ])
  return { id, path: `/invitations/${token}` }
}

/** Whether whoever made an invitation could still make it: people who leave take their open invitations with them. */
export async function isStillGood(
  access: Access,
  { networkId, inviterId, teamId }: { networkId: string; inviterId: string; teamId?: string | undefined },
): Promise<boolean> {
  const inviter = await access.viewerIn(networkId, inviterId)
  return inviter !== undefined && managesPeople(inviter, teamId)
}

/** What a link invites to; refuses links that are unknown, used, revoked, too old, or of someone who invites no more. */
export async function getInvitation(
  { db, access }: { db: Database; access: Access },
  token: string,
  at: number,
): Promise<InvitationRow> {
  const invitation = await findInvitation(db, hashOf(token))
  if (!invitation) throw new AppError('not-found', 'There is no such invitation. Was all of the link copied?')
  const { inviterName } = invitation
  if (invitation.redeemedAt !== null) {
    throw new AppError('gone', 'This invitation was used already. If it was you, sign in.')
  }
  if (invitation.revokedAt !== null) {
    throw new AppError('gone', `This invitation was withdrawn. Ask ${inviterName} for a new one.`)
  }
  if (invitation.expiresAt <= at) {
    throw new AppError('gone', `This invitation has expired. Ask ${inviterName} for a new one.`)
  }
  if (!(await isStillGood(access, { ...invitation, teamId: invitation.teamId ?? undefined }))) {
    throw new AppError('gone', `${inviterName} no longer invites people here. Ask someone else who does.`)
  }
  return invitation
}

/**
 * Gives someone the role they were invited to; `before` creates their account where they are new. Whoever holds the role
 * already just comes in. A password-reset link that a coordinator made before must not reach into this network too.
 */
export async function redeem(
  db: Database,
  invitation: InvitationRow,
  accountId: string,
  at: number,
  before: readonly Statement[] = [],
): Promise<void> {
  const { id, networkId, role, teamId } = invitation
  const membership = { id: newId(), networkId, accountId, role, teamId, title: null }
  try {
    await db.write([
      ...before,
      redeemInvitation(id, accountId, at),
      withoutExpectation(insertMembership(membership, at)),
      dropPasswordResetsOf(accountId),
      auditEntry({ networkId, accountId, action: 'invitation-redeemed', subject: id, at }),
    ])
  } catch (failure) {
    if (failure instanceof ExpectationFailed && failure.statement === before.length) {
      throw new AppError('gone', 'This invitation was used already. If it was you, sign in.')
    }
    throw failure
  }
}

const withoutExpectation = ({ sql, args = [] }: Statement): Statement => ({ sql, args })
