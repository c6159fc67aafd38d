import { concertId, concertPage, concertSummary, showStock, showSummary } from '@greenroom/contract'
import { z } from 'zod'
import { concertExample, showExample, stockExample, summaryExample } from './examples.ts'
import type { Route } from '../route.ts'
import { showParams } from './inside-route.ts'
import { digits, v1Route } from './v1-route.ts'

const params = z.object({ concertId: digits(concertId) })
/** As old as the server's own memory of it: a second. */
const cache = 'public, max-age=1'

export const concertRoutes: Route[] = [
  v1Route({
    method: 'GET',
    path: '/v1/concerts',
    tags: ['concerts', 'flow'],
    operationId: 'listConcerts',
    summary: 'Every concert that has a show',
    access: 'anyone',
    refuses: [],
    cache,
    input: z.object({}),
    reply: z.array(concertSummary),
    example: { reply: [summaryExample] },
    run: (call) => call.catalogue.concerts(),
  }),
  v1Route({
    method: 'GET',
    path: '/v1/concerts/{concertId}',
    tags: ['concerts', 'flow'],
    operationId: 'readConcert',
    summary: 'One concert with its dates, prices and coarse stock',
    access: 'anyone',
    refuses: ['NOT_FOUND'],
    cache,
    input: z.object({ params }),
    reply: concertPage,
    example: { params: { concertId: 1 }, reply: concertExample },
    run: (call, asked) => call.catalogue.concert(asked.params),
  }),
  v1Route({
    method: 'GET',
    path: '/v1/concerts/{concertId}/shows',
    tags: ['concerts', 'flow'],
    operationId: 'listShows',
    summary: 'The dates of a concert with their coarse stock',
    access: 'anyone',
    refuses: ['NOT_FOUND'],
    cache,
    input: z.object({ params }),
    reply: z.array(showSummary),
    example: { params: { concertId: 1 }, reply: [showExample] },
    run: async (call, asked) => (await call.catalogue.concert(asked.params)).shows,
  }),
  v1Route({
    method: 'GET',
    path: '/v1/shows/{showId}/stock',
    tags: ['concerts', 'flow'],
    operationId: 'readStock',
    summary: 'How many seats of each price class a show has, and how many are free',
    access: 'anyone',
    refuses: ['NOT_FOUND'],
    cache,
    input: z.object({ params: showParams }),
    reply: showStock,
    example: { params: { showId: 1 }, reply: stockExample },
    run: (call, asked) => call.catalogue.stock(asked.params),
  }),
]
