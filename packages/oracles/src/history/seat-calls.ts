import type { HistoryEvent, HoldEvent } from './history-event.ts'
import type { Interval } from './linearize.ts'
import { answeredAtMs, oneOfEachEffect } from './one-effect.ts'
import type { SeatCall } from './seat-register.ts'

/**
 * The history as calls on single seats. Repeats that got the first reply again are one call, which had its effect before the
 * first of its answers. Refusals count only for holds of one seat, which alone say which seat was taken.
 */
export function seatCallsOf(
  history: readonly HistoryEvent[],
  { trustRefusals }: { trustRefusals: boolean },
): SeatCall[] {
  const holds = history.filter((event) => event.op === 'hold')
  const made = oneOfEachEffect(
    holds.filter((hold) => hold.outcome === 'ok' && hold.reservationId !== undefined),
  )
  const seen = holds.filter((hold) => hold.outcome === 'ok' && hold.key === undefined)
  const refused = holds.filter(
    (hold) => trustRefusals && hold.code === 'SEATS_TAKEN' && hold.seatIds.length === 1,
  )
  const lost = holds.filter((hold) => hold.outcome === 'unknown')
  return [
    ...[...made, ...lost].flatMap((hold) => onEachSeat(hold, 'hold')),
    ...seen.flatMap((hold) => onEachSeat(hold, 'see')),
    ...refused.flatMap((hold) => onEachSeat(hold, 'refuse')),
    ...swapsOf(made),
    ...changesOf(history, new Map(made.map((hold) => [hold.reservationId, hold]))),
  ]
}

function onEachSeat(hold: HoldEvent, what: SeatCall['what']): SeatCall[] {
  const { showId, fanId, reservationId, untilMs, seatIds } = hold
  return seatIds.map((seatId) => ({
    ...intervalOf(hold),
    seatId,
    showId,
    fanId,
    reservationId,
    untilMs,
    what,
  }))
}

/** Releases, payments and refunds, of reservations whose hold was seen. */
function changesOf(
  history: readonly HistoryEvent[],
  holdOf: ReadonlyMap<number | undefined, HoldEvent>,
): SeatCall[] {
  const changes = history.flatMap((event) =>
    (event.op === 'release' || event.op === 'pay' || event.op === 'refund') && event.outcome !== 'refused'
      ? [event]
      : [],
  )
  return oneOfEachEffect(changes).flatMap((event) => {
    const ids = event.op === 'pay' ? event.reservationIds : [event.reservationId]
    return ids.flatMap((reservationId) => {
      const hold = holdOf.get(reservationId)
      if (hold === undefined) return []
      return onEachSeat(hold, event.op).map((call) => ({ ...call, ...intervalOf(event) }))
    })
  })
}

/** A fan's hold that overlaps another of theirs releases it whole, so also the seats that only the other one has. */
function swapsOf(made: readonly HoldEvent[]): SeatCall[] {
  return made.flatMap((later) =>
    made
      .filter(
        (other) =>
          other !== later &&
          other.fanId === later.fanId &&
          other.startMs <= later.endMs &&
          other.seatIds.some((seatId) => later.seatIds.includes(seatId)),
      )
      .flatMap((other) => onEachSeat(other, 'swap'))
      .filter((call) => !later.seatIds.includes(call.seatId))
      .map((call) => ({ ...call, startMs: later.startMs, endMs: later.endMs, mustHappen: false })),
  )
}

function intervalOf(event: HistoryEvent): Interval {
  return { startMs: event.startMs, endMs: answeredAtMs(event), mustHappen: event.outcome !== 'unknown' }
}
