import * as v from 'valibot'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { createAccount, emailSchema, nameSchema, passwordSchema } from '../accounts/account.ts'
import { createPasswordResetFor } from '../accounts/password-resets.ts'
import type { Passwords } from '../accounts/passwords.ts'
import { findAccountByEmail } from '../accounts/store.ts'
import { auditEntry } from '../audit.ts'
import type { Backup } from '../backup/making.ts'
import type { Database } from '../db/database.ts'
import { invalidFields } from '../http/errors.ts'
import { networkSchema } from '../networks/schemas.ts'
import { insertMembership, insertNetwork } from '../networks/store.ts'
import type { Verified } from '../verification/verifying.ts'
import type { ControlCommands } from './control.ts'

export interface ServerCommandsDeps {
  readonly db: Database
  readonly passwords: Passwords
  readonly now: () => number
  /** Answers of how many documents the index was made. */
  readonly reindex: () => Promise<number>
  readonly backup: (file: string) => Promise<Backup>
  readonly verify: () => Promise<Verified>
  /** What links begin with. */
  readonly origin: string
}

const newAccountSchema = v.object({ email: emailSchema, name: nameSchema, password: passwordSchema })
const resetSchema = v.object({ email: emailSchema })
const backupSchema = v.object({ file: v.string() })
const newNetworkSchema = v.object({ ...networkSchema.entries, coordinator: emailSchema })

export interface PasswordResetAnswer {
  readonly origin: string
  readonly path: string
}

/** What a running server does for the command line. */
export function serverCommands(deps: ServerCommandsDeps): ControlCommands {
  const { db, passwords, now, reindex, backup, verify, origin } = deps
  return {
    async 'account create'(args) {
      const { email } = await createAccount({ db, passwords, now }, parsed(newAccountSchema, args))
      return { email }
    },

    async 'account reset-password'(args): Promise<PasswordResetAnswer> {
      const { email } = parsed(resetSchema, args)
      return { origin, path: await createPasswordResetFor(db, email) }
    },

    async 'network create'(args) {
      const { name, timeZone, coordinator: email } = parsed(newNetworkSchema, args)
      const coordinator = await findAccountByEmail(db, email)
      if (!coordinator)
        throw new AppError('not-found', `There is no account with the address ${email}; create it first.`)
      const [id, at] = [newId(), now()]
      const membership = {
        id: newId(),
        networkId: id,
        accountId: coordinator.id,
        role: 'coordinator',
      } as const
      await db.write([
        insertNetwork({ id, name, timeZone, createdAt: at }),
        insertMembership({ ...membership, teamId: null, title: null }, at),
        auditEntry({ networkId: id, action: 'network-created', subject: id, at }),
      ])
      return { id }
    },

    async reindex() {
      return { documents: await reindex() }
    },

    backup: (args) => backup(parsed(backupSchema, args).file),

    verify,
  }
}

function parsed<T>(schema: v.GenericSchema<unknown, T>, args: unknown): T {
  const result = v.safeParse(schema, args)
  if (result.success) return result.output
  const problems = result.issues.map((issue) => [v.getDotPath(issue) ?? 'args', issue.message])
  throw invalidFields(Object.fromEntries(problems))
}
