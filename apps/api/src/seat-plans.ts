import { DomainError } from '@greenroom/contract'
import { type Deps, keepSeatPlan, maxSeatPlanBytes, parseSeatPlan, previewSeatPlan } from '@greenroom/core'
import type { FastifyInstance } from 'fastify'
import { requireOperator } from './caller.ts'
import { guardedBy, routeGuards } from './route-guards.ts'

/**
 * `POST /admin/seat-plans/preview` and `POST /admin/seat-plans`: a pretix seating plan as the body, for operators; looked at, or
 * kept. A route of its own because plans of large halls are megabytes, and no procedure takes so much.
 */
export function serveSeatPlans(server: FastifyInstance, deps: Deps): void {
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    // parsed by the verb, which says what is wrong at which place
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, parsed) =>
      parsed(null, body),
    )
    const options = { bodyLimit: maxSeatPlanBytes, ...guardedBy(routeGuards.operations) }
    scope.post('/admin/seat-plans/preview', options, ({ body }) =>
      previewSeatPlan({ document: readPlan(body) }),
    )
    scope.post('/admin/seat-plans', options, async (request) => {
      const { accountId: operatorId } = await requireOperator(deps, request)
      const { seatPlanId, name, isNew } = await keepSeatPlan(deps, {
        document: readPlan(request.body),
        operatorId,
      })
      return { seatPlanId, name, isNew }
    })
    done()
  })
}

/** Editors write fractions as sizes of decorations, where nothing is sold: those are rounded. */
function readPlan(body: unknown): unknown {
  if (typeof body !== 'string')
    throw new DomainError('BAD_INPUT', { faults: [{ path: '', message: 'a seat plan as application/json' }] })
  return parseSeatPlan(body, { roundAreaSizes: true })
}
