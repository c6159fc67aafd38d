import { randomUUID } from 'node:crypto'
import { type ConcertId, queueProgress, reservation } from '@greenroom/contract'
import { admit } from '@greenroom/core'
import { changeLine, emptyRedis, makeShow, type TestShow } from '@greenroom/core/testing'
import { describe, expect, test } from 'vitest'
import { queuePlace } from './queue-place.ts'
import { attempt, type Fan, serveV1 } from './testing/serve-v1.ts'

const v1 = await serveV1()
const { deps } = v1

type LineColumns = Parameters<typeof changeLine>[2]
const hoursFromNow = (hours: number): Date => new Date(Date.now() + hours * 3_600_000)
const queueOf = (concertId: ConcertId): string => `/v1/concerts/${concertId}/queue`

/** A concert with its line set up so. */
const makeLine = async (columns: LineColumns = {}, capacity = 200): Promise<TestShow> => {
  const show = await makeShow(deps, { capacity })
  if (Object.keys(columns).length > 0) await changeLine(deps, show.concertId, columns)
  return show
}

/** Room for one: the first is inside, the others wait. */
const makeCrowd = async (count: number): Promise<{ show: TestShow; fans: Fan[] }> => {
  const show = await makeLine({ reentry_window_ms: 0 }, 1)
  const fans: Fan[] = []
  for (let each = 0; each < count; each++) {
    const fan = await v1.signUp()
    await fan.ask(queuePlace, `POST ${queueOf(show.concertId)}`)
    fans.push(fan)
  }
  return { show, fans }
}

const nth = <T>(list: readonly T[], index: number): T => {
  const item = list[index]
  if (item === undefined) throw new Error(`there is no item ${index}`)
  return item
}

describe('a place in line', () => {
  test('is ACTIVE at once when nobody waits and there is room, and the same place when asked again', async () => {
    const { concertId } = await makeLine()
    const fan = await v1.signUp()
    const joined = await fan.ask(queuePlace, `POST ${queueOf(concertId)}`)
    expect(joined).toMatchObject({ state: 'ACTIVE', position: 0, ahead: 0, eta: { lowMs: 0, highMs: 0 } })
    if (joined.state !== 'ACTIVE') throw new Error(joined.state)
    expect(joined.passExpiresAtMs).toBeGreaterThan(joined.asOfMs)
    for (const method of ['POST', 'GET'])
      expect(await fan.ask(queuePlace, `${method} ${queueOf(concertId)}`)).toMatchObject({
        state: 'ACTIVE',
        pass: joined.pass,
      })
  })

  test('says who is ahead, in order of arrival, with one receipt however often it is asked for', async () => {
    const { show, fans } = await makeCrowd(3)
    const second = nth(fans, 2)
    const place = await second.ask(queuePlace, `GET ${queueOf(show.concertId)}`)
    expect(place).toMatchObject({ state: 'WAITING', position: 2, ahead: 1, line: { phase: 'open' } })
    expect(await nth(fans, 1).ask(queuePlace, `GET ${queueOf(show.concertId)}`)).toMatchObject({
      position: 1,
      ahead: 0,
    })
    if (place.state !== 'WAITING') throw new Error(place.state)
    expect(place.refreshAfterMs).toBeGreaterThan(0)
    const again = await second.ask(queuePlace, `POST ${queueOf(show.concertId)}`)
    expect(again).toMatchObject({ state: 'WAITING', receipt: place.receipt })
  })

  test('is nobody’s to know before the draw', async () => {
    const { concertId } = await makeLine({
      mode: 'lottery',
      lottery_seed: 'a'.repeat(64),
      lottery_commitment: 'b'.repeat(64),
      lobby_opens_at: hoursFromNow(-1),
      opens_at: hoursFromNow(1),
    })
    const fan = await v1.signUp()
    expect(await fan.ask(queuePlace, `POST ${queueOf(concertId)}`)).toMatchObject({
      state: 'WAITING',
      position: null,
      ahead: null,
      eta: null,
      line: { phase: 'lobby' },
      draw: { commitment: 'b'.repeat(64), seed: null },
    })
  })

  test('moves on when somebody leaves, and the offer that comes is ACTIVE: using its pass claims it', async () => {
    const { show, fans } = await makeCrowd(2)
    expect((await nth(fans, 0).call(`DELETE ${queueOf(show.concertId)}`)).status).toBe(204)
    await admit(deps, { concertId: show.concertId })
    const next = nth(fans, 1)
    const offered = await next.ask(queuePlace, `GET ${queueOf(show.concertId)}`)
    if (offered.state !== 'ACTIVE') throw new Error(offered.state)
    await next.ask(reservation, `POST /v1/shows/${show.showId}/holds`, {
      headers: { 'queue-pass': offered.pass, ...attempt() },
      body: { seatIds: [nth(show.seatIds, 0)] },
    })
    const inside = await next.ask(queuePlace, `GET ${queueOf(show.concertId)}`)
    if (inside.state !== 'ACTIVE') throw new Error(inside.state)
    expect(inside.passExpiresAtMs).toBeGreaterThan(offered.passExpiresAtMs)
  })

  test('opens nothing any more when it is an offer that was not used before the line closed', async () => {
    const { show, fans } = await makeCrowd(2)
    await nth(fans, 0).call(`DELETE ${queueOf(show.concertId)}`)
    await admit(deps, { concertId: show.concertId })
    const offered = await nth(fans, 1).ask(queuePlace, `GET ${queueOf(show.concertId)}`)
    if (offered.state !== 'ACTIVE') throw new Error(offered.state)
    await changeLine(deps, show.concertId, { override: 'closed' })
    const sent = { headers: { 'queue-pass': offered.pass } }
    expect(await nth(fans, 1).refusal(`GET /v1/shows/${show.showId}/seats`, sent)).toMatchObject({
      status: 409,
      code: 'LINE_CLOSED',
    })
  })

  test('comes back to a server that forgot it, for who shows the receipt', async () => {
    const { show, fans } = await makeCrowd(3)
    const [, first, last] = fans
    if (first === undefined || last === undefined) throw new Error('three fans')
    const path = queueOf(show.concertId)
    const receipts = await Promise.all(
      [first, last].map(async (fan) => {
        const place = await fan.ask(queuePlace, `GET ${path}`)
        if (place.state !== 'WAITING') throw new Error(place.state)
        return { 'queue-receipt': place.receipt }
      }),
    )
    // nobody is let in meanwhile, as with the window of a real sale
    await changeLine(deps, show.concertId, { reentry_window_ms: 60_000 })
    await emptyRedis(deps)
    expect(await last.refusal(`GET ${path}`)).toMatchObject({ status: 404, code: 'NOT_IN_LINE' })
    // the later one is back first, and is behind all the same
    await last.ask(queuePlace, `GET ${path}`, { headers: nth(receipts, 1) })
    expect(await first.ask(queuePlace, `POST ${path}`, { headers: nth(receipts, 0) })).toMatchObject({
      position: 1,
    })
    expect(await last.ask(queuePlace, `GET ${path}`)).toMatchObject({ position: 2 })
  })
})

describe('a place that is over', () => {
  test('is EXPIRED for who shows its receipt or pass after leaving, and 404 for who shows nothing', async () => {
    const { concertId } = await makeLine()
    const fan = await v1.signUp()
    const place = await fan.ask(queuePlace, `POST ${queueOf(concertId)}`)
    if (place.state !== 'ACTIVE') throw new Error(place.state)
    await fan.call(`DELETE ${queueOf(concertId)}`)
    const headers = { 'queue-pass': place.pass }
    expect(await fan.ask(queuePlace, `GET ${queueOf(concertId)}`, { headers })).toMatchObject({
      state: 'EXPIRED',
      position: null,
      ahead: null,
      eta: null,
    })
    expect(await fan.refusal(`GET ${queueOf(concertId)}`)).toMatchObject({ status: 404, code: 'NOT_IN_LINE' })
    expect((await fan.call(`DELETE ${queueOf(concertId)}`)).status).toBe(204)
  })

  test('is EXPIRED once a payment has spent it, also for a server that forgot it; a new place is shown instead', async () => {
    const { concertId, showId, seatIds } = await makeLine()
    const fan = await v1.signUp()
    const path = queueOf(concertId)
    const place = await fan.ask(queuePlace, `POST ${path}`)
    if (place.state !== 'ACTIVE') throw new Error(place.state)
    const pass = { 'queue-pass': place.pass }
    const { reservationId } = await fan.ask(reservation, `POST /v1/shows/${showId}/holds`, {
      headers: { ...pass, ...attempt() },
      body: { seatIds: [nth(seatIds, 0)] },
    })
    await fan.call('POST /v1/wallet/charges', { headers: attempt(), body: { amountMinor: 50_000 } })
    await fan.call('POST /v1/payments', { headers: attempt(), body: { reservationIds: [reservationId] } })

    expect(await fan.ask(queuePlace, `GET ${path}`, { headers: pass })).toMatchObject({ state: 'EXPIRED' })
    await emptyRedis(deps)
    expect(await fan.ask(queuePlace, `GET ${path}`, { headers: pass })).toMatchObject({ state: 'EXPIRED' })
    expect(await fan.refusal(`POST ${path}`, { headers: pass })).toMatchObject({
      status: 401,
      code: 'PASS_REFUSED',
      details: { reason: 'spent' },
    })
    const anew = await fan.ask(queuePlace, `POST ${path}`)
    expect(await fan.ask(queuePlace, `GET ${path}`, { headers: pass })).toMatchObject({ state: anew.state })
  })
})

describe('what the queue refuses', () => {
  test('callers who are not signed in', async () => {
    const { concertId } = await makeLine()
    for (const method of ['POST', 'GET', 'DELETE'])
      expect(await v1.nobody.refusal(`${method} ${queueOf(concertId)}`)).toMatchObject({
        status: 401,
        code: 'SIGN_IN_REQUIRED',
      })
  })

  test('tokens that are made up, another fan’s, or of another concert', async () => {
    const { show, fans } = await makeCrowd(3)
    const other = await makeLine()
    const [, owner, thief] = fans
    if (owner === undefined || thief === undefined) throw new Error('three fans')
    const place = await owner.ask(queuePlace, `GET ${queueOf(show.concertId)}`)
    if (place.state !== 'WAITING') throw new Error(place.state)
    const shown = { headers: { 'queue-receipt': place.receipt } }
    const refused = { status: 401, code: 'RECEIPT_REFUSED' }
    for (const method of ['POST', 'GET']) {
      const garbage = { headers: { 'queue-receipt': randomUUID() } }
      expect(await owner.refusal(`${method} ${queueOf(show.concertId)}`, garbage)).toMatchObject({
        ...refused,
        details: { reason: 'invalid' },
      })
      expect(await thief.refusal(`${method} ${queueOf(show.concertId)}`, shown)).toMatchObject({
        ...refused,
        details: { reason: 'otherFan' },
      })
      expect(await owner.refusal(`${method} ${queueOf(other.concertId)}`, shown)).toMatchObject({
        ...refused,
        details: { reason: 'otherConcert' },
      })
      const noPass = { headers: { 'queue-pass': randomUUID() } }
      expect(await owner.refusal(`${method} ${queueOf(show.concertId)}`, noPass)).toMatchObject({
        status: 401,
        code: 'PASS_REFUSED',
      })
    }
  })

  test('a concert that does not exist', async () => {
    const fan = await v1.signUp()
    for (const method of ['POST', 'GET', 'DELETE'])
      expect(await fan.refusal(`${method} /v1/concerts/999999/queue`)).toMatchObject({
        status: 404,
        code: 'NOT_FOUND',
        details: { what: 'concert' },
      })
  })

  test.for([
    [{ opens_at: hoursFromNow(1) }, 'before'],
    [{ override: 'closed' }, 'closed'],
    [{ override: 'draining' }, 'draining'],
  ] as const)('newcomers where %o', async ([columns, phase]) => {
    const { concertId } = await makeLine(columns)
    const fan = await v1.signUp()
    expect(await fan.refusal(`POST ${queueOf(concertId)}`)).toMatchObject({
      status: 409,
      code: 'LINE_CLOSED',
      details: { phase },
    })
  })
})

test('the line’s numbers are the same for everybody, signed in or not', async () => {
  const { show } = await makeCrowd(3)
  const progress = await v1.nobody.ask(queueProgress, `GET ${queueOf(show.concertId)}/progress`)
  expect(progress).toMatchObject({ concertId: show.concertId, phase: 'open', capacity: 1 })
})
