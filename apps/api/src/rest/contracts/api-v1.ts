import { DomainError } from '@greenroom/contract'
import { holdSeats, listFreeShows, readSeatPlace, readSeatStates } from '@greenroom/core'
import { z } from 'zod'
import type { Route } from '../route.ts'
import { contractRoute } from './contract-route.ts'
import { chargeRefusals, holdRefusals, payRefusals, placeRefusals } from './refusals.ts'
import {
  attempt,
  chargeWord,
  concertIdWord,
  dayOf,
  reservationIdWord,
  seatIdWord,
  showIdWord,
  userIdWord,
} from './words.ts'

const route = contractRoute({ tag: 'api-v1' })

const amount = z.object({ amount: z.string() })
const user = z.object({ userId: userIdWord })

/** Contract `api-v1`: ids and amounts are strings in replies; strings and numbers are both accepted. */
export const apiV1Routes: Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/users/{userId}/token',
    operationId: 'issueToken',
    summary: 'A place in the line of a concert',
    token: 'none',
    refuses: placeRefusals,
    input: z.object({ params: user, body: z.object({ concertId: concertIdWord.nullish() }).optional() }),
    reply: z.object({ token: z.string() }),
    example: {
      params: { userId: 1 },
      body: { concertId: 1 },
      reply: { token: 'eyJjIjoxLCJmIjoxfQ.c2lnbmVk' },
    },
    run: async (call, { params, body }) => {
      const { token } = await call.place({ concertId: body?.concertId, userId: params.userId })
      return { token }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/concerts/{concertId}/shows',
    operationId: 'listShows',
    summary: 'The dates with at least one free seat',
    token: 'Authorization',
    refuses: ['NOT_FOUND'],
    input: z.object({ params: z.object({ concertId: concertIdWord }) }),
    reply: z.array(z.object({ showId: z.string(), showDate: z.string() })),
    example: { params: { concertId: 1 }, reply: [{ showId: '1', showDate: '2024-01-01' }] },
    run: async (call, { params }) => {
      const { concertId, timeZone } = await call.concert(params.concertId)
      await call.turn({ concertId })
      const shows = await listFreeShows(call.deps, concertId)
      return shows.map(({ showId, startsAtMs }) => ({
        showId: `${showId}`,
        showDate: dayOf(startsAtMs, timeZone),
      }))
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/shows/{showId}/seats',
    operationId: 'listFreeSeats',
    summary: 'The free seats of a date',
    token: 'Authorization',
    refuses: ['NOT_FOUND'],
    input: z.object({ params: z.object({ showId: showIdWord }) }),
    reply: z.array(z.object({ seatId: z.string(), seatNumber: z.string() })),
    example: { params: { showId: 1 }, reply: [{ seatId: '1', seatNumber: '1' }] },
    run: async (call, { params }) => {
      const { concertId, showId } = await call.show(params.showId)
      await call.turn({ concertId })
      const seats = await readSeatStates(call.deps, showId)
      return seats
        .filter(({ status }) => status === 'available')
        .map(({ seatId, seatNo }) => ({ seatId: `${seatId}`, seatNumber: `${seatNo}` }))
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/shows/{showId}/seats/{seatId}',
    operationId: 'holdSeat',
    summary: 'Holds the seat for five minutes',
    token: 'Authorization',
    refuses: holdRefusals,
    input: z.object({ params: z.object({ showId: showIdWord, seatId: seatIdWord }) }),
    reply: z.object({ reservationId: z.string(), showId: z.string(), seatId: z.string() }),
    example: { params: { showId: 1, seatId: 1 }, reply: { reservationId: '1', showId: '1', seatId: '1' } },
    run: async (call, { params }) => {
      const { concertId, showId } = await call.show(params.showId)
      const { seatId, showId: itsShowId } = await readSeatPlace(call.deps, params.seatId)
      if (itsShowId !== showId) throw new DomainError('NOT_FOUND', { what: 'seat' })
      const { fanId, pass } = await call.turn({ concertId })
      const { reservationId } = await holdSeats(call.deps, { fanId, showId, pass, seatIds: [seatId] })
      return { reservationId: `${reservationId}`, showId: `${showId}`, seatId: `${seatId}` }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/users/{userId}/balance',
    operationId: 'readBalance',
    summary: 'What the wallet holds',
    token: 'Authorization',
    refuses: ['NOT_FOUND', 'FORBIDDEN'],
    input: z.object({ params: user }),
    reply: amount,
    example: { params: { userId: 1 }, reply: { amount: '10000' } },
    run: async (call, { params }) => {
      const fanId = await call.fan(params.userId)
      await call.turn({ fanId })
      const { balanceMinor } = await call.balance(fanId)
      return { amount: `${balanceMinor}` }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/users/{userId}/balance',
    operationId: 'charge',
    summary: 'Adds to the wallet',
    token: 'Authorization',
    refuses: chargeRefusals,
    input: z.object({ params: user, headers: attempt, body: z.object({ amount: chargeWord }) }),
    reply: amount,
    example: { params: { userId: 1 }, body: { amount: '10000' }, reply: { amount: '10000' } },
    run: async (call, { params, headers, body }) => {
      const fanId = await call.fan(params.userId)
      await call.turn({ fanId })
      const { balanceMinor } = await call.charge({ fanId, amountMinor: body.amount, headers })
      return { amount: `${balanceMinor}` }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/users/{userId}/payments',
    operationId: 'pay',
    summary: 'Pays one reservation, or everything the user holds',
    token: 'Authorization',
    refuses: payRefusals,
    input: z.object({
      params: user,
      body: z.object({ reservationId: reservationIdWord.nullish() }).optional(),
    }),
    reply: amount,
    example: { params: { userId: 1 }, body: {}, reply: { amount: '10000' } },
    run: async (call, { params, body }) => {
      const fanId = await call.fan(params.userId)
      const { amountMinor } = await call.pay({ fanId, reservationId: body?.reservationId })
      return { amount: `${amountMinor}` }
    },
  }),
]
