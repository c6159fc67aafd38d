import { holdSeats, listFreeShows, readSeatPlace, readSeatStates } from '@greenroom/core'
import { z } from 'zod'
import type { Route } from '../route.ts'
import { contractRoute } from './contract-route.ts'
import { chargeRefusals, holdRefusals, payRefusals, placeRefusals } from './refusals.ts'
import { showsOnDay } from './find-in-concert.ts'
import {
  amountWord,
  attempt,
  chargeWord,
  concertIdWord,
  dayOf,
  dayWord,
  localTimeOf,
  reservationIdWord,
  seatIdWord,
  userIdWord,
} from './words.ts'

const route = contractRoute({ tag: 'customers', statuses: { NOT_FOUND: 400 } })

const point = z.array(z.object({ balance: z.number().int(), userId: z.number().int() }))
const concert = z.object({ concertId: concertIdWord })
const localTime = z.iso.datetime({ local: true, precision: 3 })
const tokenExample = 'eyJjIjoxLCJmIjoxfQ.c2lnbmVk'

/** Contract `customers`: its times of day are the concert's, and what is unknown to us is a bad request to it. */
export const customersRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/users/token',
    operationId: 'issueToken',
    summary: 'A place in the line',
    description:
      '`createdAt` is the time of this reply: the line keeps the order of its places, not their times.',
    token: 'none',
    refuses: placeRefusals,
    input: z.object({ body: z.object({ userId: userIdWord }) }),
    reply: z.object({
      createdAt: localTime,
      updateAt: z.null(),
      id: z.number().int(),
      userId: z.number().int(),
      status: z.enum(['WAIT', 'ACTIVE', 'EXPIRED']),
      token: z.string(),
    }),
    example: {
      body: { userId: 1 },
      reply: {
        createdAt: '2024-10-11T02:33:55.653',
        updateAt: null,
        id: 1,
        userId: 1,
        status: 'WAIT',
        token: tokenExample,
      },
    },
    run: async (call, { body: { userId } }) => {
      const { timeZone } = await call.concert(call.defaultConcertId)
      const { token, state, placeId, asOfMs } = await call.place({ userId })
      const status = state === 'active' ? ('ACTIVE' as const) : ('WAIT' as const)
      return { createdAt: localTimeOf(asOfMs, timeZone), updateAt: null, id: placeId, userId, status, token }
    },
  }),
  route({
    method: 'GET',
    path: '/concerts/{concertId}/available-date',
    operationId: 'listDates',
    summary: 'The dates with at least one free seat',
    description: '`concertOptionId` is the id of the show.',
    token: 'none',
    refuses: ['NOT_FOUND'],
    input: z.object({ params: concert }),
    reply: z.array(z.object({ concertOptionId: z.number().int(), concertDate: z.string() })),
    example: { params: { concertId: 1 }, reply: [{ concertOptionId: 1, concertDate: '2024-10-10' }] },
    run: async (call, { params }) => {
      const { concertId, timeZone } = await call.concert(params.concertId)
      const shows = await listFreeShows(call.deps, concertId)
      return shows.map(({ showId, startsAtMs }) => ({
        concertOptionId: showId,
        concertDate: dayOf(startsAtMs, timeZone),
      }))
    },
  }),
  route({
    method: 'GET',
    path: '/concerts/{concertId}/available-seats',
    operationId: 'listFreeSeats',
    summary: 'The free seats of a date',
    description: 'One entry for each show of the date.',
    token: 'none',
    refuses: ['NOT_FOUND'],
    takesBodyAsQuery: true,
    input: z.object({ params: concert, query: z.object({ date: dayWord }) }),
    reply: z.array(
      z.object({
        date: z.string(),
        availableSeats: z.number().int(),
        concertId: z.number().int(),
        seats: z.array(z.object({ seatId: z.number().int(), seatNumber: z.number().int() })),
      }),
    ),
    example: {
      params: { concertId: 1 },
      query: { date: '20241010' },
      reply: [{ date: '20241010', availableSeats: 1, concertId: 1, seats: [{ seatId: 1, seatNumber: 1 }] }],
    },
    run: async (call, { params, query }) => {
      const page = await call.concert(params.concertId)
      const shows = showsOnDay(page, query.date).map(async ({ showId }) => {
        const free = (await readSeatStates(call.deps, showId)).filter(({ status }) => status === 'available')
        return {
          date: query.date.replaceAll('-', ''),
          availableSeats: free.length,
          concertId: page.concertId,
          seats: free.map(({ seatId, seatNo }) => ({ seatId, seatNumber: seatNo })),
        }
      })
      return await Promise.all(shows)
    },
  }),
  route({
    method: 'POST',
    path: '/reservations',
    operationId: 'holdSeat',
    summary: 'Holds the seat for five minutes',
    token: 'Authorization',
    refuses: holdRefusals,
    input: z.object({ body: z.object({ userId: userIdWord, seatId: seatIdWord }) }),
    reply: z.object({
      createdAt: localTime,
      updateAt: localTime,
      seatId: z.number().int(),
      id: z.number().int(),
      userId: z.number().int(),
    }),
    example: {
      body: { userId: 1, seatId: 1 },
      reply: {
        createdAt: '2024-10-11T02:33:55.653',
        updateAt: '2024-10-11T02:33:55.653',
        seatId: 1,
        id: 1,
        userId: 1,
      },
    },
    run: async (call, { body: { userId, seatId } }) => {
      const fanId = await call.fan(userId)
      const { showId, concertId } = await readSeatPlace(call.deps, seatId)
      const { timeZone } = await call.concert(concertId)
      const { pass } = await call.turn({ fanId, concertId })
      const held = await holdSeats(call.deps, { fanId, showId, pass, seatIds: [seatId] })
      const heldAt = localTimeOf(held.heldAtMs, timeZone)
      return { createdAt: heldAt, updateAt: heldAt, seatId, id: held.reservationId, userId }
    },
  }),
  route({
    method: 'GET',
    path: '/customers/point',
    operationId: 'readBalance',
    summary: 'What the wallet holds',
    token: 'none',
    refuses: ['NOT_FOUND', 'FORBIDDEN'],
    takesBodyAsQuery: true,
    input: z.object({ query: z.object({ userId: userIdWord }) }),
    reply: point,
    example: { query: { userId: 1 }, reply: [{ balance: 10_000, userId: 1 }] },
    run: async (call, { query }) => {
      const userId = await call.fan(query.userId)
      const { balanceMinor } = await call.balance(userId)
      return [{ balance: balanceMinor, userId }]
    },
  }),
  route({
    method: 'PATCH',
    path: '/customers/point',
    operationId: 'charge',
    summary: 'Adds to the wallet',
    token: 'none',
    refuses: chargeRefusals,
    input: z.object({
      headers: attempt,
      body: z.object({ userId: userIdWord, chargeBalance: chargeWord }),
    }),
    reply: point,
    example: { body: { userId: 1, chargeBalance: 2_000 }, reply: [{ balance: 12_000, userId: 1 }] },
    run: async (call, { headers, body }) => {
      const userId = await call.fan(body.userId)
      const { balanceMinor } = await call.charge({ fanId: userId, amountMinor: body.chargeBalance, headers })
      return [{ balance: balanceMinor, userId }]
    },
  }),
  route({
    method: 'POST',
    path: '/payments',
    operationId: 'pay',
    summary: 'Pays a reservation',
    description: '`amount` must be its price, else 409 with `details.expectedMinor`, and nothing moves.',
    token: 'Authorization',
    refuses: [...payRefusals, 'AMOUNT_MISMATCH'],
    input: z.object({ body: z.object({ reservationId: reservationIdWord, amount: amountWord }) }),
    reply: z.object({ reservation_id: z.number().int(), amount: z.number().int(), paymentDate: localTime }),
    example: {
      body: { reservationId: 1, amount: 1_000 },
      reply: { reservation_id: 1, amount: 1_000, paymentDate: '2024-10-11T04:07:27.684' },
    },
    run: async (call, { body: { reservationId, amount } }) => {
      const paid = await call.pay({ reservationId, expectedMinor: amount })
      const { timeZone } = await call.concert(paid.concertId)
      return {
        reservation_id: reservationId,
        amount: paid.amountMinor,
        paymentDate: localTimeOf(paid.paidAtMs, timeZone),
      }
    },
  }),
]
