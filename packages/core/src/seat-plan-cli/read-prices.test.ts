import { isDomainError } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { readPrices } from './read-prices.ts'

const categories = ['VIP', 'R', 'S=1']

test('a bare amount prices every category, a named one goes before it wherever it stands', () => {
  expect(readPrices(['VIP=150000', '50000'], categories)).toEqual([
    { categoryCode: 0, priceMinor: 150_000 },
    { categoryCode: 1, priceMinor: 50_000 },
    { categoryCode: 2, priceMinor: 50_000 },
  ])
})

test("a category's name may hold the sign that ends it", () => {
  expect(readPrices(['S=1=9000'], categories)).toEqual([{ categoryCode: 2, priceMinor: 9_000 }])
})

test.each(['', 'free', '-5', '1.5', 'VIP=', 'B=100', '9'.repeat(13)])('"%s" is refused', (text) => {
  const refusal = catchRefusal(() => readPrices([text], categories))
  expect(isDomainError(refusal, 'BAD_INPUT')).toBe(true)
})

function catchRefusal(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
