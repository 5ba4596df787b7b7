import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import { AppError } from '#shared/errors.ts'
import type { Database } from '../db/database.ts'
import type { Origins } from '../http/origins.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import { createSessions, lifetimes } from './sessions.ts'
import type { Authenticates } from './signed-in.ts'
import { deleteSession, findAccount } from './store.ts'
import { hashOf } from './tokens.ts'

/** Who has an account, and who is signed in. The only part that knows how sign-ins work. */
export interface Accounts extends Authenticates {
  readonly passwords: Passwords
  /** Signs someone in: the cookie goes out with the answer to this request. */
  signIn(c: Context, accountId: string, options?: SignInOptions & { sharedComputer?: boolean }): Promise<void>
  /** Signs a program in: answers the secret for its Authorization header. */
  signInProgram(c: Context, accountId: string, options?: SignInOptions): Promise<string>
  /** Removes the cookie; the session itself is ended by whoever calls this. */
  forgetCookie(c: Context): void
}

interface SignInOptions {
  /** The hash of the password that was found right: refuses where the account has another one by now. */
  passwordHash?: string
}

interface AccountsDeps {
  readonly db: Database
  readonly origins: Origins
}

export function createAccounts({ db, origins }: AccountsDeps): Accounts {
  const sessions = createSessions({ db })
  const passwords = createPasswords()
  const cookie = { httpOnly: true, secure: origins.isSecure, sameSite: 'Lax', path: '/' } as const

  async function start(
    c: Context,
    accountId: string,
    { passwordHash, ...flags }: SignInOptions & { sharedComputer: boolean; bearer: boolean },
  ): Promise<string> {
    const secret = await sessions.start({ accountId, userAgent: c.req.header('user-agent') ?? '', ...flags })
    if (passwordHash === undefined) return secret
    // A change of password ends the sessions that are there. One that began while it was on its way must not outlive it.
    const account = await findAccount(db, accountId)
    if (account?.passwordHash === passwordHash) return secret
    await db.write([deleteSession(hashOf(secret))])
    throw new AppError('unauthenticated', 'The password was changed just now. Sign in with the new one.')
  }

  return {
    passwords,

    async authenticate(headers, { isUse = true } = {}) {
      const bearer = bearerSecret(headers)
      const secret = bearer ?? parse(headers.get('cookie') ?? '', origins.cookieName)[origins.cookieName]
      if (!secret) return undefined
      const session = await sessions.find(secret, isUse)
      // Each door has its own secrets: one that leaks from a program's settings must not open a browser, nor the reverse.
      if (!session || session.bearer !== (bearer !== undefined)) return undefined
      return { account: session.account, sessionId: session.id }
    },

    async signIn(c, accountId, { sharedComputer = false, ...options } = {}) {
      const secret = await start(c, accountId, { ...options, sharedComputer, bearer: false })
      // On a shared computer the cookie goes with the browser's last window.
      const maxAge = sharedComputer ? {} : { maxAge: lifetimes.absolute / 1000 }
      setCookie(c, origins.cookieName, secret, { ...cookie, ...maxAge })
    },

    signInProgram: (c, accountId, options) =>
      start(c, accountId, { ...options, sharedComputer: false, bearer: true }),

    forgetCookie(c) {
      setCookie(c, origins.cookieName, '', { ...cookie, maxAge: 0 })
    },
  }
}

function bearerSecret(headers: Headers): string | undefined {
  const [scheme, secret] = (headers.get('authorization') ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' ? secret : undefined
}
