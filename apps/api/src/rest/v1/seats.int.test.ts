import { randomUUID } from 'node:crypto'
import { type SeatList, seatList } from '@greenroom/contract'
import { makeShow } from '@greenroom/core/testing'
import { describe, expect, test } from 'vitest'
import { queuePlace } from './queue-place.ts'
import { hold, signUpInside } from './testing/fans-inside.ts'
import { attempt, serveV1 } from './testing/serve-v1.ts'

const v1 = await serveV1()

describe('the seats of a show', () => {
  test('come page by page in the order of their ids, each once', async () => {
    const show = await makeShow(v1.deps, { seatCount: 7, seatsPerRow: 4, priceMinor: 55_000 })
    const fan = await signUpInside(v1, show)
    const pages: SeatList[] = []
    for (let after: number | null = 0; after !== null; after = pages.at(-1)?.nextAfterSeatId ?? null) {
      const from = after === 0 ? '' : `&afterSeatId=${after}`
      const page = `GET /v1/shows/${show.showId}/seats?limit=3${from}`
      pages.push(await fan.ask(seatList, page, { headers: fan.pass }))
    }
    expect(pages.map(({ seats }) => seats.length)).toEqual([3, 3, 1])
    const seats = pages.flatMap((page) => page.seats)
    expect(seats.map(({ seatId }) => seatId)).toEqual(show.seatIds)
    expect(seats[4]).toMatchObject({
      seatNo: 5,
      row: 'B',
      number: '1',
      priceMinor: 55_000,
      status: 'available',
    })
  })

  test('say at once what was held, and list the free ones alone when asked to', async () => {
    const show = await makeShow(v1.deps, { seatCount: 3 })
    const fan = await signUpInside(v1, show)
    await hold(fan, show, [show.seatIds[1]])
    const all = await fan.ask(seatList, `GET /v1/shows/${show.showId}/seats`, { headers: fan.pass })
    expect(all.seats.map(({ status }) => status)).toEqual(['available', 'held', 'available'])
    const free = await fan.ask(seatList, `GET /v1/shows/${show.showId}/seats?status=available`, {
      headers: fan.pass,
    })
    expect(free.seats.map(({ seatNo }) => seatNo)).toEqual([1, 3])
  })

  test('are not sent again while nothing changed, are once something did, and are no shared cache’s', async () => {
    const show = await makeShow(v1.deps, { seatCount: 3 })
    const fan = await signUpInside(v1, show)
    const path = `GET /v1/shows/${show.showId}/seats`
    const first = await fan.call(path, { headers: fan.pass })
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    const known = { ...fan.pass, 'if-none-match': first.headers.get('etag') ?? 'none' }
    expect(await fan.call(path, { headers: known })).toMatchObject({ status: 304, body: undefined })
    await hold(fan, show, [show.seatIds[0]])
    expect((await fan.call(path, { headers: known })).status).toBe(200)
  })
})

describe.for(['GET seats', 'POST holds', 'POST holds/best'])('%s is for fans inside', (operation) => {
  const [method = '', path = ''] = operation.split(' ')
  const body = { 'POST holds': { seatIds: [1] }, 'POST holds/best': { quantity: 1 } }[operation]
  const sent = (
    headers: Record<string, string> = {},
  ): { headers: Record<string, string>; body?: unknown } => ({
    headers: { ...headers, ...(method === 'POST' ? attempt() : {}) },
    ...(body === undefined ? {} : { body }),
  })
  const at = (showId: number): string => `${method} /v1/shows/${showId}/${path}`

  test('401 for who is not signed in, shows no pass, a made-up one, another fan’s or another concert’s', async () => {
    const show = await makeShow(v1.deps)
    const other = await makeShow(v1.deps)
    const [fan, another] = [await signUpInside(v1, show), await signUpInside(v1, other)]
    const stranger = await v1.signUp()
    const refused = { status: 401, code: 'PASS_REFUSED' }
    expect(await v1.nobody.refusal(at(show.showId), sent(fan.pass))).toMatchObject({
      status: 401,
      code: 'SIGN_IN_REQUIRED',
    })
    expect(await stranger.refusal(at(show.showId), sent())).toMatchObject({
      status: 401,
      code: 'PASS_REQUIRED',
    })
    expect(await stranger.refusal(at(show.showId), sent({ 'queue-pass': randomUUID() }))).toMatchObject({
      ...refused,
      details: { reason: 'invalid' },
    })
    expect(await stranger.refusal(at(show.showId), sent(fan.pass))).toMatchObject({
      ...refused,
      details: { reason: 'otherFan' },
    })
    expect(await another.refusal(at(show.showId), sent(another.pass))).toMatchObject({
      ...refused,
      details: { reason: 'otherConcert' },
    })
  })

  test('401 for who gave the pass up', async () => {
    const show = await makeShow(v1.deps)
    const fan = await signUpInside(v1, show)
    await fan.call(`DELETE /v1/concerts/${show.concertId}/queue`)
    expect(await fan.refusal(at(show.showId), sent(fan.pass))).toMatchObject({
      status: 401,
      code: 'PASS_REFUSED',
      details: { reason: 'expired' },
    })
  })

  test('403 with the position for who waits, whether they show nothing or their receipt', async () => {
    const show = await makeShow(v1.deps, { capacity: 1 })
    await signUpInside(v1, show)
    const [first, second] = [await v1.signUp(), await v1.signUp()]
    await first.call(`POST /v1/concerts/${show.concertId}/queue`)
    const place = await second.ask(queuePlace, `POST /v1/concerts/${show.concertId}/queue`)
    if (place.state !== 'WAITING') throw new Error(place.state)
    const waiting = { status: 403, code: 'STILL_WAITING', details: { ahead: 1, position: 2 } }
    expect(await second.refusal(at(show.showId), sent())).toMatchObject(waiting)
    expect(await second.refusal(at(show.showId), sent({ 'queue-pass': place.receipt }))).toMatchObject(
      waiting,
    )
  })

  test('404 for a show that does not exist, 400 for what is no show', async () => {
    const fan = await signUpInside(v1, await makeShow(v1.deps))
    const unknown = { status: 404, code: 'NOT_FOUND', details: { what: 'show' } }
    expect(await fan.refusal(at(999_999), sent(fan.pass))).toMatchObject(unknown)
    expect(await fan.refusal(at(999_999), sent())).toMatchObject(unknown)
    for (const headers of [fan.pass, {}])
      expect(await fan.refusal(at(0), sent(headers))).toMatchObject({
        status: 400,
        details: { faults: [{ path: 'showId' }] },
      })
  })
})

test.for([
  ['status=free', 'status'],
  ['afterSeatId=x', 'afterSeatId'],
  ['limit=0', 'limit'],
  ['limit=1001', 'limit'],
  ['limit=1&limit=2', 'limit'],
])('seats by ?%s are refused by the name of the field', async ([query, path]) => {
  const show = await makeShow(v1.deps)
  const fan = await signUpInside(v1, show)
  const refusal = await fan.refusal(`GET /v1/shows/${show.showId}/seats?${query}`, { headers: fan.pass })
  expect(refusal).toMatchObject({ status: 400, code: 'BAD_INPUT', details: { faults: [{ path }] } })
})
