import {
  hashLoad,
  hint,
  inTime,
  registerForwardedWords,
  registerProcessMetrics,
  registerTally,
} from '@greenroom/core'
import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { ApiParts } from './build-server.ts'
import { type NoteCall, registerCallMetrics } from './call-metrics.ts'
import { registerInvariantGauges } from './invariant-gauges.ts'
import { guardedBy, routeGuards } from './route-guards.ts'
import type { OverloadLoad } from './overload/shed-overload.ts'

/** A fifth of what Prometheus waits for a scrape. */
const tellWithinMs = 2_000

/** Asked by balancers and by Prometheus, around the proxy. */
const probes = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * `/metrics` for operators, and for programs that show the token: this process, its pool, the passwords it hashes, who waits for a
 * turn and was refused, rate, errors and duration of every route and procedure, whether the proxy is known, and the invariants. Answers with what
 * procedures are noted by.
 */
export function serveMetrics(
  server: FastifyInstance,
  { deps, settings }: Pick<ApiParts, 'deps' | 'settings'>,
  load: OverloadLoad,
): NoteCall {
  const registry = new Registry()
  registerProcessMetrics(registry, deps)
  registerTally(registry, deps, ['hold', 'payment', 'refund'])
  const noteCall = registerCallMetrics(registry)
  const noteForwarded = registerForwardedWords(registry, { settings, log: deps.log })
  const durationSeconds = new Histogram({
    name: 'greenroom_http_request_duration_seconds',
    help: 'Time from request to reply, by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  new Gauge({
    name: 'greenroom_password_hashes',
    help: 'Passwords being hashed, and sign-ins and sign-ups that wait for it.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { running, waiting } = hashLoad()
      this.set({ state: 'running' }, running)
      this.set({ state: 'waiting' }, waiting)
    },
  })
  new Gauge({
    name: 'greenroom_calls',
    help: 'Calls of the crowd outside that wait for their turn and that are under way, and calls of fans inside that are.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { waiting, underWay, inside } = load()
      this.set({ state: 'waiting' }, waiting)
      this.set({ state: 'underWay' }, underWay)
      this.set({ state: 'inside' }, inside)
    },
  })
  new Counter({
    name: 'greenroom_calls_refused_total',
    help: 'Calls refused because more was asked than could be answered.',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(load().refused)
    },
  })
  const readInvariantGauges = registerInvariantGauges(registry, deps)
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    durationSeconds.observe(
      { route, method: request.method, status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
    if (!probes.has(route)) noteForwarded(request.raw)
    done()
  })
  server.get('/metrics', guardedBy(routeGuards.metrics), async (_request, reply) => {
    // Postgres may be away, or stand still: then the rest is what an alarm goes by
    await hint(deps, 'the invariants could not be told', () => inTime(readInvariantGauges(), tellWithinMs))
    return reply.type(registry.contentType).send(await registry.metrics())
  })
  return noteCall
}
