// `npm run dev`: one address for the page, its API and its sockets. Vite serves the page with hot reload and passes /api
// and /sync on to the server, which starts again when its sources change.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './fingerprint.mjs'
import { ensureInstalled } from './install.mjs'

ensureInstalled()

const port = process.env.PORT ?? '3000'
const serverPort = String(Number(port) + 1)
const bin = (name) => join(root, 'node_modules/.bin', name)
const origin = `http://localhost:${port}`

const children = [
  run(bin('tsx'), ['watch', '--clear-screen=false', 'server/main.ts', 'serve'], {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: serverPort,
    PUBLIC_URL: process.env.PUBLIC_URL ?? origin,
  }),
  run(bin('vite'), ['--port', port], { API_ORIGIN: `http://127.0.0.1:${serverPort}` }),
]
console.log(`Throughline for development: ${origin}`)

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)

function run(command, args, env) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  })
  child.on('exit', stop)
  return child
}

function stop() {
  for (const child of children) if (child.exitCode === null) child.kill('SIGTERM')
}
