import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer, type WebSocketServerLike } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import type { WebSocketServer } from 'ws'
import { AppError } from '#shared/errors.ts'

export interface Listening {
  readonly port: number
  /** Requests that came before this wait for it. */
  serve(app: Pick<Hono, 'fetch'>): void
  /** New connections are refused from here on; those that are open go on. */
  stopAccepting(): void
  close(): Promise<void>
}

interface ListenOptions {
  readonly host: string
  readonly port: number
  readonly log: Logger
  /** Takes over the connections that become WebSockets. */
  readonly webSockets: WebSocketServer
}

/** Takes the port first: names of cookies and the allowed origins depend on it, and 0 takes any. */
export async function listen({ host, port, log, webSockets }: ListenOptions): Promise<Listening> {
  let serve: (app: Pick<Hono, 'fetch'>) => void = () => {}
  const ready = new Promise<Pick<Hono, 'fetch'>>((resolve) => {
    serve = resolve
  })
  // The adapter's type allows for HTTP/2, but this is the server of the `createServer` that it was given.
  const server = createAdaptorServer({
    fetch: async (request, env) => (await ready).fetch(request, env),
    createServer,
    // The adapter's own type for a WebSocket server leaves out what @types/ws marks as possibly undefined.
    websocket: { server: webSockets as unknown as WebSocketServerLike },
  }) as Server
  refuseOtherUpgrades(server)
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  await startListening(server, host, port)
  server.on('error', (err) => log.error({ err }, 'the HTTP server failed'))
  // Only a server on a pipe has a text here.
  const address = server.address() as AddressInfo

  return {
    port: address.port,
    serve: (app) => serve(app),
    stopAccepting() {
      server.close()
      server.closeIdleConnections()
    },
    async close() {
      for (const socket of webSockets.clients) socket.terminate()
      server.close()
      server.closeIdleConnections()
      // Running requests may end, but a browser that reads slowly is not waited for for ever.
      const timer = setTimeout(() => server.closeAllConnections(), patience)
      await closed
      clearTimeout(timer)
    },
  }
}

const patience = 2000

/**
 * The adapter leaves requests to upgrade to something else (curl's h2c, say) open for ever, and must stay the only
 * listener. Elsewhere than where sockets are it would run the route and throw its answer away.
 */
function refuseOtherUpgrades(server: Server): void {
  const [upgrade] = server.listeners('upgrade')
  server.removeAllListeners('upgrade')
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const isWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket'
    if (isWebSocket && request.url?.startsWith('/sync/')) return upgrade?.call(server, request, socket, head)
    const status = isWebSocket ? '404 Not Found' : '400 Bad Request'
    socket.on('error', () => {})
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  })
}

function startListening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)))
    server.listen(port, host, resolve)
  })
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new AppError(
        'conflict',
        `Port ${port} on ${host} is in use: stop what uses it, or set PORT to another one.`,
      )
    case 'EACCES':
      return new AppError(
        'forbidden',
        `Port ${port} may not be used by this account: set PORT to one from 1024 to 65535.`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new AppError('invalid', `HOST is "${host}", but must be a name or an address of this computer.`)
    default:
      return error
  }
}
