import { randomUUID } from 'node:crypto'
import {
  type Ack,
  DomainError,
  isRefusal,
  parseInput,
  toWireError,
  type WireError,
} from '@greenroom/contract'
import { outageOf } from '@greenroom/core'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { EventBudget } from './event-budget.ts'

/** Events of one socket that may wait while one is answered: more than an honest page ever sends at once. */
const maxWaiting = 50

/**
 * Answers one socket's events in the order they came, one at a time, so that an "unwatch" never overtakes its "watch".
 * Every failure becomes a refusal in the answer: bad input names its fields, too many events get RATE_LIMITED, and
 * anything unforeseen an INTERNAL that says nothing but a request id. An event without a callback is not answered.
 */
export function createAnswerer(
  log: Logger,
  budget: EventBudget,
): <I, T>(
  schema: z.ZodType<I>,
  work: (input: I) => Promise<T> | T,
) => (input: unknown, ack: unknown) => void {
  let last: Promise<void> = Promise.resolve()
  let waiting = 0
  return (schema, work) => (input, ack) => {
    if (typeof ack !== 'function') return
    const reply = (answer: Ack<unknown>): void => {
      Reflect.apply(ack, undefined, [answer])
    }
    const waitMs = waiting < maxWaiting ? budget.take() : 1_000
    if (waitMs > 0) {
      return reply({
        ok: false,
        error: toWireError(new DomainError('RATE_LIMITED', { retryAfterMs: waitMs })),
      })
    }
    waiting += 1
    last = last.then(async () => {
      try {
        reply({ ok: true, value: await work(parseInput(schema, input)) })
      } catch (error) {
        reply({ ok: false, error: wireErrorOf(error, log) })
      } finally {
        waiting -= 1
      }
    })
  }
}

/** Any failure as it may leave the gateway. */
function wireErrorOf(error: unknown, log: Logger): WireError {
  const refusal = isRefusal(error) ? error : outageOf(error)
  if (refusal !== undefined) return toWireError(refusal)
  const requestId = randomUUID()
  log.error({ err: error, requestId }, 'an event failed')
  return toWireError(new DomainError('INTERNAL', { requestId }))
}
