import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'
import { serviceWorkerPlugin } from './client/build/service-worker-plugin.ts'

/** Where `npm run dev` runs the server; the page, its API and its sockets share Vite's one address. */
const server = process.env.API_ORIGIN ?? 'http://127.0.0.1:3001'

export default defineConfig({
  root: 'client',
  plugins: [
    solid(),
    serviceWorkerPlugin(fileURLToPath(new URL('client/service-worker.ts', import.meta.url))),
  ],
  // Two copies of Yjs in one page break every instanceof in it.
  resolve: {
    dedupe: ['yjs', 'y-protocols', 'lib0', '@tiptap/core', '@tiptap/pm', '@tiptap/y-tiptap', 'solid-js'],
  },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    // Which plugin took how long is nothing to those who start the program for the first time.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: {
    host: '127.0.0.1',
    port: 3000,
    strictPort: true,
    // Exact enough to leave client/api.ts and client/sync/ to Vite.
    proxy: { '^/api/': { target: server }, '^/sync/(stream|[0-9a-f-]{36})': { target: server, ws: true } },
  },
})
