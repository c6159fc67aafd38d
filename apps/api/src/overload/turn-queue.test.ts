import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTurnQueue, type TurnQueueOptions } from './turn-queue.ts'

const roomy: TurnQueueOptions = {
  perTurn: () => 2,
  mostUnderWay: 100,
  mostWaiting: 100,
  longestWaitMs: 60_000,
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

test('how much a turn begins is asked in each', async () => {
  let share = 1
  const { begun } = fill({ perTurn: () => share }, 10)
  await nextTurn()
  expect(begun).toHaveLength(2)
  share = 8
  await nextTurn()
  expect(begun).toHaveLength(10)
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
  const { queue, begun, kept } = fill({ mostWaiting: 3 }, 7)
  expect(kept).toEqual([true, true, true, true, true, false, false])
  await nextTurn()
  expect(queue.enter(() => begun.push(9))).toBe(true)
  await nextTurn()
  expect(begun).toEqual([0, 1, 2, 3, 4, 9])
})

test('a queue whose first has waited too long takes nobody, until that one has begun', async () => {
  const { queue, kept } = fill({ mostUnderWay: 1, longestWaitMs: -1 }, 3)
  expect(kept).toEqual([true, true, false])
  queue.leave()
  await nextTurn()
  expect(queue.load()).toEqual({ waiting: 0, underWay: 1 })
  expect(queue.enter(() => undefined)).toBe(true)
})

test('thousands that wait all get their turn', async () => {
  const { begun, queue } = fill({ perTurn: () => 50, mostUnderWay: 100_000, mostWaiting: 100_000 }, 5_000)
  for (let turn = 0; turn < 120; turn++) await nextTurn()
  expect(begun).toEqual([...Array(5_000).keys()])
  expect(queue.load()).toEqual({ waiting: 0, underWay: 5_000 })
})
