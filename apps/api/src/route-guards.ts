import { DomainError } from '@greenroom/contract'
import { isMetricsToken, type RateClass, requireRate } from '@greenroom/core'
import type { OwnerRule } from '@greenroom/router'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiParts } from './build-server.ts'
import { readRequestCaller, requireOperator } from './caller.ts'
import { sendFailure } from './failures.ts'

/**
 * Who may use a route, how often, and whose things it may touch. `procedure`: as the table of the router says of what is called
 * by it. `metrics`: operators, and programs that show the token of the metrics. `partner`: whoever shows a partner key, as often as the key says, for the user whose token comes along.
 * A rate of `none` is for what costs as little as a refusal: probes, and files from memory.
 */
export type RouteGuard = {
  role: 'anyone' | 'operator' | 'metrics' | 'partner' | 'procedure'
  rate: RateClass | 'none' | 'partner' | 'procedure'
  owner: OwnerRule | 'partner' | 'procedure'
}

export const routeGuards = {
  /** Probes, pages and their files, documents: the same for everybody. */
  open: { role: 'anyone', rate: 'none', owner: 'public' },
  /** What everybody may read, and a database is asked for. */
  browse: { role: 'anyone', rate: 'browse', owner: 'public' },
  operators: { role: 'operator', rate: 'look', owner: 'operator' },
  operations: { role: 'operator', rate: 'operate', owner: 'operator' },
  metrics: { role: 'metrics', rate: 'look', owner: 'operator' },
  byProcedure: { role: 'procedure', rate: 'procedure', owner: 'procedure' },
  byPartner: { role: 'partner', rate: 'partner', owner: 'partner' },
} as const satisfies Record<string, RouteGuard>

/** The options of a route with this guard. */
export const guardedBy = (guard: RouteGuard): { config: { guard: RouteGuard } } => ({ config: { guard } })

/** Every route of this scope and of the plugins in it that names no guard of its own has this one. */
export function guardAll(scope: FastifyInstance, guard: RouteGuard): void {
  scope.addHook('onRoute', (route) => {
    route.config = { ...guardedBy(guard).config, ...route.config }
  })
}

/**
 * A server with a route that declares no guard does not start. Operators' routes are kept to operators here, and rates are
 * counted here, for all that is not a procedure or a partner's. What has no route is refused here too, from memory: Fastify takes no
 * second handler for it, so nothing is served that declares no guard. Refusals are sent and not thrown: Bull Board has an error handler
 * of its own, which knows 500 alone. Answers what was declared, once the server is ready.
 */
export function guardRoutes(server: FastifyInstance, parts: Pick<ApiParts, 'deps'>): () => GuardedRoute[] {
  const routes: { method: string | string[]; url: string; config?: object }[] = []
  server.addHook('onRoute', (route) => {
    routes.push(route)
  })
  const all = (): GuardedRoute[] =>
    routes.flatMap(({ method, url, config }) =>
      [method].flat().map((each) => ({ method: each, url, guard: readGuard(config) })),
    )
  server.setNotFoundHandler((request, reply) => {
    sendFailure(request, reply, new DomainError('NOT_FOUND', { what: 'route' }), parts.deps.log)
  })
  server.addHook('onReady', (done) => {
    const unguarded = all().filter(({ guard }) => guard === undefined)
    const names = unguarded.map(({ method, url }) => `${method} ${url}`).join(', ')
    done(names === '' ? undefined : new Error(`these routes declare no guard: ${names}`))
  })
  server.addHook('onRequest', (request, reply, done) => {
    const guard = readGuard(request.routeOptions.config)
    if (guard === undefined || unchecked.has(guard)) return done()
    void letIn(parts, guard, request, reply, done)
  })
  return all
}

export type GuardedRoute = { method: string; url: string; guard: RouteGuard | undefined }

/** Of a route's options; `undefined` for what has no route. */
export function readGuard(config: object | undefined): RouteGuard | undefined {
  const guard: unknown = Reflect.get(config ?? {}, 'guard')
  return isGuard(guard) ? guard : undefined
}

const isGuard = (value: unknown): value is RouteGuard =>
  typeof value === 'object' && value !== null && 'role' in value && 'rate' in value && 'owner' in value

/** Nothing of theirs is to be checked here. */
const unchecked = new Set<RouteGuard>([routeGuards.open, routeGuards.byProcedure, routeGuards.byPartner])

async function letIn(
  { deps }: Pick<ApiParts, 'deps'>,
  { role, rate }: RouteGuard,
  request: FastifyRequest,
  reply: FastifyReply,
  done: () => void,
): Promise<void> {
  if (role === 'metrics' && isMetricsToken(deps, request.headers.authorization)) return done()
  try {
    const session =
      role === 'operator' || role === 'metrics'
        ? await requireOperator(deps, request)
        : readRequestCaller(deps, request)
    if (rate !== 'none' && rate !== 'partner' && rate !== 'procedure')
      await requireRate(deps, { rate, accountId: session?.accountId, address: request.ip })
  } catch (error) {
    sendFailure(request, reply, error, deps.log)
    return
  }
  done()
}
