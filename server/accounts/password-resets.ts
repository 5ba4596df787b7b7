import { AppError } from '#shared/errors.ts'
import { auditEntry } from '../audit.ts'
import { type Database, ExpectationFailed } from '../db/database.ts'
import { invalidFields } from '../http/errors.ts'
import { passwordProblem } from './password-rules.ts'
import type { Passwords } from './passwords.ts'
import {
  deleteSessionsOf,
  dropAllPasswordResetsOf,
  findAccountByEmail,
  findPasswordReset,
  insertPasswordReset,
  type PasswordResetRow,
  setPasswordHash,
  usePasswordReset,
} from './store.ts'
import { hashOf, newToken } from './tokens.ts'

const lifetime = 24 * 60 * 60_000

/** A link with which someone sets a new password: it works once, for a day. Answers its path. */
export async function createPasswordReset(
  db: Database,
  { accountId, createdBy, networkId }: { accountId: string; createdBy?: string; networkId?: string },
): Promise<string> {
  const token = newToken()
  const at = Date.now()
  await db.write([
    insertPasswordReset({
      tokenHash: hashOf(token),
      accountId,
      createdAt: at,
      expiresAt: at + lifetime,
      ...(createdBy !== undefined && { createdBy }),
    }),
    auditEntry({
      action: 'password-reset-made',
      subject: accountId,
      at,
      ...(createdBy !== undefined && { accountId: createdBy }),
      ...(networkId !== undefined && { networkId }),
    }),
  ])
  return `/reset/${token}`
}

/** The same for the command line, which knows people by their address. */
export async function createPasswordResetFor(db: Database, email: string): Promise<string> {
  const account = await findAccountByEmail(db, email.trim().toLowerCase())
  if (!account) throw new AppError('not-found', `There is no account with the address ${email}.`)
  return createPasswordReset(db, { accountId: account.id })
}

/** Whether a coordinator may open someone's account with a link; provided by networks. */
export type MayReset = (coordinatorId: string, accountId: string) => Promise<boolean>

/**
 * Whose password a link sets; refuses links that are unknown, used or too old, and those of a coordinator who may not
 * make them any more: neither who lost the role nor who waited for the person to join another network.
 */
export async function getPasswordReset(
  { db, mayReset }: { db: Database; mayReset: MayReset },
  token: string,
): Promise<PasswordResetRow> {
  const reset = await findPasswordReset(db, hashOf(token))
  if (!reset) throw new AppError('not-found', 'There is no such link. Was all of it copied?')
  const { accountId, createdBy, usedAt, expiresAt } = reset
  if (usedAt !== null) throw new AppError('gone', 'This link was used already. Ask for a new one.')
  if (expiresAt <= Date.now()) throw new AppError('gone', 'This link has expired. Ask for a new one.')
  if (createdBy !== null && !(await mayReset(createdBy, accountId)))
    throw new AppError('gone', 'This link is no longer good. Ask for a new one.')
  return reset
}

/** Sets the new password and ends all sign-ins and other links; answers the account and the sessions that ended. */
export async function redeemPasswordReset(
  { db, passwords, mayReset }: { db: Database; passwords: Passwords; mayReset: MayReset },
  token: string,
  password: string,
): Promise<{ accountId: string; ended: readonly string[] }> {
  const { accountId, email, name } = await getPasswordReset({ db, mayReset }, token)
  const problem = passwordProblem(password, { email, name })
  if (problem) throw invalidFields({ password: problem })
  const hash = await passwords.hash(password)
  const at = Date.now()
  try {
    const [, , ended] = await db.write([
      usePasswordReset(hashOf(token), at),
      setPasswordHash(accountId, hash),
      deleteSessionsOf(accountId),
      dropAllPasswordResetsOf(accountId),
      auditEntry({ accountId, action: 'password-reset-used', subject: accountId, at }),
    ])
    return { accountId, ended: (ended?.rows ?? []).map((row) => String(row.id)) }
  } catch (failure) {
    if (failure instanceof ExpectationFailed)
      throw new AppError('gone', 'This link was used already. Ask for a new one.')
    throw failure
  }
}
