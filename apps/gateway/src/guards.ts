import type { ClientEvents, Role } from '@greenroom/contract'
import type { RateClass } from '@greenroom/core'

/**
 * Who may send an event, how often, and whose things it may touch. Every socket is of somebody signed in; `socket` is the budget
 * that each socket has for all its events, beside which a class counts those of all the account's; `pass`: what is asked needs the
 * caller's own pass.
 */
export type EventGuard = { role: Role; rate: 'socket' | RateClass; owner: 'public' | 'caller' | 'pass' }
export type EventGuards = Record<keyof ClientEvents, EventGuard>

/**
 * Every event that is answered. One without a row does not compile. The role and the rate are kept by this very table, before
 * anything of the input is read (`require-event.ts`); the owner rule by the work, and proven by the matrix.
 */
export const eventGuards = {
  'line:watch': { role: 'fan', rate: 'socket', owner: 'public' },
  'line:unwatch': { role: 'fan', rate: 'socket', owner: 'caller' },
  'show:watch': { role: 'fan', rate: 'socket', owner: 'pass' },
  'show:unwatch': { role: 'fan', rate: 'socket', owner: 'caller' },
} as const satisfies EventGuards

/** Of the plain routes. A rate of `none`: an answer costs as little as a refusal. */
type RouteGuard = { role: 'anyone' | 'operator'; rate: 'none' | 'look'; owner: 'public' | 'operator' }

export const routeGuards: ReadonlyMap<string, RouteGuard> = new Map<string, RouteGuard>([
  ['/healthz', { role: 'anyone', rate: 'none', owner: 'public' }],
  ['/readyz', { role: 'anyone', rate: 'none', owner: 'public' }],
  ['/metrics', { role: 'operator', rate: 'look', owner: 'operator' }],
])

/** `undefined`: there is no such route, whatever stands behind it. */
export function routeGuardOf(path: string): RouteGuard | undefined {
  return routeGuards.get(path)
}
