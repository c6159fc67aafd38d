import type { NotedCall } from '@greenroom/router'
import { Counter, Histogram, type Registry } from 'prom-client'

/** How a call came: over HTTP, alone or in a batch; over a tRPC socket; as a route of `/v1`. */
export type Transport = 'http' | 'websocket' | 'rest'
export type NoteCall = (transport: Transport, call: NotedCall) => void

/** Rate, errors and duration of each procedure, however it was called. Subscriptions are counted as they begin. */
export function registerCallMetrics(registry: Registry): NoteCall {
  const calls = new Counter({
    name: 'greenroom_procedure_calls_total',
    help: 'Calls of procedures, by how they came and what came of them: done, or the code of the refusal.',
    labelNames: ['procedure', 'transport', 'outcome'],
    registers: [registry],
  })
  const durationSeconds = new Histogram({
    name: 'greenroom_procedure_duration_seconds',
    help: 'How long a procedure worked on a call, its waiting for a turn apart.',
    labelNames: ['procedure'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  return (transport, { path, type, outcome, elapsedMs }) => {
    calls.inc({ procedure: path, transport, outcome })
    if (type !== 'subscription') durationSeconds.observe({ procedure: path }, elapsedMs / 1_000)
  }
}
