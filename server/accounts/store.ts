import type { Me, PersonColor } from '#shared/people.ts'
import type { Database, Statement } from '../db/database.ts'

interface AccountRow extends Me {
  readonly passwordHash: string
}

const accountColumns = 'id, email, name, color, password_hash AS passwordHash'

export async function findAccountByEmail(db: Database, email: string): Promise<AccountRow | undefined> {
  const [row] = await db.read<AccountRow>(`SELECT ${accountColumns} FROM account WHERE email = ?`, [email])
  return row
}

export async function findAccount(db: Database, id: string): Promise<AccountRow | undefined> {
  const [row] = await db.read<AccountRow>(`SELECT ${accountColumns} FROM account WHERE id = ?`, [id])
  return row
}

export async function hasAccounts(db: Database): Promise<boolean> {
  const rows = await db.read('SELECT 1 FROM account LIMIT 1')
  return rows.length > 0
}

/** Changes no row where the address is taken, or, for the very first account, where there is one already. */
export const insertAccount = (
  account: AccountRow,
  at: number,
  { onlyAsFirst = false }: { onlyAsFirst?: boolean } = {},
): Statement => ({
  sql: `INSERT INTO account (id, email, name, color, password_hash, created_at)
        SELECT ?, ?, ?, ?, ?, ?
        WHERE NOT EXISTS (SELECT 1 FROM account ${onlyAsFirst ? '' : 'WHERE email = ?'})`,
  args: [
    account.id,
    account.email,
    account.name,
    account.color,
    account.passwordHash,
    at,
    ...(onlyAsFirst ? [] : [account.email]),
  ],
  expect: 1,
})

/** The colors of the newest accounts: enough to spread those of the next ones, however many there are. */
export async function listColors(db: Database): Promise<readonly number[]> {
  const rows = await db.read<{ color: number }>('SELECT color FROM account ORDER BY id DESC LIMIT 200')
  return rows.map(({ color }) => color)
}

export const setNameAndColor = (id: string, name: string, color: PersonColor): Statement => ({
  sql: 'UPDATE account SET name = ?, color = ? WHERE id = ?',
  args: [name, color, id],
  expect: 1,
})

export const setPasswordHash = (id: string, hash: string): Statement => ({
  sql: 'UPDATE account SET password_hash = ? WHERE id = ?',
  args: [hash, id],
  expect: 1,
})

interface SessionRow {
  readonly id: string
  readonly bearer: number
  readonly sharedComputer: number
  readonly userAgent: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly expiresAt: number
}

const sessionColumns = `session.id AS id, bearer, shared_computer AS sharedComputer, user_agent AS userAgent,
  session.created_at AS createdAt, last_seen_at AS lastSeenAt, expires_at AS expiresAt`

interface SessionWithAccountRow extends SessionRow {
  readonly accountId: string
  readonly email: string
  readonly name: string
  readonly color: PersonColor
}

export async function findSessionWithAccount(
  db: Database,
  id: string,
): Promise<SessionWithAccountRow | undefined> {
  const [row] = await db.read<SessionWithAccountRow>(
    `SELECT ${sessionColumns}, account.id AS accountId, email, name, color
     FROM session JOIN account ON account.id = session.account_id
     WHERE session.id = ?`,
    [id],
  )
  return row
}

/** Newest use first. */
export const listSessions = (db: Database, accountId: string): Promise<readonly SessionRow[]> =>
  db.read<SessionRow>(
    `SELECT ${sessionColumns} FROM session WHERE account_id = ? ORDER BY last_seen_at DESC, id`,
    [accountId],
  )

export const insertSession = (accountId: string, session: SessionRow): Statement => ({
  sql: `INSERT INTO session (id, account_id, bearer, shared_computer, user_agent, created_at, last_seen_at, expires_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [
    session.id,
    accountId,
    session.bearer,
    session.sharedComputer,
    session.userAgent,
    session.createdAt,
    session.lastSeenAt,
    session.expiresAt,
  ],
})

export const setLastSeen = (id: string, at: number, expiresAt: number): Statement => ({
  sql: 'UPDATE session SET last_seen_at = ?, expires_at = ? WHERE id = ?',
  args: [at, expiresAt, id],
})

export const deleteSession = (id: string): Statement => ({
  sql: 'DELETE FROM session WHERE id = ?',
  args: [id],
})

export const deleteSessionOf = (accountId: string, id: string): Statement => ({
  sql: 'DELETE FROM session WHERE id = ? AND account_id = ?',
  args: [id, accountId],
})

/** Answers the ids of those that ended. */
export const deleteSessionsOf = (accountId: string, except?: string): Statement => ({
  sql: 'DELETE FROM session WHERE account_id = ? AND id <> ? RETURNING id',
  args: [accountId, except ?? ''],
})

export const deleteExpiredSessions = (now: number, longestAge: number): Statement => ({
  sql: 'DELETE FROM session WHERE expires_at <= ? OR created_at <= ?',
  args: [now, now - longestAge],
})

export interface PasswordResetRow {
  readonly accountId: string
  readonly email: string
  readonly name: string
  /** Absent when the command line made it. */
  readonly createdBy: string | null
  readonly expiresAt: number
  readonly usedAt: number | null
}

export async function findPasswordReset(
  db: Database,
  tokenHash: string,
): Promise<PasswordResetRow | undefined> {
  const [row] = await db.read<PasswordResetRow>(
    `SELECT account_id AS accountId, email, name, created_by AS createdBy, expires_at AS expiresAt,
       used_at AS usedAt
     FROM password_reset JOIN account ON account.id = password_reset.account_id
     WHERE token_hash = ?`,
    [tokenHash],
  )
  return row
}

export const insertPasswordReset = (reset: {
  readonly tokenHash: string
  readonly accountId: string
  readonly createdBy?: string
  readonly createdAt: number
  readonly expiresAt: number
}): Statement => ({
  sql: `INSERT INTO password_reset (token_hash, account_id, created_by, created_at, expires_at)
        VALUES (?, ?, ?, ?, ?)`,
  args: [reset.tokenHash, reset.accountId, reset.createdBy ?? null, reset.createdAt, reset.expiresAt],
})

export const usePasswordReset = (tokenHash: string, at: number): Statement => ({
  sql: 'UPDATE password_reset SET used_at = ? WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?',
  args: [at, tokenHash, at],
  expect: 1,
})

/** Who sets a password themselves needs no link any more, and nobody else should hold one. */
export const dropAllPasswordResetsOf = (accountId: string): Statement => ({
  sql: 'DELETE FROM password_reset WHERE account_id = ? AND used_at IS NULL',
  args: [accountId],
})

/** Links that people (not the command line) made and nobody used yet. */
export const dropPasswordResetsOf = (accountId: string): Statement => ({
  sql: 'DELETE FROM password_reset WHERE account_id = ? AND created_by IS NOT NULL AND used_at IS NULL',
  args: [accountId],
})
