import { type ConcertPage, DomainError, seatId, type SeatId, type ShowSummary } from '@greenroom/contract'
import { dayOf } from './words.ts'

/** The shows of a day in the concert's time zone, soonest first. Refuses with NOT_FOUND when there is none. */
export function showsOnDay({ shows, timeZone }: ConcertPage, day: string): [ShowSummary, ...ShowSummary[]] {
  const [first, ...rest] = shows.filter(({ startsAtMs }) => dayOf(startsAtMs, timeZone) === day)
  if (first === undefined) throw new DomainError('NOT_FOUND', { what: 'show' })
  return [first, ...rest]
}

/** The id of a seat that is known by its number in the show. Refuses with NOT_FOUND. */
export function seatIdOf(show: { firstSeatId: SeatId; seatCount: number }, seatNo: number): SeatId {
  if (seatNo > show.seatCount) throw new DomainError('NOT_FOUND', { what: 'seat' })
  return seatId.parse(show.firstSeatId + seatNo - 1)
}
