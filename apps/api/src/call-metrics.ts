import type { NotedCall } from '@greenroom/router'
import type { FastifyRequest } from 'fastify'
import { Counter, Histogram, type Registry } from 'prom-client'

/** How a call came: over HTTP, alone or in a batch; over a tRPC socket; as a route of `/v1`. */
export type Transport = 'http' | 'websocket' | 'rest'
/** `request`: what it came with, unless by a socket. */
export type NoteCall = (transport: Transport, call: NotedCall, request?: FastifyRequest) => void

/** Rate, errors and duration of each procedure, however it was called. Subscriptions are counted as they begin. */
export function registerCallMetrics(registry: Registry): NoteCall {
  const tally = countCalls(registry)
  const durationSeconds = new Histogram({
    name: 'greenroom_procedure_duration_seconds',
    help: 'How long a procedure worked on a call, its waiting for a turn apart.',
    labelNames: ['procedure'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  return (transport, { path, type, outcome, elapsedMs }) => {
    tally(path, transport, outcome)
    if (type !== 'subscription') durationSeconds.observe({ procedure: path }, elapsedMs / 1_000)
  }
}

/** Counted here and told when asked: a labelled counter checks and sorts its labels each time, 2 us of a call. */
function countCalls(registry: Registry): (procedure: string, transport: Transport, outcome: string) => void {
  const counts = new Map<
    string,
    { labels: Record<'procedure' | 'transport' | 'outcome', string>; calls: number }
  >()
  new Counter({
    name: 'greenroom_procedure_calls_total',
    help: 'Calls of procedures, by how they came and what came of them: done, or the code of the refusal.',
    labelNames: ['procedure', 'transport', 'outcome'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { labels, calls } of counts.values()) this.inc(labels, calls)
    },
  })
  return (procedure, transport, outcome) => {
    const key = `${procedure} ${transport} ${outcome}`
    const known = counts.get(key)
    if (known === undefined) counts.set(key, { labels: { procedure, transport, outcome }, calls: 1 })
    else known.calls += 1
  }
}
