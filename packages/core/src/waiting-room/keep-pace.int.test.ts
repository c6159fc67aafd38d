import type { ConcertId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { createLoadWindow } from '../load/index.ts'
import { changeLine } from '../testing/change-line.ts'
import { makeFan } from '../testing/make-fan.ts'
import { joinAll, makeQueue } from '../testing/make-queue.ts'
import { openProcess } from '../testing/open-process.ts'
import { redisNowMs } from '../testing/redis-now.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, readAdmissionPace, tuneLine } from './index.ts'
import { type LuaScript, luaScript } from '../platform/lua-script.ts'
import { scriptWithout } from '../testing/script-without.ts'
import { lineKeys, rebuildLine } from './line-script-store.ts'
import type { Pace } from './pace.ts'
import { readPace, replacePace } from './pace-store.ts'

const deps = await createTestDeps()

/** Says that fans inside wait so long, as an api process would; `null` unsays it. */
const tellLoad = async (elapsedMs: number | null): Promise<void> => {
  await deps.redis.del('load:apis')
  if (elapsedMs === null) return
  const window = createLoadWindow()
  for (let call = 0; call < 20; call++) window.noteCall('inside', elapsedMs)
  window.notePool({ size: 10, total: 10, idle: 10, waiting: 0 })
  const report = JSON.stringify(window.report({ lagP99Ms: 0 }))
  await deps.redis.hset('load:apis', 'api', `${(await redisNowMs(deps)) + 60_000}:${report}`)
}

/** A line of 500 who wait, with a rate and load-aware admission at this pace, decided in the second before. */
const setUp = async (
  perMinute: number,
): Promise<{ concertId: ConcertId; operatorId: Awaited<ReturnType<typeof makeFan>> }> => {
  const { concertId } = await makeQueue(deps, 40)
  const operatorId = await makeFan(deps)
  await tuneLine(deps, {
    concertId,
    operatorId,
    capacity: 500,
    ratePerMinute: 1_200,
    isLoadAware: true,
    floorPerMinute: 60,
  })
  await putPace(concertId, { perMinute })
  return { concertId, operatorId }
}

const putPace = async (concertId: ConcertId, own: Partial<Pace>): Promise<void> => {
  const known = await readPace(deps, concertId)
  const beforeMs = known.nowMs - 1_000
  const pace: Pace = {
    perMinute: 600,
    why: 'holding',
    decidedAtMs: beforeMs,
    loweredAtMs: 0,
    heardAtMs: beforeMs,
    ...own,
  }
  await replacePace(deps, concertId, known, pace)
}

test('of many ticks at once, by two workers, one decides in a second', async () => {
  const workers = [openProcess(deps), openProcess(deps)]
  await tellLoad(5)
  const { concertId } = await setUp(600)
  const ticks = async (): Promise<void> => {
    await Promise.all(Array.from({ length: 20 }, (_, at) => admit(workers[at % 2] ?? deps, { concertId })))
  }
  // one second may end while they tick, and another one has a decision of its own
  const beganMs = await redisNowMs(deps)
  await ticks()
  const seconds = Math.floor((await redisNowMs(deps)) / 1_000) - Math.floor(beganMs / 1_000)
  const { current } = await readAdmissionPace(deps, concertId)
  expect(current?.why).toBe('rising')
  expect(current?.perMinute).toBeGreaterThan(600)
  expect(current?.perMinute).toBeLessThanOrEqual(600 + 20 * (1 + seconds))
})

/** A worker read the pace, stood still while another one lowered it, and now writes what it had decided. */
const writeLate = async (script: LuaScript): Promise<number | undefined> => {
  const { concertId } = await setUp(1_000)
  const stale = await readPace(deps, concertId)
  await putPace(concertId, { perMinute: 500, why: 'latency' })
  const decided: Pace = { ...Object(stale.pace), perMinute: 1_020, why: 'rising' }
  await script(deps.redis, lineKeys(concertId), [stale.text, JSON.stringify(decided), decided.perMinute])
  return (await readAdmissionPace(deps, concertId)).current?.perMinute
}
const paceFile = new URL('./lua/pace.lua', import.meta.url)

test('a worker that stood still undoes nothing that was decided meanwhile', async () => {
  expect(await writeLate(luaScript(paceFile))).toBe(500)
})

test('without the comparison it does', async () => {
  expect(await writeLate(scriptWithout(paceFile, { ' and known == ARGV[1]': '' }))).toBe(1_020)
})

test('ticks let in at the pace and not at the rate, and join does not go round it', async () => {
  const { concertId } = await setUp(60)
  await tellLoad(1_000)
  // ten seconds of it may be saved up: ten fans
  await deps.redis.hset(`{wr:${concertId}}:line`, { budget: 500, budgetAtMs: await redisNowMs(deps) })
  expect((await admit(deps, { concertId })).offered).toHaveLength(10)
  expect((await admit(deps, { concertId })).offered.length).toBeLessThan(10)
})

test('turned off, the rate alone counts from the next tick on', async () => {
  const { concertId, operatorId } = await setUp(60)
  await deps.redis.hset(`{wr:${concertId}}:line`, { budget: 500, budgetAtMs: await redisNowMs(deps) })
  await tuneLine(deps, { concertId, operatorId, isLoadAware: false })
  expect((await admit(deps, { concertId })).offered).toHaveLength(40)
  expect(await readAdmissionPace(deps, concertId)).toMatchObject({ isOn: false, current: null })
})

test('a calm server lets it rise, a silent one leaves it as it is', async () => {
  const { concertId } = await setUp(600)
  await tellLoad(5)
  await admit(openProcess(deps), { concertId })
  expect((await readAdmissionPace(deps, concertId)).current).toMatchObject({ perMinute: 620, why: 'rising' })
  await tellLoad(null)
  await putPace(concertId, { perMinute: 600 })
  await admit(openProcess(deps), { concertId })
  expect((await readAdmissionPace(deps, concertId)).current).toMatchObject({ perMinute: 600, why: 'frozen' })
})

test('nobody has told anything for 15 seconds: it fades', async () => {
  const { concertId } = await setUp(600)
  await tellLoad(null)
  await putPace(concertId, { perMinute: 600, heardAtMs: (await redisNowMs(deps)) - 16_000 })
  await admit(openProcess(deps), { concertId })
  expect((await readAdmissionPace(deps, concertId)).current).toMatchObject({ perMinute: 540, why: 'blind' })
})

test('a Redis that lost the line begins at the floor', async () => {
  const { concertId } = await setUp(1_000)
  await deps.redis.del(`{wr:${concertId}}:line`)
  await rebuildLine(deps, concertId)
  await joinAll(deps, concertId, 1)
  await admit(deps, { concertId })
  expect((await readAdmissionPace(deps, concertId)).current).toMatchObject({ perMinute: 60, why: 'starting' })
})

test('a line that is unknown has none, and one that never asked for it has no pace', async () => {
  const { concertId } = await makeQueue(deps, 1)
  await changeLine(deps, concertId, { capacity: 50 })
  await admit(deps, { concertId })
  expect(await readAdmissionPace(deps, concertId)).toEqual({
    isOn: false,
    ratePerMinute: null,
    floorPerMinute: 60,
    ceilingPerMinute: 300,
    targetP95Ms: 300,
    current: null,
  })
  expect(await deps.redis.hexists(`{wr:${concertId}}:line`, 'pace')).toBe(0)
  await expect(readAdmissionPace(deps, 999_999 as ConcertId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
