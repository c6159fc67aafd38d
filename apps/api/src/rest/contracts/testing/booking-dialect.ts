import { z } from 'zod'
import type { Call } from './club.ts'
import { badAmounts, type Dialect, get, guarded, nobody, post, tokenAuth } from './dialect.ts'

/** Contract `booking`. */
export const booking: Dialect = {
  name: 'booking',
  unknownStatus: 404,
  takePlace: (fanId) => get(`/token/${fanId}`),
  tokenOf: (reply) => z.object({ token_id: z.string() }).parse(reply).token_id,
  hold: (by, { showId, seatNo }) =>
    post('/booking', { user_id: by.fanId, concert_id: showId, seat_no: `${seatNo}` }, tokenAuth(by)),
  holdIdOf: (reply) => z.object({ booking_id: z.number() }).parse(reply).booking_id,
  pay: (by, { holdId }) => post('/payment', { user_id: by.fanId, booking_id: holdId }, tokenAuth(by)),
  charge: ({ fanId }, amount) => post('/balance', { user_id: fanId, balance: amount }),
  readBalance: ({ fanId }) => get(`/balance/${fanId}`),
  balanceOf: (reply) => z.object({ balance: z.number() }).parse(reply).balance,
  guarded: (by, seat) => [
    guarded(booking.hold(by, seat), { namesUser: true }),
    guarded(booking.pay(by, { holdId: nobody, amount: 0 }), { namesUser: true, isPayment: true }),
  ],
  unknown: (by, { showId }) => [
    get(`/token/${nobody}`),
    post('/booking', { user_id: nobody, concert_id: showId, seat_no: '1' }, tokenAuth(by)),
    post('/booking', { user_id: by.fanId, concert_id: nobody, seat_no: '1' }, tokenAuth(by)),
    post('/booking', { user_id: by.fanId, concert_id: showId, seat_no: '50,51' }, tokenAuth(by)),
    post('/payment', { user_id: nobody, booking_id: 1 }, tokenAuth(by)),
    post('/payment', { user_id: by.fanId, booking_id: nobody }, tokenAuth(by)),
    get(`/balance/${nobody}`),
    post('/balance', { user_id: nobody, balance: 1 }),
  ],
  malformed: (by, { showId }) => [
    [get('/token/one'), 'userId'],
    [post('/booking', {}, tokenAuth(by)), 'user_id'],
    [post('/booking', { user_id: by.fanId, seat_no: '1' }, tokenAuth(by)), 'concert_id'],
    ...['', '1,,2', 'A1', '0', '1-2', '1,2,3,4,5,6,7,8,9,10,11', '3,3', null].map(
      (seatNo): [Call, string] => [
        post('/booking', { user_id: by.fanId, concert_id: showId, seat_no: seatNo }, tokenAuth(by)),
        'seat_no',
      ],
    ),
    [post('/payment', { user_id: by.fanId, booking_id: 'first' }, tokenAuth(by)), 'booking_id'],
    [get('/balance/me'), 'userId'],
    [post('/balance', { user_id: by.fanId }), 'balance'],
    ...badAmounts.map((amount): [Call, string] => [booking.charge(by, amount), 'balance']),
  ],
}
