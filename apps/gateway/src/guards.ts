import type { ClientEvents } from '@greenroom/contract'

/**
 * Who may send an event, how often, and whose things it may touch. Every socket is of somebody signed in; `socket` is the budget
 * that each socket has for all its events; `pass`: what is asked needs the caller's own pass.
 */
type EventGuard = { role: 'fan'; rate: 'socket'; owner: 'public' | 'caller' | 'pass' }

/** Every event that is answered. One without a row does not compile. */
export const eventGuards = {
  'line:watch': { role: 'fan', rate: 'socket', owner: 'public' },
  'line:unwatch': { role: 'fan', rate: 'socket', owner: 'caller' },
  'show:watch': { role: 'fan', rate: 'socket', owner: 'pass' },
  'show:unwatch': { role: 'fan', rate: 'socket', owner: 'caller' },
} as const satisfies Record<keyof ClientEvents, EventGuard>

/** Of the plain routes. A rate of `none`: an answer costs as little as a refusal. */
type RouteGuard = { role: 'anyone' | 'operator'; rate: 'none' | 'look'; owner: 'public' | 'operator' }

const routeGuards = new Map<string, RouteGuard>([
  ['/healthz', { role: 'anyone', rate: 'none', owner: 'public' }],
  ['/readyz', { role: 'anyone', rate: 'none', owner: 'public' }],
  ['/metrics', { role: 'operator', rate: 'look', owner: 'operator' }],
])

/** `undefined`: there is no such route, whatever stands behind it. */
export function routeGuardOf(path: string): RouteGuard | undefined {
  return routeGuards.get(path)
}
