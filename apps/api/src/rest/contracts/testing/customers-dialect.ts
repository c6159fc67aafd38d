import { z } from 'zod'
import type { Call } from './club.ts'
import { badAmounts, bearer, type Dialect, get, guarded, nobody, post } from './dialect.ts'

/** Contract `customers`. */
export const customers: Dialect = {
  name: 'customers',
  unknownStatus: 400,
  takePlace: (fanId) => post('/users/token', { userId: fanId }),
  tokenOf: (reply) => z.object({ token: z.string() }).parse(reply).token,
  hold: (by, { seatId }) => post('/reservations', { userId: by.fanId, seatId }, bearer(by)),
  holdIdOf: (reply) => z.object({ id: z.number() }).parse(reply).id,
  pay: (by, { holdId, amount }) => post('/payments', { reservationId: holdId, amount }, bearer(by)),
  charge: ({ fanId }, amount) => ({
    ...post('/customers/point', { userId: fanId, chargeBalance: amount }),
    method: 'PATCH',
  }),
  readBalance: ({ fanId }) => get(`/customers/point?userId=${fanId}`),
  balanceOf: (reply) => z.tuple([z.object({ balance: z.number() })]).parse(reply)[0].balance,
  guarded: (by, seat) => [
    guarded(customers.hold(by, seat), { namesUser: true }),
    guarded(customers.pay(by, { holdId: nobody, amount: 50_000 }), { isPayment: true }),
  ],
  unknown: (by, _seat, concertId) => [
    post('/users/token', { userId: nobody }),
    get(`/concerts/${nobody}/available-date`),
    get(`/concerts/${nobody}/available-seats?date=20241010`),
    get(`/concerts/${concertId}/available-seats?date=20010101`),
    post('/reservations', { userId: nobody, seatId: 1 }, bearer(by)),
    post('/reservations', { userId: by.fanId, seatId: nobody }, bearer(by)),
    get(`/customers/point?userId=${nobody}`),
    { ...post('/customers/point', { userId: nobody, chargeBalance: 1 }), method: 'PATCH' },
    post('/payments', { reservationId: nobody, amount: 1 }, bearer(by)),
  ],
  malformed: (by, _seat, concertId) => [
    [post('/users/token', { userId: 'me' }), 'userId'],
    [get('/concerts/one/available-date'), 'concertId'],
    [get(`/concerts/${concertId}/available-seats`), 'date'],
    [get(`/concerts/${concertId}/available-seats?date=2024101`), 'date'],
    [get(`/concerts/${concertId}/available-seats?date=20241301`), 'date'],
    [post('/reservations', { userId: by.fanId }, bearer(by)), 'seatId'],
    [post('/reservations', undefined, bearer(by)), 'userId'],
    [get('/customers/point'), 'userId'],
    ...badAmounts.map((amount): [Call, string] => [customers.charge(by, amount), 'chargeBalance']),
    [post('/payments', { amount: 1_000 }, bearer(by)), 'reservationId'],
    [post('/payments', { reservationId: 1, amount: -1 }, bearer(by)), 'amount'],
  ],
}
