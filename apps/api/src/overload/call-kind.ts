import { appRouter } from '@greenroom/router'
import { limits } from '../limits.ts'

/**
 * `crowd`: what those outside ask, of whom there is no end. `inside`: what a fan asks who was let in, of whom there are as many as
 * the operator says; and all that is rare. `free`: probes, operators, and files from memory, which cost as much as a refusal.
 */
export type CallKind = 'crowd' | 'inside' | 'free'

/**
 * By method and route; of a tRPC batch by its procedures. A page of a fan inside asks for the catalogue along with its own; nobody
 * joins or signs in along with anything, so such a batch is the crowd's whatever else is in it, as is one of nothing that there is.
 */
export function callKindOf(
  method: string,
  route: string | undefined,
  procedures: string | undefined,
): CallKind {
  if (route === undefined) return 'free'
  if (procedures !== undefined) return kindOfBatch(procedures.split(',', limits.batchCalls + 1))
  const trpc = /^\/trpc\/(.+)$/.exec(route)?.[1]
  if (trpc !== undefined) return kindOfProcedure(trpc)
  // HEAD costs what GET does, and is answered by the same routes
  if (crowdRoutes.test(`${method === 'HEAD' ? 'GET' : method} ${route}`)) return 'crowd'
  return programRoutes.test(route) ? 'inside' : 'free'
}

/** Of one procedure by itself. */
export function kindOfProcedure(path: string): 'crowd' | 'inside' {
  return crowdProcedures.test(path) ? 'crowd' : 'inside'
}

function kindOfBatch(names: readonly string[]): CallKind {
  if (names.length > limits.batchCalls || names.some((name) => comesIn.test(name))) return 'crowd'
  return names.some((name) => isProcedure(name) && !crowdProcedures.test(name)) ? 'inside' : 'crowd'
}

const isProcedure = (name: string): boolean => Object.hasOwn(appRouter._def.procedures, name)

const comesIn = /^(waitingRoom\.join|accounts\.(signUp|signIn))$/
const crowdProcedures = /^(waitingRoom\.(join|status|progress)|catalogue\.\w+|accounts\.(signUp|signIn))$/

/** The same in the words of `/v1` and of the older contracts. */
const crowdRoutes = new RegExp(
  [
    'POST /v1/(accounts|sessions)',
    'GET /v1/concerts(/:concertId(/shows)?)?',
    'GET /v1/shows/:showId/stock',
    '(GET|POST) /v1/concerts/:concertId/queue',
    'GET /v1/concerts/:concertId/queue/progress',
    'POST /(api/token/create|api/v1/users/:userId/token|users/token)',
    'GET /(token/:userId|concerts)',
  ]
    .map((route) => `^${route}$`)
    .join('|'),
)

/** Routes of programs; all others are files, probes and operators' pages. */
const programRoutes = /^\/(v1|api|users|concerts|customers|reservations|booking|balance|payments?)(\/|$)/
