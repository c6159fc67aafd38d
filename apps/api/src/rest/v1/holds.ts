import { holdBestInput, holdInput, reservation } from '@greenroom/contract'
import { z } from 'zod'
import type { Route } from '../route.ts'
import { attemptExample, passExample, reservationExample } from './examples.ts'
import { insideRoute, passHeader, showParams } from './inside-route.ts'
import { attempt } from './v1-route.ts'

const headers = z.object({ ...attempt.shape, ...passHeader.shape })
const { seatIds } = holdInput.shape
const { quantity, categoryCode, section } = holdBestInput.shape

const example = {
  params: { showId: 1 },
  headers: { 'idempotency-key': attemptExample, 'queue-pass': passExample },
  reply: reservationExample,
}
const refusals = [
  'NOT_FOUND',
  'SALE_CLOSED',
  'SALE_STOPPED',
  'SEAT_LIMIT_REACHED',
  'IDEMPOTENCY_KEY_REUSED',
] as const

export const holdRoutes: Route[] = [
  insideRoute({
    method: 'POST',
    path: '/v1/shows/{showId}/holds',
    tags: ['reservations', 'flow'],
    operationId: 'holdSeats',
    summary: 'Hold these seats: all of them, or none',
    description:
      'SEATS_TAKEN says which seats are taken and what they are now. A hold that names seats of an own live hold takes its place.',
    status: 201,
    refuses: ['SEATS_TAKEN', ...refusals],
    input: z.object({ params: showParams, headers, body: z.strictObject({ seatIds }) }),
    reply: reservation,
    example: { ...example, body: { seatIds: [7, 8] } },
    run: (call, asked) =>
      call.reservations.hold({
        ...asked.params,
        ...asked.body,
        pass: asked.headers['queue-pass'],
        idempotencyKey: asked.headers['idempotency-key'],
      }),
  }),
  insideRoute({
    method: 'POST',
    path: '/v1/shows/{showId}/holds/best',
    tags: ['reservations', 'flow'],
    operationId: 'holdBestSeats',
    summary: 'Hold the best seats side by side that can be had',
    status: 201,
    refuses: ['NO_ADJACENT_SEATS', ...refusals],
    input: z.object({
      params: showParams,
      headers,
      body: z.strictObject({ quantity, categoryCode, section }),
    }),
    reply: reservation,
    example: { ...example, body: { quantity: 2, categoryCode: 0 } },
    run: (call, asked) =>
      call.reservations.holdBest({
        ...asked.params,
        ...asked.body,
        pass: asked.headers['queue-pass'],
        idempotencyKey: asked.headers['idempotency-key'],
      }),
  }),
]
