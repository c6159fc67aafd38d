/** What the service worker does with a request: a page has a stand-in, an asset may be at hand, the rest is not its business. */
export type Route = 'page' | 'asset' | 'network'

/** Pages that are no part of the app: without a network there is nothing to show in their place. */
const otherPages =
  /^\/(docs|openapi\.json|admin\/(queues|exports)|metrics|healthz|readyz|v1|trpc|geometry)(\/|$)/

/** Answers of the api are never kept and never told twice: only whole pages and the app's own hashed files are touched. */
export function routeRequest(request: Pick<Request, 'mode' | 'method' | 'url'>, origin: string): Route {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== origin) return 'network'
  if (url.pathname.startsWith('/assets/')) return 'asset'
  return request.mode === 'navigate' && !otherPages.test(url.pathname) ? 'page' : 'network'
}
