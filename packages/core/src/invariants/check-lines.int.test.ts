import { expect, test } from 'vitest'
import { changeLine } from '../testing/change-line.ts'
import { walkIn } from '../testing/entry-pass.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, admitStaff, joinLine } from '../waiting-room/index.ts'
import { checkLines } from './check-lines.ts'

const deps = await createTestDeps()

/** A room for two that is full, looked at once. */
async function fillRoom(): Promise<TestShow & { fanId: number }> {
  const show = await makeShow(deps, { capacity: 2 })
  const [first, second] = await makeFans(deps, 2)
  if (first === undefined || second === undefined) throw new Error('two fans')
  for (const fanId of [first, second]) await walkIn(deps, { concertId: show.concertId, fanId })
  const filled = { ...show, fanId: first }
  expect(await findFaults(filled)).toEqual([])
  return filled
}

/** What the check says of this line; others of this file stay as they were spoilt. */
async function findFaults({ concertId }: TestShow): Promise<string[]> {
  const { violations } = await checkLines(deps)
  return violations.map(({ fault }) => fault).filter((fault) => fault.includes(` concert ${concertId}`))
}

const keyOf = (show: TestShow, name: string): string => `{wr:${show.concertId}}:${name}`
const inAnHour = (): number => Date.now() + 3_600_000

test('a room that has more inside than it was ever given is told, again and again while it is so', async () => {
  const show = await fillRoom()
  await deps.redis.zadd(keyOf(show, 'inside'), inAnHour(), 999_999)
  const { asked, violations } = await checkLines(deps)
  expect(asked).toContain('never-more-inside-than-there-is-room')
  expect(violations).toContainEqual({
    oracle: 'never-more-inside-than-there-is-room',
    fault: `3 are inside concert ${show.concertId}, which had room for 2`,
  })
  expect(await findFaults(show)).toHaveLength(1)
  await deps.redis.zrem(keyOf(show, 'inside'), 999_999)
  expect(await findFaults(show)).toEqual([])
})

test('staff who were let in past the line do not make a room too full', async () => {
  const show = await fillRoom()
  const { concertId } = show
  const operatorId = await makeFan(deps)
  const { rows } = await deps.db.pool.query<{ email: string }>('select email from accounts where id = $1', [
    operatorId,
  ])
  const email = rows[0]?.email ?? ''
  await admitStaff(deps, { concertId, operatorId, email })
  expect(await findFaults(show)).toEqual([])
  await admitStaff(deps, { concertId, operatorId, email })
  expect(await findFaults(show)).toEqual([])
})

test('a capacity that was lowered, or raised and lowered again, accuses nobody who was let in before', async () => {
  const show = await fillRoom()
  const { concertId } = show
  await changeLine(deps, concertId, { capacity: 3 })
  await joinLine(deps, { concertId, fanId: await makeFan(deps) })
  await admit(deps, { concertId })
  await changeLine(deps, concertId, { capacity: 1 })
  expect(await deps.redis.zcard(keyOf(show, 'inside'))).toBe(3)
  expect(await findFaults(show)).toEqual([])
  expect(await findFaults(show)).toEqual([])
})

test('a fan who is inside and waits as well is told', async () => {
  const show = await fillRoom()
  await deps.redis.zadd(keyOf(show, 'waiting'), 5, show.fanId)
  expect((await checkLines(deps)).violations).toContainEqual({
    oracle: 'one-live-entry-per-fan',
    fault: `fan ${show.fanId} is inside concert ${show.concertId} and waits in its line`,
  })
})

test('the first look after a loss of Redis, of which nothing is known, accuses nobody', async () => {
  const show = await fillRoom()
  await deps.redis.zadd(keyOf(show, 'inside'), inAnHour(), 999_999)
  await deps.redis.del(keyOf(show, 'line'))
  expect(
    (await checkLines(deps)).violations.filter(({ fault }) => fault.includes(`${show.concertId}`)),
  ).toEqual([])
})

test('without Redis no line is asked, and the check says so by not naming its rules', async () => {
  await fillRoom()
  deps.redis.disconnect()
  expect(await checkLines(deps)).toEqual({ asked: [], violations: [] })
  await deps.redis.connect()
  expect((await checkLines(deps)).asked).not.toEqual([])
})

test('a line that cannot be asked keeps no other line from being asked', async () => {
  const [broken, crowded] = [await fillRoom(), await fillRoom()]
  await deps.redis.zadd(keyOf(crowded, 'inside'), inAnHour(), 999_999)
  await deps.redis.del(keyOf(broken, 'inside'))
  await deps.redis.set(keyOf(broken, 'inside'), 'no set')
  expect(await findFaults(crowded)).toHaveLength(1)
  expect((await checkLines(deps)).asked).not.toEqual([])
})
