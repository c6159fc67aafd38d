import { createServer } from 'node:http'
import type { SeatFrame, ShowId } from '@greenroom/contract'
import { type Deps, holdSeats, readSeatPosition } from '@greenroom/core'
import { createTestDeps, emptyRedis, givePass, makeFan, makeShow, redisNowMs } from '@greenroom/core/testing'
import { Server } from 'socket.io'
import { expect, onTestFinished, test } from 'vitest'
import { createBroadcasts } from './broadcast.ts'
import type { GatewayServer } from './gateway-socket.ts'
import { createGatewayMetrics } from './metrics.ts'
import { openSeatFeed, type SeatFeed } from './seat-feed.ts'

const deps = await createTestDeps()

function openFeed(of: Deps = deps) {
  const frames: SeatFrame[] = []
  const output = {
    sendFrame: async (frame: SeatFrame) => void frames.push(frame),
    sendHold: () => undefined,
    noteLag: (lagMs: number) => metrics.noteSeatLag(lagMs),
  }
  const feed: SeatFeed = openSeatFeed(of, output, 200)
  onTestFinished(feed.close)
  const io: GatewayServer = new Server()
  const broadcasts = createBroadcasts(io, () => undefined)
  const metrics = createGatewayMetrics(
    of,
    {},
    { io: () => io, broadcasts: () => broadcasts, feed: () => feed },
  )
  /** What Prometheus is told, by the names of the lines. */
  const scrape = async (): Promise<Map<string, number>> => {
    const server = createServer((_request, response) => void metrics.answer(response))
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('it listens on no port')
    const text = await (await fetch(`http://127.0.0.1:${address.port}`)).text()
    server.close()
    const lines = text.split('\n').filter((line) => line.startsWith('greenroom_gateway_seat_'))
    return new Map(lines.map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]))
  }
  return { feed, frames, scrape }
}

/** As a relay that stood still for so long would have published it. */
async function publishLate(showId: ShowId, position: number, lateMs: number): Promise<void> {
  const event = { fanId: null, reservationId: null, state: 'RELEASED', heldUntilMs: null, changes: [] }
  const publishedAtMs = Math.floor((await redisNowMs(deps)) - lateMs)
  const [key, id] = [`{seats:${showId}}:stream`, `${position + 1}-0`]
  await deps.redis.xadd(key, id, 'e', JSON.stringify(event), 't', publishedAtMs)
}

const patiently = { timeout: 30_000, interval: 100 }

test('a show where nothing happens says its position', async () => {
  const { showId } = await makeShow(deps)
  const { feed, frames } = openFeed()
  const position = await feed.follow(showId)
  await expect
    .poll(() => frames, patiently)
    .toContainEqual({
      showId,
      from: position,
      to: position,
      changes: [],
    })
})

test('a Redis that lost its stream has another position, which the next heartbeat says', async () => {
  const { showId } = await makeShow(deps)
  const { feed, frames } = openFeed()
  const position = await feed.follow(showId)
  await emptyRedis(deps)
  await expect.poll(() => frames.at(-1)?.from, patiently).toBeGreaterThan(position)
  expect(frames.at(-1)?.to).toBe(await readSeatPosition(deps, showId))
})

test('a show that is followed by several at once is followed once, and dropped when nobody is left', async () => {
  const { showId } = await makeShow(deps)
  const { feed, frames } = openFeed()
  const positions = await Promise.all([feed.follow(showId), feed.follow(showId), feed.follow(showId)])
  expect(new Set(positions).size).toBe(1)
  feed.drop(showId)
  const other = await makeShow(deps)
  const heartbeatsOf = (show: typeof showId) => frames.filter((frame) => frame.showId === show).length
  await feed.follow(other.showId)
  await expect.poll(() => heartbeatsOf(other.showId), patiently).toBeGreaterThan(0)
  const told = heartbeatsOf(showId)
  await expect.poll(() => heartbeatsOf(other.showId), patiently).toBeGreaterThan(2)
  expect(heartbeatsOf(showId)).toBe(told)
})

test('a frame is told of with the time since its change was published, and a scrape shows how many came late', async () => {
  const show = await makeShow(deps)
  const { feed, scrape } = openFeed()
  const position = await feed.follow(show.showId)
  const lag = 'greenroom_gateway_seat_lag_seconds'
  const fanId = await makeFan(deps)
  const pass = await givePass(deps, { concertId: show.concertId, fanId })
  await holdSeats(deps, { fanId, showId: show.showId, pass, seatIds: show.seatIds.slice(0, 1) })
  const countOf = async () => (await scrape()).get(`${lag}_count`)
  await expect.poll(countOf, patiently).toBe(1)
  expect((await scrape()).get(`${lag}_bucket{le="60"}`)).toBe(1)
  // a second more than is looked for: the gateway only estimates Redis's clock
  await publishLate(show.showId, position + 1, 91_000)
  await expect.poll(countOf, patiently).toBe(2)
  const told = await scrape()
  expect(told.get(`${lag}_bucket{le="60"}`)).toBe(1)
  expect(told.get(`${lag}_sum`)).toBeGreaterThan(90)
})

test('a gateway that reads nothing although shows are watched says so, while everything else looks well', async () => {
  const { showId } = await makeShow(deps)
  const live = 'greenroom_gateway_seat_stream_live'
  const well = openFeed()
  expect((await well.scrape()).get(live)).toBe(1)
  await well.feed.follow(showId)
  await expect.poll(async () => (await well.scrape()).get(live), patiently).toBe(1)

  // its own connection leads nowhere, and on a cluster the common one reads no entries
  const redis = new Proxy(deps.redis, {
    get: (real, name) => {
      const value: unknown = Reflect.get(real, name)
      return name === 'xrange' ? () => Promise.reject(new Error('nothing is read')) : value
    },
  })
  const settings = { ...deps.settings, redisUrl: 'redis://127.0.0.1:1' }
  const stuck = openFeed({ ...deps, redis, settings })
  expect((await stuck.scrape()).get(live)).toBe(1)
  await stuck.feed.follow(showId)
  expect((await stuck.scrape()).get(live)).toBe(0)
  stuck.feed.drop(showId)
  expect((await stuck.scrape()).get(live)).toBe(1)
})
