import { expect, test } from 'vitest'
import { readAmount, tidyAmount, writeAmount } from './amount-text.ts'

test('typing 50 is fifty of the currency, not fifty of its smallest coin', () => {
  expect(readAmount(tidyAmount('50', 'USD'), 'USD')).toBe(5_000)
  expect(readAmount(tidyAmount('50', 'EUR'), 'EUR')).toBe(5_000)
  expect(readAmount(tidyAmount('50', 'KRW'), 'KRW')).toBe(50)
  expect(readAmount(tidyAmount('50', 'JPY'), 'JPY')).toBe(50)
})

test.for([
  ['USD', '12.5', '12.5', 1_250],
  ['USD', '12.', '12.', 1_200],
  ['USD', '.5', '0.5', 50],
  ['USD', '$1,234.567', '1,234.56', 123_456],
  ['USD', '1.2.3', '1.23', 123],
  ['KRW', '1234567', '1,234,567', 1_234_567],
  ['KRW', '99.9', '99', 99],
  ['KRW', '007', '7', 7],
  ['KRW', 'won', '', 0],
  ['USD', '', '', 0],
] as const)('%s: %j is told as %j and is %i', ([currency, typed, tidy, minor]) => {
  expect(tidyAmount(typed, currency)).toBe(tidy)
  expect(readAmount(tidy, currency)).toBe(minor)
})

test('every amount reads as itself once written', () => {
  for (const currency of ['KRW', 'USD'] as const) {
    for (const minor of [1, 9, 10, 99, 100, 1_230, 1_234, 10_000_000])
      expect(readAmount(writeAmount(minor, currency), currency)).toBe(minor)
  }
  expect(writeAmount(5_000, 'USD')).toBe('50')
  expect(writeAmount(5_050, 'USD')).toBe('50.50')
})
