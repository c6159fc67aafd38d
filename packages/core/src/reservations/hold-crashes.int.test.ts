import { expect, onTestFinished, test } from 'vitest'
import { closeDeps, openDeps } from '../platform/deps.ts'
import { relayOutbox } from '../seating/index.ts'
import { asOwner } from '../testing/as-owner.ts'
import { whileItWaits } from '../testing/blocked-rows.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { holdInside, lapseHold, pickSeats } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { placeHolds } from './place-holds.ts'

const deps = await createTestDeps()

const cancelWhoWaits = `select pg_cancel_backend(pid) from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock'`

/** What map and Postgres must agree on: a seat that changed without an outbox row would never be repainted. */
async function countOutbox(show: TestShow): Promise<unknown> {
  const { rows } = await deps.db.pool.query('select count(*)::int as count from outbox where show_id = $1', [
    show.showId,
  ])
  return rows[0].count
}

test('a connection that dies before any statement of a take-over leaves everything as it was', async () => {
  await relayOutbox(deps)
  const whole = breakingDeps(deps, { before: 1_000 })
  const rehearsal = await makeShow(deps)
  await lapseHold(deps, await holdInside(deps, await makeFan(deps), rehearsal, 0, 1))
  const request = (show: TestShow, fanId: Awaited<ReturnType<typeof makeFan>>) => [
    { fanId, showId: show.showId, seatIds: pickSeats(show, 1, 2) },
  ]
  expect(await placeHolds(whole.deps, request(rehearsal, await makeFan(deps)))).toMatchObject([
    { kind: 'done' },
  ])
  expect(whole.statements()).toBeGreaterThan(5)

  for (let before = 1; before <= whole.statements(); before++) {
    const show = await makeShow(deps)
    await lapseHold(deps, await holdInside(deps, await makeFan(deps), show, 0, 1))
    await relayOutbox(deps)
    const broken = breakingDeps(deps, { before })
    const fanId = await makeFan(deps)
    expect(await placeHolds(broken.deps, request(show, fanId))).toMatchObject([{ kind: 'failed' }])
    expect(await checkSeats(deps, show.showId)).toEqual([])
    expect(await countOutbox(show)).toBe(0)
    expect(await placeHolds(deps, request(show, fanId))).toMatchObject([{ kind: 'done' }])
  }
})

test('a reply that was lost after the commit: asking again gives that reservation', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const requests = [{ fanId, showId: show.showId, seatIds: pickSeats(show, 3, 4) }]
  const broken = breakingDeps(deps, { after: 'place-free-holds' })
  expect(await placeHolds(broken.deps, requests)).toMatchObject([{ kind: 'failed' }])
  expect(await placeHolds(deps, requests)).toMatchObject([{ kind: 'done', value: { isNew: false } }])
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('the same of a take-over', async () => {
  const show = await makeShow(deps)
  await lapseHold(deps, await holdInside(deps, await makeFan(deps), show, 3))
  const requests = [{ fanId: await makeFan(deps), showId: show.showId, seatIds: pickSeats(show, 3, 4) }]
  const broken = breakingDeps(deps, 'afterCommit')
  expect(await placeHolds(broken.deps, requests)).toMatchObject([{ kind: 'failed' }])
  expect(await placeHolds(deps, requests)).toMatchObject([{ kind: 'done', value: { isNew: false } }])
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('a take-over whose connection dies takes nobody along who got free seats in the same batch', async () => {
  const show = await makeShow(deps)
  await lapseHold(deps, await holdInside(deps, await makeFan(deps), show, 3))
  const requests = [
    { fanId: await makeFan(deps), showId: show.showId, seatIds: pickSeats(show, 0) },
    { fanId: await makeFan(deps), showId: show.showId, seatIds: pickSeats(show, 3, 4) },
  ]
  const broken = breakingDeps(deps, 'afterCommit')
  expect(await placeHolds(broken.deps, requests)).toMatchObject([
    { kind: 'done', value: { isNew: true } },
    { kind: 'failed' },
  ])
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('a take-over whose statement fails is tried by itself, and its neighbours’ holds are told as new', async () => {
  const show = await makeShow(deps)
  await lapseHold(deps, await holdInside(deps, await makeFan(deps), show, 3))
  await lapseHold(deps, await holdInside(deps, await makeFan(deps), show, 5))
  const requests = await Promise.all(
    [pickSeats(show, 0), pickSeats(show, 3), pickSeats(show, 5)].map(async (seatIds) => ({
      fanId: await makeFan(deps),
      showId: show.showId,
      seatIds,
    })),
  )
  const { outcome } = await whileItWaits(
    deps,
    { text: 'select from seats where id = any($1) for update', values: [pickSeats(show, 3)] },
    () => placeHolds(deps, requests),
    () => asOwner(deps, (tx) => tx.query(cancelWhoWaits)),
  )
  const isNew = { kind: 'done', value: { isNew: true } }
  expect(outcome).toMatchObject({ value: [isNew, isNew, isNew] })
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('an expired seat is sold again after a restart, with nothing left in Redis', async () => {
  const show = await makeShow(deps)
  const before = openDeps(deps.settings, 'before')
  const held = await holdInside(before, await makeFan(deps), show, 0, 1)
  await closeDeps(before)
  await emptyRedis(deps)
  await lapseHold(deps, held)
  const after = openDeps(deps.settings, 'after')
  onTestFinished(() => closeDeps(after))
  expect(await holdInside(after, await makeFan(deps), show, 0, 1)).toMatchObject({ state: 'HELD' })
  expect(await checkSeats(deps, show.showId)).toEqual([])
})
