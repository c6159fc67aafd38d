import { expect, test } from 'vitest'
import { createEndedSessions } from './ended-sessions.ts'

const aWeekMs = 7 * 86_400_000

test('a session that was added is there, and no other is: not at the edges of a page, nor beyond 32 bits', () => {
  const ended = createEndedSessions()
  const ids = [1, 31, 32, 63, 32_767, 32_768, 2 ** 40, 2 ** 40 + 31]
  for (const id of ids) ended.add(id, aWeekMs)
  expect(ids.filter((id) => !ended.has(id))).toEqual([])
  const others = ids.flatMap((id) => [id - 1, id + 1, id + 2 ** 32]).filter((id) => !ids.includes(id))
  expect(others.filter((id) => ended.has(id))).toEqual([])
})

test('who signs in and out for a week as often as they may costs a process less than 100 kB, and nothing when it is over', () => {
  const ended = createEndedSessions()
  for (let id = 1; id <= 604_800; id++) ended.add(id, id * 1_000 + aWeekMs)
  expect(ended.bytes()).toBeLessThan(100_000)
  ended.forget(aWeekMs + 1_000 * 604_799)
  // none of the last page is let go before all of it has expired
  expect(ended.has(604_800)).toBe(true)
  expect(ended.bytes()).toBe(4_096)
  ended.forget(aWeekMs + 1_000 * 604_800)
  expect(ended.bytes()).toBe(0)
})
