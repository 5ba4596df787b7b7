// The other side of the bench: the least that can carry a key from one page to another. A textarea, a bare WebSocket that
// passes each message on to everybody else, no document, no disk.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const page = `<!doctype html><meta charset="utf-8"><title>Relay</title><textarea id="text"></textarea><script>
  const text = document.getElementById('text')
  const socket = new WebSocket(location.href.replace('http', 'ws'))
  socket.onopen = () => { document.title = 'open' }
  socket.onmessage = ({ data }) => { text.textContent = data }
  text.oninput = () => socket.send(text.value)
</script>`

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html')
  response.end(page)
})
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (socket) => {
  socket.on('message', (data) => {
    for (const other of sockets.clients) if (other !== socket) other.send(data.toString())
  })
})
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port))
