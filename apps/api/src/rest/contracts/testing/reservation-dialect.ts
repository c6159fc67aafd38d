import { z } from 'zod'
import type { Call } from './club.ts'
import { badAmounts, bare, type Dialect, get, guarded, nobody, post } from './dialect.ts'

/** Contract `reservation`. */
export const reservation: Dialect = {
  name: 'reservation',
  unknownStatus: 404,
  takePlace: (fanId) => post('/api/token/create', { id: fanId }),
  tokenOf: (reply) => z.string().parse(reply),
  hold: (by, { day, seatNo }) => post('/api/reservation/reserve', { concertDate: day, seatNo }, bare(by)),
  holdIdOf: () => undefined,
  pay: ({ fanId }, { amount }) => post('/api/payment', { userId: fanId, amount }),
  charge: ({ fanId }, amount) => post('/api/charge', { userId: fanId, amount }),
  readBalance: ({ fanId }) => get('/api/charge', {}, { id: fanId }),
  balanceOf: (reply) => z.object({ amount: z.number() }).parse(reply).amount,
  guarded: (by, seat) => [
    guarded(get('/api/reservation/dates', bare(by))),
    guarded(get(`/api/reservation/seats?date=${seat.day}`, bare(by))),
    guarded(reservation.hold(by, seat)),
  ],
  unknown: (by, { day }) => [
    post('/api/token/create', { id: nobody }),
    get('/api/reservation/seats?date=2001-01-01', bare(by)),
    post('/api/reservation/reserve', { concertDate: '2001-01-01', seatNo: 1 }, bare(by)),
    post('/api/reservation/reserve', { concertDate: day, seatNo: 51 }, bare(by)),
    get(`/api/charge?id=${nobody}`),
    post('/api/charge', { userId: nobody, amount: 1 }),
    post('/api/payment', { userId: nobody, amount: 1 }),
    // nothing was ever held
    post('/api/payment', { userId: by.fanId, amount: 50_000 }),
  ],
  malformed: (by, { day }) => [
    [post('/api/token/create', {}), 'id'],
    [post('/api/token/create'), 'id'],
    [get('/api/reservation/seats', bare(by)), 'date'],
    [get('/api/reservation/seats?date=tomorrow', bare(by)), 'date'],
    [get('/api/reservation/seats?date=2024-02-30', bare(by)), 'date'],
    [post('/api/reservation/reserve', { concertDate: day }, bare(by)), 'seatNo'],
    [post('/api/reservation/reserve', { seatNo: 1 }, bare(by)), 'concertDate'],
    [get('/api/charge'), 'id'],
    [get('/api/charge?id=me'), 'id'],
    ...badAmounts.map((amount): [Call, string] => [reservation.charge(by, amount), 'amount']),
    [post('/api/payment', { userId: by.fanId }), 'amount'],
    [post('/api/payment', { amount: 1 }), 'userId'],
  ],
}
