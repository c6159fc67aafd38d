import type { ReservationState, SeatStatus } from '@greenroom/contract'

/**
 * One call of one actor, as whoever made it saw it. Times are milliseconds since 1970 of one clock, the recorder's, finer
 * than the calls are short (`performance.timeOrigin + performance.now()`). What was written down is all that the checks
 * know: an event that is missing is a call that was never made.
 */
export type HistoryEvent =
  | JoinEvent
  | PlaceEvent
  | EnterEvent
  | LeaveEvent
  | HoldEvent
  | ReleaseEvent
  | PayEvent
  | RefundEvent
  | ChargeEvent
  | MapEvent

type Call = {
  /** Who called: one actor makes one call at a time. */
  actor: number
  /** Whose account it was: one fan may have several actors (tabs, devices). */
  fanId: number
  startMs: number
  endMs: number
  /** 'unknown': no answer, so it may have had its effect at any time since, or never. */
  outcome: 'ok' | 'refused' | 'unknown'
  /** Of a refusal. */
  code?: string
}

/** A place in a line; smaller is further ahead, an earlier epoch before all of a later one. */
export type LinePlace = { epoch: number; seq: number }

/** When it is over, as the server said; absent when it did not. */
type Until = { untilMs?: number }

export type JoinEvent = Call & {
  op: 'join'
  concertId: number
  /** What the answer said: at once inside, offered a turn, or waiting. */
  state?: 'waiting' | 'offered' | 'active'
  place?: LinePlace
  /** The order of a lottery is drawn, so it says nothing about who came first. */
  isLottery?: boolean
  /** When the server let this fan in, later: the end of the offer, one claim window after that, by the server's clock. */
  offerEndsMs?: number
} & Until

/** A reading of the own place. `ahead`: how many the server said are ahead, or, without a `state`, a page showed. */
export type PlaceEvent = Call & {
  op: 'place'
  concertId: number
  place?: LinePlace
  ahead?: number
  /** What the server answered; absent of what a page goes on showing between two answers. */
  state?: 'none' | 'waiting' | 'offered' | 'active'
} & Until

/** `untilMs`: when the pass ends that came back. */
export type EnterEvent = Call & { op: 'enter'; concertId: number; place?: LinePlace } & Until

export type LeaveEvent = Call & { op: 'leave'; concertId: number }

export type HoldEvent = Call & {
  op: 'hold'
  concertId: number
  showId: number
  /** Those asked for, or those that the answer named; none when the server was to choose and did not answer. */
  seatIds: readonly number[]
  reservationId?: number
  key?: string
  /** Of the pass that was shown. */
  place?: LinePlace
} & Until

export type ReleaseEvent = Call & { op: 'release'; reservationId: number }

export type PayEvent = Call & {
  op: 'pay'
  concertId: number
  reservationIds: readonly number[]
  /** Absent for calls that make none: what is paid is the key then. */
  key?: string
  paymentId?: number
  amountMinor?: number
}

export type RefundEvent = Call & { op: 'refund'; reservationId: number; key: string; amountMinor?: number }

export type ChargeEvent = Call & { op: 'charge'; key: string; amountMinor: number }

/** What a client's map showed when all was quiet: a status for each seat, by its place in the show. */
export type MapEvent = Call & { op: 'map'; showId: number; statuses: readonly SeatStatus[] }

/** What the database says when all is quiet, for comparing with what was acknowledged. */
export type FinalState = {
  reservations: readonly FinalReservation[]
  payments: readonly FinalPayment[]
  /** Every idempotency key that is there; without them no effect is looked for by its key. */
  keys?: readonly { fanId: number; key: string; command: string }[]
  /** Every transfer of the kind; without them no amount is compared. */
  charges?: readonly { fanId: number; amountMinor: number }[]
  refunds?: readonly { fanId: number; reservationId: number; amountMinor: number }[]
  shows: readonly { showId: number; statuses: readonly SeatStatus[] }[]
}

/** What the checks must know besides the calls. */
export type HistoryFacts = {
  /** How many may be inside at a time, by concert. A concert that is not named is not checked for it. */
  capacities?: ReadonlyMap<number, number>
  /** How long the turns of the lines last. Without it what was answered says alone when a turn began and ends. */
  turns?: TurnTimes
  /** So long after its start a call that got no answer may still take effect; a minute when it is not told. */
  longestCallMs?: number
  /** Moments at which every call that had begun was over, answered or not. */
  quietAtMs?: readonly number[]
  /** When Redis lost something: places and passes come back from the fans then, in the order in which they come. */
  redisLostAtMs?: readonly number[]
  /** When all was quiet; without it nothing is compared with the database. */
  final?: FinalState
}

/** How long an offer can be claimed, and how long a pass lasts from then on. */
type TurnTimes = { claimWindowMs: number; passTtlMs: number }

export type FinalReservation = {
  reservationId: number
  showId: number
  fanId: number
  seatIds: readonly number[]
  state: ReservationState
  /** When it expired, was released or refunded, by the clock that told how long it is held. */
  endedAtMs?: number | null
}

export type FinalPayment = {
  paymentId: number
  fanId: number
  reservationIds: readonly number[]
  amountMinor: number
}
