import { Hono } from 'hono'
import * as v from 'valibot'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { isTeamRole, type RoleGrant } from '#shared/network.ts'
import { createPasswordReset } from '../accounts/password-resets.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import { findAccount } from '../accounts/store.ts'
import { auditEntry } from '../audit.ts'
import type { Database, Statement } from '../db/database.ts'
import { valid } from '../http/errors.ts'
import type { Origins } from '../http/origins.ts'
import { passwordResetLetter } from '../notifications/letters.ts'
import type { Mail } from '../notifications/mail.ts'
import type { Access, RolesChanged } from './access.ts'
import {
  getGrant,
  requireCoordinator,
  requireManager,
  roleSchema,
  teamIdSchema,
  titleSchema,
} from './people.ts'
import {
  coordinatesAllOf,
  deleteMembership,
  findMembership,
  hasCoordinator,
  insertMembership,
  listMembershipsOf,
  type MembershipRow,
  setMembership,
} from './store.ts'
import { writeUnless } from './writing.ts'

export interface MemberDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly access: Access
  readonly mail: Mail
  readonly origins: Origins
  readonly now: () => number
  readonly accessChanged: RolesChanged
}

const grantSchema = v.object({
  role: roleSchema,
  team: v.optional(teamIdSchema),
  title: v.optional(titleSchema),
})
const newGrantSchema = v.object({
  account: v.string('A person is named by the id of the account.'),
  ...grantSchema.entries,
})

/** What people hold in a network: roles are given, changed and taken away by those who manage them. */
export function memberRoutes({ accounts, db, access, mail, origins, now, accessChanged }: MemberDeps) {
  const people = signedIn(accounts)

  return new Hono()
    .post('/api/networks/:id/members', people, valid('json', newGrantSchema), async (c) => {
      const networkId = c.req.param('id')
      const viewer = await access.getViewer(networkId, c.var.account.id)
      const { account, title = null, ...wanted } = c.req.valid('json')
      const grant = await getGrant(db, networkId, wanted)
      requireManager(viewer, grant)
      if (!(await access.viewerIn(networkId, account))) {
        throw new AppError('not-found', 'This person is not in the network yet: invite them.')
      }
      const membership = membershipOf({ id: newId(), networkId, accountId: account, grant, title })
      await writeUnless(db, roleHeldAlready, [
        insertMembership(membership, now()),
        auditOf(c.var.account.id, 'member-role-added', membership),
      ])
      accessChanged({ networkId, accountId: account })
      return c.json({ id: membership.id }, 201)
    })

    .delete('/api/networks/:id/members/:accountId', people, async (c) => {
      const { id: networkId, accountId } = c.req.param()
      requireCoordinator(await access.getViewer(networkId, c.var.account.id))
      const held = (await listMembershipsOf(db, accountId)).filter((row) => row.networkId === networkId)
      if (held.length === 0) throw new AppError('not-found', 'This person is not in the network.')
      await writeUnless(db, lastCoordinatorOr(removedAlready), [
        ...held.flatMap((row) => [
          deleteMembership(row.id),
          auditOf(c.var.account.id, 'member-removed', row),
        ]),
        hasCoordinator(networkId),
      ])
      accessChanged({ networkId, accountId })
      return c.json({})
    })

    .post('/api/networks/:id/members/:accountId/password-reset', people, async (c) => {
      const { id: networkId, accountId } = c.req.param()
      const coordinator = c.var.account
      requireCoordinator(await access.getViewer(networkId, coordinator.id))
      const account = await getResettable(networkId, accountId, coordinator.id)
      const path = await createPasswordReset(db, { accountId, createdBy: coordinator.id, networkId })
      const link = `${origins.ofRequest(c.req.raw.headers)}${path}`
      const mailed = await mail.send(
        passwordResetLetter({ to: account.email, coordinator: coordinator.name, link }),
      )
      return c.json({ link, mailed }, 201)
    })

    .put('/api/memberships/:id', people, valid('json', grantSchema), async (c) => {
      const before = await getManagedMembership(c.req.param('id'), c.var.account.id)
      const { networkId, accountId } = before
      const viewer = await access.getViewer(networkId, c.var.account.id)
      const { title, ...wanted } = c.req.valid('json')
      const grant = await getGrant(db, networkId, wanted)
      requireManager(viewer, grant)
      const after = membershipOf({ id: before.id, networkId, accountId, grant, title: title ?? before.title })
      await writeUnless(db, lastCoordinatorOr(roleHeldAlready), [
        setMembership(after),
        auditOf(c.var.account.id, 'member-role-changed', after),
        hasCoordinator(networkId),
      ])
      accessChanged({ networkId, accountId })
      return c.json({})
    })

    .delete('/api/memberships/:id', people, async (c) => {
      const membership = await getManagedMembership(c.req.param('id'), c.var.account.id)
      const { id, networkId, accountId } = membership
      await writeUnless(db, lastCoordinatorOr(removedAlready), [
        deleteMembership(id),
        auditOf(c.var.account.id, 'member-role-removed', membership),
        hasCoordinator(networkId),
      ])
      accessChanged({ networkId, accountId })
      return c.json({})
    })

  /** The grant, for someone who manages it; to others it is as if there were none. */
  async function getManagedMembership(id: string, managerId: string): Promise<MembershipRow> {
    const membership = await findMembership(db, id)
    const viewer = membership && (await access.viewerIn(membership.networkId, managerId))
    if (!membership || !viewer) throw new AppError('not-found', 'There is no such membership.')
    requireManager(viewer, grantOf(membership))
    return membership
  }

  async function getResettable(networkId: string, accountId: string, coordinatorId: string) {
    if (accountId === coordinatorId) {
      throw new AppError('conflict', 'Change your own password on the page of your account.')
    }
    const held = await listMembershipsOf(db, accountId)
    const account = await findAccount(db, accountId)
    if (!account || !held.some((row) => row.networkId === networkId)) {
      throw new AppError('not-found', 'This person is not in the network.')
    }
    if (await coordinatesAllOf(db, coordinatorId, accountId)) return account
    throw new AppError(
      'forbidden',
      'This person belongs to other networks too, which the link would open. Whoever runs the server can make one.',
    )
  }

  function auditOf(
    by: string,
    action: string,
    { id, networkId, accountId, role, teamId }: MembershipRow,
  ): Statement {
    const detail = { membership: id, role, ...(teamId !== null && { team: teamId }) }
    return auditEntry({ networkId, accountId: by, action, subject: accountId, detail, at: now() })
  }
}

const grantOf = ({ role, teamId }: MembershipRow): RoleGrant => ({ role, ...(teamId !== null && { teamId }) })

const membershipOf = ({
  grant,
  title,
  ...rest
}: {
  readonly id: string
  readonly networkId: string
  readonly accountId: string
  readonly grant: RoleGrant
  readonly title: string | null
}): MembershipRow => ({
  ...rest,
  role: grant.role,
  teamId: isTeamRole(grant.role) ? (grant.teamId ?? null) : null,
  title: title === '' ? null : title,
})

const roleHeldAlready = () => new AppError('conflict', 'This person holds this role already.')

const removedAlready = () => new AppError('not-found', 'There is no such membership any more.')

const lastCoordinator = () =>
  new AppError('conflict', 'A network keeps at least one coordinator. Make someone else coordinator first.')

/** The check for a coordinator is the last statement of a change. */
const lastCoordinatorOr = (otherwise: () => AppError) => (statement: number, count: number) =>
  statement === count - 1 ? lastCoordinator() : otherwise()
