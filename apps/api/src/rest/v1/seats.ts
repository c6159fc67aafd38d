import { seatId, seatList, seatListInput, seatStatus } from '@greenroom/contract'
import { z } from 'zod'
import type { Route } from '../route.ts'
import { passExample, seatListExample } from './examples.ts'
import { insideRoute, passHeader, showParams } from './inside-route.ts'
import { digits } from './v1-route.ts'

export const seatRoutes: Route[] = [
  insideRoute({
    method: 'GET',
    path: '/v1/shows/{showId}/seats',
    tags: ['seats', 'flow'],
    operationId: 'listSeats',
    summary: 'The seats of a show with labels, prices and states, page by page',
    description:
      'In the order of their ids. `nextAfterSeatId` is the `afterSeatId` of the next page, and null on the last one.',
    refuses: ['NOT_FOUND'],
    cache: 'private, no-cache',
    input: z.object({
      params: showParams,
      headers: passHeader,
      query: z.object({
        status: seatStatus.optional().describe('These alone'),
        afterSeatId: digits(seatId).optional(),
        limit: digits(seatListInput.shape.limit.unwrap())
          .default(500)
          .describe('How many at most; 500 unless said.'),
      }),
    }),
    reply: seatList,
    example: {
      params: { showId: 1 },
      headers: { 'queue-pass': passExample },
      query: { status: 'available', limit: '2' },
      reply: seatListExample,
    },
    run: (call, { params, headers, query }) =>
      call.seats.list({ ...params, ...query, pass: headers['queue-pass'] }),
  }),
]
