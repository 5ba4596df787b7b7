/**
 * The service worker (`client/service-worker.ts`) as the page sees it. The application opens without a network once it has
 * been opened with one; a new version waits until someone agrees to it.
 */
import { type Accessor, createSignal } from 'solid-js'

const [isReady, setReady] = createSignal(false)
const askAgainAfter = 60 * 60 * 1000
let waiting: ServiceWorker | undefined

/** A new version is on this device and waits: offer it, and call `applyUpdate` when the person agrees. */
export const updateReady: Accessor<boolean> = isReady

/** Has the new version take over and reloads the page with it. What is not saved yet asks first, as on any leaving. */
export function applyUpdate(): void {
  if (waiting === undefined) {
    location.reload()
    return
  }
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.postMessage('take-over')
}

/** Registers the service worker when the page has come to rest. Does nothing in development, where files change freely. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  if (document.readyState === 'complete') void register()
  else window.addEventListener('load', () => void register(), { once: true })
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker
    .register('/service-worker.js', { updateViaCache: 'none' })
    // A browser set to keep nothing: the application works, only not offline.
    .catch(() => undefined)
  if (registration === undefined) return
  noteWaiting(registration)
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', () => noteWaiting(registration))
  })
  setInterval(() => void registration.update().catch(() => {}), askAgainAfter)
}

/** Only a version that waits beside another is an update; the first one of all just begins. */
function noteWaiting(registration: ServiceWorkerRegistration): void {
  if (registration.waiting === null || navigator.serviceWorker.controller === null) return
  waiting = registration.waiting
  setReady(true)
}
