import { Hono } from 'hono'
import type * as v from 'valibot'
import { managesPeople, type Viewer } from '#shared/access.ts'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import type { Network, Team } from '#shared/network.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import { auditEntry } from '../audit.ts'
import type { Database } from '../db/database.ts'
import { valid } from '../http/errors.ts'
import type { Access, RolesChanged } from './access.ts'
import { requireCoordinator } from './people.ts'
import { identifierGuardSchema, networkChangesSchema, networkSchema, teamSchema } from './schemas.ts'
import {
  findNetwork,
  findTeam,
  insertMembership,
  insertNetwork,
  insertTeam,
  listMembers,
  listMembershipsOf,
  listNetworksOf,
  listTeams,
  setIdentifierGuard,
  setNetwork,
  setTeam,
} from './store.ts'
import { writeUnless } from './writing.ts'

export interface NetworkDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly access: Access
  readonly now: () => number
  readonly accessChanged: RolesChanged
}

/** Networks and their teams. */
export function networkRoutes({ accounts, db, access, now, accessChanged }: NetworkDeps) {
  const people = signedIn(accounts)

  return new Hono()
    .get('/api/networks', people, async (c) =>
      c.json({ networks: await listNetworksOf(db, c.var.account.id) }),
    )

    .post('/api/networks', people, valid('json', networkSchema), async (c) => {
      const { name, timeZone } = c.req.valid('json')
      const accountId = c.var.account.id
      await requireCoordinatorSomewhere(accountId)
      const id = newId()
      const at = now()
      const membership = {
        id: newId(),
        networkId: id,
        accountId,
        role: 'coordinator',
        teamId: null,
        title: null,
      } as const
      await db.write([
        insertNetwork({ id, name, timeZone, createdAt: at }),
        insertMembership(membership, at),
        auditEntry({ networkId: id, accountId, action: 'network-created', subject: id, at }),
      ])
      accessChanged({ networkId: id, accountId })
      return c.json({ id }, 201)
    })

    .get('/api/networks/:id', people, async (c) => {
      const id = c.req.param('id')
      const viewer = await access.getViewer(id, c.var.account.id)
      return c.json(await getNetwork(id, viewer))
    })

    .put('/api/networks/:id', people, valid('json', networkChangesSchema), async (c) => {
      const id = c.req.param('id')
      const viewer = await access.getViewer(id, c.var.account.id)
      requireCoordinator(viewer)
      const { name, timeZone } = await getNetwork(id, viewer)
      const changes = c.req.valid('json')
      await db.write([
        setNetwork(id, { name: changes.name ?? name, timeZone: changes.timeZone ?? timeZone }),
        auditEntry({
          networkId: id,
          accountId: c.var.account.id,
          action: 'network-changed',
          subject: id,
          at: now(),
        }),
      ])
      return c.json(await getNetwork(id, viewer))
    })

    .put('/api/networks/:id/identifier-guard', people, valid('json', identifierGuardSchema), async (c) => {
      const id = c.req.param('id')
      const viewer = await access.getViewer(id, c.var.account.id)
      requireCoordinator(viewer)
      const guard = c.req.valid('json')
      await db.write([
        setIdentifierGuard(id, guard),
        auditEntry({
          networkId: id,
          accountId: c.var.account.id,
          action: 'identifier-guard-changed',
          subject: id,
          detail: { mode: guard.mode, schoolDomains: guard.schoolDomains.join(', ') },
          at: now(),
        }),
      ])
      return c.json(await getNetwork(id, viewer))
    })

    .post('/api/networks/:id/teams', people, valid('json', teamSchema), async (c) => {
      const networkId = c.req.param('id')
      requireCoordinator(await access.getViewer(networkId, c.var.account.id))
      const team = teamOf(newId(), c.req.valid('json'))
      await writeUnless(db, teamNameTaken, [insertTeam(networkId, team, now())])
      return c.json({ id: team.id }, 201)
    })

    .put('/api/networks/:id/teams/:teamId', people, valid('json', teamSchema), async (c) => {
      const { id: networkId, teamId } = c.req.param()
      requireCoordinator(await access.getViewer(networkId, c.var.account.id))
      if (!(await findTeam(db, networkId, teamId))) throw new AppError('not-found', 'There is no such team.')
      const team = teamOf(teamId, c.req.valid('json'))
      await writeUnless(db, teamNameTaken, [setTeam(networkId, team)])
      return c.json(team)
    })

  async function getNetwork(id: string, viewer: Viewer): Promise<Network> {
    const [network, teams, members] = await Promise.all([
      findNetwork(db, id),
      listTeams(db, id),
      listMembers(db, id, ({ teamId }) => managesPeople(viewer, teamId)),
    ])
    if (!network) throw new AppError('not-found', 'There is no such network.')
    return { ...network, roles: viewer.roles, teams, members }
  }

  async function requireCoordinatorSomewhere(accountId: string): Promise<void> {
    const held = await listMembershipsOf(db, accountId)
    if (held.some(({ role }) => role === 'coordinator')) return
    throw new AppError('forbidden', 'Only a coordinator can start another network.')
  }
}

const teamOf = (id: string, { name, district, state }: v.InferOutput<typeof teamSchema>): Team => ({
  id,
  name,
  ...(district && { district }),
  ...(state && { state }),
})

const teamNameTaken = () =>
  new AppError('conflict', 'The network has a team of this name already.', {
    name: 'The network has a team of this name already.',
  })
