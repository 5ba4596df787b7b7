import * as v from 'valibot'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { colorForNext, type Me } from '#shared/people.ts'
import { type Database, ExpectationFailed, type Statement } from '../db/database.ts'
import { invalidFields } from '../http/errors.ts'
import { passwordProblem } from './password-rules.ts'
import type { Passwords } from './passwords.ts'
import { insertAccount, listColors } from './store.ts'

export const nameSchema = v.pipe(
  v.string('Give a name.'),
  v.trim(),
  v.minLength(1, 'Give a name.'),
  v.maxLength(100, 'A name has at most 100 characters.'),
  v.regex(/^\P{Cc}*$/u, 'A name has no line breaks or control characters.'),
)

export const emailSchema = v.pipe(
  v.string('Give a mail address.'),
  v.trim(),
  v.toLowerCase(),
  v.maxLength(254, 'A mail address has at most 254 characters.'),
  v.email('This is not a mail address. It looks like name@example.org.'),
)

/** The rules for a new password need the person's name; this is the rest. */
export const passwordSchema = v.pipe(v.string('Give a password.'), v.minLength(1, 'Give a password.'))

interface NewAccount {
  readonly email: string
  readonly name: string
  readonly password: string
}

/** A person who is about to have an account, and the statement that gives it, for whoever has more to write with it. */
interface PreparedAccount {
  readonly account: Me
  readonly statement: Statement
}

export async function prepareAccount(
  { db, passwords }: { db: Database; passwords: Passwords },
  { email, name, password }: NewAccount,
  { at, onlyAsFirst = false }: { at: number; onlyAsFirst?: boolean },
): Promise<PreparedAccount> {
  const problem = passwordProblem(password, { email, name })
  if (problem) throw invalidFields({ password: problem })
  const id = newId()
  const account: Me = { id, email, name, color: colorForNext(await listColors(db)) }
  const passwordHash = await passwords.hash(password)
  return { account, statement: insertAccount({ ...account, passwordHash }, at, { onlyAsFirst }) }
}

/** An account that belongs to no network yet. */
export async function createAccount(
  { db, passwords, now }: { db: Database; passwords: Passwords; now: () => number },
  input: NewAccount,
): Promise<Me> {
  const { account, statement } = await prepareAccount({ db, passwords }, input, { at: now() })
  try {
    await db.write([statement])
  } catch (failure) {
    if (failure instanceof ExpectationFailed) throw addressTaken()
    throw failure
  }
  return account
}

export const addressTaken = (): AppError =>
  new AppError('conflict', 'There is already an account with this address. Sign in with it instead.', {
    email: 'There is already an account with this address.',
  })
