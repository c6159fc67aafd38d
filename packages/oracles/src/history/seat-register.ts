import type { Interval } from './linearize.ts'

/** What a call did to one seat, as far as its answer says. */
export type SeatCall = Interval & {
  seatId: number
  showId: number
  fanId: number
  /** `undefined`: the answer that would have named it was lost. */
  reservationId?: number | undefined
  /** When the reservation's time is over. */
  untilMs?: number | undefined
  /**
   * `hold` takes it; `see` was told again that it is held; `refuse` was told that it is taken; `swap` is the fan's own other
   * hold, which may have released this one.
   */
  what: 'hold' | 'see' | 'refuse' | 'release' | 'swap' | 'pay' | 'refund'
}

/** A seat as everybody must be able to agree that it was. `over`: reservations that can never have the seat again. */
export type SeatRegister = {
  holder: { reservationId?: number | undefined; fanId: number; untilMs: number; isSold: boolean } | null
  over: readonly number[]
}

export const freeSeat: SeatRegister = { holder: null, over: [] }

/**
 * The rules of one seat, by `skewMs` kinder than the clocks may differ: whoever wants it gets it when nobody has it, or when the
 * time of who has it is over; the fan's own hold is never in the way; what is sold stays sold until it is refunded; a
 * hold that ran out is still paid while nobody took the seat.
 */
export function applySeatCall(seat: SeatRegister, call: SeatCall, skewMs: number): SeatRegister | undefined {
  const { holder } = seat
  const { reservationId, fanId } = call
  const isOwn = holder !== null && isSame(holder, call)
  const mayBeOver = holder !== null && !holder.isSold && holder.untilMs <= call.endMs + skewMs
  switch (call.what) {
    case 'hold':
      if (reservationId !== undefined && seat.over.includes(reservationId)) return undefined
      if (holder !== null && (holder.isSold || (holder.fanId !== fanId && !mayBeOver))) return undefined
      return {
        holder: { reservationId, fanId, untilMs: call.untilMs ?? Number.NEGATIVE_INFINITY, isSold: false },
        over: holder === null || mayBeOver ? seat.over : closed(seat.over, holder.reservationId),
      }
    case 'see':
      return isOwn && !holder.isSold ? seat : undefined
    case 'refuse':
      if (holder === null) return undefined
      return holder.isSold || (holder.fanId !== fanId && holder.untilMs >= call.startMs - skewMs)
        ? seat
        : undefined
    case 'release':
    case 'swap':
      if (!isOwn) return call.what === 'release' ? seat : undefined
      if (holder.isSold) return call.what === 'release' ? undefined : seat
      // what was swept before is answered as it is, and can still be paid, or taken by another; without an answer such a
      // call is none at all
      return mayBeOver && call.mustHappen
        ? { holder: { ...holder, untilMs: Number.NEGATIVE_INFINITY }, over: seat.over }
        : { holder: null, over: closed(seat.over, reservationId) }
    case 'pay':
      if (reservationId !== undefined && seat.over.includes(reservationId)) return undefined
      if (!isOwn && (holder !== null ? !mayBeOver : (call.untilMs ?? 0) > call.endMs + skewMs))
        return undefined
      if (isOwn && holder.isSold) return undefined
      return {
        holder: { reservationId, fanId, untilMs: Number.POSITIVE_INFINITY, isSold: true },
        over: seat.over,
      }
    case 'refund':
      return isOwn && holder.isSold ? { holder: null, over: closed(seat.over, reservationId) } : undefined
  }
}

export function keyOfSeat({ holder, over }: SeatRegister): string {
  if (holder === null) return over.join()
  return `${holder.reservationId ?? '?'}/${holder.fanId}/${holder.isSold}|${over.join()}`
}

/** A reservation whose answer was lost has no number: then it is the fan's who asked for it. */
function isSame(one: { reservationId?: number | undefined; fanId: number }, call: SeatCall): boolean {
  return one.reservationId === undefined ? one.fanId === call.fanId : one.reservationId === call.reservationId
}

function closed(over: readonly number[], reservationId: number | undefined): readonly number[] {
  return reservationId === undefined || over.includes(reservationId)
    ? over
    : [...over, reservationId].toSorted((one, other) => one - other)
}
