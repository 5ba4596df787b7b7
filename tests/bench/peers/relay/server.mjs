// The limits: passes every message on to all others at the same address, and knows nothing of what is in it. With GATHER set,
// so many milliseconds after the first message (up to twice as many for more than fifty people, as our server does) all that came
// by then goes to everyone in one write: nobody who tells a crowd of anything can do with less.
import { createServer } from 'node:http'
import { Sender, WebSocketServer } from 'ws'

const gather = Number(process.env.GATHER ?? 0)
const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
const rooms = new Map()

sockets.on('connection', (socket, request) => {
  const room = rooms.get(request.url) ?? { people: new Set(), waiting: [] }
  rooms.set(request.url, room)
  room.people.add(socket)
  socket.on('message', (data, isBinary) =>
    gather > 0 ? keep(room, data) : pass(room, socket, data, isBinary),
  )
  socket.on('close', () => room.people.delete(socket))
})

function pass(room, from, data, isBinary) {
  for (const other of room.people) if (other !== from) other.send(data, { binary: isBinary })
}

function keep(room, data) {
  room.waiting.push(data)
  if (room.waiting.length > 1) return
  setTimeout(
    () => {
      const options = { fin: true, opcode: 2, mask: false, rsv1: false, readOnly: true }
      const bytes = Buffer.concat(room.waiting.splice(0).flatMap((each) => Sender.frame(each, options)))
      for (const person of room.people) person._sender.sendFrame([bytes])
    },
    gather * Math.min(2, Math.max(1, room.people.size / 50)),
  )
}

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => process.send?.(server.address().port))
