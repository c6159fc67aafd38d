import { setTimeout as sleep } from 'node:timers/promises'
import type { AccountId, ConcertId } from '@greenroom/contract'
import { describe, expect, test } from 'vitest'
import { closeDeps, openDeps } from '../platform/deps.ts'
import { changeLine } from '../testing/change-line.ts'
import { passOf } from '../testing/entry-pass.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { joinAll, makeQueue } from '../testing/make-queue.ts'
import { addShow, makeShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { redisNowMs } from '../testing/redis-now.ts'
import { scriptWithout } from '../testing/script-without.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, enterSale, freeSlot, joinLine, leaveLine, readEntry, readProgress } from './index.ts'
import { lineKeys } from './line-script-store.ts'

const deps = await createTestDeps()
const admitFile = new URL('./lua/admit.lua', import.meta.url)

const blockSeats = async (concertId: ConcertId, count: number): Promise<void> => {
  await deps.db.pool.query(
    `update seats set status = 'blocked' where id in (
       select seats.id from seats join shows on shows.id = show_id where concert_id = $1 order by id limit $2)`,
    [concertId, count],
  )
}

describe('active fans never exceed capacity', () => {
  /** The most fans inside at any instant, from when each was let in and left by Redis' clock. */
  const highWater = (stays: { fromMs: number; untilMs: number }[]): number => {
    const steps = stays
      .flatMap(({ fromMs, untilMs }) => [
        { atMs: fromMs, change: 1 },
        { atMs: untilMs, change: -1 },
      ])
      // who leaves in the same millisecond as another comes in has left first: the clock cannot tell
      .toSorted((a, b) => a.atMs - b.atMs || a.change - b.change)
    let inside = 0
    return Math.max(...steps.map(({ change }) => (inside += change)))
  }

  test('with two workers ticking at once while fans come, stay, buy and leave', async () => {
    const capacity = 9
    const { concertId } = await makeShow(deps, { seatCount: 500, capacity })
    const workers = [openProcess(deps), openProcess(deps)]
    const stays: { fromMs: number; untilMs: number }[] = []
    const reported: number[] = []
    let isOver = false
    const ticking = workers.map(async (worker) => {
      while (!isOver) {
        reported.push((await admit(worker, { concertId })).progress.active)
      }
    })
    const fans = await makeFans(deps, 150)
    const visit = async (fanId: AccountId): Promise<void> => {
      let { entry } = await joinLine(deps, { concertId, fanId })
      while (entry.state === 'waiting') {
        await sleep(2)
        entry = await readEntry(deps, { concertId, fanId })
      }
      const entered = await enterSale(deps, { concertId, fanId, pass: passOf(entry) })
      if (entered.state !== 'active') throw new Error('the claim gave no pass')
      await sleep(2)
      const untilMs = await redisNowMs(deps)
      if (fanId % 3 === 0) await freeSlot(deps, { concertId, fanId })
      else await leaveLine(deps, { concertId, fanId })
      stays.push({ fromMs: entered.asOfMs, untilMs })
    }
    const queue = [...fans]
    const crowd = Array.from({ length: 30 }, async () => {
      for (let fanId = queue.shift(); fanId !== undefined; fanId = queue.shift()) await visit(fanId)
    })
    await Promise.all(crowd).finally(() => {
      isOver = true
    })
    await Promise.all(ticking)
    expect(stays).toHaveLength(150)
    expect(Math.max(...reported)).toBeLessThanOrEqual(capacity)
    expect(highWater(stays)).toBeLessThanOrEqual(capacity)
    expect((await readProgress(openProcess(deps), concertId)).admittedTotal).toBe(150)
  })

  test('a capacity that shrinks throws nobody out and lets nobody in until enough have left', async () => {
    const { concertId } = await makeQueue(deps, 10)
    await changeLine(deps, concertId, { capacity: 6 })
    const first = await admit(deps, { concertId })
    await changeLine(deps, concertId, { capacity: 2 })
    expect((await admit(deps, { concertId })).progress).toMatchObject({ active: 6, waiting: 4 })
    for (const fanId of first.offered.slice(0, 4)) await leaveLine(deps, { concertId, fanId })
    expect((await admit(deps, { concertId })).offered).toEqual([])
    await leaveLine(deps, { concertId, fanId: first.offered[4] as AccountId })
    expect((await admit(deps, { concertId })).offered).toHaveLength(1)
  })

  test('without the count of those inside, a second tick would overfill the room', async () => {
    const { concertId } = await makeQueue(deps, 10)
    const unguarded = scriptWithout(admitFile, {
      "redis.call('ZCARD', inside)\n  local free": '0\n  local free',
    })
    for (let tick = 0; tick < 3; tick++) {
      await unguarded(deps.redis, lineKeys(concertId), [1, 3, -1, 30_000, 500, '[]', 1_000, 1_000])
    }
    expect(await deps.redis.zcard(`{wr:${concertId}}:inside`)).toBe(9)
  })
})

describe('who is let in', () => {
  test('those who waited longest, in their order, and no more than there is room for', async () => {
    const { concertId, fans } = await makeQueue(deps, 12)
    await changeLine(deps, concertId, { capacity: 5 })
    const { offered, progress } = await admit(deps, { concertId })
    expect(offered).toEqual(fans.slice(0, 5))
    expect(progress).toMatchObject({ waiting: 7, active: 5, admittedTotal: 5, phase: 'open' })
    expect((await admit(deps, { concertId })).offered).toEqual([])
  })

  test('no more than seats can still be had: those that are not for sale do not count', async () => {
    const { concertId } = await makeShow(deps, { seatCount: 6, capacity: 0 })
    await blockSeats(concertId, 2)
    await joinAll(deps, concertId, 10)
    await changeLine(deps, concertId, { capacity: 100 })
    const { offered, progress } = await admit(deps, { concertId })
    expect(offered).toHaveLength(4)
    expect(progress.stock).toEqual([[0, 4]])
  })

  test('nobody for seats of a date that has begun', async () => {
    const { concertId, showId } = await makeShow(deps, { seatCount: 6, capacity: 0 })
    await addShow(deps, concertId)
    await deps.db.pool.query("update shows set starts_at = now() - interval '1 hour' where id = $1", [showId])
    await joinAll(deps, concertId, 10)
    await changeLine(deps, concertId, { capacity: 100 })
    const { offered, progress } = await admit(deps, { concertId })
    expect(offered).toHaveLength(6)
    expect(progress.stock).toEqual([[0, 6]])
  })

  test('nobody when nothing is left, and the line says that it is sold out', async () => {
    const { concertId } = await makeShow(deps, { seatCount: 2, capacity: 0 })
    await blockSeats(concertId, 2)
    await joinAll(deps, concertId, 3)
    await changeLine(deps, concertId, { capacity: 100 })
    const { offered, progress } = await admit(deps, { concertId })
    expect(offered).toEqual([])
    expect(progress.phase).toBe('soldOut')
  })

  test('nobody while paused; draining lets in those who wait', async () => {
    const { concertId, fans } = await makeQueue(deps, 3)
    await changeLine(deps, concertId, { capacity: 1, override: 'paused' })
    expect((await admit(deps, { concertId })).offered).toEqual([])
    await changeLine(deps, concertId, { override: 'draining' })
    expect((await admit(deps, { concertId })).offered).toEqual(fans.slice(0, 1))
  })
})

describe('the rate', () => {
  const openWithRate = async (ratePerMinute: number) => {
    const { concertId, fans } = await makeQueue(deps, 40)
    await changeLine(deps, concertId, { capacity: 400, rate_per_minute: ratePerMinute })
    return { concertId, fans }
  }
  /** As if so much time had passed since the last tick. */
  const letPass = async (concertId: ConcertId, ms: number): Promise<void> => {
    await deps.redis.hincrby(`{wr:${concertId}}:line`, 'budgetAtMs', -ms)
  }

  test('comes from elapsed time: ten ticks at once let in what one would', async () => {
    const { concertId } = await openWithRate(60)
    const first = await admit(deps, { concertId })
    expect(first.offered).toHaveLength(1)
    await letPass(concertId, 5_000)
    const ticks = await Promise.all(Array.from({ length: 10 }, () => admit(deps, { concertId })))
    expect(ticks.flatMap(({ offered }) => offered)).toHaveLength(5)
  })

  test('a late tick makes up for the time, but a worker that was dead for an hour lets in no flood', async () => {
    const { concertId } = await openWithRate(60)
    await admit(deps, { concertId })
    await letPass(concertId, 7_000)
    expect((await admit(deps, { concertId })).offered).toHaveLength(7)
    await letPass(concertId, 3_600_000)
    expect((await admit(deps, { concertId })).offered).toHaveLength(10)
  })

  test('of zero lets in nobody, and none at all lets in everybody', async () => {
    const { concertId } = await openWithRate(0)
    expect((await admit(deps, { concertId })).offered).toEqual([])
    await changeLine(deps, concertId, { rate_per_minute: null })
    expect((await admit(deps, { concertId })).offered).toHaveLength(40)
  })

  test('counts who walked in past an empty line as well', async () => {
    const { concertId } = await makeShow(deps)
    await changeLine(deps, concertId, { rate_per_minute: 60 })
    await admit(deps, { concertId })
    const states = []
    for (const fanId of await makeFans(deps, 3)) {
      states.push((await joinLine(deps, { concertId, fanId })).entry.state)
    }
    expect(states).toEqual(['active', 'waiting', 'waiting'])
  })
})

describe('fans who leave or never show up do not block the gate', () => {
  test('an offer nobody claims serves the next fan when its window has passed, and is worth nothing after', async () => {
    const { concertId, fans } = await makeQueue(deps, 3)
    await changeLine(deps, concertId, { capacity: 1 })
    const [absent, next] = fans
    if (absent === undefined || next === undefined) throw new Error('three fans')
    expect((await admit(deps, { concertId })).offered).toEqual([absent])
    const offer = passOf(await readEntry(deps, { concertId, fanId: absent }))
    // its end is moved, not waited for: the pass must be read before, however long that takes
    await deps.redis.zadd(`{wr:${concertId}}:inside`, 'XX', 1, absent)
    const { offered, ended } = await admit(deps, { concertId })
    expect({ offered, ended }).toEqual({ offered: [next], ended: [absent] })
    await expect(enterSale(deps, { concertId, fanId: absent, pass: offer })).rejects.toMatchObject({
      code: 'PASS_REFUSED',
      details: { reason: 'expired' },
    })
    expect((await joinLine(deps, { concertId, fanId: absent })).entry).toMatchObject({
      state: 'waiting',
      ahead: 1,
    })
  })

  test('a whole crowd that never shows up costs one window, then a fan who is there gets in', async () => {
    const { concertId } = await makeQueue(deps, 30)
    await changeLine(deps, concertId, { capacity: 30, claim_window_ms: 30 })
    const present = await makeFan(deps)
    await joinLine(deps, { concertId, fanId: present })
    await admit(deps, { concertId })
    await sleep(50)
    expect((await admit(deps, { concertId })).offered).toEqual([present])
  })

  test('a slot that is given up serves the next fan at the next tick', async () => {
    const { concertId, fans } = await makeQueue(deps, 3)
    await changeLine(deps, concertId, { capacity: 1 })
    for (const fanId of fans) {
      expect((await admit(deps, { concertId })).offered).toEqual([fanId])
      await leaveLine(deps, { concertId, fanId })
    }
  })

  test('a worker that dies between offering and telling loses nobody: the offer is found by looking', async () => {
    const { concertId, fans } = await makeQueue(deps, 2)
    await changeLine(deps, concertId, { capacity: 1 })
    const dying = openDeps(deps.settings, 'a worker that dies')
    dying.redis.publish = () => Promise.reject(new Error('killed'))
    await expect(admit(dying, { concertId })).rejects.toThrow('killed')
    await closeDeps(dying)
    const [fanId] = fans
    if (fanId === undefined) throw new Error('two fans')
    const entry = await readEntry(deps, { concertId, fanId })
    expect(entry.state).toBe('offered')
    expect(await enterSale(deps, { concertId, fanId, pass: passOf(entry) })).toMatchObject({
      state: 'active',
    })
  })
})

test('the outflow is measured from what was let in, and unknown before anybody was', async () => {
  const { concertId } = await makeQueue(deps, 30)
  expect((await admit(deps, { concertId })).progress.outflowPerMinute).toBeNull()
  await changeLine(deps, concertId, { capacity: 20 })
  const { progress } = await admit(deps, { concertId })
  // 20 fans within the first bucket of ten seconds
  expect(progress.outflowPerMinute).toBe(120)
})
