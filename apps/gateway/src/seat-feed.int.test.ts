import type { SeatFrame } from '@greenroom/contract'
import { readSeatPosition } from '@greenroom/core'
import { createTestDeps, emptyRedis, makeShow } from '@greenroom/core/testing'
import { expect, onTestFinished, test } from 'vitest'
import { openSeatFeed } from './seat-feed.ts'

const deps = await createTestDeps()

function openFeed() {
  const frames: SeatFrame[] = []
  const output = { sendFrame: async (frame: SeatFrame) => void frames.push(frame), sendHold: () => undefined }
  const feed = openSeatFeed(deps, output, 200)
  onTestFinished(feed.close)
  return { feed, frames }
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
