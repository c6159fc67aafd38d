import { randomUUID } from 'node:crypto'
import { type Ack, DomainError, isRefusal, toWireError, type WireError } from '@greenroom/contract'
import { failSpan, inCall, inSpan, outageOf } from '@greenroom/core'
import type { Logger } from 'pino'
import { type EventBudget, openEventBudget, takeFromBudget } from './event-budget.ts'

/** Events of one socket that may wait while one is answered: more than an honest page ever sends at once. */
const maxWaiting = 50

/** One socket's events that are not answered yet, and how many more it may send. */
export type EventQueue = { budget: EventBudget; last: Promise<void> | undefined; waiting: number }

export function openEventQueue(): EventQueue {
  return { budget: openEventBudget(), last: undefined, waiting: 0 }
}

/**
 * Answers one socket's events in the order they came, one at a time, so that an "unwatch" never overtakes its "watch".
 * Every failure becomes a refusal in the answer: bad input names its fields, too many events get RATE_LIMITED, and
 * anything unforeseen an INTERNAL that says nothing but a request id. An event without a callback is not answered.
 */
export function answerEvent(
  log: Logger,
  queue: EventQueue,
  { name, work }: { name: string; work: () => unknown },
  ack: unknown,
): void {
  if (typeof ack !== 'function') return
  const reply = (answer: Ack<unknown>): void => {
    Reflect.apply(ack, undefined, [answer])
  }
  const waitMs = queue.waiting < maxWaiting ? takeFromBudget(queue.budget, performance.now()) : 1_000
  if (waitMs > 0) {
    return reply({
      ok: false,
      error: toWireError(new DomainError('RATE_LIMITED', { retryAfterMs: waitMs })),
    })
  }
  const answer = async (requestId: string): Promise<void> => {
    try {
      reply({ ok: true, value: await work() })
    } catch (error) {
      failSpan(error)
      reply({ ok: false, error: wireErrorOf(error, log, requestId) })
    } finally {
      queue.waiting -= 1
      if (queue.waiting === 0) queue.last = undefined
    }
  }
  const answerNow = (): Promise<void> => {
    const requestId = randomUUID()
    return inCall(requestId, () => inSpan(name, { kind: 'SERVER' }, () => answer(requestId)))
  }
  queue.waiting += 1
  queue.last = queue.last === undefined ? answerNow() : queue.last.then(answerNow)
}

/** Any failure as it may leave the gateway. */
function wireErrorOf(error: unknown, log: Logger, requestId: string): WireError {
  const refusal = isRefusal(error) ? error : outageOf(error)
  if (refusal !== undefined) return toWireError(refusal)
  log.error({ err: error }, 'an event failed')
  return toWireError(new DomainError('INTERNAL', { requestId }))
}
