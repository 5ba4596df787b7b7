import type {
  IdentifierGuard,
  Invitation,
  Membership,
  Network,
  NetworkSummary,
  Role,
  RoleGrant,
  Team,
} from '#shared/network.ts'
import type { PersonColor } from '#shared/people.ts'
import type { Database, Statement } from '../db/database.ts'

interface GrantRow {
  readonly networkId: string
  readonly role: Role
  readonly teamId: string | null
}

const grantOf = ({ role, teamId }: { readonly role: Role; readonly teamId: string | null }): RoleGrant => ({
  role,
  ...(teamId !== null && { teamId }),
})

/** What someone holds in one network. */
export async function listGrants(
  db: Database,
  networkId: string,
  accountId: string,
): Promise<readonly RoleGrant[]> {
  const rows = await db.read<GrantRow>(
    `SELECT network_id AS networkId, role, team_id AS teamId FROM membership
     WHERE network_id = ? AND account_id = ? ORDER BY id`,
    [networkId, accountId],
  )
  return rows.map(grantOf)
}

/** The networks in which someone holds a role, by name. */
export async function listNetworksOf(db: Database, accountId: string): Promise<readonly NetworkSummary[]> {
  const rows = await db.read<GrantRow & { readonly name: string }>(
    `SELECT network_id AS networkId, network.name AS name, role, team_id AS teamId
     FROM membership JOIN network ON network.id = membership.network_id
     WHERE account_id = ? ORDER BY network.name COLLATE NOCASE, network.id, membership.id`,
    [accountId],
  )
  const found = new Map<string, { id: string; name: string; roles: RoleGrant[] }>()
  for (const row of rows) {
    const network = found.get(row.networkId) ?? { id: row.networkId, name: row.name, roles: [] }
    network.roles.push(grantOf(row))
    found.set(row.networkId, network)
  }
  return [...found.values()]
}

export async function findNetwork(
  db: Database,
  id: string,
): Promise<Pick<Network, 'id' | 'name' | 'timeZone' | 'identifierGuard'> | undefined> {
  const [row] = await db.read<StoredGuard & { id: string; name: string; timeZone: string }>(
    `SELECT id, name, time_zone AS timeZone, identifier_guard AS mode, school_domains AS schoolDomains
     FROM network WHERE id = ?`,
    [id],
  )
  return row && { id: row.id, name: row.name, timeZone: row.timeZone, identifierGuard: guardOf(row) }
}

interface StoredGuard {
  readonly mode: IdentifierGuard['mode']
  readonly schoolDomains: string
}

const guardOf = ({ mode, schoolDomains }: StoredGuard): IdentifierGuard => ({
  mode,
  schoolDomains: JSON.parse(schoolDomains) as string[],
})

/** What an address names: a network, or something that belongs to one. */
export type InNetwork =
  | { readonly networkId: string }
  | { readonly documentId: string }
  | { readonly sealId: string }

/** What the network asks about students' identifiers; undefined where there is no such thing. */
export async function findIdentifierGuard(
  db: Database,
  of: InNetwork,
): Promise<(IdentifierGuard & { readonly networkId: string }) | undefined> {
  const [condition, id] = conditionOf(of)
  const [row] = await db.read<StoredGuard & { networkId: string }>(
    `SELECT id AS networkId, identifier_guard AS mode, school_domains AS schoolDomains
     FROM network WHERE id = ${condition}`,
    [id],
  )
  return row && { networkId: row.networkId, ...guardOf(row) }
}

function conditionOf(of: InNetwork): readonly [condition: string, id: string] {
  if ('networkId' in of) return ['?', of.networkId]
  if ('documentId' in of) return ['(SELECT network_id FROM document WHERE document.id = ?)', of.documentId]
  return [
    `(SELECT network_id FROM document
      WHERE document.id = (SELECT document_id FROM seal WHERE seal.id = ?))`,
    of.sealId,
  ]
}

export const setIdentifierGuard = (id: string, { mode, schoolDomains }: IdentifierGuard): Statement => ({
  sql: 'UPDATE network SET identifier_guard = ?, school_domains = ? WHERE id = ?',
  args: [mode, JSON.stringify(schoolDomains), id],
  expect: 1,
})

export const insertNetwork = (network: {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly createdAt: number
}): Statement => ({
  sql: 'INSERT INTO network (id, name, time_zone, created_at) VALUES (?, ?, ?, ?)',
  args: [network.id, network.name, network.timeZone, network.createdAt],
})

export const setNetwork = (
  id: string,
  { name, timeZone }: { name: string; timeZone: string },
): Statement => ({
  sql: 'UPDATE network SET name = ?, time_zone = ? WHERE id = ?',
  args: [name, timeZone, id],
  expect: 1,
})

interface TeamRow {
  readonly id: string
  readonly name: string
  readonly district: string | null
  readonly state: string | null
}

const teamOf = ({ id, name, district, state }: TeamRow): Team => ({
  id,
  name,
  ...(district !== null && { district }),
  ...(state !== null && { state }),
})

export async function listTeams(db: Database, networkId: string): Promise<readonly Team[]> {
  const rows = await db.read<TeamRow>(
    'SELECT id, name, district, state FROM team WHERE network_id = ? ORDER BY name COLLATE NOCASE, id',
    [networkId],
  )
  return rows.map(teamOf)
}

export async function findTeam(db: Database, networkId: string, id: string): Promise<Team | undefined> {
  const [row] = await db.read<TeamRow>(
    'SELECT id, name, district, state FROM team WHERE id = ? AND network_id = ?',
    [id, networkId],
  )
  return row && teamOf(row)
}

/** Changes no row where the network has a team of this name. */
export const insertTeam = (networkId: string, team: Team, at: number): Statement => ({
  sql: `INSERT INTO team (id, network_id, name, district, state, created_at)
        SELECT ?, ?, ?, ?, ?, ?
        WHERE NOT EXISTS (SELECT 1 FROM team WHERE network_id = ? AND name = ? COLLATE NOCASE)`,
  args: [team.id, networkId, team.name, team.district ?? null, team.state ?? null, at, networkId, team.name],
  expect: 1,
})

/** Changes no row where another team of the network has this name. */
export const setTeam = (networkId: string, team: Team): Statement => ({
  sql: `UPDATE team SET name = ?, district = ?, state = ?
        WHERE id = ? AND NOT EXISTS
          (SELECT 1 FROM team WHERE network_id = ? AND name = ? COLLATE NOCASE AND id <> ?)`,
  args: [team.name, team.district ?? null, team.state ?? null, team.id, networkId, team.name, team.id],
  expect: 1,
})

export interface MembershipRow {
  readonly id: string
  readonly networkId: string
  readonly accountId: string
  readonly role: Role
  readonly teamId: string | null
  readonly title: string | null
}

/** Everyone in the network, by name; addresses only where `email` says so. */
export async function listMembers(
  db: Database,
  networkId: string,
  showsEmail: (grant: RoleGrant) => boolean,
): Promise<readonly Membership[]> {
  const rows = await db.read<MembershipRow & { name: string; color: PersonColor; email: string }>(
    `SELECT membership.id AS id, network_id AS networkId, account_id AS accountId, role, team_id AS teamId, title,
       account.name AS name, color, email
     FROM membership JOIN account ON account.id = membership.account_id
     WHERE network_id = ? ORDER BY account.name COLLATE NOCASE, account.id, membership.id`,
    [networkId],
  )
  return rows.map((row) => ({
    id: row.id,
    ...grantOf(row),
    person: { id: row.accountId, name: row.name, color: row.color },
    ...(row.title !== null && { title: row.title }),
    ...(showsEmail(grantOf(row)) && { email: row.email }),
  }))
}

const membershipColumns =
  'id, network_id AS networkId, account_id AS accountId, role, team_id AS teamId, title'

export async function findMembership(db: Database, id: string): Promise<MembershipRow | undefined> {
  const [row] = await db.read<MembershipRow>(`SELECT ${membershipColumns} FROM membership WHERE id = ?`, [id])
  return row
}

export const listMembershipsOf = (db: Database, accountId: string): Promise<readonly MembershipRow[]> =>
  db.read<MembershipRow>(`SELECT ${membershipColumns} FROM membership WHERE account_id = ? ORDER BY id`, [
    accountId,
  ])

/** A link to someone's account opens all of their networks, so only a coordinator of each may make one. */
export async function coordinatesAllOf(
  db: Database,
  coordinatorId: string,
  accountId: string,
): Promise<boolean> {
  const held = await listMembershipsOf(db, accountId)
  const own = (await listMembershipsOf(db, coordinatorId)).filter(({ role }) => role === 'coordinator')
  const coordinated = new Set(own.map((row) => row.networkId))
  return held.length > 0 && held.every((row) => coordinated.has(row.networkId))
}

/** Changes no row where the person holds this role already. */
export const insertMembership = (membership: MembershipRow, at: number): Statement => ({
  sql: `INSERT OR IGNORE INTO membership (id, network_id, account_id, role, team_id, title, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
  args: [
    membership.id,
    membership.networkId,
    membership.accountId,
    membership.role,
    membership.teamId,
    membership.title,
    at,
  ],
  expect: 1,
})

/** Changes no row where the person holds this role in another row already. */
export const setMembership = ({ id, role, teamId, title }: MembershipRow): Statement => ({
  sql: 'UPDATE OR IGNORE membership SET role = ?, team_id = ?, title = ? WHERE id = ?',
  args: [role, teamId, title, id],
  expect: 1,
})

export const deleteMembership = (id: string): Statement => ({
  sql: 'DELETE FROM membership WHERE id = ?',
  args: [id],
  expect: 1,
})

/** Fails the transaction that left the network without a coordinator; stands after its changes. */
export const hasCoordinator = (networkId: string): Statement => ({
  sql: `UPDATE network SET name = name
        WHERE id = ? AND EXISTS (SELECT 1 FROM membership WHERE network_id = ? AND role = 'coordinator')`,
  args: [networkId, networkId],
  expect: 1,
})

export interface InvitationRow {
  readonly id: string
  readonly networkId: string
  readonly networkName: string
  readonly role: Role
  readonly teamId: string | null
  readonly teamName: string | null
  readonly email: string | null
  readonly createdAt: number
  readonly expiresAt: number
  readonly redeemedAt: number | null
  readonly revokedAt: number | null
  readonly inviterId: string
  readonly inviterName: string
  readonly inviterColor: PersonColor
}

const selectInvitations = `
  SELECT invitation.id AS id, invitation.network_id AS networkId, network.name AS networkName, role,
    invitation.team_id AS teamId, team.name AS teamName, invitation.email AS email,
    invitation.created_at AS createdAt, expires_at AS expiresAt, redeemed_at AS redeemedAt, revoked_at AS revokedAt,
    account.id AS inviterId, account.name AS inviterName, account.color AS inviterColor
  FROM invitation
    JOIN network ON network.id = invitation.network_id
    JOIN account ON account.id = invitation.created_by
    LEFT JOIN team ON team.id = invitation.team_id`

export async function findInvitation(db: Database, tokenHash: string): Promise<InvitationRow | undefined> {
  const [row] = await db.read<InvitationRow>(`${selectInvitations} WHERE token_hash = ?`, [tokenHash])
  return row
}

/** Those that can still be redeemed, newest first. */
export async function listInvitations(
  db: Database,
  networkId: string,
  at: number,
): Promise<readonly Invitation[]> {
  const rows = await db.read<InvitationRow>(
    `${selectInvitations}
     WHERE invitation.network_id = ? AND redeemed_at IS NULL AND revoked_at IS NULL AND expires_at > ?
     ORDER BY invitation.created_at DESC, invitation.id DESC`,
    [networkId, at],
  )
  return rows.map((row) => ({
    id: row.id,
    ...grantOf(row),
    ...(row.email !== null && { email: row.email }),
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    createdBy: { id: row.inviterId, name: row.inviterName, color: row.inviterColor },
  }))
}

export const insertInvitation = (invitation: {
  readonly id: string
  readonly tokenHash: string
  readonly networkId: string
  readonly grant: RoleGrant
  readonly email: string | undefined
  readonly createdBy: string
  readonly createdAt: number
  readonly expiresAt: number
}): Statement => ({
  sql: `INSERT INTO invitation
          (id, token_hash, network_id, role, team_id, email, created_by, created_at, expires_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [
    invitation.id,
    invitation.tokenHash,
    invitation.networkId,
    invitation.grant.role,
    invitation.grant.teamId ?? null,
    invitation.email ?? null,
    invitation.createdBy,
    invitation.createdAt,
    invitation.expiresAt,
  ],
})

/** Changes no row where someone was faster, or where it was revoked or expired meanwhile. */
export const redeemInvitation = (id: string, accountId: string, at: number): Statement => ({
  sql: `UPDATE invitation SET redeemed_at = ?, redeemed_by = ?
        WHERE id = ? AND redeemed_at IS NULL AND revoked_at IS NULL AND expires_at > ?`,
  args: [at, accountId, id, at],
  expect: 1,
})

export const revokeInvitation = (id: string, at: number): Statement => ({
  sql: 'UPDATE invitation SET revoked_at = ? WHERE id = ? AND redeemed_at IS NULL AND revoked_at IS NULL',
  args: [at, id],
  expect: 1,
})
