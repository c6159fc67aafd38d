import { setTimeout as sleep } from 'node:timers/promises'
import type { AccountId } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import { afterAll, describe, expect, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import { changeLine } from '../testing/change-line.ts'
import { passOf, walkIn } from '../testing/entry-pass.ts'
import { joinWithout, writerCheck } from '../testing/join-without.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { joinAll, makeQueue, present, shuffled, waitingFans } from '../testing/make-queue.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { untilKept } from '../testing/until-kept.ts'
import { admit, joinLine, markPassSpent, readEntry, requirePass } from './index.ts'

const server = await startPrivateRedis()
const deps = await createTestDeps({ redisUrl: server.url })
afterAll(() => server.stop())

/** Until this process's connection is back. */
const reconnected = async (): Promise<void> => {
  while (deps.redis.status !== 'ready') await sleep(10)
}

describe('a Redis that was killed', () => {
  /** What is written from now on is not in the file that the next start reads. */
  const stopKeeping = () => deps.redis.config('SET', 'appendonly', 'no')

  const restart = async (): Promise<void> => {
    await untilKept(deps.redis)
    await server.kill()
    await server.start()
    await reconnected()
  }

  test('has everybody in place again when it is back, without anybody showing anything', async () => {
    // a busy disk lets the file be up to two seconds behind what was answered, and those would be forgotten
    await deps.redis.config('SET', 'appendfsync', 'always')
    const { concertId, crowd } = await makeQueue(deps, 40)
    await restart()
    for (const [ahead, { fanId }] of crowd.entries()) {
      expect(await readEntry(deps, { concertId, fanId })).toMatchObject({ state: 'waiting', ahead })
    }
  })

  test('lets fans in at once when it is back and nobody was waiting; with a queue it waits for who was forgotten', async () => {
    const quiet = await makeShow(deps)
    await walkIn(deps, { concertId: quiet.concertId, fanId: await makeFan(deps) })
    const queued = await makeQueue(deps, 1)
    await changeLine(deps, queued.concertId, { capacity: 5, reentry_window_ms: 60_000 })
    await restart()
    await walkIn(deps, { concertId: quiet.concertId, fanId: await makeFan(deps) })
    expect((await admit(deps, queued)).offered).toEqual([])
  })

  test('may forget the last ones it answered: their receipts still stand before every newcomer', async () => {
    const { concertId, crowd } = await makeQueue(deps, 10)
    await stopKeeping()
    const forgotten = await joinAll(deps, concertId, 10)
    await restart()
    const newcomers = await makeFans(deps, 10)
    for (const fanId of newcomers) await joinLine(deps, { concertId, fanId })
    expect(await waitingFans(deps, concertId)).toEqual([...crowd.map(({ fanId }) => fanId), ...newcomers])
    await present(deps, concertId, shuffled(forgotten))
    expect(await waitingFans(deps, concertId)).toEqual([
      ...[...crowd, ...forgotten].map(({ fanId }) => fanId),
      ...newcomers,
    ])
  })

  test('without the look at who wrote the line, newcomers would get the places it forgot', async () => {
    const { concertId } = await makeQueue(deps, 3)
    await stopKeeping()
    const [forgotten] = await joinAll(deps, concertId, 1)
    if (forgotten === undefined) throw new Error('one fan')
    const placeOf = async (fanId: AccountId) =>
      await deps.redis.zscore(`{wr:${concertId}}:waiting`, String(fanId))
    const place = await placeOf(forgotten.fanId)
    await restart()
    const newcomer = await makeFan(deps)
    await joinWithout(deps, { [writerCheck]: 'if not writer[1] then' }, { concertId, fanId: newcomer })
    expect(await placeOf(newcomer)).toBe(place)
  })

  test('may forget that a fan went in and bought: the place that was spent neither waits nor is let in again', async () => {
    const { concertId, fans } = await makeQueue(deps, 1)
    const [fanId] = fans
    if (fanId === undefined) throw new Error('one fan')
    await stopKeeping()
    await changeLine(deps, concertId, { capacity: 1 })
    await admit(deps, { concertId })
    await requirePass(deps, { concertId, fanId, pass: passOf(await readEntry(deps, { concertId, fanId })) })
    await inTransaction(deps.db, (tx) => markPassSpent(tx, { concertId, fanId }))
    await restart()
    expect((await admit(deps, { concertId })).offered).toEqual([])
    expect(await readEntry(deps, { concertId, fanId })).toEqual({ state: 'none' })
  })

  test('refuses newcomers while it is away, lets fans inside go on by signature, and takes both when it is back', async () => {
    const { concertId } = await makeShow(deps, { capacity: 2 })
    await changeLine(deps, concertId, { reentry_window_ms: 0 })
    const [inside, payer, newcomer] = await makeFans(deps, 3)
    if (inside === undefined || payer === undefined || newcomer === undefined) throw new Error('three fans')
    const pass = await walkIn(deps, { concertId, fanId: inside })
    const spentPass = await walkIn(deps, { concertId, fanId: payer })
    await inTransaction(deps.db, (tx) => markPassSpent(tx, { concertId, fanId: payer }))
    await server.kill()
    await expect(joinLine(deps, { concertId, fanId: newcomer })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    })
    expect(await requirePass(deps, { concertId, fanId: inside, pass })).toMatchObject({ fanId: inside })
    await expect(requirePass(deps, { concertId, fanId: payer, pass: spentPass })).rejects.toMatchObject({
      details: { reason: 'spent' },
    })
    await expect(requirePass(deps, { concertId, fanId: newcomer, pass })).rejects.toMatchObject({
      details: { reason: 'otherFan' },
    })
    await server.start()
    await reconnected()
    expect(await requirePass(deps, { concertId, fanId: inside, pass })).toMatchObject({ fanId: inside })
    expect((await joinLine(deps, { concertId, fanId: newcomer })).entry.state).toMatch(/waiting|active/)
  })

  test('an offer that was used lets its fan go on while it is away, one that was not waits for it', async () => {
    const { concertId } = await makeShow(deps, { capacity: 0 })
    const [used, idle] = await makeFans(deps, 2)
    if (used === undefined || idle === undefined) throw new Error('two fans')
    for (const fanId of [used, idle]) await joinLine(deps, { concertId, fanId })
    await changeLine(deps, concertId, { capacity: 2 })
    await admit(deps, { concertId })
    const offerOf = async (fanId: AccountId) => ({
      concertId,
      fanId,
      pass: passOf(await readEntry(deps, { concertId, fanId })),
    })
    const [first, second] = [await offerOf(used), await offerOf(idle)]
    await requirePass(deps, first)
    await server.kill()
    expect(await requirePass(deps, first)).toMatchObject({ fanId: used })
    await expect(requirePass(deps, second)).rejects.toMatchObject({ code: 'PASS_REQUIRED' })
    await server.start()
    await reconnected()
  })

  test('a pass that ran out while it was away is refused by its own end', async () => {
    const { concertId } = await makeShow(deps)
    await changeLine(deps, concertId, { pass_ttl_ms: 50 })
    const fanId = await makeFan(deps)
    const pass = await walkIn(deps, { concertId, fanId })
    await server.kill()
    await sleep(80)
    const refused = requirePass(deps, { concertId, fanId, pass })
    await expect(refused).rejects.toMatchObject({ details: { reason: 'expired' } })
    await server.start()
    await reconnected()
  })
})
