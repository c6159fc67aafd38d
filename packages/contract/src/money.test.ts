import { expect, test } from 'vitest'
import { formatMoney } from './format-money.ts'
import { amountMinor } from './money.ts'

test.for([
  [110_000, 'KRW', 'ko', '₩110,000'],
  [1_234, 'USD', 'en', '$12.34'],
  [0, 'KRW', 'en', '₩0'],
] as const)('%i minor units of %s in %s reads %s', ([minor, code, locale, text]) => {
  expect(formatMoney(minor, code, locale)).toBe(text)
})

test.for([0.5, -1, Number.NaN, 2 ** 60, '10'])('%s is no amount', (value) => {
  expect(amountMinor.safeParse(value).success).toBe(false)
})
