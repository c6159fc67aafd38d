import type { ShowId } from '@greenroom/contract'
import { expect, onTestFinished, test } from 'vitest'
import { holdInside } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { followSeatStream, readSeatPosition, type SeatStream } from './index.ts'

const deps = await createTestDeps()

function follow(): { stream: SeatStream; seen: [ShowId, number][] } {
  const seen: [ShowId, number][] = []
  const stream = followSeatStream(deps, { onEntry: ({ showId, seq }) => seen.push([showId, seq]) })
  onTestFinished(stream.close)
  return { stream, seen }
}

test('shows are followed from where they were asked for, also when the set changes during a wait', async () => {
  const [one, other] = [await makeShow(deps), await makeShow(deps)]
  const fanId = await makeFan(deps)
  const { stream, seen } = follow()
  const begins = [
    await readSeatPosition(deps, one.showId),
    await readSeatPosition(deps, other.showId),
  ] as const
  stream.watch(one.showId, begins[0])
  await expect.poll(() => stream.isLive(), { timeout: 5_000 }).toBe(true)
  await holdInside(deps, fanId, other, 0)
  await holdInside(deps, fanId, one, 0)
  await expect.poll(() => seen).toEqual([[one.showId, begins[0] + 1]])
  stream.watch(other.showId, begins[1])
  await expect.poll(() => seen.slice(1)).toEqual([[other.showId, begins[1] + 1]])
})

test('a show that nobody watches any more is not handed on', async () => {
  const [one, other] = [await makeShow(deps), await makeShow(deps)]
  const fanId = await makeFan(deps)
  const { stream, seen } = follow()
  stream.watch(one.showId, await readSeatPosition(deps, one.showId))
  stream.watch(other.showId, await readSeatPosition(deps, other.showId))
  stream.unwatch(one.showId)
  await holdInside(deps, fanId, one, 0)
  await holdInside(deps, fanId, other, 0)
  await expect.poll(() => seen.length).toBe(1)
  expect(seen.map(([showId]) => showId)).toEqual([other.showId])
})

test('closing ends a wait at once, and may be done before anything was watched', async () => {
  const idle = followSeatStream(deps, { onEntry: () => undefined })
  await idle.close()
  expect(idle.isLive()).toBe(false)
})
