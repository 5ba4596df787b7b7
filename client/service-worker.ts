/**
 * Opens the application without a network. It holds the application's own files and nothing else: what people write is in
 * the documents' local copies, and nothing under /api or /sync ever passes through here.
 *
 * A new version is fetched beside the one that runs and waits. It takes over when the page says so (`take-over`), or when
 * no page of the old one is open any more.
 */

/** Filled in by the build: the files of this version, and a name that changes with any of them. */
declare const applicationFiles: readonly string[]
declare const applicationVersion: string

interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}

interface RequestEvent extends LifeEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}

interface Worker {
  skipWaiting(): Promise<void>
  addEventListener(name: 'install' | 'activate', listener: (event: LifeEvent) => void): void
  addEventListener(name: 'fetch', listener: (event: RequestEvent) => void): void
  addEventListener(name: 'message', listener: (event: MessageEvent) => void): void
}

// The browser's own type of `self` is that of a page: one program cannot hold both.
const worker = self as unknown as Worker

const prefix = 'throughline-files-'
const ours = `${prefix}${applicationVersion}`
/** The page is the same at every address. */
const shell = '/'
/** A network that has not answered a navigation for so long is as good as none. */
const patience = 4_000

const files = new Set(applicationFiles)

worker.addEventListener('install', (event) => event.waitUntil(fetchFiles()))
worker.addEventListener('activate', (event) => event.waitUntil(removeOtherVersions()))
worker.addEventListener('message', (event) => {
  if (event.data === 'take-over') void worker.skipWaiting()
})
worker.addEventListener('fetch', (event) => {
  const answer = answerFor(event.request)
  if (answer !== undefined) event.respondWith(answer)
})

/** Files carry a hash of their content in their names, so what an earlier version has need not be fetched again. */
async function fetchFiles(): Promise<void> {
  const cache = await caches.open(ours)
  await Promise.all(
    applicationFiles.map(async (file) => {
      const held = file.startsWith('/assets/') ? await caches.match(file) : undefined
      if (held !== undefined) await cache.put(file, held)
      else await cache.add(new Request(file, { cache: 'reload' }))
    }),
  )
}

async function removeOtherVersions(): Promise<void> {
  const names = await caches.keys()
  const others = names.filter((name) => name.startsWith(prefix) && name !== ours)
  await Promise.all(others.map((name) => caches.delete(name)))
}

/** The answer to a request that is ours; undefined leaves it to the browser. */
function answerFor(request: Request): Promise<Response> | undefined {
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin || isServers(pathname)) return undefined
  if (request.mode === 'navigate') return openPage(request)
  return files.has(pathname) ? readFile(request, pathname) : undefined
}

const isServers = (path: string): boolean => /^\/(api|sync|healthz|readyz|metrics)(\/|$)/.test(path)

/** The server's page while it answers, so that a new version is met early; the one held here otherwise. */
async function openPage(request: Request): Promise<Response> {
  const held = await (await caches.open(ours)).match(shell)
  if (held === undefined) return fetch(request)
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience) })
    return answer.status >= 500 ? held : answer
  } catch {
    return held
  }
}

async function readFile(request: Request, path: string): Promise<Response> {
  const held = await (await caches.open(ours)).match(path)
  return held ?? fetch(request)
}
