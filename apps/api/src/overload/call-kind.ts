/**
 * `crowd`: what those outside ask, of whom there is no end. `inside`: what a fan asks who was let in, of whom there are as many as
 * the operator says; and all that is rare. `free`: probes, operators, and files from memory, which cost as much as a refusal.
 */
export type CallKind = 'crowd' | 'inside' | 'free'

/** By method and route; of a tRPC batch by its procedures, all of which must be the crowd's. */
export function callKindOf(
  method: string,
  route: string | undefined,
  procedures: string | undefined,
): CallKind {
  if (route === undefined) return 'free'
  if (procedures !== undefined)
    return procedures.split(',').every((name) => crowdProcedures.test(name)) ? 'crowd' : 'inside'
  const trpc = /^\/trpc\/(.+)$/.exec(route)?.[1]
  if (trpc !== undefined) return crowdProcedures.test(trpc) ? 'crowd' : 'inside'
  if (crowdRoutes.test(`${method} ${route}`)) return 'crowd'
  return programRoutes.test(route) ? 'inside' : 'free'
}

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
