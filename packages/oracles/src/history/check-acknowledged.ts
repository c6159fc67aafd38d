import type { Violation } from '../violation.ts'
import { type EventOf, eventsOf, mayHaveHappened } from './call-order.ts'
import { compareCharges } from './compare-charges.ts'
import type { FinalState, HistoryEvent } from './history-event.ts'

/**
 * What was answered against what the database says in the end, for the fans of the history:
 * `acknowledged-is-kept`: what was answered ok is there; `refused-has-no-effect`: what was refused is not;
 * `no-effect-without-a-call`: nothing is there that no call can have made. A call without an answer may be either.
 */
export function checkAcknowledged(history: readonly HistoryEvent[], final: FinalState): Violation[] {
  return [
    ...findLost(history, final),
    ...findRefusedEffects(history, final),
    ...findUncalled(history, final),
    ...compareCharges(history, final),
  ]
}

function findLost(history: readonly HistoryEvent[], final: FinalState): Violation[] {
  const payments = new Map(final.payments.map((payment) => [payment.paymentId, payment]))
  const reservations = new Map(final.reservations.map((each) => [each.reservationId, each]))
  const refunds =
    final.refunds === undefined
      ? undefined
      : new Map(final.refunds.map((refund) => [refund.reservationId, refund]))
  const keys =
    final.keys === undefined ? undefined : new Set(final.keys.map(({ fanId, key }) => keyName(fanId, key)))
  const refunded = new Set(
    eventsOf(history, 'refund').flatMap((event) => (mayHaveHappened(event) ? event.reservationId : [])),
  )
  const lost = (fault: string, showId?: number): Violation[] => [
    { oracle: 'acknowledged-is-kept', fault, ...(showId === undefined ? {} : { showId }) },
  ]
  return history.flatMap((event): Violation[] => {
    if (event.outcome !== 'ok') return []
    const who = `of fan ${event.fanId}`
    switch (event.op) {
      case 'pay': {
        if (event.paymentId === undefined) return []
        const payment = payments.get(event.paymentId)
        if (payment === undefined || payment.fanId !== event.fanId)
          return lost(`payment ${event.paymentId} ${who} is not there`)
        if (event.amountMinor !== undefined && payment.amountMinor !== event.amountMinor)
          return lost(
            `payment ${event.paymentId} ${who} was ${event.amountMinor} and is ${payment.amountMinor}`,
          )
        return event.reservationIds.flatMap((id) => {
          const reservation = reservations.get(id)
          const isKept =
            reservation?.state === 'PAID' || (reservation?.state === 'REFUNDED' && refunded.has(id))
          if (isKept && payment.reservationIds.includes(id)) return []
          return lost(
            `reservation ${id} ${who} was paid and is ${reservation?.state ?? 'not there'}`,
            reservation?.showId,
          )
        })
      }
      case 'hold': {
        if (event.reservationId === undefined) return []
        const reservation = reservations.get(event.reservationId)
        const isKept = reservation?.fanId === event.fanId && hasSame(reservation.seatIds, event.seatIds)
        if (!isKept)
          return lost(`hold ${event.reservationId} ${who} is not there as it was answered`, event.showId)
        const { state, endedAtMs } = reservation
        // told in whole milliseconds
        const earlyMs = (event.untilMs ?? 0) - (endedAtMs ?? Infinity)
        return state === 'EXPIRED' && earlyMs > 1
          ? lost(`hold ${event.reservationId} ${who} expired ${earlyMs} ms before it was to`, event.showId)
          : []
      }
      case 'release': {
        const reservation = reservations.get(event.reservationId)
        const isKept = reservation !== undefined && reservation.state !== 'HELD'
        return isKept ? [] : lost(`reservation ${event.reservationId} ${who} was released and is still held`)
      }
      case 'refund': {
        const reservation = reservations.get(event.reservationId)
        if (reservation?.state !== 'REFUNDED')
          return lost(
            `reservation ${event.reservationId} ${who} was refunded and is ${reservation?.state ?? 'not there'}`,
          )
        if (refunds === undefined || event.amountMinor === undefined) return []
        const given = refunds.get(event.reservationId)
        const isGiven = (given?.amountMinor ?? 0) === event.amountMinor
        if (isGiven && (given === undefined || given.fanId === event.fanId)) return []
        return lost(
          `reservation ${event.reservationId} ${who} was refunded ${event.amountMinor}, and fan ${given?.fanId ?? 'nobody'} got ${given?.amountMinor ?? 0}`,
          reservation.showId,
        )
      }
      case 'charge':
        return keys === undefined || keys.has(keyName(event.fanId, event.key))
          ? []
          : lost(`charge ${event.key} ${who} of ${event.amountMinor} is not there`)
      default:
        return []
    }
  })
}

function findRefusedEffects(history: readonly HistoryEvent[], final: FinalState): Violation[] {
  const keyed = eventsOf(history, 'pay', 'refund', 'charge', 'hold').flatMap((event) =>
    event.key === undefined ? [] : { ...event, name: keyName(event.fanId, event.key) },
  )
  const perKey = Map.groupBy(keyed, ({ name }) => name)
  return (final.keys ?? []).flatMap(({ fanId, key, command }) => {
    const calls = perKey.get(keyName(fanId, key)) ?? []
    if (calls.length === 0 || calls.some(mayHaveHappened)) return []
    const fault = `key ${key} of fan ${fanId} (${command}) has an effect, and every call with it was refused`
    return { oracle: 'refused-has-no-effect', fault }
  })
}

function findUncalled(history: readonly HistoryEvent[], final: FinalState): Violation[] {
  const fans = new Set(history.map(({ fanId }) => fanId))
  const uncalled = (fault: string, showId?: number): Violation => ({
    oracle: 'no-effect-without-a-call',
    fault,
    ...(showId === undefined ? {} : { showId }),
  })
  const pays = Map.groupBy(eventsOf(history, 'pay').filter(mayHaveHappened), ({ fanId }) => `${fanId}`)
  const holds = Map.groupBy(eventsOf(history, 'hold').filter(mayHaveHappened), ({ fanId }) => `${fanId}`)
  const refunds = new Set(
    eventsOf(history, 'refund').flatMap((event) => (mayHaveHappened(event) ? event.reservationId : [])),
  )
  const payments = final.payments.flatMap((payment) => {
    const isCalled = pays
      .get(`${payment.fanId}`)
      ?.some(
        (pay) => pay.paymentId === payment.paymentId || hasSame(pay.reservationIds, payment.reservationIds),
      )
    return !fans.has(payment.fanId) || isCalled
      ? []
      : uncalled(`payment ${payment.paymentId} of fan ${payment.fanId} was made by no call`)
  })
  const reservations = [...Map.groupBy(final.reservations, ({ fanId }) => `${fanId}`)].flatMap(
    ([fanId, own]) => {
      if (!fans.has(Number(fanId))) return []
      const calls = holds.get(fanId) ?? []
      const answered = new Set(calls.map(({ reservationId }) => reservationId))
      const unanswered = own.filter(({ reservationId }) => !answered.has(reservationId))
      const open = countOpenWishes(calls)
      if (unanswered.length <= open) return []
      const ids = unanswered.map(({ reservationId }) => reservationId).join(', ')
      return uncalled(
        `reservations ${ids} of fan ${fanId} were answered to nobody, and ${open} of its wishes to hold had no answer`,
        unanswered[0]?.showId,
      )
    },
  )
  const givenBack = final.reservations.flatMap(({ reservationId, fanId, state, showId }) =>
    state === 'REFUNDED' && fans.has(fanId) && !refunds.has(reservationId)
      ? uncalled(`reservation ${reservationId} of fan ${fanId} was refunded by no call`, showId)
      : [],
  )
  return [...payments, ...reservations, ...givenBack]
}

/** A wish has one effect however often it is repeated with its key, and none besides the one that was answered. */
function countOpenWishes(holds: readonly EventOf<'hold'>[]): number {
  const open = holds.filter(({ reservationId }) => reservationId === undefined)
  const answered = new Set(holds.flatMap(({ key, outcome }) => (outcome === 'ok' ? (key ?? []) : [])))
  const keys = new Set(open.flatMap(({ key }) => (key === undefined || answered.has(key) ? [] : key)))
  return keys.size + open.filter(({ key }) => key === undefined).length
}

function keyName(fanId: number, key: string): string {
  return `${fanId} ${key}`
}

function hasSame(one: readonly number[], other: readonly number[]): boolean {
  const wanted = new Set(one)
  return wanted.size === new Set(other).size && other.every((id) => wanted.has(id))
}
