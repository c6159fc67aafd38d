import type { AccountId, ConcertId, SeatId, ShowId } from '@greenroom/contract'
import type { Call } from './club.ts'

/** A seat of the club by all the names that contracts have for it. */
export type SeatName = { showId: ShowId; day: string; seatId: SeatId; seatNo: number }
export type Bearer = { fanId: AccountId; token: string }

/** How a contract says what all of them can say. `by` is the bearer of `token`. */
export type Dialect = {
  name: string
  /** Of what is unknown to us. */
  unknownStatus: 404 | 400
  takePlace: (fanId: AccountId) => Call
  tokenOf: (reply: unknown) => string
  hold: (by: Bearer, seat: SeatName) => Call
  /** `undefined`: the contract does not tell it. */
  holdIdOf: (reply: unknown) => number | undefined
  /** By the hold's id where the contract can name it, else all that is held. */
  pay: (by: Bearer, hold: { holdId: number | undefined; amount: number }) => Call
  charge: (by: Bearer, amount: unknown) => Call
  readBalance: (by: Bearer) => Call
  balanceOf: (reply: unknown) => number
  /** Each call that shows a token. */
  guarded: (by: Bearer, seat: SeatName, concertId: ConcertId) => Guarded[]
  /** Calls about unknown concerts, shows, seats, users and reservations. */
  unknown: (by: Bearer, seat: SeatName, concertId: ConcertId) => Call[]
  /** What is wrong, and the field that has to be named. */
  malformed: (by: Bearer, seat: SeatName, concertId: ConcertId) => [Call, string][]
}

/** `namesUser`: beside the token. `isPayment`: not refused for a spent token when it repeats the payment that spent it. */
export type Guarded = { call: Call; namesUser: boolean; isPayment: boolean }

export const nobody = 999_999_999
export const badAmounts = [
  0,
  -1,
  1.5,
  '1e3',
  '',
  'much',
  null,
  [1],
  { won: 1 },
  10_000_001,
  '99999999999999999999',
]

export function get(path: string, headers: Record<string, string> = {}, body?: unknown): Call {
  return { method: 'GET', path, headers, body }
}

export function post(path: string, body?: unknown, headers: Record<string, string> = {}): Call {
  return { method: 'POST', path, headers, body }
}

export function guarded(call: Call, { namesUser = false, isPayment = false } = {}): Guarded {
  return { call, namesUser, isPayment }
}

export function bare({ token }: Bearer): Record<string, string> {
  return { authorization: token }
}

export function bearer({ token }: Bearer): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}

export function tokenAuth({ token }: Bearer): Record<string, string> {
  return { 'token-auth': token }
}
