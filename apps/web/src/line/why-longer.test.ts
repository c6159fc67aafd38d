import { estimateWait } from '@greenroom/contract/plain'
import { expect, test } from 'vitest'
import { type LongerWait, type Wait, type WaitMemory, whyLonger } from './why-longer.ts'

const minuteMs = 60_000

const waitAt = (minute: number, ahead: number, outflowPerMinute: number | null): Wait => ({
  asOfMs: minute * minuteMs,
  range: estimateWait(ahead, outflowPerMinute),
  outflowPerMinute,
})

/** What is told after each message. */
function tell(waits: Wait[]): (LongerWait | undefined)[] {
  let memory: WaitMemory | undefined
  return waits.map((wait) => {
    const weighed = whyLonger(memory, wait)
    memory = weighed.memory
    return weighed.longer
  })
}

test('a line that flows as before needs no explanation', () => {
  expect(tell([waitAt(0, 600, 60), waitAt(1, 540, 60), waitAt(2, 480, 58)])).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('when the flow halves, that is said with both numbers, and no longer once it flows again', () => {
  expect(tell([waitAt(0, 600, 60), waitAt(1, 570, 30), waitAt(2, 480, 60)])).toEqual([
    undefined,
    { reason: 'slower', before: 60, after: 30 },
    undefined,
  ])
})

test('a longer wait becomes the usual one after some minutes', () => {
  const told = tell([waitAt(0, 600, 60), ...[1, 2, 3, 4, 5].map((minute) => waitAt(minute, 570, 30))])
  expect(told.slice(1, 5).every((longer) => longer?.reason === 'slower')).toBe(true)
  expect(told[5]).toBeUndefined()
})

test('when nobody gets in any more that is said, unless it was never known', () => {
  expect(tell([waitAt(0, 600, null), waitAt(1, 600, 60), waitAt(2, 600, 0)])).toEqual([
    undefined,
    undefined,
    { reason: 'stopped' },
  ])
})
