import { createMiddleware } from 'hono/factory'
import { AppError } from '#shared/errors.ts'
import type { Me } from '#shared/people.ts'

/** Someone whose sign-in was checked for this request. */
interface SignedIn {
  readonly account: Me
  /** The hash of the session's secret: a handle that opens nothing. */
  readonly sessionId: string
}

/** What routes behind `signedIn` find in `c.var`. */
interface SignedInEnv {
  Variables: { account: Me; sessionId: string }
}

export interface Authenticates {
  /**
   * From the cookie, or from an `Authorization: Bearer` header. Asking is using the sign-in, unless `isUse` says that a
   * page did by itself: an open page keeps someone signed in, but not on a shared computer.
   */
  authenticate(headers: Headers, options?: { readonly isUse?: boolean }): Promise<SignedIn | undefined>
}

/** Lets only people through who are signed in. */
export const signedIn = (accounts: Authenticates, options?: { readonly isUse?: boolean }) =>
  createMiddleware<SignedInEnv>(async (c, next) => {
    const found = await accounts.authenticate(c.req.raw.headers, options)
    if (!found) throw new AppError('unauthenticated', 'Please sign in.')
    c.set('account', found.account)
    c.set('sessionId', found.sessionId)
    await next()
  })
