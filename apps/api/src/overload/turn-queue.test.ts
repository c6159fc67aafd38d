import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTurnQueue, type TurnQueueOptions } from './turn-queue.ts'

const roomy: TurnQueueOptions = {
  nextTurn: () => ({ share: 2, isTimed: false }),
  mostUnderWay: 100_000,
  waiting: { always: 100_000, ever: 100_000 },
  longestWaitMs: 1_000,
}

function fill(
  own: Partial<TurnQueueOptions>,
  count: number,
): { queue: ReturnType<typeof createTurnQueue>; begun: number[]; kept: boolean[] } {
  const queue = createTurnQueue({ ...roomy, ...own })
  const begun: number[] = []
  const kept = Array.from({ length: count }, (_, work) => queue.enter(() => begun.push(work)))
  return { queue, begun, kept }
}

test('what has room in this turn begins at once', () => {
  expect(fill({}, 2).begun).toEqual([0, 1])
})

test('each turn begins so much more, in order of arrival', async () => {
  const { begun } = fill({}, 7)
  expect(begun).toEqual([0, 1])
  await nextTurn()
  expect(begun).toEqual([0, 1, 2, 3])
  await nextTurn()
  await nextTurn()
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('a turn without a share begins nothing, and the next one goes on', async () => {
  const shares = [1, 0, 0, 3]
  const { begun } = fill({ nextTurn: () => ({ share: shares.shift() ?? 0, isTimed: false }) }, 4)
  await nextTurn()
  await nextTurn()
  expect(begun).toEqual([0])
  await nextTurn()
  expect(begun).toEqual([0, 1, 2, 3])
})

test('a timed turn leaves turns of the loop to others', async () => {
  const { begun } = fill({ nextTurn: () => ({ share: 1, isTimed: true }) }, 3)
  for (let turn = 0; turn < 2; turn++) await nextTurn()
  expect(begun.length).toBeLessThan(3)
  while (begun.length < 3) await sleep(1)
  expect(begun).toEqual([0, 1, 2])
})

test('with as many under way as may be, the next begins when one ends', async () => {
  const { queue, begun } = fill({ mostUnderWay: 1 }, 3)
  for (let turn = 0; turn < 5; turn++) await nextTurn()
  expect(begun).toEqual([0])
  queue.leave()
  await nextTurn()
  expect(begun).toEqual([0, 1])
  expect(queue.load()).toEqual({ waiting: 1, underWay: 1 })
})

test('a full queue takes nobody, and has room again when it moved', async () => {
  const { queue, begun, kept } = fill({ waiting: { always: 3, ever: 3 } }, 7)
  expect(kept).toEqual([true, true, true, true, true, false, false])
  await nextTurn()
  expect(queue.enter(() => begun.push(9))).toBe(true)
  await nextTurn()
  await nextTurn()
  expect(begun).toEqual([0, 1, 2, 3, 4, 9])
})

test('as many may wait as are begun in the longest wait, once it is known how fast that goes', async () => {
  let nowMs = 0
  const waiting = { always: 10, ever: 1_000 }
  const { queue, begun } = fill({ waiting, nowMs: () => nowMs }, 400)
  expect(queue.load().waiting).toBe(398)
  // 50 begin while they wait, in 500 ms: 100 in the second that is the longest wait
  while (begun.length < 52) await nextTurn()
  nowMs = 500
  expect(queue.enter(() => undefined)).toBe(false)
  while (queue.load().waiting > 98) await nextTurn()
  const kept = Array.from({ length: 4 }, () => queue.enter(() => undefined))
  expect(kept).toEqual([true, true, false, false])
})

test('in timed turns, beside others, no more may wait than always may until it is known how fast that goes', async () => {
  let nowMs = 0
  const { queue, begun, kept } = fill(
    {
      nextTurn: () => ({ share: 2, isTimed: true }),
      waiting: { always: 10, ever: 1_000 },
      nowMs: () => nowMs,
    },
    40,
  )
  expect(kept.filter(Boolean)).toHaveLength(12)
  while (begun.length < 7) await sleep(1)
  nowMs = 250
  // 7 in 250 ms are 28 in the second that is the longest wait
  const more = Array.from({ length: 40 }, () => queue.enter(() => undefined))
  expect(more.filter(Boolean).length).toBeGreaterThan(12)
})

test('thousands that wait all get their turn', async () => {
  const { begun, queue } = fill({ nextTurn: () => ({ share: 50, isTimed: false }) }, 5_000)
  for (let turn = 0; turn < 120; turn++) await nextTurn()
  expect(begun).toEqual([...Array(5_000).keys()])
  expect(queue.load()).toEqual({ waiting: 0, underWay: 5_000 })
})
