import { holdSeats, listFreeShows, payHeld, readSeatStates } from '@greenroom/core'
import { z } from 'zod'
import type { Route } from '../route.ts'
import { contractRoute } from './contract-route.ts'
import { chargeRefusals, holdRefusals, payRefusals, placeRefusals } from './refusals.ts'
import { seatIdOf, showsOnDay } from './find-in-concert.ts'
import {
  amountWord,
  attempt,
  chargeWord,
  dayOf,
  dayWord,
  seatNoWord,
  statusWord,
  userIdWord,
} from './words.ts'

const route = contractRoute({ tag: 'reservation' })

/** Contract `reservation`: dates and seat numbers of the default concert. Of two shows on one day it knows the first. */
export const reservationRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/api/token/create',
    operationId: 'issueToken',
    summary: 'A place in the line',
    token: 'none',
    refuses: placeRefusals,
    input: z.object({ body: z.object({ id: userIdWord }) }),
    reply: z.string(),
    example: { body: { id: 1 }, reply: 'eyJjIjoxLCJmIjoxfQ.c2lnbmVk' },
    run: async (call, { body }) => (await call.place({ userId: body.id })).token,
  }),
  route({
    method: 'GET',
    path: '/api/reservation/dates',
    operationId: 'listDates',
    summary: 'The dates with at least one free seat',
    token: 'Authorization',
    refuses: ['NOT_FOUND'],
    input: z.object({}),
    reply: z.array(z.string()),
    example: { reply: ['2024-01-01'] },
    run: async (call) => {
      const { concertId, timeZone } = await call.concert(call.defaultConcertId)
      await call.turn({ concertId })
      const shows = await listFreeShows(call.deps, concertId)
      return [...new Set(shows.map(({ startsAtMs }) => dayOf(startsAtMs, timeZone)))]
    },
  }),
  route({
    method: 'GET',
    path: '/api/reservation/seats',
    operationId: 'listSeats',
    summary: 'Every seat of a date',
    token: 'Authorization',
    refuses: ['NOT_FOUND'],
    takesBodyAsQuery: true,
    input: z.object({ query: z.object({ date: dayWord }) }),
    reply: z.array(z.object({ seatNo: z.number().int(), status: z.enum(['AVAILABLE', 'HELD', 'SOLD']) })),
    example: { query: { date: '2024-01-01' }, reply: [{ seatNo: 1, status: 'AVAILABLE' }] },
    run: async (call, { query }) => {
      const concert = await call.concert(call.defaultConcertId)
      const [{ showId }] = showsOnDay(concert, query.date)
      await call.turn({ concertId: concert.concertId })
      const seats = await readSeatStates(call.deps, showId)
      return seats.map(({ seatNo, status }) => ({ seatNo, status: statusWord[status] }))
    },
  }),
  route({
    method: 'POST',
    path: '/api/reservation/reserve',
    operationId: 'holdSeat',
    summary: 'Holds the seat for five minutes',
    token: 'Authorization',
    refuses: holdRefusals,
    input: z.object({ body: z.object({ concertDate: dayWord, seatNo: seatNoWord }) }),
    reply: z.literal('예약 성공'),
    example: { body: { concertDate: '2024-01-01', seatNo: 1 }, reply: '예약 성공' },
    run: async (call, { body }) => {
      const concert = await call.concert(call.defaultConcertId)
      const [show] = showsOnDay(concert, body.concertDate)
      const seatIds = [seatIdOf(show, body.seatNo)]
      const { fanId, pass } = await call.turn({ concertId: concert.concertId })
      await holdSeats(call.deps, { fanId, showId: show.showId, pass, seatIds })
      return '예약 성공' as const
    },
  }),
  route({
    method: 'GET',
    path: '/api/charge',
    operationId: 'readBalance',
    summary: 'What the wallet holds',
    token: 'none',
    refuses: ['NOT_FOUND', 'FORBIDDEN'],
    takesBodyAsQuery: true,
    input: z.object({ query: z.object({ id: userIdWord }) }),
    reply: z.object({ amount: z.number().int() }),
    example: { query: { id: 1 }, reply: { amount: 10_000 } },
    run: async (call, { query }) => {
      const { balanceMinor } = await call.balance(await call.fan(query.id))
      return { amount: balanceMinor }
    },
  }),
  route({
    method: 'POST',
    path: '/api/charge',
    operationId: 'charge',
    summary: 'Adds to the wallet',
    token: 'none',
    refuses: chargeRefusals,
    input: z.object({ headers: attempt, body: z.object({ userId: userIdWord, amount: chargeWord }) }),
    reply: z.literal('충전 성공'),
    example: { body: { userId: 1, amount: 5_000 }, reply: '충전 성공' },
    run: async (call, { headers, body }) => {
      const fanId = await call.fan(body.userId)
      await call.charge({ fanId, amountMinor: body.amount, headers })
      return '충전 성공' as const
    },
  }),
  route({
    method: 'POST',
    path: '/api/payment',
    operationId: 'pay',
    summary: 'Pays everything the user holds',
    description:
      '`amount` must be the total of what is held, else 409 with `details.expectedMinor`, and nothing moves.',
    token: 'none',
    refuses: [...payRefusals, 'AMOUNT_MISMATCH'],
    input: z.object({ body: z.object({ userId: userIdWord, amount: amountWord }) }),
    reply: z.literal('결제 성공'),
    example: { body: { userId: 1, amount: 5_000 }, reply: '결제 성공' },
    run: async (call, { body }) => {
      const { concertId } = await call.concert(call.defaultConcertId)
      const fanId = await call.fan(body.userId)
      await payHeld(call.deps, { fanId, concertId, expectedMinor: body.amount })
      return '결제 성공' as const
    },
  }),
]
