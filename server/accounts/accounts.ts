import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import type { Database } from '../db/database.ts'
import type { Origins } from '../http/origins.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import { createSessions, lifetimes } from './sessions.ts'
import type { Authenticates } from './signed-in.ts'

/** Who has an account, and who is signed in. The only part that knows how sign-ins work. */
export interface Accounts extends Authenticates {
  readonly passwords: Passwords
  /** Signs someone in: the cookie goes out with the answer to this request. */
  signIn(c: Context, accountId: string, options?: { sharedComputer?: boolean }): Promise<void>
  /** Signs a program in: answers the secret for its Authorization header. */
  signInProgram(c: Context, accountId: string): Promise<string>
  /** Removes the cookie; the session itself is ended by whoever calls this. */
  forgetCookie(c: Context): void
}

interface AccountsDeps {
  readonly db: Database
  readonly origins: Origins
}

export function createAccounts({ db, origins }: AccountsDeps): Accounts {
  const sessions = createSessions({ db })
  const passwords = createPasswords()
  const cookie = { httpOnly: true, secure: origins.isSecure, sameSite: 'Lax', path: '/' } as const

  const start = (c: Context, accountId: string, flags: { sharedComputer: boolean; bearer: boolean }) =>
    sessions.start({ accountId, userAgent: c.req.header('user-agent') ?? '', ...flags })

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

    async signIn(c, accountId, { sharedComputer = false } = {}) {
      const secret = await start(c, accountId, { sharedComputer, bearer: false })
      // On a shared computer the cookie goes with the browser's last window.
      const maxAge = sharedComputer ? {} : { maxAge: lifetimes.absolute / 1000 }
      setCookie(c, origins.cookieName, secret, { ...cookie, ...maxAge })
    },

    signInProgram: (c, accountId) => start(c, accountId, { sharedComputer: false, bearer: true }),

    forgetCookie(c) {
      setCookie(c, origins.cookieName, '', { ...cookie, maxAge: 0 })
    },
  }
}

function bearerSecret(headers: Headers): string | undefined {
  const [scheme, secret] = (headers.get('authorization') ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' ? secret : undefined
}
