import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from '#shared/errors.ts'

/**
 * Under which names this server's pages may be open. With PUBLIC_URL that is one origin. Without it, the two names of
 * this computer: a page opened on 127.0.0.1 is as good as one on localhost, and its links stay on the name in use.
 */
export interface Origins {
  readonly allowed: readonly string[]
  /** What is printed and what links begin with when no request says otherwise. */
  readonly main: string
  isAllowed(origin: string): boolean
  /** The origin that links in an answer to this request begin with. */
  ofRequest(headers: Headers): string
  readonly isSecure: boolean
  /** Carries the port, since browsers keep one jar for all ports of a host. */
  readonly cookieName: string
  /** What someone reads whose page is open under another name. */
  refusal(origin: string | undefined): AppError
}

export function createOrigins({ publicUrl, port }: { publicUrl: string | undefined; port: number }): Origins {
  const allowed = publicUrl ? [publicUrl] : [`http://localhost:${port}`, `http://127.0.0.1:${port}`]
  const main = allowed[0] ?? ''
  const isSecure = main.startsWith('https:')

  return {
    allowed,
    main,
    isSecure,
    cookieName: isSecure ? '__Host-throughline' : `throughline-${new URL(main).port || 80}`,
    isAllowed: (origin) => allowed.includes(origin),
    ofRequest: (headers) => allowed.find((origin) => new URL(origin).host === headers.get('host')) ?? main,
    refusal: (origin) => new AppError('forbidden', foreignOrigin(origin, publicUrl, main)),
  }
}

function foreignOrigin(origin: string | undefined, publicUrl: string | undefined, main: string): string {
  if (origin === undefined) return 'The request does not say which page it comes from (no Origin header).'
  if (publicUrl)
    return `This page was opened under another address than the server's own. Open ${main} instead.`
  return `This page was opened under another address than ${main}. Whoever runs the server must set PUBLIC_URL to the address that people open.`
}

const safeMethods = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses what another site's page sends in someone's name. A missing Origin is fine only where no cookie could speak for
 * the person: programs with a bearer token, or with nothing.
 */
export const ownOriginOnly =
  (origins: Origins): MiddlewareHandler =>
  async (c, next) => {
    if (!safeMethods.includes(c.req.method) && !isOwn(origins, c))
      throw origins.refusal(c.req.header('origin'))
    await next()
  }

function isOwn(origins: Origins, c: Context): boolean {
  const origin = c.req.header('origin')
  if (origin !== undefined) return origins.isAllowed(origin)
  return c.req.header('cookie') === undefined && c.req.header('sec-fetch-site') === undefined
}
