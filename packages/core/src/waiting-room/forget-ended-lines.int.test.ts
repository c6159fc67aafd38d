import type { ConcertId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import { changeLine } from '../testing/change-line.ts'
import { makeFan } from '../testing/make-fan.ts'
import { joinAll, makeQueue, waitingFans } from '../testing/make-queue.ts'
import { addShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { forgetEndedLines, leaveLine, readLineStatus } from './index.ts'
import { lockEndedLines } from './ended-line-store.ts'
import { lockLineRow } from './line-store.ts'
import { lineKeys } from './line-script-store.ts'

const deps = await createTestDeps()
const anHourAgo = new Date(Date.now() - 3_600_000)

/** A line with three who wait and one who left, whose last show began so long ago. */
async function makeLine(lastShow: string): Promise<ConcertId> {
  const { concertId, fans } = await makeQueue(deps, 4)
  await leaveLine(deps, { concertId, fanId: fans[3] ?? (await makeFan(deps)) })
  await deps.db.pool.query('update shows set starts_at = now() - $2::interval where concert_id = $1', [
    concertId,
    lastShow,
  ])
  await changeLine(deps, concertId, { closes_at: anHourAgo })
  return concertId
}

const keysOf = async (concertId: ConcertId): Promise<number> => await deps.redis.exists(lineKeys(concertId))

async function epochOf(concertId: ConcertId): Promise<number> {
  const { rows } = await deps.db.pool.query<{ epoch: number }>(
    'select epoch from lines where concert_id = $1',
    [concertId],
  )
  return rows[0]?.epoch ?? 0
}

test('the crowd of a line is forgotten a week after its last show; the line stays, in the same epoch', async () => {
  const concertId = await makeLine('8 days')
  const epoch = await epochOf(concertId)
  expect(await keysOf(concertId)).toBe(4)
  expect(await forgetEndedLines(deps)).toBe(1)
  expect(await keysOf(concertId)).toBe(1)
  const looked = await readLineStatus(deps, { concertId, fanId: await makeFan(deps) })
  expect(looked).toMatchObject({ entry: { state: 'none' } })
  expect(await epochOf(concertId)).toBe(epoch)
  expect(await forgetEndedLines(deps)).toBe(0)
  // guard off: with its hash gone, too, the next one who looks begins another of a line's 8,191 epochs
  await deps.redis.unlink(lineKeys(concertId))
  await readLineStatus(deps, { concertId, fanId: await makeFan(deps) })
  expect(await epochOf(concertId)).toBe(epoch + 1)
})

test('a line that never closes by its clock is over with its last show all the same, also when somebody joins it later', async () => {
  const concertId = await makeLine('8 days')
  await changeLine(deps, concertId, { closes_at: null })
  expect(await forgetEndedLines(deps)).toBe(1)
  await joinAll(deps, concertId, 2)
  expect(await forgetEndedLines(deps)).toBe(1)
  expect(await waitingFans(deps, concertId)).toEqual([])
})

test('a line stays whose last show was this week, is to come, or was never announced; one that was opened early does not', async () => {
  const recent = await makeLine('6 days')
  const toCome = await makeLine('8 days')
  await addShow(deps, toCome)
  const openedEarly = await makeLine('8 days')
  await changeLine(deps, openedEarly, { override: 'open' })
  const { concertId: unannounced } = await makeQueue(deps, 3)
  await deps.db.pool.query('update shows set concert_id = $2 where concert_id = $1', [unannounced, toCome])
  expect(await forgetEndedLines(deps)).toBe(1)
  expect(await waitingFans(deps, openedEarly)).toEqual([])
  for (const concertId of [recent, toCome, unannounced])
    expect(await waitingFans(deps, concertId)).toHaveLength(3)
})

test('a line that an operator is changing is left alone, and one that is being forgotten is changed afterwards', async () => {
  const concertId = await makeLine('8 days')
  await inTransaction(deps.db, async (tx) => {
    await lockLineRow(tx, concertId)
    expect(await forgetEndedLines(deps)).toBe(0)
  })
  await inTransaction(deps.db, async (tx) => {
    expect(await lockEndedLines(tx, { after: 0, limit: 500 })).toContain(concertId)
    const opened = deps.db.pool.query("update lines set override = 'open' where concert_id = $1", [concertId])
    expect(await Promise.race([opened, tx.query('select pg_sleep(0.05)').then(() => 'waits')])).toBe('waits')
    return { opened }
  })
})
