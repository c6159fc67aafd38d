import { exampleOf, toWireError } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { concertRoutes } from '../concerts.ts'
import { concertExample } from '../examples.ts'
import { type Answer, requireDescribed } from './require-described.ts'

const [, route] = concertRoutes
if (route === undefined) throw new Error('there is no second route of concerts')

const answer = (status: number, body: unknown, headers: Record<string, string>): Answer => ({
  status,
  body,
  headers: new Headers(headers),
})
const tagged = { etag: 'W/"1"' }
const refused = { 'cache-control': 'no-store' }
const wire = (code: Parameters<typeof exampleOf>[0]): object => ({ error: toWireError(exampleOf(code)) })

test.for([
  answer(200, concertExample, tagged),
  answer(304, undefined, tagged),
  answer(404, wire('NOT_FOUND'), refused),
])('what the table tells of passes: $status', (told) => {
  expect(() => requireDescribed(route, told)).not.toThrow()
})

test.for([
  ['a reply of another shape', answer(200, { ...concertExample, concertId: 'one' }, tagged), 'concertId'],
  ['another status', answer(201, concertExample, tagged), 'error'],
  ['no ETag', answer(200, concertExample, {}), 'has an ETag, or none'],
  [
    'a refusal that it does not name',
    answer(409, wire('SEATS_TAKEN'), refused),
    'does not tell of SEATS_TAKEN',
  ],
  ['a refusal with another status', answer(400, wire('NOT_FOUND'), refused), 'came with 400'],
  ['a refusal that may be cached', answer(404, wire('NOT_FOUND'), {}), 'may be cached'],
  ['an error that is none of ours', answer(500, { error: { message: 'boom' } }, refused), 'not a refusal'],
] as const)('%s does not', ([, told, why]) => {
  expect(() => requireDescribed(route, told)).toThrow(why)
})
