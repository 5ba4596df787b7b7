#!/usr/bin/env node
import { existsSync } from 'node:fs'

const main = new URL('../dist/server/main.js', import.meta.url)

if (!existsSync(main)) {
  console.error('Throughline is not built yet: run "npm start" or "npm run build" first.')
  process.exit(1)
}
process.env.NODE_ENV ??= 'production'
await import(main.href)
