import { concertId, concertPage, concertSummary } from '@greenroom/contract'
import { z } from 'zod'
import { concertExample, summaryExample } from './examples.ts'
import type { Route } from '../route.ts'
import { digits, v1Route } from './v1-route.ts'

/** As old as the server's own memory of it: a second. */
const cache = 'public, max-age=1'

export const concertRoutes: Route[] = [
  v1Route({
    method: 'GET',
    path: '/v1/concerts',
    tags: ['concerts'],
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
    tags: ['concerts'],
    operationId: 'readConcert',
    summary: 'One concert with its dates, prices and coarse stock',
    access: 'anyone',
    refuses: ['NOT_FOUND'],
    cache,
    input: z.object({ params: z.object({ concertId: digits(concertId) }) }),
    reply: concertPage,
    example: { params: { concertId: 1 }, reply: concertExample },
    run: (call, { params }) => call.catalogue.concert(params),
  }),
]
