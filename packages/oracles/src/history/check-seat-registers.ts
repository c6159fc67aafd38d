import type { Violation } from '../violation.ts'
import { clockSlackMs } from './call-order.ts'
import type { HistoryEvent } from './history-event.ts'
import { linearize, type Register } from './linearize.ts'
import { seatCallsOf } from './seat-calls.ts'
import { applySeatCall, freeSeat, keyOfSeat, type SeatCall, type SeatRegister } from './seat-register.ts'

const oracle = 'seat-linearizable'

export type SeatRegisterOptions = {
  /** By how much the recorder's clock and the database's may differ. */
  skewMs?: number
  /** False where a mirror refuses: what it knows may be some milliseconds old. What is granted is exact everywhere. */
  trustRefusals?: boolean
  /** Orders tried for one seat, at the most. A seat that needs more is told as undecided, which is a fault of the run. */
  maxSteps?: number
}

/** For calls made from outside: an api refuses by its mirror, which may be old, and the caller's clock is not the database's. */
export const seenFromOutside: SeatRegisterOptions = { trustRefusals: false, skewMs: clockSlackMs }

/**
 * Every seat behaved as if its calls had come one after the other, each at a moment between its question and its answer.
 * Looked at seat by seat, which keeps the search short; that a call of several seats got all of them or none is for the
 * oracles that compare with the database.
 */
export function checkSeatRegisters(
  history: readonly HistoryEvent[],
  options: SeatRegisterOptions = {},
): Violation[] {
  const { skewMs = 0, trustRefusals = true, maxSteps } = options
  const register: Register<SeatRegister, SeatCall> = {
    first: freeSeat,
    apply: (seat, call) => applySeatCall(seat, call, skewMs),
    isRead: ({ what }) => what === 'see' || what === 'refuse',
    keyOf: keyOfSeat,
  }
  const bySeat = Map.groupBy(seatCallsOf(history, { trustRefusals }), (call) => call.seatId)
  return [...bySeat].flatMap(([seatId, calls]): Violation[] => {
    const order = linearize(calls, register, maxSteps)
    const showId = calls[0]?.showId
    const about = showId === undefined ? { oracle } : { oracle, showId }
    if (order.kind === 'linear') return []
    if (order.kind === 'undecided') {
      return [
        { ...about, fault: `seat ${seatId}: undecided after ${order.steps} orders of ${calls.length} calls` },
      ]
    }
    const { placed, stuck } = order
    const then = placed.slice(-3).map(describeCall).join(', then ')
    const fault = `seat ${seatId}: after ${placed.length} calls (${then || 'none'}) none of these can have come next: ${stuck.map(describeCall).join('; ')}`
    return [{ ...about, fault }]
  })
}

function describeCall({ what, fanId, reservationId, startMs, endMs }: SeatCall): string {
  const of = reservationId === undefined ? '' : ` reservation ${reservationId}`
  return `fan ${fanId} ${what}${of} [${startMs}..${endMs}]`
}
