import type { Violation } from '../violation.ts'
import { eventsOf, mayHaveHappened } from './call-order.ts'
import type { HistoryEvent } from './history-event.ts'

/**
 * `no-seat-is-sold-twice`: of two acknowledged payments for one seat, the earlier was given back by a refund that may have
 * happened before the later was acknowledged.
 */
export function checkSoldTwice(history: readonly HistoryEvent[]): Violation[] {
  const held = new Map(
    eventsOf(history, 'hold').flatMap((hold) =>
      hold.reservationId === undefined ? [] : [[hold.reservationId, hold] as const],
    ),
  )
  const refunds = Map.groupBy(
    eventsOf(history, 'refund').filter(mayHaveHappened),
    ({ reservationId }) => `${reservationId}`,
  )
  const sales = eventsOf(history, 'pay').flatMap((pay) =>
    pay.outcome !== 'ok'
      ? []
      : pay.reservationIds.flatMap((reservationId) => {
          const hold = held.get(reservationId)
          return (hold?.seatIds ?? []).map((seatId) => ({ seatId, showId: hold?.showId, reservationId, pay }))
        }),
  )
  return [...Map.groupBy(sales, ({ seatId }) => `${seatId}`).values()].flatMap((own) => {
    // a payment that was repeated is one sale
    const once = [...new Map(own.map((sale) => [sale.reservationId, sale])).values()]
    return once.flatMap((later, index) =>
      once.slice(0, index).flatMap((earlier): Violation[] => {
        const wasGivenBack =
          refunds.get(`${earlier.reservationId}`)?.some(({ startMs }) => startMs < later.pay.endMs) ||
          refunds.get(`${later.reservationId}`)?.some(({ startMs }) => startMs < earlier.pay.endMs)
        if (wasGivenBack) return []
        const fault = `seat ${later.seatId} was paid as reservation ${earlier.reservationId} by fan ${earlier.pay.fanId} and as ${later.reservationId} by fan ${later.pay.fanId}`
        const { showId } = later
        return [{ oracle: 'no-seat-is-sold-twice', fault, ...(showId === undefined ? {} : { showId }) }]
      }),
    )
  })
}
