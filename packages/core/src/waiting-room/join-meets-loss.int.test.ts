import { expect, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import { changeLine } from '../testing/change-line.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { passOf } from '../testing/entry-pass.ts'
import { makeFan } from '../testing/make-fan.ts'
import { meddlingDeps } from '../testing/meddling-deps.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import {
  admit,
  enterSale,
  joinLine,
  leaveLine,
  markPassSpent,
  readEntry,
  readLineStatus,
  steerLine,
} from './index.ts'

const deps = await createTestDeps()

test('a fan whose other device gives the place up meanwhile gets another one, and is not told that the line is closed', async () => {
  const { concertId } = await makeShow(deps, { capacity: 0 })
  const fan = { concertId, fanId: await makeFan(deps) }
  // nobody has ever ticked, so joining does, and publishes its numbers before it looks again
  const meddling = meddlingDeps(deps, { command: 'publish', nth: 1 }, () => leaveLine(deps, fan))
  expect((await joinLine(meddling, fan)).entry).toMatchObject({ state: 'waiting', ahead: 0 })
})

test('a fan who walks in while Redis is emptied stands in line, and is not refused for a pass that was never shown', async () => {
  const { concertId } = await makeShow(deps)
  await admit(deps, { concertId })
  const fan = { concertId, fanId: await makeFan(deps) }
  // the second script claims the offer that the first one made
  const meddling = meddlingDeps(deps, { command: 'evalsha', nth: 2 }, () => emptyRedis(deps))
  expect((await joinLine(meddling, fan)).entry).toMatchObject({ state: 'waiting', ahead: 0 })
})

test('a fan who goes in while Redis is emptied is in, and is not told that the offer is over', async () => {
  const { concertId } = await makeShow(deps, { capacity: 0 })
  const fan = { concertId, fanId: await makeFan(deps) }
  await joinLine(deps, fan)
  await changeLine(deps, concertId, { capacity: 1 })
  await admit(deps, { concertId })
  const pass = passOf(await readEntry(deps, fan))
  // the first script finds the offer, the second one claims it
  const meddling = meddlingDeps(deps, { command: 'evalsha', nth: 2 }, () => emptyRedis(deps))
  expect(await enterSale(meddling, { ...fan, pass })).toMatchObject({ state: 'active' })
})

test('in a line that takes nobody new the place that was given up is gone', async () => {
  const { concertId } = await makeShow(deps, { capacity: 0 })
  const fan = { concertId, fanId: await makeFan(deps) }
  await joinLine(deps, fan)
  await steerLine(deps, { concertId, operatorId: fan.fanId, action: 'drain' })
  await deps.redis.hset(`{wr:${concertId}}:line`, 'obtainableAtMs', '1')
  const meddling = meddlingDeps(deps, { command: 'publish', nth: 1 }, () => leaveLine(deps, fan))
  await expect(joinLine(meddling, fan)).rejects.toMatchObject({
    code: 'LINE_CLOSED',
    details: { phase: 'draining' },
  })
})

test('a spent place that a slow process found unspent before its payment does not come back after the tick', async () => {
  const { concertId } = await makeShow(deps)
  const fan = { concertId, fanId: await makeFan(deps) }
  const pass = passOf((await joinLine(deps, fan)).entry)
  await emptyRedis(deps)
  await admit(deps, fan)
  // the first script asks for a proof, Postgres gives it, and the second one brings the place back
  const meddling = meddlingDeps(deps, { command: 'evalsha', nth: 2 }, async () => {
    await inTransaction(deps.db, (tx) => markPassSpent(tx, fan))
    await admit(deps, fan)
  })
  await expect(enterSale(meddling, { ...fan, pass })).rejects.toMatchObject({ code: 'PASS_REFUSED' })
  expect((await readLineStatus(deps, fan)).entry).toEqual({ state: 'none' })
})
