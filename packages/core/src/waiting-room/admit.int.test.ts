import { setTimeout as sleep } from 'node:timers/promises'
import type { AccountId, ConcertId, Entry } from '@greenroom/contract'
import { describe, expect, onTestFinished, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import { closeDeps, type Deps, openDeps } from '../platform/deps.ts'
import { asOwner } from '../testing/blocked-rows.ts'
import { changeLine } from '../testing/change-line.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { scriptWithout } from '../testing/script-without.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import {
  admit,
  enterSale,
  freeSlot,
  joinLine,
  leaveLine,
  markPassSpent,
  pinPass,
  readEntry,
  readProgress,
  requirePass,
  unpinPass,
} from './index.ts'
import { lineKeys } from './line-script-store.ts'

const deps = await createTestDeps()
const admitFile = new URL('./lua/admit.lua', import.meta.url)

/** Another process on the same Postgres and Redis. */
const openProcess = (): Deps => {
  const other = openDeps(deps.settings, 'another process')
  onTestFinished(() => closeDeps(other))
  return other
}

const passOf = (entry: Entry): string => {
  if (entry.state !== 'offered' && entry.state !== 'active') throw new Error(`the fan is ${entry.state}`)
  return entry.pass
}

const joinAll = async (concertId: ConcertId, count: number): Promise<AccountId[]> => {
  const fans = await makeFans(deps, count)
  for (const fanId of fans) await joinLine(deps, { concertId, fanId })
  return fans
}

const blockSeats = async (concertId: ConcertId, count: number): Promise<void> => {
  await deps.db.pool.query(
    `update seats set status = 'blocked' where id in (
       select seats.id from seats join shows on shows.id = show_id where concert_id = $1 order by id limit $2)`,
    [concertId, count],
  )
}

/** A line with room for nobody and fans who wait in order; `capacity` opens it. */
const makeQueue = async (count: number) => {
  const { concertId } = await makeShow(deps, { seatCount: 500, capacity: 0 })
  return { concertId, fans: await joinAll(concertId, count) }
}

const redisNowMs = async (): Promise<number> => {
  const [seconds, micros] = await deps.redis.time()
  return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)
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
    const workers = [openProcess(), openProcess()]
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
      const untilMs = await redisNowMs()
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
    expect((await readProgress(openProcess(), concertId)).admittedTotal).toBe(150)
  })

  test('a capacity that shrinks throws nobody out and lets nobody in until enough have left', async () => {
    const { concertId } = await makeQueue(10)
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
    const { concertId } = await makeQueue(10)
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
    const { concertId, fans } = await makeQueue(12)
    await changeLine(deps, concertId, { capacity: 5 })
    const { offered, progress } = await admit(deps, { concertId })
    expect(offered).toEqual(fans.slice(0, 5))
    expect(progress).toMatchObject({ waiting: 7, active: 5, admittedTotal: 5, phase: 'open' })
    expect((await admit(deps, { concertId })).offered).toEqual([])
  })

  test('no more than seats can still be had: those that are not for sale do not count', async () => {
    const { concertId } = await makeShow(deps, { seatCount: 6, capacity: 0 })
    await blockSeats(concertId, 2)
    await joinAll(concertId, 10)
    await changeLine(deps, concertId, { capacity: 100 })
    const { offered, progress } = await admit(deps, { concertId })
    expect(offered).toHaveLength(4)
    expect(progress.stock).toEqual([[0, 4]])
  })

  test('nobody when nothing is left, and the line says that it is sold out', async () => {
    const { concertId } = await makeShow(deps, { seatCount: 2, capacity: 0 })
    await blockSeats(concertId, 2)
    await joinAll(concertId, 3)
    await changeLine(deps, concertId, { capacity: 100 })
    const { offered, progress } = await admit(deps, { concertId })
    expect(offered).toEqual([])
    expect(progress.phase).toBe('soldOut')
  })

  test('nobody while paused; draining lets in those who wait', async () => {
    const { concertId, fans } = await makeQueue(3)
    await changeLine(deps, concertId, { capacity: 1, override: 'paused' })
    expect((await admit(deps, { concertId })).offered).toEqual([])
    await changeLine(deps, concertId, { override: 'draining' })
    expect((await admit(deps, { concertId })).offered).toEqual(fans.slice(0, 1))
  })
})

describe('the rate', () => {
  const openWithRate = async (ratePerMinute: number) => {
    const { concertId, fans } = await makeQueue(40)
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
    const { concertId, fans } = await makeQueue(3)
    await changeLine(deps, concertId, { capacity: 1, claim_window_ms: 40 })
    const [absent, next] = fans
    if (absent === undefined || next === undefined) throw new Error('three fans')
    expect((await admit(deps, { concertId })).offered).toEqual([absent])
    const offer = passOf(await readEntry(deps, { concertId, fanId: absent }))
    await sleep(60)
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
    const { concertId } = await makeQueue(30)
    await changeLine(deps, concertId, { capacity: 30, claim_window_ms: 30 })
    const present = await makeFan(deps)
    await joinLine(deps, { concertId, fanId: present })
    await admit(deps, { concertId })
    await sleep(50)
    expect((await admit(deps, { concertId })).offered).toEqual([present])
  })

  test('a slot that is given up serves the next fan at the next tick', async () => {
    const { concertId, fans } = await makeQueue(3)
    await changeLine(deps, concertId, { capacity: 1 })
    for (const fanId of fans) {
      expect((await admit(deps, { concertId })).offered).toEqual([fanId])
      await leaveLine(deps, { concertId, fanId })
    }
  })

  test('a worker that dies between offering and telling loses nobody: the offer is found by looking', async () => {
    const { concertId, fans } = await makeQueue(2)
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

describe('a pass', () => {
  const enter = async (options: { passTtlMs?: number } = {}) => {
    const { concertId } = await makeShow(deps)
    if (options.passTtlMs !== undefined) await changeLine(deps, concertId, { pass_ttl_ms: options.passTtlMs })
    const fanId = await makeFan(deps)
    const pass = passOf((await joinLine(deps, { concertId, fanId })).entry)
    return { concertId, fanId, pass }
  }

  test('lets in its own fan, again and again', async () => {
    const fan = await enter()
    const first = await requirePass(deps, fan)
    expect(await requirePass(deps, fan)).toEqual(first)
    expect(await enterSale(deps, fan)).toMatchObject({ state: 'active', pass: fan.pass })
  })

  test('of another fan is refused, and one that was made up', async () => {
    const { concertId, pass } = await enter()
    const thief = await makeFan(deps)
    await expect(requirePass(deps, { concertId, fanId: thief, pass })).rejects.toMatchObject({
      details: { reason: 'otherFan' },
    })
    await expect(requirePass(deps, { concertId, fanId: thief, pass: 'a.b.c' })).rejects.toMatchObject({
      details: { reason: 'invalid' },
    })
  })

  test('of the same fan for another concert is refused', async () => {
    const fan = await enter()
    const other = await makeShow(deps)
    await expect(requirePass(deps, { ...fan, concertId: other.concertId })).rejects.toMatchObject({
      details: { reason: 'otherConcert' },
    })
  })

  test('that was only offered must be claimed first', async () => {
    const { concertId, fans } = await makeQueue(1)
    await changeLine(deps, concertId, { capacity: 1 })
    await admit(deps, { concertId })
    const [fanId] = fans
    if (fanId === undefined) throw new Error('one fan')
    const pass = passOf(await readEntry(deps, { concertId, fanId }))
    await expect(requirePass(deps, { concertId, fanId, pass })).rejects.toMatchObject({
      code: 'PASS_REQUIRED',
    })
  })

  test('that ran out is refused, even before any tick has noticed', async () => {
    const fan = await enter({ passTtlMs: 30 })
    await sleep(50)
    await expect(requirePass(deps, fan)).rejects.toMatchObject({ details: { reason: 'expired' } })
  })

  test('pinned by a hold it outlives its end; unpinned it does not', async () => {
    const fan = await enter({ passTtlMs: 100 })
    await pinPass(deps, fan, (await redisNowMs()) + 60_000)
    await sleep(130)
    await admit(deps, fan)
    expect((await requirePass(deps, fan)).expiresAtMs).toBeGreaterThan((await redisNowMs()) + 50_000)
    await unpinPass(deps, fan)
    await expect(requirePass(deps, fan)).rejects.toMatchObject({ details: { reason: 'expired' } })
  })

  test('that paid is spent, and its slot serves the next fan at once', async () => {
    const fan = await enter()
    await inTransaction(deps.db, (tx) => markPassSpent(tx, fan))
    await freeSlot(deps, fan)
    await expect(requirePass(deps, fan)).rejects.toMatchObject({ details: { reason: 'spent' } })
    await expect(joinLine(deps, fan)).rejects.toMatchObject({ details: { reason: 'spent' } })
    expect((await joinLine(deps, { concertId: fan.concertId, fanId: fan.fanId })).entry.state).toBe('active')
  })

  test('that paid is spent at the next tick even when the process died right after its commit', async () => {
    const fan = await enter()
    await inTransaction(deps.db, (tx) => markPassSpent(tx, fan))
    expect((await admit(deps, fan)).progress.active).toBe(0)
    await expect(requirePass(deps, fan)).rejects.toMatchObject({ details: { reason: 'spent' } })
  })

  test('that paid while Redis or the workers were away for minutes is spent at the first tick after', async () => {
    const fan = await enter()
    await inTransaction(deps.db, (tx) => markPassSpent(tx, fan))
    await asOwner(deps, (tx) =>
      tx.query("update spent_passes set spent_at = now() - interval '5 minutes' where fan_id = $1", [
        fan.fanId,
      ]),
    )
    // ticks go on all the time, so this one was missed for good
    expect((await admit(deps, fan)).progress.active).toBe(1)
    const lastTickMs = (await redisNowMs()) - 6 * 60_000
    await deps.redis.hset(`{wr:${fan.concertId}}:line`, 'obtainableAtMs', lastTickMs)
    expect((await admit(deps, fan)).progress.active).toBe(0)
    await expect(requirePass(deps, fan)).rejects.toMatchObject({ details: { reason: 'spent' } })
  })

  test('bought again by the same fan is not ended by the first purchase', async () => {
    const fan = await enter()
    await inTransaction(deps.db, (tx) => markPassSpent(tx, fan))
    await freeSlot(deps, fan)
    const again = await joinLine(deps, { concertId: fan.concertId, fanId: fan.fanId })
    await admit(deps, fan)
    expect(await requirePass(deps, { ...fan, pass: passOf(again.entry) })).toMatchObject({ fanId: fan.fanId })
  })

  test('is not spent by a payment that was rolled back', async () => {
    const fan = await enter()
    const failed = inTransaction(deps.db, async (tx) => {
      await markPassSpent(tx, fan)
      throw new Error('the card was refused')
    })
    await expect(failed).rejects.toThrow('the card was refused')
    await admit(deps, fan)
    expect(await requirePass(deps, fan)).toMatchObject({ fanId: fan.fanId })
  })
})

test('the outflow is measured from what was let in, and unknown before anybody was', async () => {
  const { concertId } = await makeQueue(30)
  expect((await admit(deps, { concertId })).progress.outflowPerMinute).toBeNull()
  await changeLine(deps, concertId, { capacity: 20 })
  const { progress } = await admit(deps, { concertId })
  // 20 fans within the first bucket of ten seconds
  expect(progress.outflowPerMinute).toBe(120)
})
