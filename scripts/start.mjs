// `npm start`: installs and builds what is missing or stale, then becomes the server: it imports the built program, so
// that signals reach it and ending this process ends the server.
import { ensureInstalled } from './install.mjs'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Throughline needs Node.js 20.19 or later; this is ${process.version}.`)
  process.exit(1)
}

ensureInstalled()
const { ensureBuilt } = await import('./build.mjs')
await ensureBuilt()

process.env.NODE_ENV ??= 'production'
const demo = process.argv.includes('--demo')
process.argv.splice(2, process.argv.length, demo ? 'demo' : 'serve')
await import('../dist/server/main.js')
