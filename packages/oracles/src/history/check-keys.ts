import type { Violation } from '../violation.ts'
import { eventsOf } from './call-order.ts'
import type { HistoryEvent } from './history-event.ts'

/**
 * `one-effect-per-key`: every answer to one key of one fan names the same payment or reservation, and no two keys name the
 * same payment.
 */
export function checkKeys(history: readonly HistoryEvent[]): Violation[] {
  const answers = eventsOf(history, 'pay', 'hold').flatMap((event) => {
    const id = event.op === 'pay' ? event.paymentId : event.reservationId
    if (event.outcome !== 'ok' || event.key === undefined || id === undefined) return []
    return { fanId: event.fanId, key: event.key, op: event.op, effect: `${event.op} ${id}` }
  })
  const perKey = [...Map.groupBy(answers, ({ fanId, key }) => `${fanId} ${key}`).values()]
  const perPayment = Map.groupBy(
    answers.filter(({ op }) => op === 'pay'),
    ({ effect }) => effect,
  )
  return [
    ...perKey.flatMap((own) => {
      const effects = new Set(own.map(({ effect }) => effect))
      const [first] = own
      return effects.size <= 1 || first === undefined
        ? []
        : tell(`key ${first.key} of fan ${first.fanId} had ${[...effects].join(' and ')}`)
    }),
    ...[...perPayment].flatMap(([effect, own]) => {
      const keys = new Set(own.map(({ fanId, key }) => `${key} of fan ${fanId}`))
      return keys.size <= 1 ? [] : tell(`${effect} is the answer to ${[...keys].join(' and ')}`)
    }),
  ]
}

function tell(fault: string): Violation[] {
  return [{ oracle: 'one-effect-per-key', fault }]
}
