import { type ConcertId, type ShowId, webhookEndpointId } from '@greenroom/contract'
import { startPrivateRedisCluster } from '@greenroom/stack'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { followSeatStream, readSeatPosition } from '../seating/index.ts'
import { changeLine } from '../testing/change-line.ts'
import { holdInside } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { joinAll, makeQueue } from '../testing/make-queue.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, followLines, joinLine, readLineStatus } from '../waiting-room/index.ts'
import { deliverWebhookJob, dropQueue, enqueue, jobs, openQueue, scheduleJob } from './jobs.ts'
import { isCluster, readRedisMs } from './redis.ts'
import { handleJob, startWorker } from './start-worker.ts'

const cluster = await startPrivateRedisCluster()
const deps = await createTestDeps({ redisUrl: cluster.url })
afterAll(cluster.stop)
const [first] = cluster.nodes
if (first === undefined) throw new Error('a cluster without nodes')

/** Which of the three masters has the line. */
async function masterOf(concertId: ConcertId): Promise<number> {
  if (!isCluster(deps.redis)) throw new Error('no cluster')
  const slot = Number(await deps.redis.cluster('KEYSLOT', `{wr:${concertId}}:line`))
  return Math.floor((slot * cluster.nodes.length) / 16_384)
}

/** Lines until every master has one. */
async function makeLines(): Promise<Map<number, ConcertId>> {
  const lines = new Map<number, ConcertId>()
  while (lines.size < cluster.nodes.length) {
    const { concertId } = await makeQueue(deps, 0)
    lines.set(await masterOf(concertId), concertId)
  }
  return lines
}

test('lines are on all masters, and each lets its fans in by their order', async () => {
  for (const concertId of (await makeLines()).values()) {
    const crowd = await joinAll(deps, concertId, 5)
    await changeLine(deps, concertId, { capacity: 2 })
    await admit(deps, { concertId })
    const states = []
    for (const { fanId, receipt } of crowd) {
      states.push((await readLineStatus(deps, { concertId, fanId, receipt })).entry.state)
    }
    expect(states).toEqual(['offered', 'offered', 'waiting', 'waiting', 'waiting'])
  }
})

test('what a tick says reaches who listens, whichever node it is said to', async () => {
  const heard: ConcertId[] = []
  const stop = await followLines(deps, { onTick: ({ concertId }) => heard.push(concertId) })
  onTestFinished(stop)
  const lines = [...(await makeLines()).values()]
  for (const concertId of lines) await admit(deps, { concertId })
  // and perhaps a late word of an earlier tick
  await expect.poll(() => heard).toEqual(expect.arrayContaining(lines))
})

test('shows whose streams lie on different masters are followed at once, each in its order', async () => {
  const fanId = await makeFan(deps)
  const shows: TestShow[] = []
  const seen = new Map<ShowId, number[]>()
  const stream = followSeatStream(deps, {
    onEntry: ({ showId, seq }) => seen.set(showId, [...(seen.get(showId) ?? []), seq]),
  })
  onTestFinished(stream.close)
  const begins = new Map<ShowId, number>()
  for (let count = 0; count < 6; count++) {
    const show = await makeShow(deps)
    shows.push(show)
    begins.set(show.showId, await readSeatPosition(deps, show.showId))
    stream.watch(show.showId, begins.get(show.showId) ?? 0)
  }
  for (const index of [0, 1, 2]) for (const show of shows) await holdInside(deps, fanId, show, index)
  await expect
    .poll(() => Object.fromEntries(seen))
    .toEqual(Object.fromEntries([...begins].map(([showId, at]) => [showId, [at + 1, at + 2, at + 3]])))
  expect(stream.isLive()).toBe(true)
})

test('an entry that nobody was told of is found by looking', async () => {
  const show = await makeShow(deps)
  const seen: number[] = []
  const stream = followSeatStream(deps, { onEntry: ({ seq }) => seen.push(seq) })
  onTestFinished(stream.close)
  const begin = await readSeatPosition(deps, show.showId)
  stream.watch(show.showId, begin)
  await expect.poll(() => stream.isLive()).toBe(true)
  const publish = vi.spyOn(deps.redis, 'publish').mockRejectedValue(new Error('the word is lost'))
  onTestFinished(() => publish.mockRestore())
  await holdInside(deps, await makeFan(deps), show, 0)
  await expect.poll(() => seen, { timeout: 5_000 }).toEqual([begin + 1])
  expect(publish).toHaveBeenCalled()
})

test('jobs are worked on, schedules run, and a queue of an endpoint comes and goes', async () => {
  let runs = 0
  const worker = startWorker(deps, 'upkeep', [handleJob(jobs.prune, async () => (runs += 1))], {
    concurrency: 2,
  })
  onTestFinished(worker.close)
  await enqueue(deps, jobs.prune, {})
  await scheduleJob(deps, jobs.prune, { id: 'often', everyMs: 200, data: {} })
  await expect.poll(() => runs, { timeout: 20_000 }).toBeGreaterThan(3)
  const { queue } = deliverWebhookJob(webhookEndpointId.parse(7))
  await openQueue(deps.redis, queue).add('deliver-webhook', {})
  await dropQueue(deps.redis, queue)
  expect(await openQueue(deps.redis, queue).count()).toBe(0)
  expect(await readRedisMs(deps.redis)).toBeGreaterThan(Date.parse('2026-01-01'))
})

test('a master that is gone takes its own lines with it and no others; they are back, in order, when it is', async () => {
  const lines = await makeLines()
  const crowds = new Map<ConcertId, Awaited<ReturnType<typeof joinAll>>>()
  for (const concertId of lines.values()) crowds.set(concertId, await joinAll(deps, concertId, 3))
  const [lost, ...others] = [...lines.keys()].toSorted((a, b) => a - b).map((master) => lines.get(master))
  if (lost === undefined) throw new Error('no line is on the first master')
  await first.kill()
  const fanId = await makeFan(deps)
  await expect(joinLine(deps, { concertId: lost, fanId })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  for (const concertId of others) {
    if (concertId === undefined) continue
    expect((await joinLine(deps, { concertId, fanId })).entry.state).toBe('waiting')
  }
  await first.start()
  await expect
    .poll(() => joinLine(deps, { concertId: lost, fanId }).then(({ entry }) => entry.state, String), {
      timeout: 30_000,
    })
    .toBe('waiting')
  for (const concertId of [lost, ...others]) {
    if (concertId === undefined) continue
    const places = []
    for (const { fanId: each, receipt } of crowds.get(concertId) ?? []) {
      const { entry } = await readLineStatus(deps, { concertId, fanId: each, receipt })
      places.push(entry.state)
    }
    expect(places).toEqual(['waiting', 'waiting', 'waiting'])
  }
})
