import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Origins } from './origins.ts'

/**
 * What a page of ours may load and where it may be shown: nothing from elsewhere, nothing inline, in no frame. Only over
 * https are browsers told to stay there, or a try on http://localhost would lock people out of the host for a year.
 * What is no page of ours brings a policy of its own, which stands.
 */
export function securityHeaders(origins: Origins): MiddlewareHandler {
  const secure = secureHeaders(headersOf(origins))
  return async (c, next) => {
    let own: string | null = null
    await secure(c, async () => {
      await next()
      own = c.res.headers.get('Content-Security-Policy')
    })
    if (own !== null) c.header('Content-Security-Policy', own)
  }
}

const headersOf = ({ allowed, isSecure }: Origins) =>
  ({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'blob:', 'data:'],
      fontSrc: ["'self'"],
      // Older browsers do not count the sockets of a page's own origin as 'self'.
      connectSrc: ["'self'", ...allowed.map((origin) => origin.replace(/^http/, 'ws'))],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
    },
    strictTransportSecurity: isSecure ? 'max-age=31536000' : false,
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    xXssProtection: false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  }) satisfies Parameters<typeof secureHeaders>[0]
