import { refund, reservation, reservationId, reservationListing } from '@greenroom/contract'
import { z } from 'zod'
import type { Route } from '../route.ts'
import { attemptExample, listingExample, refundExample, reservationExample } from './examples.ts'
import { attempt, digits, v1Route } from './v1-route.ts'

const params = z.object({ reservationId: digits(reservationId) })

export const reservationRoutes: Route[] = [
  v1Route({
    method: 'GET',
    path: '/v1/reservations',
    tags: ['reservations', 'flow'],
    operationId: 'listReservations',
    summary: 'My newest 200 reservations, newest first',
    access: 'fan',
    refuses: [],
    input: z.object({}),
    reply: z.array(reservationListing),
    example: { reply: [listingExample] },
    run: (call) => call.reservations.list(),
  }),
  v1Route({
    method: 'GET',
    path: '/v1/reservations/{reservationId}',
    tags: ['reservations', 'flow'],
    operationId: 'readReservation',
    summary: 'One of my reservations',
    access: 'fan',
    refuses: ['NOT_FOUND'],
    input: z.object({ params }),
    reply: reservationListing,
    example: { params: { reservationId: 12 }, reply: listingExample },
    run: (call, asked) => call.reservations.get(asked.params),
  }),
  v1Route({
    method: 'DELETE',
    path: '/v1/reservations/{reservationId}',
    tags: ['reservations'],
    operationId: 'releaseReservation',
    summary: 'Let go of a hold: its seats are free when this answers',
    description:
      'Safe to repeat: a hold that is over already is answered as it is. What was paid is refunded instead.',
    access: 'fan',
    refuses: ['NOT_FOUND', 'HOLD_ENDED'],
    input: z.object({ params }),
    reply: reservation,
    example: { params: { reservationId: 12 }, reply: { ...reservationExample, state: 'RELEASED' } },
    run: (call, asked) => call.reservations.release(asked.params),
  }),
  v1Route({
    method: 'POST',
    path: '/v1/reservations/{reservationId}/refund',
    tags: ['reservations', 'payments'],
    operationId: 'refundReservation',
    summary: 'Give a paid reservation back: the money to the wallet, the seats to the sale, the tickets void',
    access: 'fan',
    refuses: ['NOT_FOUND', 'NOT_REFUNDABLE', 'IDEMPOTENCY_KEY_REUSED'],
    input: z.object({ params, headers: attempt }),
    reply: refund,
    example: {
      params: { reservationId: 12 },
      headers: { 'idempotency-key': attemptExample },
      reply: refundExample,
    },
    run: (call, asked) =>
      call.payments.refund({ ...asked.params, idempotencyKey: asked.headers['idempotency-key'] }),
  }),
]
