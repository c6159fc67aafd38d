import { randomUUID } from 'node:crypto'
import { type AccountId, type Reservation, reservation } from '@greenroom/contract'
import { describe, expect, onTestFinished, test } from 'vitest'
import { pay } from '../payments/index.ts'
import type { Deps } from '../platform/deps.ts'
import { openSeatMirror, type SeatMirror } from '../seating/index.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { givePass } from '../testing/give-pass.ts'
import { holdInside, lapseHold, pickSeats } from '../testing/hold-inside.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow, type ShowOptions, type TestShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { refusalsOf, valuesOf } from '../testing/outcomes.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { charge } from '../wallet/index.ts'
import { holdWithKey } from './hold-with-key.ts'
import { holdBestSeats, holdSeats, releaseReservation } from './index.ts'

const deps = await createTestDeps()

type Fan = { fanId: AccountId; show: TestShow; pass: string }

const letIn = async (show: TestShow, fanId?: AccountId): Promise<Fan> => {
  const id = fanId ?? (await makeFan(deps))
  return { fanId: id, show, pass: await givePass(deps, { concertId: show.concertId, fanId: id }) }
}

const openSale = async (options: ShowOptions = {}): Promise<Fan> => await letIn(await makeShow(deps, options))

const hold = async (
  { fanId, show, pass }: Fan,
  seats: number[],
  idempotencyKey?: string,
  mirror?: SeatMirror,
): Promise<Reservation> =>
  await holdSeats(deps, {
    fanId,
    showId: show.showId,
    pass,
    seatIds: pickSeats(show, ...seats),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(mirror === undefined ? {} : { mirror }),
  })

const countReservations = async ({ fanId }: Pick<Fan, 'fanId'>): Promise<unknown> => {
  const { rows } = await deps.db.pool.query(
    'select count(*)::int as count from reservations where fan_id = $1',
    [fanId],
  )
  return rows[0].count
}

/** For fans who are past the pass check. */
const holdKeyed = async (
  its: Deps,
  fanId: AccountId,
  show: TestShow,
  seats: number[],
  key: string = randomUUID(),
): Promise<Reservation> => {
  const seatIds = pickSeats(show, ...seats)
  const body = { showId: show.showId, seatIds }
  const attempt = { fanId, key, command: 'hold', body, reply: reservation }
  return await holdWithKey(its, { fanId, showId: show.showId, seatIds }, attempt)
}

const reused = { code: 'IDEMPOTENCY_KEY_REUSED' }

describe('the same key', () => {
  test('gives the first reply again, also when the hold was let go; without one that would be a new hold', async () => {
    const fan = await openSale()
    const key = randomUUID()
    const first = await hold(fan, [3, 1], key)
    expect(await hold(fan, [1, 3], key)).toEqual(first)
    await releaseReservation(deps, { fanId: fan.fanId, reservationId: first.reservationId })
    expect(await hold(fan, [3, 1], key)).toEqual(first)
    expect(await countReservations(fan)).toBe(1)
    expect((await hold(fan, [3, 1])).reservationId).not.toBe(first.reservationId)
    expect(await checkSeats(deps, fan.show.showId)).toEqual([])
  })

  test('gives it also when the hold was paid and the pass is spent with it, and through a mirror that knows', async () => {
    const show = await makeShow(deps)
    const fan = await letIn(show, await makeRichFan(deps))
    const mirror = openSeatMirror(deps)
    onTestFinished(mirror.close)
    await mirror.look(show.showId)
    const key = randomUUID()
    const first = await hold(fan, [0], key, mirror)
    const { fanId } = fan
    await pay(deps, { fanId, reservationIds: [first.reservationId], idempotencyKey: randomUUID() })
    expect(await hold(fan, [0], key, mirror)).toEqual(first)
    await expect(hold(fan, [1], randomUUID(), mirror)).rejects.toMatchObject({ code: 'PASS_REFUSED' })
  })

  test('with other seats, for another command, or after it charged, is refused', async () => {
    const fan = await openSale()
    const mirror = openSeatMirror(deps)
    onTestFinished(mirror.close)
    const key = randomUUID()
    await hold(fan, [0], key)
    await expect(hold(fan, [0, 1], key)).rejects.toMatchObject(reused)
    const best = { fanId: fan.fanId, showId: fan.show.showId, pass: fan.pass, mirror }
    await expect(holdBestSeats(deps, { ...best, quantity: 1, idempotencyKey: key })).rejects.toMatchObject(
      reused,
    )
    const charged = randomUUID()
    await charge(deps, { fanId: fan.fanId, amountMinor: 1_000, idempotencyKey: charged })
    await expect(hold(fan, [1], charged)).rejects.toMatchObject(reused)
    expect(await countReservations(fan)).toBe(1)
  })

  test('of another fan is another key', async () => {
    const fan = await openSale()
    const other = await letIn(fan.show)
    const key = randomUUID()
    const [first, second] = [await hold(fan, [0], key), await hold(other, [1], key)]
    expect(second.reservationId).not.toBe(first.reservationId)
  })

  test('that was refused is free, and works once the seats are', async () => {
    const fan = await openSale()
    const rival = await makeFan(deps)
    const taken = await holdInside(deps, rival, fan.show, 0)
    const key = randomUUID()
    await expect(hold(fan, [0], key)).rejects.toMatchObject({ code: 'SEATS_TAKEN' })
    await expect(hold(fan, [0, 1, 2, 3, 4], key)).rejects.toMatchObject({ code: 'SEATS_TAKEN' })
    await releaseReservation(deps, { fanId: rival, reservationId: taken.reservationId })
    await expect(hold(fan, [0, 1, 2, 3, 4], key)).rejects.toMatchObject({ code: 'SEAT_LIMIT_REACHED' })
    expect(await hold(fan, [0], key)).toMatchObject({ state: 'HELD' })
    expect(await checkSeats(deps, fan.show.showId)).toEqual([])
  })

  test('twenty times at once, through two processes, is one hold and one reply', async () => {
    const show = await makeShow(deps)
    const fanId = await makeFan(deps)
    const processes = [deps, openProcess(deps)]
    const key = randomUUID()
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) => holdKeyed(processes[n % 2] ?? deps, fanId, show, [4, 5], key)),
    )
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
    expect(await countReservations({ fanId })).toBe(1)
    expect(await checkSeats(deps, show.showId)).toEqual([])
  })
})

describe('beside holds without a key', () => {
  test('60 fans want one seat, half of them with keys: exactly one gets it', async () => {
    const show = await makeShow(deps, { seatCount: 1 })
    for (let round = 0; round < 3; round++) {
      const fans = await makeFans(deps, 60)
      const outcomes = await Promise.allSettled(
        fans.map((fanId, n) =>
          n % 2 === 0 ? holdInside(deps, fanId, show, 0) : holdKeyed(deps, fanId, show, [0]),
        ),
      )
      expect(valuesOf(outcomes)).toHaveLength(1)
      expect(refusalsOf(outcomes)).toMatchObject(Array(59).fill({ code: 'SEATS_TAKEN' }))
      expect(await checkSeats(deps, show.showId)).toEqual([])
      for (const held of valuesOf(outcomes)) await lapseHold(deps, held)
    }
  })

  test('one fan with many keys at once never holds more than the limit, and swaps leave nothing behind', async () => {
    const show = await makeShow(deps, { seatCount: 12, seatsPerFan: 4 })
    const fanId = await makeFan(deps)
    const processes = [deps, openProcess(deps)]
    const wishes = [[0, 1], [1, 2], [2, 3], [4, 5], [6, 7], [7, 8], [0, 1, 2, 3], [9]]
    const outcomes = await Promise.allSettled([
      ...wishes.map((seats, n) => holdKeyed(processes[n % 2] ?? deps, fanId, show, seats)),
      ...wishes.map((seats) => holdInside(deps, fanId, show, ...seats)),
    ])
    expect(valuesOf(outcomes).length).toBeGreaterThan(0)
    for (const refusal of refusalsOf(outcomes)) {
      expect(Reflect.get(Object(refusal), 'code')).toMatch(/SEAT_LIMIT_REACHED|SEATS_TAKEN|OVERLOADED/)
    }
    expect(await checkSeats(deps, show.showId)).toEqual([])
  })
})

describe('a connection that dies', () => {
  test('before any statement leaves neither hold nor key, and the key works again', async () => {
    const rehearsal = await makeShow(deps)
    await lapseHold(deps, await holdInside(deps, await makeFan(deps), rehearsal, 0, 1))
    const whole = breakingDeps(deps, { before: 1_000 })
    await holdKeyed(whole.deps, await makeFan(deps), rehearsal, [1, 2])
    expect(whole.statements()).toBeGreaterThan(7)
    for (let before = 1; before <= whole.statements(); before++) {
      const show = await makeShow(deps)
      await lapseHold(deps, await holdInside(deps, await makeFan(deps), show, 0, 1))
      const fanId = await makeFan(deps)
      const key = randomUUID()
      const broken = breakingDeps(deps, { before })
      const [outcome] = await Promise.allSettled([holdKeyed(broken.deps, fanId, show, [1, 2], key)])
      expect(outcome?.status).toBe('rejected')
      expect(await countReservations({ fanId })).toBe(0)
      expect(await checkSeats(deps, show.showId)).toEqual([])
      const held = await holdKeyed(deps, fanId, show, [1, 2], key)
      expect(held.state).toBe('HELD')
      expect(await holdKeyed(deps, fanId, show, [1, 2], key)).toEqual(held)
    }
  })

  test('after the commit has held: asking again gives that hold', async () => {
    const show = await makeShow(deps)
    const fanId = await makeFan(deps)
    const key = randomUUID()
    const broken = breakingDeps(deps, 'afterCommit')
    await expect(holdKeyed(broken.deps, fanId, show, [0], key)).rejects.toThrow('the connection died')
    await holdKeyed(deps, fanId, show, [0], key)
    expect(await countReservations({ fanId })).toBe(1)
  })
})

test('the best seats with a key are the same seats again, and others without', async () => {
  const fan = await openSale({ seatCount: 40, seatsPerRow: 10, seatsPerFan: 8 })
  const mirror = openSeatMirror(deps)
  onTestFinished(mirror.close)
  const wish = { fanId: fan.fanId, showId: fan.show.showId, pass: fan.pass, quantity: 2, mirror }
  const idempotencyKey = randomUUID()
  const first = await holdBestSeats(deps, { ...wish, idempotencyKey })
  expect(await holdBestSeats(deps, { ...wish, idempotencyKey })).toEqual(first)
  await expect(holdBestSeats(deps, { ...wish, quantity: 3, idempotencyKey })).rejects.toMatchObject(reused)
  const second = await holdBestSeats(deps, wish)
  expect(second.reservationId).not.toBe(first.reservationId)
  const together = await Promise.all(
    Array.from({ length: 5 }, () => holdBestSeats(deps, { ...wish, idempotencyKey: 'once-and-no-more' })),
  )
  expect(new Set(together.map(({ reservationId }) => reservationId)).size).toBe(1)
  expect(await checkSeats(deps, fan.show.showId)).toEqual([])
})
