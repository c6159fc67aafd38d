import { z } from 'zod'
import type { Call } from './club.ts'
import { badAmounts, bearer, type Dialect, get, guarded, nobody, post } from './dialect.ts'

/** Contract `api-v1`. */
export const apiV1: Dialect = {
  name: 'api-v1',
  unknownStatus: 404,
  takePlace: (fanId) => post(`/api/v1/users/${fanId}/token`),
  tokenOf: (reply) => z.object({ token: z.string() }).parse(reply).token,
  hold: (by, { showId, seatId }) => post(`/api/v1/shows/${showId}/seats/${seatId}`, undefined, bearer(by)),
  holdIdOf: (reply) => Number(z.object({ reservationId: z.string() }).parse(reply).reservationId),
  pay: (by, { holdId }) => post(`/api/v1/users/${by.fanId}/payments`, { reservationId: holdId }, bearer(by)),
  charge: (by, amount) => post(`/api/v1/users/${by.fanId}/balance`, { amount }, bearer(by)),
  readBalance: (by) => get(`/api/v1/users/${by.fanId}/balance`, bearer(by)),
  balanceOf: (reply) => Number(z.object({ amount: z.string() }).parse(reply).amount),
  guarded: (by, seat, concertId) => [
    guarded(get(`/api/v1/concerts/${concertId}/shows`, bearer(by))),
    guarded(get(`/api/v1/shows/${seat.showId}/seats`, bearer(by))),
    guarded(apiV1.hold(by, seat)),
    guarded(apiV1.readBalance(by), { namesUser: true }),
    guarded(apiV1.charge(by, 1_000), { namesUser: true }),
    guarded(post(`/api/v1/users/${by.fanId}/payments`, {}, bearer(by)), {
      namesUser: true,
      isPayment: true,
    }),
  ],
  unknown: (by, { showId, seatId }) => [
    post(`/api/v1/users/${nobody}/token`),
    post(`/api/v1/users/${by.fanId}/token`, { concertId: nobody }),
    get(`/api/v1/concerts/${nobody}/shows`, bearer(by)),
    get(`/api/v1/shows/${nobody}/seats`, bearer(by)),
    post(`/api/v1/shows/${nobody}/seats/${seatId}`, undefined, bearer(by)),
    post(`/api/v1/shows/${showId}/seats/${nobody}`, undefined, bearer(by)),
    // a seat of another show
    post(`/api/v1/shows/${showId}/seats/${seatId + 50}`, undefined, bearer(by)),
    get(`/api/v1/users/${nobody}/balance`, bearer(by)),
    post(`/api/v1/users/${nobody}/balance`, { amount: 1 }, bearer(by)),
    post(`/api/v1/users/${nobody}/payments`, {}, bearer(by)),
    post(`/api/v1/users/${by.fanId}/payments`, { reservationId: nobody }, bearer(by)),
    // nothing was ever held
    post(`/api/v1/users/${by.fanId}/payments`, undefined, bearer(by)),
  ],
  malformed: (by, { showId }) => [
    [post('/api/v1/users/one/token'), 'userId'],
    [post(`/api/v1/users/${by.fanId}/token`, { concertId: 'one' }), 'concertId'],
    [get('/api/v1/concerts/-1/shows', bearer(by)), 'concertId'],
    [get('/api/v1/shows/1.5/seats', bearer(by)), 'showId'],
    [post('/api/v1/shows/x/seats/1', undefined, bearer(by)), 'showId'],
    [post(`/api/v1/shows/${showId}/seats/0`, undefined, bearer(by)), 'seatId'],
    [get('/api/v1/users/99999999999999999999/balance', bearer(by)), 'userId'],
    [post(`/api/v1/users/${by.fanId}/balance`, {}, bearer(by)), 'amount'],
    [post(`/api/v1/users/${by.fanId}/balance`, undefined, bearer(by)), 'amount'],
    ...badAmounts.map((amount): [Call, string] => [apiV1.charge(by, amount), 'amount']),
    [post(`/api/v1/users/${by.fanId}/payments`, { reservationId: {} }, bearer(by)), 'reservationId'],
  ],
}
