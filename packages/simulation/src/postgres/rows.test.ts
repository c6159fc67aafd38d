import { describe, expect, test } from 'vitest'
import {
  Blocked,
  createSession,
  createTable,
  endTransaction,
  find,
  insert,
  isDeadlock,
  lock,
  lockNumber,
  update,
} from './rows.ts'

const open = (name: string) => createSession(name, 0)
const tableOf = (...names: string[]) => {
  const table = createTable<{ name: string; count: number }>('things')
  const seed = open('seed')
  for (const name of names) insert(seed, table, name, { name, count: 0 })
  endTransaction(seed, true)
  return table
}

describe('rows of the simulated Postgres', () => {
  test('a change is seen by its own transaction at once, by others when it commits, and by nobody when it does not', () => {
    const table = tableOf('a')
    const [one, other] = [open('one'), open('other')]
    update(one, table, 'a', { count: 1 })
    expect([find(one, table, 'a')?.count, find(other, table, 'a')?.count]).toEqual([1, 0])
    endTransaction(one, false)
    expect(find(one, table, 'a')?.count).toBe(0)
    update(one, table, 'a', { count: 2 })
    endTransaction(one, true)
    expect(find(other, table, 'a')?.count).toBe(2)
  })

  test('a locked row is waited for, and so is a key that is being inserted', () => {
    const table = tableOf('a')
    const [one, other] = [open('one'), open('other')]
    lock(one, table, 'a')
    insert(one, table, 'b', { name: 'b', count: 0 })
    expect(() => lock(other, table, 'a')).toThrow(Blocked)
    expect(() => insert(other, table, 'b', { name: 'b', count: 9 })).toThrow(Blocked)
    endTransaction(one, false)
    expect(lock(other, table, 'a')?.name).toBe('a')
    expect(insert(other, table, 'b', { name: 'b', count: 9 })).toBe(true)
  })

  test('an advisory lock is waited for, also after others had it and went', () => {
    const table = createTable<number>('locks')
    const [one, other, third] = [open('one'), open('other'), open('third')]
    lockNumber(one, table, 7)
    expect(() => lockNumber(other, table, 7)).toThrow(Blocked)
    endTransaction(one, true)
    lockNumber(other, table, 7)
    expect(() => lockNumber(third, table, 7)).toThrow(Blocked)
    expect(() => lockNumber(third, table, 8)).not.toThrow()
  })

  test('two that wait for one another are a deadlock, a line of waiters is none', () => {
    const [one, two, three] = [open('one'), open('two'), open('three')]
    one.waitsFor = two
    expect(isDeadlock(two, three)).toBe(false)
    two.waitsFor = three
    expect(isDeadlock(three, one)).toBe(true)
  })
})
