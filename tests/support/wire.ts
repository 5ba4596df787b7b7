import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket, connect as tcpConnect } from 'node:net'

/** A network between a peer and the server, as bad as a test needs it. */
export interface Wire {
  readonly origin: string
  /** Milliseconds that each piece takes, in each direction. */
  delay: number
  /** Breaks all connections that run through it. */
  cut(): void
  /** While stalled nothing arrives from the server, and the peer does not read. */
  stall(): void
  resume(): void
  close(): Promise<void>
}

export async function openWire(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target)
  const pairs = new Set<readonly [Socket, Socket]>()
  let isStalled = false

  const server = createServer((near) => {
    const far = tcpConnect({ host: hostname, port: Number(port) })
    const pair = [near, far] as const
    pairs.add(pair)
    if (isStalled) far.pause()
    pipe(near, far)
    pipe(far, near)
    for (const socket of pair) {
      socket.on('error', () => {})
      socket.on('close', () => {
        pairs.delete(pair)
        near.destroy()
        far.destroy()
      })
    }
  })

  function pipe(from: Socket, to: Socket): void {
    from.on('data', (data) => {
      if (wire.delay === 0) to.write(data)
      else setTimeout(() => to.write(data), wire.delay)
    })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const wire: Wire = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    delay: 0,
    cut() {
      for (const [near, far] of pairs) {
        near.destroy()
        far.destroy()
      }
    },
    stall() {
      isStalled = true
      for (const [, far] of pairs) far.pause()
    },
    resume() {
      isStalled = false
      for (const [, far] of pairs) far.resume()
    },
    async close() {
      wire.cut()
      server.close()
      await once(server, 'close')
    },
  }
  return wire
}
