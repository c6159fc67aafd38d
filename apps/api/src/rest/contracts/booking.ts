import { holdSeats, readSeatStates } from '@greenroom/core'
import { z } from 'zod'
import type { Route } from '../route.ts'
import { contractRoute } from './contract-route.ts'
import { chargeRefusals, holdRefusals, payRefusals, placeRefusals } from './refusals.ts'
import { seatIdOf } from './find-in-concert.ts'
import {
  attempt,
  chargeWord,
  reservationIdWord,
  seatNosWord,
  showIdWord,
  statusWord,
  userIdWord,
} from './words.ts'

const route = contractRoute({ tag: 'booking' })

const balance = z.object({ user_id: z.string(), balance: z.number().int() })
const user = z.object({ userId: userIdWord })

/** Contract `booking`: a concert of its words is one of our shows; `ceoncert` is how its clients spell it. */
export const bookingRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/token/{userId}',
    operationId: 'issueToken',
    summary: 'A place in the line; the same token when asked again',
    token: 'none',
    acts: true,
    refuses: placeRefusals,
    input: z.object({ params: user }),
    reply: z.object({ token_id: z.string() }),
    example: { params: { userId: 1 }, reply: { token_id: 'eyJjIjoxLCJmIjoxfQ.c2lnbmVk' } },
    run: async (call, { params }) => {
      const { token } = await call.place(params)
      return { token_id: token }
    },
  }),
  route({
    method: 'GET',
    path: '/concerts',
    operationId: 'listConcerts',
    summary: 'Every date with every seat',
    token: 'none',
    refuses: ['NOT_FOUND'],
    input: z.object({}),
    reply: z.object({
      concerts: z.array(
        z.object({
          ceoncert_id: z.number().int(),
          ceoncert_dateTime: z.number().int(),
          seats: z.array(
            z.object({ seat_id: z.string(), seat_status: z.enum(['AVAILABLE', 'HELD', 'SOLD']) }),
          ),
        }),
      ),
    }),
    example: {
      reply: {
        concerts: [
          {
            ceoncert_id: 1,
            ceoncert_dateTime: 1_735_689_600_000,
            seats: [{ seat_id: '1', seat_status: 'AVAILABLE' }],
          },
        ],
      },
    },
    run: async (call) => {
      const { shows } = await call.concert(call.defaultConcertId)
      const concerts = shows.map(async ({ showId, startsAtMs }) => ({
        ceoncert_id: showId,
        ceoncert_dateTime: startsAtMs,
        seats: (await readSeatStates(call.deps, showId)).map(({ seatNo, status }) => ({
          seat_id: `${seatNo}`,
          seat_status: statusWord[status],
        })),
      }))
      return { concerts: await Promise.all(concerts) }
    },
  }),
  route({
    method: 'POST',
    path: '/booking',
    operationId: 'holdSeats',
    summary: 'Holds the seats for five minutes, all or none',
    token: 'Token-Auth',
    refuses: holdRefusals,
    input: z.object({
      body: z.object({ user_id: userIdWord, concert_id: showIdWord, seat_no: seatNosWord }),
    }),
    reply: z.object({ booking_result: z.literal('SUCCESS'), booking_id: z.number().int() }),
    example: {
      body: { user_id: 1, concert_id: 1, seat_no: '10,11' },
      reply: { booking_result: 'SUCCESS', booking_id: 1 },
    },
    run: async (call, { body }) => {
      const fanId = await call.fan(body.user_id)
      const show = await call.show(body.concert_id)
      const seatIds = body.seat_no.map((seatNo) => seatIdOf(show, seatNo))
      const { showId, concertId } = show
      const { pass } = await call.turn({ fanId, concertId })
      const { reservationId } = await holdSeats(call.deps, { fanId, showId, pass, seatIds })
      return { booking_result: 'SUCCESS' as const, booking_id: reservationId }
    },
  }),
  route({
    method: 'POST',
    path: '/payment',
    operationId: 'pay',
    summary: 'Pays a booking',
    token: 'Token-Auth',
    refuses: payRefusals,
    input: z.object({ body: z.object({ user_id: userIdWord, booking_id: reservationIdWord }) }),
    reply: z.object({ payment_result: z.literal('SUCCESS') }),
    example: { body: { user_id: 1, booking_id: 1 }, reply: { payment_result: 'SUCCESS' } },
    run: async (call, { body }) => {
      await call.pay({ fanId: await call.fan(body.user_id), reservationId: body.booking_id })
      return { payment_result: 'SUCCESS' as const }
    },
  }),
  route({
    method: 'GET',
    path: '/balance/{userId}',
    operationId: 'readBalance',
    summary: 'What the wallet holds',
    token: 'none',
    refuses: ['NOT_FOUND', 'FORBIDDEN'],
    input: z.object({ params: user }),
    reply: balance,
    example: { params: { userId: 1 }, reply: { user_id: '1', balance: 10_000 } },
    run: async (call, { params }) => {
      const fanId = await call.fan(params.userId)
      const { balanceMinor } = await call.balance(fanId)
      return { user_id: `${fanId}`, balance: balanceMinor }
    },
  }),
  route({
    method: 'POST',
    path: '/balance',
    operationId: 'charge',
    summary: 'Adds to the wallet',
    description: '`balance` is the amount to add; the reply has the balance after it.',
    token: 'none',
    refuses: chargeRefusals,
    input: z.object({ headers: attempt, body: z.object({ user_id: userIdWord, balance: chargeWord }) }),
    reply: balance,
    example: { body: { user_id: 1, balance: 5_000 }, reply: { user_id: '1', balance: 15_000 } },
    run: async (call, { headers, body }) => {
      const fanId = await call.fan(body.user_id)
      const { balanceMinor } = await call.charge({ fanId, amountMinor: body.balance, headers })
      return { user_id: `${fanId}`, balance: balanceMinor }
    },
  }),
]
