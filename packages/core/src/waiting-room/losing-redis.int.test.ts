import { setTimeout as sleep } from 'node:timers/promises'
import type { AccountId } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import type { QueryConfig } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { changeLine } from '../testing/change-line.ts'
import { walkIn } from '../testing/entry-pass.ts'
import { joinWithout, writerCheck } from '../testing/join-without.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { joinAll, type Kept, keep, makeQueue, present, shuffled, waitingFans } from '../testing/make-queue.ts'
import { makeShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import {
  admit,
  enterSale,
  joinLine,
  leaveLine,
  markPassSpent,
  readEntry,
  readLineStatus,
  rebuildLine,
  requirePass,
} from './index.ts'
import { drawSeed } from './place.ts'

const server = await startPrivateRedis()
const deps = await createTestDeps({ redisUrl: server.url })
afterAll(() => server.stop())

describe('Redis FLUSHALL in mid-queue', () => {
  test('everybody gets the same order back from receipts, whenever they come, and newcomers stand behind', async () => {
    const { concertId, crowd } = await makeQueue(deps, 120)
    await deps.redis.flushall()
    const newcomers = await makeFans(deps, 20)
    const steps = shuffled([
      ...crowd.map((kept) => () => present(deps, concertId, [kept])),
      ...newcomers.map((fanId) => () => joinLine(deps, { concertId, fanId })),
    ])
    for (const step of steps) await step()
    const order = await waitingFans(deps, concertId)
    expect(order.slice(0, 120)).toEqual(crowd.map(({ fanId }) => fanId))
    expect(new Set(order.slice(120))).toEqual(new Set(newcomers))
  })

  test('happening again and again changes nothing', async () => {
    const { concertId, crowd } = await makeQueue(deps, 20)
    let kept = crowd
    for (let loss = 0; loss < 4; loss++) {
      await deps.redis.flushall()
      const renewed: Kept[] = []
      for (const { fanId, receipt } of shuffled(kept)) {
        renewed.push(keep(fanId, (await joinLine(deps, { concertId, fanId, receipt })).entry))
      }
      // half of them keep the text they first got: any receipt of the place is as good as the newest
      const withNewText = renewed.slice(0, 10)
      kept = kept.map((old) => withNewText.find(({ fanId }) => fanId === old.fanId) ?? old)
      expect(await waitingFans(deps, concertId)).toEqual(crowd.map(({ fanId }) => fanId))
    }
  })

  test('a fan who asks without a receipt first is moved to the old place by showing it later', async () => {
    const { concertId, crowd } = await makeQueue(deps, 5)
    await deps.redis.flushall()
    for (const { fanId } of crowd.toReversed()) await joinLine(deps, { concertId, fanId })
    await present(deps, concertId, shuffled(crowd))
    expect(await waitingFans(deps, concertId)).toEqual(crowd.map(({ fanId }) => fanId))
  })

  test('a turn that is over takes along what another device was given while the place was forgotten', async () => {
    const { concertId, crowd } = await makeQueue(deps, 3)
    const [, quitter] = crowd
    if (quitter === undefined) throw new Error('three fans')
    await deps.redis.flushall()
    const other = keep(quitter.fanId, (await joinLine(deps, { concertId, fanId: quitter.fanId })).entry)
    const [newcomer] = await joinAll(deps, concertId, 1)
    await present(deps, concertId, crowd)
    expect((await waitingFans(deps, concertId)).slice(0, 3)).toEqual(crowd.map(({ fanId }) => fanId))
    await leaveLine(deps, { concertId, fanId: quitter.fanId })
    for (const { receipt } of [quitter, other])
      await joinLine(deps, { concertId, fanId: quitter.fanId, receipt })
    expect((await waitingFans(deps, concertId)).slice(2)).toEqual([newcomer?.fanId, quitter.fanId])
  })

  test('without the epoch check a newcomer would take the first place of all', async () => {
    const { concertId, crowd } = await makeQueue(deps, 5)
    await deps.redis.flushall()
    const unguarded = {
      [writerCheck]: 'if false then',
      'local epoch = tonumber(writer[1])': 'local epoch = tonumber(writer[1] or 1)',
      "known = redis.call('HGET', line, 'beganAtMs')": "known = '0'",
    }
    const newcomer = await makeFan(deps)
    await joinWithout(deps, unguarded, { concertId, fanId: newcomer })
    const newPlace = Number(await deps.redis.zscore(`{wr:${concertId}}:waiting`, String(newcomer)))
    await deps.redis.flushall()
    await present(deps, concertId, crowd)
    const firstOfAll = crowd[0]?.fanId
    const oldPlace = Number(await deps.redis.zscore(`{wr:${concertId}}:waiting`, String(firstOfAll)))
    expect(newPlace).toBe(oldPlace)
  })

  test('lets nobody in until those who were ahead could come back', async () => {
    const { concertId, crowd } = await makeQueue(deps, 10)
    await changeLine(deps, concertId, { reentry_window_ms: 400, capacity: 3 })
    await deps.redis.flushall()
    const newcomer = await makeFan(deps)
    expect((await joinLine(deps, { concertId, fanId: newcomer })).entry.state).toBe('waiting')
    expect((await admit(deps, { concertId })).offered).toEqual([])
    await present(deps, concertId, crowd.toReversed())
    expect((await admit(deps, { concertId })).offered).toEqual([])
    await deps.redis.hset(`{wr:${concertId}}:line`, 'reentryUntilMs', '0')
    expect((await admit(deps, { concertId })).offered).toEqual(crowd.slice(0, 3).map(({ fanId }) => fanId))
  })

  test('keeps the door shut while fans keep coming back, but not for ever', async () => {
    const { concertId, crowd } = await makeQueue(deps, 3)
    await changeLine(deps, concertId, { reentry_window_ms: 500 })
    await deps.redis.flushall()
    await rebuildLine(deps, concertId)
    const read = async (field: string) => Number(await deps.redis.hget(`{wr:${concertId}}:line`, field))
    const [until, ends] = [await read('reentryUntilMs'), await read('reentryEndsMs')]
    await present(deps, concertId, crowd.slice(0, 1))
    expect(await read('reentryUntilMs')).toBeGreaterThan(until)
    expect(await read('reentryUntilMs')).toBeLessThanOrEqual(ends)
    expect(ends - (await read('beganAtMs'))).toBe(60_000)

    // a minute later: the next to come back finds the longest time over
    const latest = await read('reentryUntilMs')
    await deps.redis.hset(`{wr:${concertId}}:line`, 'reentryEndsMs', latest)
    await sleep(5)
    await present(deps, concertId, crowd.slice(1))
    expect(await read('reentryUntilMs')).toBe(latest)
  })

  test('brings back the same draw to a lobby, receipts or not', async () => {
    const { concertId } = await makeShow(deps)
    const { seed, commitment } = drawSeed()
    await changeLine(deps, concertId, {
      mode: 'lottery',
      lottery_seed: seed,
      lottery_commitment: commitment,
      lobby_opens_at: new Date(Date.now() - 60_000),
      opens_at: new Date(Date.now() + 3_600_000),
    })
    const fans = await makeFans(deps, 30)
    for (const fanId of fans) await joinLine(deps, { concertId, fanId })
    const before = await waitingFans(deps, concertId)
    await deps.redis.flushall()
    for (const fanId of shuffled(fans)) await joinLine(deps, { concertId, fanId })
    expect(await waitingFans(deps, concertId)).toEqual(before)
  })

  test('gives nobody a spent place again', async () => {
    const { concertId } = await makeShow(deps)
    const fanId = await makeFan(deps)
    await changeLine(deps, concertId, { capacity: 0, reentry_window_ms: 0 })
    const { receipt } = keep(fanId, (await joinLine(deps, { concertId, fanId })).entry)
    await changeLine(deps, concertId, { capacity: 5 })
    await admit(deps, { concertId })
    const offer = await readEntry(deps, { concertId, fanId })
    if (offer.state !== 'offered') throw new Error(`the fan is ${offer.state}`)
    const entered = await enterSale(deps, { concertId, fanId, pass: offer.pass })
    if (entered.state !== 'active') throw new Error(`the fan is ${entered.state}`)
    await inTransaction(deps.db, (tx) => markPassSpent(tx, { concertId, fanId }))
    await deps.redis.flushall()
    const refusals = [
      joinLine(deps, { concertId, fanId, receipt }),
      readLineStatus(deps, { concertId, fanId, pass: entered.pass }),
      requirePass(deps, { concertId, fanId, pass: entered.pass }),
      enterSale(deps, { concertId, fanId, pass: offer.pass }),
    ]
    const reasons = await Promise.all(
      refusals.map((refused) => refused.catch((error: unknown) => Reflect.get(Object(error), 'details'))),
    )
    expect(reasons).toEqual(refusals.map(() => ({ reason: 'spent' })))
  })
})

describe('passes after a loss', () => {
  test('are good again when shown, and count as inside before anybody new is let in', async () => {
    const { concertId } = await makeShow(deps, { seatCount: 100, capacity: 4 })
    await changeLine(deps, concertId, { reentry_window_ms: 60_000 })
    const fans = await makeFans(deps, 4)
    const passes = new Map<AccountId, string>()
    for (const fanId of fans) passes.set(fanId, await walkIn(deps, { concertId, fanId }))
    await deps.redis.flushall()
    for (const [fanId, pass] of passes)
      expect(await requirePass(deps, { concertId, fanId, pass })).toMatchObject({ fanId })
    const newcomer = await makeFan(deps)
    expect((await joinLine(deps, { concertId, fanId: newcomer })).entry.state).toBe('waiting')
    await deps.redis.hset(`{wr:${concertId}}:line`, 'reentryUntilMs', '0')
    expect((await admit(deps, { concertId })).progress).toMatchObject({ active: 4, waiting: 1 })
  })

  test('that come back too late do not overfill the room: their fans are next', async () => {
    const { concertId } = await makeShow(deps, { seatCount: 100, capacity: 2 })
    await changeLine(deps, concertId, { reentry_window_ms: 0 })
    const [late, alsoLate, ...others] = await makeFans(deps, 5)
    if (late === undefined || alsoLate === undefined) throw new Error('five fans')
    const latePass = await walkIn(deps, { concertId, fanId: late })
    await walkIn(deps, { concertId, fanId: alsoLate })
    await deps.redis.flushall()
    for (const fanId of others) await joinLine(deps, { concertId, fanId })
    await admit(deps, { concertId })
    await expect(requirePass(deps, { concertId, fanId: late, pass: latePass })).rejects.toMatchObject({
      code: 'STILL_WAITING',
      details: { ahead: 0 },
    })
    const { progress, offered } = await admit(deps, { concertId })
    expect({ active: progress.active, offered }).toEqual({ active: 2, offered: [] })
    const [first] = others
    if (first === undefined) throw new Error('others')
    await leaveLine(deps, { concertId, fanId: first })
    expect((await admit(deps, { concertId })).offered).toEqual([late])
  })
})

describe('two rebuilders at once', () => {
  test('agree on one epoch, and nobody gets a place twice', async () => {
    const { concertId, crowd } = await makeQueue(deps, 10)
    await deps.redis.flushall()
    const processes = [openProcess(deps), openProcess(deps), openProcess(deps)]
    const fans = await makeFans(deps, 60)
    await Promise.all(
      fans.map((fanId, index) => joinLine(processes[index % 3] ?? deps, { concertId, fanId })),
    )
    await present(deps, concertId, crowd)
    const places = await deps.redis.zrange(`{wr:${concertId}}:waiting`, '0', '-1', 'WITHSCORES')
    const scores = new Set(places.flat().filter((_value, index) => index % 2 === 1))
    expect(scores.size).toBe(70)
    const epochs = new Set([...scores].map((score) => Math.floor(Number(score) / 2 ** 40)))
    expect(epochs.size).toBe(2)
  })

  test('the one that comes second finds the line begun and leaves it as it is', async () => {
    const { concertId } = await makeQueue(deps, 2)
    await deps.redis.flushall()
    await rebuildLine(openProcess(deps), concertId)
    const begun = await deps.redis.hget(`{wr:${concertId}}:line`, 'epoch')
    await rebuildLine(openProcess(deps), concertId)
    expect(begun).toMatch(/^\d+$/)
    expect(await deps.redis.hget(`{wr:${concertId}}:line`, 'epoch')).toBe(begun)
  })

  test('of a line that never had a place have nobody to wait for', async () => {
    const { concertId } = await makeShow(deps)
    const processes = [openProcess(deps), openProcess(deps), openProcess(deps)]
    await Promise.all(processes.map((each) => rebuildLine(each, concertId)))
    const { entry } = await joinLine(deps, { concertId, fanId: await makeFan(deps) })
    expect(entry.state).toBe('active')
  })

  test('one that dies before it notes that the line has begun is made up for by the next tick, or newcomers overtake', async () => {
    const comesFirst = async (tick: boolean) => {
      const { concertId } = await makeShow(deps)
      const forgetful = {
        text: 'update lines set begun_epoch = 0 where concert_id = $1',
        values: [concertId],
      }
      await rebuildLine(deps, concertId)
      await deps.db.pool.query(forgetful)
      if (tick) await admit(deps, { concertId })
      await deps.redis.flushall()
      return (await joinLine(deps, { concertId, fanId: await makeFan(deps) })).entry.state
    }
    expect(await comesFirst(true)).toBe('waiting')
    expect(await comesFirst(false)).toBe('active')
  })

  test('one that is late with an epoch taken before the last loss changes nothing', async () => {
    const { concertId, crowd } = await makeQueue(deps, 3)
    await rebuildLine(deps, concertId)
    expect(await waitingFans(deps, concertId)).toEqual(crowd.map(({ fanId }) => fanId))
  })

  test('one that is late by a whole further loss does not begin an epoch that sorts before places given since', async () => {
    const { concertId } = await makeQueue(deps, 1)
    const [early, newcomer] = await makeFans(deps, 2)
    if (early === undefined || newcomer === undefined) throw new Error('two fans')
    await deps.redis.flushall()
    const kept: Kept[] = []
    const late = afterFirst(deps, 'take-epoch', async () => {
      kept.push(keep(early, (await joinLine(deps, { concertId, fanId: early })).entry))
      await deps.redis.flushall()
    })
    await rebuildLine(late, concertId)
    await joinLine(deps, { concertId, fanId: newcomer })
    await present(deps, concertId, kept)
    expect(await waitingFans(deps, concertId)).toEqual([early, newcomer])
  })

  test('one that dies between announcing and beginning holds the others up for a second at most', async () => {
    const { concertId, crowd } = await makeQueue(deps, 2)
    await deps.redis.flushall()
    const dies = afterFirst(deps, 'mark-epoch-begun', () => Promise.reject(new Error('killed')))
    await expect(rebuildLine(dies, concertId)).rejects.toThrow('killed')
    await present(deps, concertId, crowd)
    expect(await waitingFans(deps, concertId)).toEqual(crowd.map(({ fanId }) => fanId))
  })

  test('a Postgres that was restored from an older backup is led past the epochs that Redis knows', async () => {
    const { concertId } = await makeQueue(deps, 2)
    await deps.redis.hset(`{wr:${concertId}}:line`, { epoch: '40', runId: 'of a Redis that is gone' })
    const newcomer = await makeFan(deps)
    await joinLine(deps, { concertId, fanId: newcomer })
    expect((await waitingFans(deps, concertId)).at(-1)).toBe(newcomer)
    const { rows } = await deps.db.pool.query('select epoch from lines where concert_id = $1', [concertId])
    expect(rows).toEqual([{ epoch: 41 }])
  })
})

/** Another process, in which something happens right after it ran that statement for the first time. */
function afterFirst(deps: Deps, statement: string, meanwhile: () => Promise<void>): Deps {
  const other = openProcess(deps)
  const { pool } = other.db
  let hasHappened = false
  const query = async (config: QueryConfig): Promise<unknown> => {
    const result = await pool.query(config)
    if (config.name !== statement || hasHappened) return result
    hasHappened = true
    await meanwhile()
    return result
  }
  const watched = new Proxy(pool, {
    get: (target, property) => {
      if (property === 'query') return query
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { ...other, db: { ...other.db, pool: watched } }
}
