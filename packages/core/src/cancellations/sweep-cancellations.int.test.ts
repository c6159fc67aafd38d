import type { ShowId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { jobs, openQueue } from '../platform/jobs.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { takeTurnsText } from './cancellation-store.ts'
import { cancelShow, continueCancellation, sweepCancellations } from './index.ts'
import { markFailed } from './refund-list-store.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
/** As many as one sweep looks after. */
const mostShows = 50

async function makeCancelled(): Promise<ShowId> {
  const { showId } = await makeShow(deps, { seatCount: 1 })
  await cancelShow(deps, { showId, operatorId, reason: 'the bridge is closed' })
  return showId
}

/** Shows of which one refund was given up and nothing else is to be done, each before every show that is cancelled later. */
async function makeStuck(count: number): Promise<ShowId[]> {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  const stuck: ShowId[] = []
  for (let nth = 0; nth < count; nth += 1) {
    const showId = await makeCancelled()
    await deps.db.pool.query('insert into cancellation_refunds (show_id, reservation_id) values ($1, $2)', [
      showId,
      reservationId,
    ])
    for (let attempt = 1; attempt <= 5; attempt += 1)
      await markFailed(deps.db, { showId, reservationId, error: 'the account is closed' })
    stuck.push(showId)
  }
  return stuck
}

const queue = openQueue(deps.redis, jobs.refundCancelledShow.queue)
const loseJobs = async (): Promise<void> => {
  await queue.obliterate({ force: true })
  await emptyRedis(deps)
}
const showsWithJobs = async (): Promise<unknown[]> =>
  (await queue.getJobs(['waiting', 'delayed'])).map(({ data }) => data.showId)

test('fifty shows that can go no further keep no later one from its turn, sweep after sweep', async () => {
  const stuck = await makeStuck(mostShows)
  const late = await makeCancelled()
  // the same as before turns were noted: the oldest first, and what was given up among them
  const guardsOff = textWithout(takeTurnsText, {
    'order by looked_at nulls first, show_id': 'order by show_id',
    "looked_at < now() - interval '1 minute'": 'true',
  })
  for (let sweep = 0; sweep < 3; sweep += 1) {
    const { rows } = await deps.db.pool.query<{ showId: ShowId }>(guardsOff, [mostShows])
    expect(rows.map(({ showId }) => showId)).not.toContain(late)
  }
  // its job is lost, or has done its share
  await loseJobs()
  expect(await sweepCancellations(deps)).toBe(1)
  expect(await showsWithJobs()).toEqual([late])
  expect(await continueCancellation(deps, { showId: late })).toEqual({ isFinished: true })
  // those that were given up are looked at once a minute all the same
  await deps.db.pool.query("update cancellations set looked_at = now() - interval '2 minutes'")
  await loseJobs()
  expect(await sweepCancellations(deps)).toBe(mostShows)
  expect(new Set(await showsWithJobs())).toEqual(new Set(stuck))
})

test('of more shows than one sweep looks after each has its turn', async () => {
  const open = await Promise.all(Array.from({ length: mostShows + 10 }, makeCancelled))
  const swept = new Set<unknown>()
  for (let sweep = 0; sweep < 2; sweep += 1) {
    await loseJobs()
    await sweepCancellations(deps)
    for (const showId of await showsWithJobs()) swept.add(showId)
  }
  expect(open.filter((showId) => !swept.has(showId))).toEqual([])
})
