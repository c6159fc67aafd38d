import { setTimeout as sleep } from 'node:timers/promises'
import { type SeatId, seatStatusOf, unpackSeatCodes, type SeatSnapshot } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import { closeDeps, openDeps } from '../platform/deps.ts'
import { expect, onTestFinished, test, vi } from 'vitest'
import { releaseReservation } from '../reservations/index.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { holdInside } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { addShow, makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { openSeatMirror, relayOutbox, type SeatMirror } from './index.ts'

const deps = await createTestDeps()

function openMirror(): SeatMirror {
  const mirror = openSeatMirror(deps)
  onTestFinished(mirror.close)
  return mirror
}

function statusesOf(snapshot: SeatSnapshot): string[] {
  return [...unpackSeatCodes(Buffer.from(snapshot.packed, 'base64'), snapshot.seatCount)].map(seatStatusOf)
}

test('the mirror follows holds and releases of the show', async () => {
  const show = await makeShow(deps, { seatCount: 6 })
  const mirror = openMirror()
  expect(statusesOf(await mirror.snapshot(show.showId))).toEqual(Array(6).fill('available'))
  const fanId = await makeFan(deps)
  const held = await holdInside(deps, fanId, show, 0, 1)
  await vi.waitFor(async () => {
    expect(statusesOf(await mirror.snapshot(show.showId)).slice(0, 3)).toEqual(['held', 'held', 'available'])
  })
  await releaseReservation(deps, { fanId, reservationId: held.reservationId })
  await vi.waitFor(async () => {
    expect(statusesOf(await mirror.snapshot(show.showId))).toEqual(Array(6).fill('available'))
  })
})

test('a mirror opened late has what happened before, at the position that continues it', async () => {
  const show = await makeShow(deps, { seatCount: 4 })
  const fanId = await makeFan(deps)
  await holdInside(deps, fanId, show, 1)
  await relayOutbox(deps)
  const mirror = openMirror()
  const first = await mirror.snapshot(show.showId)
  expect(statusesOf(first)).toEqual(['available', 'held', 'available', 'available'])
  await holdInside(deps, fanId, show, 2)
  await vi.waitFor(async () => expect((await mirror.snapshot(show.showId)).seq).toBe(first.seq + 1))
})

test('the mirror refuses what another holds for a good while, and nothing that is doubtful', async () => {
  const show = await makeShow(deps, { seatCount: 6 })
  const mirror = openMirror()
  const [owner, other] = [await makeFan(deps), await makeFan(deps)]
  await mirror.snapshot(show.showId)
  await holdInside(deps, owner, show, 0, 1)
  await vi.waitFor(
    () =>
      expect(mirror.refuse(show.showId, other, show.seatIds.slice(1, 3))).toMatchObject({
        code: 'SEATS_TAKEN',
        details: { seats: [{ seatId: show.seatIds[1], status: 'held' }] },
      }),
    { timeout: 3_000 },
  )
  expect(mirror.refuse(show.showId, owner, show.seatIds.slice(1, 3))).toBeUndefined()
  expect(mirror.refuse(show.showId, other, show.seatIds.slice(2, 4))).toBeUndefined()
  expect(mirror.refuse(show.showId, other, [999_999 as SeatId])).toBeUndefined()
})

test('a hold about to end is for Postgres to judge', async () => {
  const show = await makeShow(deps, { seatCount: 2, holdTtlMs: 1_000 })
  const mirror = openMirror()
  await mirror.snapshot(show.showId)
  const [owner, other] = [await makeFan(deps), await makeFan(deps)]
  await holdInside(deps, owner, show, 0, 1)
  await vi.waitFor(async () =>
    expect(statusesOf(await mirror.snapshot(show.showId))).toEqual(['held', 'held']),
  )
  expect(mirror.refuse(show.showId, other, show.seatIds)).toBeUndefined()
})

test('a festival fits: looking at forty other shows loses none', async () => {
  const show = await makeShow(deps, { seatCount: 2 })
  const [owner, other] = [await makeFan(deps), await makeFan(deps)]
  await holdInside(deps, owner, show, 0)
  const mirror = openMirror()
  await mirror.snapshot(show.showId)
  for (let day = 0; day < 40; day++) await mirror.snapshot((await addShow(deps, show.concertId)).showId)
  await vi.waitFor(() =>
    expect(mirror.refuse(show.showId, other, show.seatIds.slice(0, 1))).toMatchObject({
      code: 'SEATS_TAKEN',
    }),
  )
})

test('Redis emptied: the mirror reads the rows again and follows from there', async () => {
  const show = await makeShow(deps, { seatCount: 4 })
  const mirror = openMirror()
  const fanId = await makeFan(deps)
  const before = await mirror.snapshot(show.showId)
  await emptyRedis(deps)
  await holdInside(deps, fanId, show, 0)
  await vi.waitFor(
    async () => {
      const snapshot = await mirror.snapshot(show.showId)
      expect(snapshot.seq).toBeGreaterThan(before.seq + 1)
      expect(statusesOf(snapshot)).toEqual(['held', 'available', 'available', 'available'])
    },
    { timeout: 5_000 },
  )
})

test('a mirror is closed at once, also while Redis is away', async () => {
  const server = await startPrivateRedis()
  onTestFinished(server.stop)
  const lonely = openDeps({ ...deps.settings, redisUrl: server.url }, 'lonely')
  onTestFinished(() => closeDeps(lonely))
  const show = await makeShow(deps, { seatCount: 3 })
  const mirror = openSeatMirror(lonely)
  await mirror.snapshot(show.showId)
  await server.kill()
  while (lonely.redis.status !== 'reconnecting') await sleep(10)
  await expect(mirror.close()).resolves.toBeUndefined()
})

test('while Redis is away the mirror reads the rows again, refuses nobody, and follows once it is back', async () => {
  const server = await startPrivateRedis()
  onTestFinished(server.stop)
  const lonely = openDeps({ ...deps.settings, redisUrl: server.url }, 'lonely')
  onTestFinished(() => closeDeps(lonely))
  const mirror = openSeatMirror(lonely)
  onTestFinished(mirror.close)
  const show = await makeShow(deps, { seatCount: 3 })
  const fans = [await makeFan(deps), await makeFan(deps)] as const
  await mirror.snapshot(show.showId)
  await server.kill()
  await holdInside(lonely, fans[0], show, 0)
  await expect
    .poll(async () => statusesOf(await mirror.snapshot(show.showId)), { timeout: 10_000 })
    .toEqual(['held', 'available', 'available'])
  expect(mirror.refuse(show.showId, fans[1], show.seatIds.slice(0, 1))).toBeUndefined()
  await server.start()
  await holdInside(lonely, fans[1], show, 1)
  await expect
    .poll(async () => statusesOf(await mirror.snapshot(show.showId)), { timeout: 10_000 })
    .toEqual(['held', 'held', 'available'])
})
