import { setImmediate as nextLoopTurn, setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTurnQueue, type TurnQueueOptions } from './turn-queue.ts'

const roomy: TurnQueueOptions = {
  nextTurn: () => ({ share: 2, perMs: Number.POSITIVE_INFINITY }),
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
  await nextLoopTurn()
  expect(begun).toEqual([0, 1, 2, 3])
  await nextLoopTurn()
  await nextLoopTurn()
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('a turn without a share begins nothing, and the next one goes on', async () => {
  const shares = [1, 0, 0, 3]
  const { begun } = fill(
    { nextTurn: () => ({ share: shares.shift() ?? 0, perMs: Number.POSITIVE_INFINITY }) },
    4,
  )
  await nextLoopTurn()
  await nextLoopTurn()
  expect(begun).toEqual([0])
  await nextLoopTurn()
  expect(begun).toEqual([0, 1, 2, 3])
})

test('a timed turn leaves turns of the loop to others', async () => {
  const { begun } = fill({ nextTurn: () => ({ share: 1, perMs: 1 }) }, 3)
  for (let turn = 0; turn < 2; turn++) await nextLoopTurn()
  expect(begun.length).toBeLessThan(3)
  while (begun.length < 3) await sleep(1)
  expect(begun).toEqual([0, 1, 2])
})

test('with as many under way as may be, the next begins when one ends', async () => {
  const { queue, begun } = fill({ mostUnderWay: 1 }, 3)
  for (let turn = 0; turn < 5; turn++) await nextLoopTurn()
  expect(begun).toEqual([0])
  queue.leave()
  await nextLoopTurn()
  expect(begun).toEqual([0, 1])
  expect(queue.load()).toEqual({ waiting: 1, underWay: 1 })
})

test('a full queue takes nobody, and has room again when it moved', async () => {
  const { queue, begun, kept } = fill({ waiting: { always: 3, ever: 3 } }, 7)
  expect(kept).toEqual([true, true, true, true, true, false, false])
  await nextLoopTurn()
  expect(queue.enter(() => begun.push(9))).toBe(true)
  await nextLoopTurn()
  await nextLoopTurn()
  expect(begun).toEqual([0, 1, 2, 3, 4, 9])
})

test('as many may wait as are begun in the longest wait, once it is known how fast that goes', async () => {
  let nowMs = 0
  const waiting = { always: 10, ever: 1_000 }
  const { queue, begun } = fill({ waiting, nowMs: () => nowMs }, 400)
  expect(queue.load().waiting).toBe(398)
  // 50 begin while they wait, in 500 ms: 100 in the second that is the longest wait
  while (begun.length < 52) await nextLoopTurn()
  nowMs = 500
  expect(queue.enter(() => undefined)).toBe(false)
  while (queue.load().waiting > 98) await nextLoopTurn()
  const kept = Array.from({ length: 4 }, () => queue.enter(() => undefined))
  expect(kept).toEqual([true, true, false, false])
})

test('until it is known how fast that goes, as many may wait as the turns begin by their own pace', () => {
  const paced = (perMs: number): number => {
    const { kept } = fill(
      { nextTurn: () => ({ share: 2, perMs }), waiting: { always: 10, ever: 1_000 }, longestWaitMs: 20 },
      2_000,
    )
    return kept.filter(Boolean).length - 2
  }
  expect([0.1, 5, 100, Number.POSITIVE_INFINITY].map(paced)).toEqual([10, 100, 1_000, 1_000])
})

test('a turn that is slower than the one before lets fewer wait, also when some wait already', async () => {
  const paces = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1]
  const waiting = { always: 10, ever: 1_000 }
  const nextTurn = () => ({ share: 1, perMs: paces.shift() ?? 1 })
  const { queue } = fill({ nextTurn, waiting, longestWaitMs: 20 }, 100)
  expect(queue.load().waiting).toBe(99)
  await nextLoopTurn()
  expect(queue.enter(() => undefined)).toBe(false)
})

test('each turn is asked for with what waits then', async () => {
  const asked: number[] = []
  const nextTurn = (waits: number) => {
    asked.push(waits)
    return { share: 2, perMs: Number.POSITIVE_INFINITY }
  }
  const { begun } = fill({ nextTurn }, 5)
  while (begun.length < 5) await nextLoopTurn()
  // once to begin with, and when the first two had their turn; then with what they left
  expect(asked.slice(0, 4)).toEqual([0, 0, 1, 0])
})

test('thousands that wait all get their turn', async () => {
  const { begun, queue } = fill({ nextTurn: () => ({ share: 50, perMs: Number.POSITIVE_INFINITY }) }, 5_000)
  for (let turn = 0; turn < 120; turn++) await nextLoopTurn()
  expect(begun).toEqual([...Array(5_000).keys()])
  expect(queue.load()).toEqual({ waiting: 0, underWay: 5_000 })
})
