import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/** Finds the address that limits count by. */
export type ClientAddress = (c: Context) => string

/**
 * The address of whoever sent the request: the socket's, or, behind `trustedProxies` proxies, the entry of X-Forwarded-For
 * that the outermost of them wrote. Entries further left are the sender's own and could say anything.
 */
export const clientAddress =
  (trustedProxies: number): ClientAddress =>
  (c) => {
    const socket = plain(socketAddress(c))
    if (trustedProxies === 0) return socket
    const entries = (c.req.header('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim())
    return plain(entries.at(-trustedProxies) || socket)
  }

/** Whether the request came from this computer itself, and not through a proxy on it. */
export const isFromThisComputer = (c: Context, address: ClientAddress, trustedProxies: number): boolean =>
  isLoopback(address(c)) && (trustedProxies > 0 || c.req.header('x-forwarded-for') === undefined)

/** Whether `host` names this computer alone. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)

// The adapter's bindings, which Hono's own type does not know; requests made without a server have none.
const socketAddress = (c: Context): string =>
  (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? 'unknown'

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '')
