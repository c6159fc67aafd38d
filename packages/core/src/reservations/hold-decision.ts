import {
  type AccountId,
  type Currency,
  DomainError,
  type ErrorCode,
  type ErrorDetails,
  type ReservationId,
  type SeatId,
  type SeatStatus,
  type ShowId,
} from '@greenroom/contract'
import { type Place, scoreOf } from '../waiting-room/index.ts'

/** What a fan asks for. `place`: of the pass that they show, absent where a caller has seen to that altogether. */
export type HoldRequest = {
  fanId: AccountId
  showId: ShowId
  seatIds: readonly SeatId[]
  place?: Place | undefined
}

/** What decides about a seat. `isLapsed`: held, but its time is over, so it is as good as available. */
export type SeatState = {
  seatId: SeatId
  showId: ShowId
  status: SeatStatus
  isLapsed: boolean
  reservationId: ReservationId | null
}

/** What a reservation shows of a seat. `priceMinor`: what it costs this fan. */
export type SeatFacts = {
  seatId: SeatId
  priceMinor: number
  section: string
  row: string
  number: string
  categoryCode: number
}

/** A reservation in state HELD. Its seats, fan and show never change. */
export type HeldReservation = {
  reservationId: ReservationId
  fanId: AccountId
  showId: ShowId
  seatIds: SeatId[]
  isLapsed: boolean
}

/** What holds for one fan at one show. */
export type FanTerms = {
  isOnSale: boolean
  /** The invariant that was found broken at the show; null: none, so it sells. */
  stoppedBy: string | null
  currency: Currency
  seatLimit: number
  /** Seats the fan holds or owns, those of lapsed holds that nobody swept yet included. */
  seatCount: number
  /** The last place of the fan in the concert's line that bought something: it and all before it hold nothing any more. */
  spentPlace: Place | undefined
  /** Whether a row counts them; who never held here has none, and it begins under lock. */
  isCounted: boolean
}

/** Everything a decision depends on, as read at one moment. */
export type Scene = {
  seats: ReadonlyMap<SeatId, SeatState>
  /**
   * Lapsed HELD reservations of the requested seats; of fans who have seats all HELD ones at the show, and those of the seats
   * they ask for, whoever has them.
   */
  reservations: ReadonlyMap<ReservationId, HeldReservation>
  terms: (request: HoldRequest) => FanTerms | undefined
}

export type HoldDecision =
  | { kind: 'refuse'; error: DomainError }
  /** The fan has exactly these seats already. */
  | { kind: 'repeat'; reservationId: ReservationId }
  /** The scene is older than a change it would have to know: read it again. */
  | { kind: 'again' }
  | HoldGrant

export type HoldGrant = {
  kind: 'grant'
  request: HoldRequest
  currency: Currency
  isCounted: boolean
  /** Lapsed holds, of others or the fan's own: they become EXPIRED in the same transaction. */
  expires: HeldReservation[]
  /** The fan's own live holds that overlap: RELEASED in the same transaction. */
  replaces: HeldReservation[]
}

/**
 * Whether a fan may hold these seats, given what was read. Decided twice for a hold that succeeds: first on rows read
 * without locks, which refuses most losers for the price of a read, then on the same rows under lock.
 */
export function decideHold(request: HoldRequest, scene: Scene): HoldDecision {
  const terms = scene.terms(request)
  if (terms === undefined) return refuse('NOT_FOUND', { what: 'show' })
  if (isSpent(request, terms)) return refuse('PASS_REFUSED', { reason: 'spent' })
  if (!terms.isOnSale) return refuse('SALE_CLOSED', {})
  if (terms.stoppedBy !== null) return refuse('SALE_STOPPED', { reason: terms.stoppedBy })
  const seats = request.seatIds.flatMap((seatId) => scene.seats.get(seatId) ?? [])
  if (seats.filter((seat) => seat.showId === request.showId).length < request.seatIds.length) {
    return refuse('NOT_FOUND', { what: 'seat' })
  }

  const own = ownReservations(request, scene)
  const repeated = own.find((held) => !held.isLapsed && hasSameSeats(held.seatIds, request.seatIds))
  if (repeated !== undefined) return { kind: 'repeat', reservationId: repeated.reservationId }
  if (seats.some((seat) => isOlderThanItsHolder(seat, scene, terms))) return { kind: 'again' }

  const taken = seats.filter((seat) => !isFreeFor(request, seat, scene))
  if (taken.length > 0) {
    return refuse('SEATS_TAKEN', { seats: taken.map(({ seatId, status }) => ({ seatId, status })) })
  }
  return grantOrLimit(request, seats, scene, terms, own)
}

function grantOrLimit(
  request: HoldRequest,
  seats: SeatState[],
  scene: Scene,
  terms: FanTerms,
  own: HeldReservation[],
): HoldDecision {
  const wanted = new Set(request.seatIds)
  const inTheWay = new Set(
    seats.flatMap((seat) => (seat.status === 'held' ? (holderOf(seat, scene) ?? []) : [])),
  )
  const expires = new Set([...inTheWay, ...own].filter((held) => held.isLapsed))
  const replaces = own.filter((held) => !held.isLapsed && held.seatIds.some((seatId) => wanted.has(seatId)))

  const ownEnding = [...expires, ...replaces].filter((held) => own.includes(held))
  const kept = terms.seatCount - ownEnding.reduce((sum, held) => sum + held.seatIds.length, 0)
  if (kept + seats.length > terms.seatLimit) {
    return refuse('SEAT_LIMIT_REACHED', { limit: terms.seatLimit, held: kept })
  }
  const { currency, isCounted } = terms
  return { kind: 'grant', request, currency, isCounted, expires: [...expires], replaces }
}

/** Seats that a grant changes or relies on: those asked for, and all seats of the reservations that end for it. */
export function seatsOf(grant: HoldGrant): SeatId[] {
  return [...grant.request.seatIds, ...[...grant.expires, ...grant.replaces].flatMap((held) => held.seatIds)]
}

/** Redis may not have heard of the payment yet; Postgres has. */
function isSpent({ place }: HoldRequest, { spentPlace }: FanTerms): boolean {
  return place !== undefined && spentPlace !== undefined && scoreOf(place) <= scoreOf(spentPlace)
}

function ownReservations(request: HoldRequest, scene: Scene): HeldReservation[] {
  return [...scene.reservations.values()].filter(
    (held) => held.fanId === request.fanId && held.showId === request.showId,
  )
}

/** Held by a reservation that was over when the holders were read: by whom it is held now, perhaps the fan, is not known. */
function isOlderThanItsHolder(seat: SeatState, scene: Scene, { seatCount }: FanTerms): boolean {
  if (seat.status !== 'held' || holderOf(seat, scene) !== undefined) return false
  return seat.isLapsed || seatCount > 0
}

function isFreeFor(request: HoldRequest, seat: SeatState, scene: Scene): boolean {
  if (seat.status === 'available') return true
  if (seat.status !== 'held') return false
  return seat.isLapsed || holderOf(seat, scene)?.fanId === request.fanId
}

function holderOf(seat: SeatState, scene: Scene): HeldReservation | undefined {
  return seat.reservationId === null ? undefined : scene.reservations.get(seat.reservationId)
}

function hasSameSeats(one: readonly SeatId[], other: readonly SeatId[]): boolean {
  const seats = new Set(one)
  return one.length === other.length && other.every((seatId) => seats.has(seatId))
}

function refuse<C extends ErrorCode>(
  code: C,
  details: ErrorDetails<C>,
): { kind: 'refuse'; error: DomainError } {
  return { kind: 'refuse', error: new DomainError(code, details) }
}
