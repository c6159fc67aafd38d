import { showStock } from '@greenroom/contract'
import { addShow, makeShow } from '@greenroom/core/testing'
import { describe, expect, test } from 'vitest'
import { serveV1 } from './testing/serve-v1.ts'

const v1 = await serveV1()
const { nobody } = v1
const { concertId, showId } = await makeShow(v1.deps, { seatCount: 4 })
await addShow(v1.deps, concertId)

const pages = [
  'GET /v1/concerts',
  `GET /v1/concerts/${concertId}`,
  `GET /v1/concerts/${concertId}/shows`,
  `GET /v1/shows/${showId}/stock`,
  `GET /v1/concerts/${concertId}/queue/progress`,
]

describe.for(pages)('%s', (page) => {
  test('is kept for a second by whoever likes, and not sent again while it says the same', async () => {
    const first = await nobody.call(page)
    expect(first.headers.get('cache-control')).toBe('public, max-age=1')
    const tag = first.headers.get('etag') ?? 'none'
    const again = await nobody.call(page, { headers: { 'if-none-match': tag } })
    expect(again).toMatchObject({ status: 304, body: undefined })
    expect(again.headers.get('etag')).toBe(tag)
    expect((await nobody.call(page, { headers: { 'if-none-match': 'W/"another"' } })).status).toBe(200)
  })
})

test('stock is counted by category', async () => {
  expect(await nobody.ask(showStock, `GET /v1/shows/${showId}/stock`)).toMatchObject({
    stock: [{ code: 0, total: 4, available: 4 }],
  })
})

test.for([
  ['GET /v1/concerts/999999', 'concert'],
  ['GET /v1/concerts/999999/shows', 'concert'],
  ['GET /v1/shows/999999/stock', 'show'],
  ['GET /v1/concerts/999999/queue/progress', 'concert'],
] as const)('%s is 404 and names the %s', async ([operation, what]) => {
  expect(await nobody.refusal(operation)).toMatchObject({ status: 404, code: 'NOT_FOUND', details: { what } })
})

test.for(['abc', '0', '-1', '1.5', '1e3', '9007199254740993', '99999999999999999999', '%00', 'null'])(
  'concert %s is no id',
  async (id) => {
    const refusal = await nobody.refusal(`GET /v1/concerts/${id}`)
    expect(refusal).toMatchObject({ status: 400, code: 'BAD_INPUT' })
    expect(refusal.details).toMatchObject({
      faults: expect.arrayContaining([expect.objectContaining({ path: 'concertId' })]),
    })
  },
)
