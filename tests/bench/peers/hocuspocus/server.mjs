// Hocuspocus with its SQLite extension, both with their defaults.
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

const server = new Server({
  quiet: true,
  address: '127.0.0.1',
  port: Number(process.env.PORT ?? 0),
  extensions: [new SQLite({ database: process.env.DATABASE })],
})
await server.listen()
process.send?.(server.httpServer.address().port)
