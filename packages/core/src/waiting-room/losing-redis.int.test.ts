import { setTimeout as sleep } from 'node:timers/promises'
import type { AccountId, ConcertId, Entry } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import { closeDeps, type Deps, openDeps } from '../platform/deps.ts'
import { changeLine } from '../testing/change-line.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { scriptWithout } from '../testing/script-without.ts'
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
import { lineKeys } from './line-script-store.ts'
import { drawSeed } from './place.ts'

const server = await startPrivateRedis()
const deps = await createTestDeps({ redisUrl: server.url })
afterAll(() => server.stop())

const joinFile = new URL('./lua/join.lua', import.meta.url)
const guard =
  "if not writer[1] or writer[2] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') then"

type Kept = { fanId: AccountId; receipt: string }

const keep = (fanId: AccountId, entry: Entry): Kept => {
  if (entry.state !== 'waiting') throw new Error(`the fan is ${entry.state}`)
  return { fanId, receipt: entry.receipt }
}

const joinAll = async (concertId: ConcertId, count: number): Promise<Kept[]> => {
  const kept = []
  for (const fanId of await makeFans(deps, count)) {
    kept.push(keep(fanId, (await joinLine(deps, { concertId, fanId })).entry))
  }
  return kept
}

const makeQueue = async (count: number) => {
  const { concertId } = await makeShow(deps, { seatCount: 500, capacity: 0 })
  await changeLine(deps, concertId, { reentry_window_ms: 0 })
  return { concertId, crowd: await joinAll(concertId, count) }
}

const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)

const waitingFans = async (concertId: ConcertId): Promise<AccountId[]> =>
  (await deps.redis.zrange(`{wr:${concertId}}:waiting`, '0', '-1')).map(Number) as AccountId[]

const present = async (concertId: ConcertId, crowd: Kept[]): Promise<void> => {
  for (const { fanId, receipt } of crowd) await readLineStatus(deps, { concertId, fanId, receipt })
}

const openProcess = (): Deps => {
  const other = openDeps(deps.settings, 'another process')
  onTestFinished(() => closeDeps(other))
  return other
}

/** Until this process's connection is back. */
const reconnected = async (): Promise<void> => {
  while (deps.redis.status !== 'ready') await sleep(10)
}

const walkIn = async (concertId: ConcertId, fanId: AccountId): Promise<string> => {
  const { entry } = await joinLine(deps, { concertId, fanId })
  if (entry.state !== 'active') throw new Error(`the fan is ${entry.state}`)
  return entry.pass
}

describe('Redis FLUSHALL in mid-queue', () => {
  test('everybody gets the same order back from receipts, whenever they come, and newcomers stand behind', async () => {
    const { concertId, crowd } = await makeQueue(120)
    await deps.redis.flushall()
    const newcomers = await makeFans(deps, 20)
    const steps = shuffled([
      ...crowd.map((kept) => () => present(concertId, [kept])),
      ...newcomers.map((fanId) => () => joinLine(deps, { concertId, fanId })),
    ])
    for (const step of steps) await step()
    const order = await waitingFans(concertId)
    expect(order.slice(0, 120)).toEqual(crowd.map(({ fanId }) => fanId))
    expect(new Set(order.slice(120))).toEqual(new Set(newcomers))
  })

  test('happening again and again changes nothing', async () => {
    const { concertId, crowd } = await makeQueue(20)
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
      expect(await waitingFans(concertId)).toEqual(crowd.map(({ fanId }) => fanId))
    }
  })

  test('a fan who asks without a receipt first is moved to the old place by showing it later', async () => {
    const { concertId, crowd } = await makeQueue(5)
    await deps.redis.flushall()
    for (const { fanId } of crowd.toReversed()) await joinLine(deps, { concertId, fanId })
    await present(concertId, shuffled(crowd))
    expect(await waitingFans(concertId)).toEqual(crowd.map(({ fanId }) => fanId))
  })

  test('without the epoch check a newcomer would take the first place of all', async () => {
    const { concertId, crowd } = await makeQueue(5)
    await deps.redis.flushall()
    const unguarded = scriptWithout(joinFile, {
      [guard]: 'if false then',
      'local epoch = tonumber(writer[1])': 'local epoch = tonumber(writer[1] or 1)',
      "redis.call('HMGET', line, 'admitted', 'beganAtMs', 'obtainableAtMs')": "{ '0', '0', '0' }",
    })
    const newcomer = await makeFan(deps)
    await unguarded(deps.redis, lineKeys(concertId), [newcomer, 1, 0, '', 0, 0, -1, 1, '', '', '', '', 0])
    const newPlace = Number(await deps.redis.zscore(`{wr:${concertId}}:waiting`, String(newcomer)))
    await deps.redis.flushall()
    await present(concertId, crowd)
    const firstOfAll = crowd[0]?.fanId
    const oldPlace = Number(await deps.redis.zscore(`{wr:${concertId}}:waiting`, String(firstOfAll)))
    expect(newPlace).toBe(oldPlace)
  })

  test('lets nobody in until those who were ahead could come back', async () => {
    const { concertId, crowd } = await makeQueue(10)
    await changeLine(deps, concertId, { reentry_window_ms: 400, capacity: 3 })
    await deps.redis.flushall()
    const newcomer = await makeFan(deps)
    expect((await joinLine(deps, { concertId, fanId: newcomer })).entry.state).toBe('waiting')
    expect((await admit(deps, { concertId })).offered).toEqual([])
    await present(concertId, crowd.toReversed())
    expect((await admit(deps, { concertId })).offered).toEqual([])
    await deps.redis.hset(`{wr:${concertId}}:line`, 'reentryUntilMs', '0')
    expect((await admit(deps, { concertId })).offered).toEqual(crowd.slice(0, 3).map(({ fanId }) => fanId))
  })

  test('keeps the door shut while fans keep coming back, but not for ever', async () => {
    const { concertId, crowd } = await makeQueue(3)
    await changeLine(deps, concertId, { reentry_window_ms: 500 })
    await deps.redis.flushall()
    await rebuildLine(deps, concertId)
    const read = async (field: string) => Number(await deps.redis.hget(`{wr:${concertId}}:line`, field))
    const [until, ends] = [await read('reentryUntilMs'), await read('reentryEndsMs')]
    await present(concertId, crowd)
    expect(await read('reentryUntilMs')).toBeGreaterThan(until)
    expect(await read('reentryUntilMs')).toBeLessThanOrEqual(ends)
    expect(ends - (await read('beganAtMs'))).toBe(60_000)
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
    const before = await waitingFans(concertId)
    await deps.redis.flushall()
    for (const fanId of shuffled(fans)) await joinLine(deps, { concertId, fanId })
    expect(await waitingFans(concertId)).toEqual(before)
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
    for (const fanId of fans) passes.set(fanId, await walkIn(concertId, fanId))
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
    const latePass = await walkIn(concertId, late)
    await walkIn(concertId, alsoLate)
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
    const { concertId, crowd } = await makeQueue(10)
    await deps.redis.flushall()
    const processes = [openProcess(), openProcess(), openProcess()]
    const fans = await makeFans(deps, 60)
    await Promise.all(
      fans.map((fanId, index) => joinLine(processes[index % 3] ?? deps, { concertId, fanId })),
    )
    await present(concertId, crowd)
    const places = await deps.redis.zrange(`{wr:${concertId}}:waiting`, '0', '-1', 'WITHSCORES')
    const scores = new Set(places.flat().filter((_value, index) => index % 2 === 1))
    expect(scores.size).toBe(70)
    const epochs = new Set([...scores].map((score) => Math.floor(Number(score) / 2 ** 40)))
    expect(epochs.size).toBe(2)
  })

  test('of a line that never had a place have nobody to wait for', async () => {
    const { concertId } = await makeShow(deps)
    const processes = [openProcess(), openProcess(), openProcess()]
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
    const { concertId, crowd } = await makeQueue(3)
    await rebuildLine(deps, concertId)
    expect(await waitingFans(concertId)).toEqual(crowd.map(({ fanId }) => fanId))
  })

  test('a Postgres that was restored from an older backup is led past the epochs that Redis knows', async () => {
    const { concertId } = await makeQueue(2)
    await deps.redis.hset(`{wr:${concertId}}:line`, { epoch: '40', runId: 'of a Redis that is gone' })
    const newcomer = await makeFan(deps)
    await joinLine(deps, { concertId, fanId: newcomer })
    expect((await waitingFans(concertId)).at(-1)).toBe(newcomer)
    const { rows } = await deps.db.pool.query('select epoch from lines where concert_id = $1', [concertId])
    expect(rows).toEqual([{ epoch: 41 }])
  })
})

describe('a Redis that was killed', () => {
  /** What is written from now on is not in the file that the next start reads. */
  const stopKeeping = () => deps.redis.config('SET', 'appendonly', 'no')

  const restart = async (): Promise<void> => {
    await server.kill()
    await server.start()
    await reconnected()
  }

  test('has everybody in place again when it is back, without anybody showing anything', async () => {
    const { concertId, crowd } = await makeQueue(40)
    await restart()
    for (const [ahead, { fanId }] of crowd.entries()) {
      expect(await readEntry(deps, { concertId, fanId })).toMatchObject({ state: 'waiting', ahead })
    }
  })

  test('lets fans in at once when it is back and nobody was waiting; with a queue it waits for who was forgotten', async () => {
    const quiet = await makeShow(deps)
    await walkIn(quiet.concertId, await makeFan(deps))
    const queued = await makeQueue(1)
    await changeLine(deps, queued.concertId, { capacity: 5, reentry_window_ms: 60_000 })
    await restart()
    await walkIn(quiet.concertId, await makeFan(deps))
    expect((await admit(deps, queued)).offered).toEqual([])
  })

  test('may forget the last ones it answered: their receipts still stand before every newcomer', async () => {
    const { concertId, crowd } = await makeQueue(10)
    await stopKeeping()
    const forgotten = await joinAll(concertId, 10)
    await restart()
    const newcomers = await makeFans(deps, 10)
    for (const fanId of newcomers) await joinLine(deps, { concertId, fanId })
    expect(await waitingFans(concertId)).toEqual([...crowd.map(({ fanId }) => fanId), ...newcomers])
    await present(concertId, shuffled(forgotten))
    expect(await waitingFans(concertId)).toEqual([
      ...[...crowd, ...forgotten].map(({ fanId }) => fanId),
      ...newcomers,
    ])
  })

  test('without the look at who wrote the line, newcomers would get the places it forgot', async () => {
    const { concertId } = await makeQueue(3)
    await stopKeeping()
    const [forgotten] = await joinAll(concertId, 1)
    if (forgotten === undefined) throw new Error('one fan')
    const placeOf = async (fanId: AccountId) =>
      await deps.redis.zscore(`{wr:${concertId}}:waiting`, String(fanId))
    const place = await placeOf(forgotten.fanId)
    await restart()
    const newcomer = await makeFan(deps)
    const unguarded = scriptWithout(joinFile, { [guard]: 'if not writer[1] then' })
    await unguarded(deps.redis, lineKeys(concertId), [newcomer, 1, 0, '', 0, 0, -1, 1, '', '', '', '', 0])
    expect(await placeOf(newcomer)).toBe(place)
  })

  test('refuses newcomers while it is away, lets fans inside go on by signature, and takes both when it is back', async () => {
    const { concertId } = await makeShow(deps, { capacity: 2 })
    await changeLine(deps, concertId, { reentry_window_ms: 0 })
    const [inside, payer, newcomer] = await makeFans(deps, 3)
    if (inside === undefined || payer === undefined || newcomer === undefined) throw new Error('three fans')
    const pass = await walkIn(concertId, inside)
    const spentPass = await walkIn(concertId, payer)
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

  test('a pass that ran out while it was away is refused by its own end', async () => {
    const { concertId } = await makeShow(deps)
    await changeLine(deps, concertId, { pass_ttl_ms: 50 })
    const fanId = await makeFan(deps)
    const pass = await walkIn(concertId, fanId)
    await server.kill()
    await sleep(80)
    const refused = requirePass(deps, { concertId, fanId, pass })
    await expect(refused).rejects.toMatchObject({ details: { reason: 'expired' } })
    await server.start()
    await reconnected()
  })
})
