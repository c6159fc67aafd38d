import { routeRequest } from './route-request.ts'

/**
 * The service worker. With a network it is not noticed: pages come from the server and no answer of the api passes through
 * it. Without one, every page of the app is the app itself, which shows the tickets that the device keeps and says of the
 * rest that it needs a network.
 */
declare const self: ServiceWorkerGlobalScope
/** Put here by the build: which one it is, and its files that the app and the tickets need. */
declare const release: string
declare const precached: readonly string[]

/** The app's page is the same under every address. */
const appPage = '/'
const prefix = 'greenroom-app-'
const cacheName = `${prefix}${release}`

self.addEventListener('install', (event) => {
  event.waitUntil(keepApp())
})
self.addEventListener('activate', (event) => {
  event.waitUntil(replaceOlder())
})
self.addEventListener('fetch', (event) => {
  const route = routeRequest(event.request, self.location.origin)
  if (route === 'page') event.respondWith(loadPage(event).catch(() => findKept(appPage)))
  if (route === 'asset') event.respondWith(findKept(event.request).catch(() => fetch(event.request)))
})
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(showCaller(event.notification))
})

/** The page that called the fan comes to the front, or is opened when it is closed by now. Its tag is its address. */
async function showCaller({ tag }: Notification): Promise<void> {
  const { pathname } = new URL(tag, self.location.origin)
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const caller = pages.find(({ url }) => new URL(url).pathname === pathname)
  await (caller === undefined ? self.clients.openWindow(pathname) : caller.focus())
}

/** The browser asks for a page while the worker still starts, so that it costs no time. */
async function loadPage(event: FetchEvent): Promise<Response> {
  const asked: unknown = await event.preloadResponse
  return asked instanceof Response ? asked : await fetch(event.request)
}

async function keepApp(): Promise<void> {
  const cache = await caches.open(cacheName)
  // hashed files are in the browser's own cache by now; the page is asked for again
  await Promise.all([
    cache.addAll([...precached]),
    cache.add(new Request(appPage, { cache: 'no-cache', credentials: 'omit' })),
  ])
  await self.skipWaiting()
}

async function replaceOlder(): Promise<void> {
  const names = await caches.keys()
  const older = names.filter((name) => name.startsWith(prefix) && name !== cacheName)
  await Promise.all(older.map((name) => caches.delete(name)))
  await self.registration.navigationPreload.enable()
  await self.clients.claim()
}

async function findKept(request: RequestInfo): Promise<Response> {
  const kept = await caches.match(request)
  if (kept === undefined) throw new Error('not kept')
  return kept
}
