import { expect, test } from 'vitest'
import { shapePgbench, warmRate } from './pgbench.ts'

/** What a client logs whose transactions end at these milliseconds. */
const logOf = (client: number, endsMs: readonly number[]): string =>
  endsMs
    .map(
      (ms, at) => `${client} ${at} 900 0 ${1_700_000_000 + Math.floor(ms / 1_000)} ${(ms % 1_000) * 1_000}\n`,
    )
    .join('')

const shape = { clients: 2, warmUpEach: 2, countedEach: 3, transactions: 10 }

test('what a client does before it is warm is not in its rate', () => {
  const cold = logOf(0, [500, 900, 910, 920, 930])
  expect(warmRate(cold + logOf(1, [5, 10, 20, 30, 40]), shape)).toBeCloseTo(200)
})

test('clients that are not there, or do not get through, give no rate', () => {
  expect(warmRate(logOf(0, [1, 2, 3, 4, 5]), shape)).toBeNaN()
  expect(warmRate(logOf(0, [1, 2, 3, 4, 5]) + logOf(1, [1, 2, 3]), shape)).toBeNaN()
})

test('as many count as were asked for, in equal parts, and the warm-up comes on top', () => {
  expect(shapePgbench(640, 64)).toEqual({ clients: 64, warmUpEach: 5, countedEach: 10, transactions: 960 })
  expect(shapePgbench(26, 64)).toMatchObject({ clients: 26, countedEach: 1, transactions: 156 })
})
