import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Interval, linearize, type Register } from './linearize.ts'

/** A register of one number, the example of every paper. */
type Call = Interval & ({ do: 'write'; value: number } | { do: 'read'; value: number })

const register: Register<number, Call> = {
  first: 0,
  apply: (value, call) => (call.do === 'write' ? call.value : call.value === value ? value : undefined),
  isRead: (call) => call.do === 'read',
  keyOf: String,
}

function write(value: number, startMs: number, endMs: number, mustHappen = true): Call {
  return { do: 'write', value, startMs, endMs, mustHappen }
}

function read(value: number, startMs: number, endMs: number): Call {
  return { do: 'read', value, startMs, endMs, mustHappen: true }
}

test('calls one after the other have one order, and it must be right', () => {
  expect(linearize([write(1, 0, 1), read(1, 2, 3)], register)).toEqual({ kind: 'linear' })
  expect(linearize([write(1, 0, 1), read(0, 2, 3)], register)).toMatchObject({ kind: 'none' })
})

test('a read at the same time as a write may see either, but two readers may not see it come and go', () => {
  expect(linearize([write(1, 0, 10), read(0, 1, 2), read(1, 3, 4)], register)).toEqual({ kind: 'linear' })
  const gone = linearize([write(1, 0, 10), read(1, 1, 2), read(0, 3, 4)], register)
  expect(gone).toMatchObject({ kind: 'none', stuck: [{ do: 'read', value: 0 }] })
})

test('two writes at once: both orders are tried', () => {
  const both = [write(1, 0, 10), write(2, 0, 10)]
  expect(linearize([...both, read(1, 11, 12)], register)).toEqual({ kind: 'linear' })
  expect(linearize([...both, read(2, 11, 12)], register)).toEqual({ kind: 'linear' })
  expect(linearize([...both, read(1, 11, 12), read(2, 13, 14)], register)).toMatchObject({ kind: 'none' })
})

test('a write without an answer may have happened at any time since, or never', () => {
  const lost = write(1, 0, Number.POSITIVE_INFINITY, false)
  expect(linearize([lost, read(0, 5, 6)], register)).toEqual({ kind: 'linear' })
  expect(linearize([lost, read(0, 5, 6), read(1, 7, 8)], register)).toEqual({ kind: 'linear' })
  expect(linearize([lost, read(1, 5, 6), read(0, 7, 8)], register)).toMatchObject({ kind: 'none' })
})

test('whatever really happened one by one is found to be in order, however the answers overlapped', () => {
  const call = fc.record({ isRead: fc.boolean(), value: fc.nat(3), early: fc.nat(40), late: fc.nat(40) })
  fc.assert(
    fc.property(fc.array(call, { maxLength: 60 }), (made) => {
      let value = 0
      const calls = made.map(({ isRead, value: next, early, late }, at) => {
        if (!isRead) value = next
        const [startMs, endMs] = [at * 10 - early, at * 10 + late]
        return isRead ? read(value, startMs, endMs) : write(next, startMs, endMs)
      })
      expect(linearize(calls, register)).toEqual({ kind: 'linear' })
    }),
  )
})

test('a write that changes nothing when it comes first may still have come last', () => {
  const calls = [write(0, 0, 10), write(1, 0, 10), read(0, 11, 12)]
  expect(linearize(calls, register)).toEqual({ kind: 'linear' })
})

test('ten writers and a hundred readers at once are decided, and a search without end is given up', () => {
  const writers = Array.from({ length: 10 }, (_, at) => write(at + 1, 0, 100))
  const readers = Array.from({ length: 100 }, (_, at) => read(1 + (at % 10), 0, 100))
  expect(linearize([...writers, ...readers, read(7, 101, 102)], register)).toEqual({ kind: 'linear' })
  const impossible = [...writers, read(99, 101, 102)]
  expect(linearize(impossible, register)).toMatchObject({ kind: 'none' })
  expect(linearize(impossible, register, 100)).toEqual({ kind: 'undecided', steps: 100 })
})
