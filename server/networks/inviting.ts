import { Hono } from 'hono'
import * as v from 'valibot'
import { managesPeople } from '#shared/access.ts'
import { AppError } from '#shared/errors.ts'
import type { Invitation, RoleGrant } from '#shared/network.ts'
import { emailSchema } from '../accounts/account.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import { auditEntry } from '../audit.ts'
import type { Database } from '../db/database.ts'
import { valid } from '../http/errors.ts'
import type { Origins } from '../http/origins.ts'
import { invitationLetter } from '../notifications/letters.ts'
import type { Mail } from '../notifications/mail.ts'
import type { Access } from './access.ts'
import { createInvitation, isStillGood } from './invitations.ts'
import { getGrant, managesAnyone, requireManager, roleInWords, roleSchema, teamIdSchema } from './people.ts'
import { findNetwork, findTeam, listInvitations, revokeInvitation } from './store.ts'
import { writeUnless } from './writing.ts'

export interface InvitingDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly access: Access
  readonly mail: Mail
  readonly origins: Origins
  readonly now: () => number
}

const invitationSchema = v.object({
  role: roleSchema,
  team: v.optional(teamIdSchema),
  email: v.optional(emailSchema),
})

/** Invitations, for those who make them; how they are redeemed stands in `joining.ts`. */
export function invitingRoutes({ accounts, db, access, mail, origins, now }: InvitingDeps) {
  const people = signedIn(accounts)

  return new Hono()
    .get('/api/networks/:id/invitations', people, async (c) => {
      const networkId = c.req.param('id')
      const viewer = await access.getViewer(networkId, c.var.account.id)
      if (!managesAnyone(viewer))
        throw new AppError('forbidden', 'Only those who invite people see invitations.')
      const open = await listOpen(networkId)
      return c.json({ invitations: open.filter(({ teamId }) => managesPeople(viewer, teamId)) })
    })

    .post('/api/networks/:id/invitations', people, valid('json', invitationSchema), async (c) => {
      const networkId = c.req.param('id')
      const viewer = await access.getViewer(networkId, c.var.account.id)
      const { email, ...wanted } = c.req.valid('json')
      const grant = await getGrant(db, networkId, wanted)
      requireManager(viewer, grant)
      const createdBy = c.var.account.id
      const { id, path } = await createInvitation(db, { networkId, grant, email, createdBy, at: now() })
      const link = `${origins.ofRequest(c.req.raw.headers)}${path}`
      const mailed =
        email !== undefined && (await mailInvitation(networkId, grant, c.var.account.name, email, link))
      return c.json({ id, link, mailed }, 201)
    })

    .delete('/api/networks/:id/invitations/:invitationId', people, async (c) => {
      const { id: networkId, invitationId } = c.req.param()
      const accountId = c.var.account.id
      const viewer = await access.getViewer(networkId, accountId)
      const open = await listOpen(networkId)
      const invitation = open.find(({ id }) => id === invitationId)
      if (!invitation) throw new AppError('not-found', 'There is no such invitation, or it was used already.')
      requireManager(viewer, invitation)
      const at = now()
      await writeUnless(db, invitationUsed, [
        { ...revokeInvitation(invitationId, at), expect: 1 },
        auditEntry({ networkId, accountId, action: 'invitation-revoked', subject: invitationId, at }),
      ])
      return c.json({})
    })

  async function listOpen(networkId: string): Promise<readonly Invitation[]> {
    const open = await listInvitations(db, networkId, now())
    const good = await Promise.all(
      open.map(({ createdBy, teamId }) =>
        isStillGood(access, { networkId, inviterId: createdBy.id, teamId }),
      ),
    )
    return open.filter((_, index) => good[index])
  }

  async function mailInvitation(
    networkId: string,
    grant: RoleGrant,
    inviter: string,
    to: string,
    link: string,
  ): Promise<boolean> {
    const network = await findNetwork(db, networkId)
    const team = grant.teamId === undefined ? undefined : await findTeam(db, networkId, grant.teamId)
    return mail.send(
      invitationLetter({ to, inviter, link, network: network?.name ?? '', as: roleInWords(grant, team) }),
    )
  }
}

const invitationUsed = () => new AppError('conflict', 'This invitation was used just now.')
