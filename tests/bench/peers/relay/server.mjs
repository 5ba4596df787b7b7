// The limit: passes every message on to all others at the same address, and knows nothing of what is in it.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
const rooms = new Map()
sockets.on('connection', (socket, request) => {
  const room = rooms.get(request.url) ?? new Set()
  rooms.set(request.url, room.add(socket))
  socket.on('message', (data, isBinary) => {
    for (const other of room) if (other !== socket) other.send(data, { binary: isBinary })
  })
  socket.on('close', () => room.delete(socket))
})
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => process.send?.(server.address().port))
