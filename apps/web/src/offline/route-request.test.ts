import { expect, test } from 'vitest'
import { routeRequest } from './route-request.ts'

const origin = 'https://greenroom.example'

const routeOf = (path: string, mode: RequestMode = 'cors', method = 'GET') =>
  routeRequest({ url: new URL(path, origin).href, mode, method }, origin)

test('what the api answers is never touched', () => {
  for (const path of ['/trpc/tickets.list', '/v1/tickets', '/config.json', '/geometry/0af.bin', '/sw.js'])
    expect(routeOf(path)).toBe('network')
  expect(routeOf('/trpc/payments.pay', 'cors', 'POST')).toBe('network')
  expect(routeOf('/sign-in', 'navigate', 'POST')).toBe('network')
})

test('a page has a stand-in, unless it is no page of the app', () => {
  for (const path of ['/', '/tickets/7', '/concerts/1/line', '/admin', '/docsy'])
    expect(routeOf(path, 'navigate')).toBe('page')
  for (const path of ['/docs', '/openapi.json', '/admin/queues/1', '/admin/exports/tickets.csv', '/metrics'])
    expect(routeOf(path, 'navigate')).toBe('network')
})

test('files of the build may be at hand, those of others are theirs', () => {
  expect(routeOf('/assets/main-1a2b.js')).toBe('asset')
  expect(routeOf('https://elsewhere.example/assets/main-1a2b.js')).toBe('network')
})
