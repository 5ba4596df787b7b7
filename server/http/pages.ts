import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { AppError } from '#shared/errors.ts'

// Vite writes a hash of the content into these names.
const neverChanges = 'public, max-age=31536000, immutable'
const askEachTime = 'no-cache'

/** The built pages. Every address that is no file is a page of the app, which finds its own way from there. */
export function pageRoutes(folder: string): Hono {
  const index = join(folder, 'index.html')
  const routes = new Hono().get('/api/*', (c) => c.notFound()).get('/sync/*', (c) => c.notFound())
  if (!existsSync(index)) return routes.get('*', notBuilt)

  return routes
    .use('*', async (c, next) => {
      await next()
      const isAsset = c.req.path.startsWith('/assets/') && c.res.ok
      c.header('Cache-Control', isAsset ? neverChanges : askEachTime)
    })
    .get('*', serveStatic({ root: folder, precompressed: true, index: 'index.html' }))
    .get('/assets/*', (c) => c.text('There is no such file. Reload the page.', 404))
    .get('*', serveStatic({ path: index, precompressed: true }))
}

const notBuilt = (): never => {
  throw new AppError('unavailable', 'The pages are not built yet: run npm run build, or npm start.')
}
