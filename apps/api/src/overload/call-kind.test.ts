import { appRouter } from '@greenroom/router'
import { expect, test } from 'vitest'
import { contractRoutes } from '../rest/contracts/index.ts'
import { v1Routes } from '../rest/v1/index.ts'
import { callKindOf } from './call-kind.ts'

const procedures = Object.keys(appRouter._def.procedures)
const restRoutes = [...v1Routes, ...contractRoutes].map(({ method, path }) => ({
  method,
  url: path.replace(/\{(\w+)\}/g, ':$1'),
}))

test('over tRPC the crowd joins, looks at the line and the catalogue, and signs in', () => {
  const crowds = procedures.filter((name) => callKindOf('POST', `/trpc/${name}`, undefined) === 'crowd')
  expect(crowds.toSorted()).toEqual([
    'accounts.signIn',
    'accounts.signUp',
    'catalogue.concert',
    'catalogue.concerts',
    'catalogue.stock',
    'waitingRoom.join',
    'waitingRoom.progress',
    'waitingRoom.status',
  ])
})

test('every other procedure, and every route of REST, is a call of a fan inside or the crowd’s', () => {
  const kinds = [
    ...procedures.map((name) => callKindOf('POST', `/trpc/${name}`, undefined)),
    ...restRoutes.map(({ method, url }) => callKindOf(method, url, undefined)),
  ]
  expect(kinds).not.toContain('free')
})

test('over REST the crowd does the same in other words', () => {
  const crowds = restRoutes.filter(({ method, url }) => callKindOf(method, url, undefined) === 'crowd')
  expect(crowds.map(({ method, url }) => `${method} ${url}`).toSorted()).toEqual([
    'GET /concerts',
    'GET /token/:userId',
    'GET /v1/concerts',
    'GET /v1/concerts/:concertId',
    'GET /v1/concerts/:concertId/queue',
    'GET /v1/concerts/:concertId/queue/progress',
    'GET /v1/concerts/:concertId/shows',
    'GET /v1/shows/:showId/stock',
    'POST /api/token/create',
    'POST /api/v1/users/:userId/token',
    'POST /users/token',
    'POST /v1/accounts',
    'POST /v1/concerts/:concertId/queue',
    'POST /v1/sessions',
  ])
})

test('who asks for heads alone is of the same kind', () => {
  for (const { method, url } of restRoutes.filter((route) => route.method === 'GET'))
    expect(callKindOf('HEAD', url, undefined)).toBe(callKindOf(method, url, undefined))
})

test.for([
  ['waitingRoom.status,catalogue.concert', 'crowd'],
  ['waitingRoom.status,reservations.hold', 'inside'],
  ['catalogue.concert,accounts.me', 'inside'],
  ['waitingRoom.join,accounts.me', 'crowd'],
  ['accounts.me,accounts.signIn', 'crowd'],
  ['nothing.known', 'crowd'],
  ['waitingRoom.status,nothing.known', 'crowd'],
  ['waitingRoom.status,toString', 'crowd'],
  ['', 'crowd'],
  [Array.from({ length: 21 }, () => 'reservations.hold').join(','), 'crowd'],
] as const)('a batch of %s is %s', ([names, kind]) => {
  expect(callKindOf('GET', '/trpc/:path', names)).toBe(kind)
})

test.for(['/healthz', '/readyz', '/metrics', '/admin/queues/api/queues', '/', '/assets/app.js', undefined])(
  '%s waits for nobody',
  (route) => {
    expect(callKindOf('GET', route, undefined)).toBe('free')
  },
)
