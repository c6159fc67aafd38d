import { reservation } from '@greenroom/contract'
import { changeLine, makeShow } from '@greenroom/core/testing'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { hold, signUpInside } from './testing/fans-inside.ts'
import { attempt, serveV1 } from './testing/serve-v1.ts'

const v1 = await serveV1()

describe('holding seats', () => {
  test('all of them or none: who comes later hears which are taken and what they are now', async () => {
    const show = await makeShow(v1.deps)
    const [first, second] = [await signUpInside(v1, show), await signUpInside(v1, show)]
    const [a, b, c] = show.seatIds
    await hold(first, show, [a, b])
    const refusal = await second.refusal(`POST /v1/shows/${show.showId}/holds`, {
      headers: { ...second.pass, ...attempt() },
      body: { seatIds: [b, c] },
    })
    expect(refusal).toMatchObject({
      status: 409,
      code: 'SEATS_TAKEN',
      details: { seats: [{ seatId: b, status: 'held' }] },
    })
    expect(await hold(second, show, [c])).toMatchObject({ state: 'HELD' })
  })

  test('the same key gets the first reply again, also after the hold was let go; another body is refused', async () => {
    const show = await makeShow(v1.deps)
    const fan = await signUpInside(v1, show)
    const path = `POST /v1/shows/${show.showId}/holds`
    const [a, b] = show.seatIds
    const headers = { ...fan.pass, ...attempt() }
    const first = await fan.call(path, { headers, body: { seatIds: [a] } })
    expect(first.status).toBe(201)
    const { reservationId } = reservation.parse(first.body)
    const released = await fan.ask(reservation, `DELETE /v1/reservations/${reservationId}`)
    expect(released.state).toBe('RELEASED')
    const again = await fan.call(path, { headers, body: { seatIds: [a] } })
    expect(again).toMatchObject({ status: 201, body: first.body })
    expect(await fan.refusal(path, { headers, body: { seatIds: [b] } })).toMatchObject({
      status: 409,
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })

  test('ten of the same request at once make one hold', async () => {
    const show = await makeShow(v1.deps)
    const fan = await signUpInside(v1, show)
    const sent = { headers: { ...fan.pass, ...attempt() }, body: { seatIds: [show.seatIds[0]] } }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => fan.ask(reservation, `POST /v1/shows/${show.showId}/holds`, sent)),
    )
    expect(new Set(answers.map(({ reservationId }) => reservationId)).size).toBe(1)
    expect(await fan.ask(z.array(reservation), 'GET /v1/reservations')).toHaveLength(1)
  })

  test('twenty fans at once for one seat: one gets it, the others hear that it is held', async () => {
    const show = await makeShow(v1.deps)
    const fans = await Promise.all(Array.from({ length: 20 }, () => signUpInside(v1, show)))
    const answers = await Promise.all(
      fans.map((fan) =>
        fan.call(`POST /v1/shows/${show.showId}/holds`, {
          headers: { ...fan.pass, ...attempt() },
          body: { seatIds: [show.seatIds[0]] },
        }),
      ),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(19)
  })

  test('a refused attempt leaves its key free', async () => {
    const show = await makeShow(v1.deps)
    const [first, second] = [await signUpInside(v1, show), await signUpInside(v1, show)]
    const { reservationId } = await hold(first, show, [show.seatIds[0]])
    const sent = { headers: { ...second.pass, ...attempt() }, body: { seatIds: [show.seatIds[0]] } }
    const path = `POST /v1/shows/${show.showId}/holds`
    expect(await second.refusal(path, sent)).toMatchObject({ code: 'SEATS_TAKEN' })
    await first.ask(reservation, `DELETE /v1/reservations/${reservationId}`)
    expect(await second.ask(reservation, path, sent)).toMatchObject({ state: 'HELD' })
  })

  test('refuses a seat of another show, more than one fan may have, and a sale that is over', async () => {
    const [show, other] = [await makeShow(v1.deps, { seatsPerFan: 2 }), await makeShow(v1.deps)]
    const fan = await signUpInside(v1, show)
    const attemptAt = (seatIds: readonly unknown[]): Parameters<typeof fan.refusal> => [
      `POST /v1/shows/${show.showId}/holds`,
      { headers: { ...fan.pass, ...attempt() }, body: { seatIds } },
    ]
    expect(await fan.refusal(...attemptAt([other.seatIds[0]]))).toMatchObject({
      status: 404,
      details: { what: 'seat' },
    })
    expect(await fan.refusal(...attemptAt(show.seatIds.slice(0, 3)))).toMatchObject({
      status: 409,
      code: 'SEAT_LIMIT_REACHED',
      details: { limit: 2, held: 0 },
    })
    await changeLine(v1.deps, show.concertId, { closes_at: new Date(Date.now() - 1_000) })
    expect(await fan.refusal(...attemptAt(show.seatIds.slice(0, 1)))).toMatchObject({
      status: 409,
      code: 'SALE_CLOSED',
    })
  })

  test.for([
    [{ seatIds: [] }, 'seatIds'],
    [{ seatIds: ['1'] }, 'seatIds[0]'],
    [{ seatIds: [0] }, 'seatIds[0]'],
    [{ seatIds: [1, 1] }, 'seatIds'],
    [{}, 'seatIds'],
    [{ seatIds: [1], priceMinor: 1 }, 'priceMinor'],
    [{ seatIds: [1], pass: 'p' }, 'pass'],
  ] as const)('refuses %o by the name of the field', async ([body, path]) => {
    const show = await makeShow(v1.deps)
    const fan = await signUpInside(v1, show)
    const headers = { ...fan.pass, ...attempt() }
    expect(await fan.refusal(`POST /v1/shows/${show.showId}/holds`, { headers, body })).toMatchObject({
      status: 400,
      code: 'BAD_INPUT',
      details: { faults: [{ path }] },
    })
  })
})

describe('holding the best seats', () => {
  test('gives neighbours, and the same ones for the same key', async () => {
    const show = await makeShow(v1.deps, { seatCount: 10, seatsPerRow: 5 })
    const fan = await signUpInside(v1, show)
    const sent = { headers: { ...fan.pass, ...attempt() }, body: { quantity: 3 } }
    const path = `POST /v1/shows/${show.showId}/holds/best`
    const best = await fan.ask(reservation, path, sent)
    expect(new Set(best.seats.map(({ row }) => row)).size).toBe(1)
    expect(await fan.ask(reservation, path, sent)).toEqual(best)
    expect(await fan.refusal(path, { ...sent, body: { quantity: 2 } })).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })

  test('says how many there are side by side when there are not enough', async () => {
    const show = await makeShow(v1.deps, { seatCount: 4, seatsPerRow: 2 })
    const fan = await signUpInside(v1, show)
    const sent = { headers: { ...fan.pass, ...attempt() }, body: { quantity: 3 } }
    expect(await fan.refusal(`POST /v1/shows/${show.showId}/holds/best`, sent)).toMatchObject({
      status: 409,
      code: 'NO_ADJACENT_SEATS',
      details: { largestRun: 2 },
    })
  })
})

describe('letting go', () => {
  test('is the owner’s alone, and safe to repeat', async () => {
    const show = await makeShow(v1.deps)
    const [fan, another] = [await signUpInside(v1, show), await signUpInside(v1, show)]
    const { reservationId } = await hold(fan, show, [show.seatIds[0]])
    const path = `/v1/reservations/${reservationId}`
    const unknown = { status: 404, code: 'NOT_FOUND', details: { what: 'reservation' } }
    for (const method of ['GET', 'DELETE'])
      expect(await another.refusal(`${method} ${path}`)).toMatchObject(unknown)
    for (let times = 0; times < 2; times++)
      expect(await fan.ask(reservation, `DELETE ${path}`)).toMatchObject({ state: 'RELEASED' })
    expect(await fan.refusal('GET /v1/reservations/999999')).toMatchObject(unknown)
  })
})
