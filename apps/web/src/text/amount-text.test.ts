import { expect, test } from 'vitest'
import { parseAmount, readAmount, tidyAmount, writeAmount } from './amount-text.ts'

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

test('a price is what was written, to the last digit, or says what is wrong with it', () => {
  for (const currency of ['KRW', 'JPY', 'USD', 'EUR'] as const) {
    for (const minor of [0, 1, 9, 10, 99, 100, 101, 55_000, 1_234_567, 999_999_999_999, 1_000_000_000_000])
      expect(parseAmount(writeAmount(minor, currency), currency)).toEqual({ isAmount: true, minor })
  }
  expect(writeAmount(0, 'USD')).toBe('0')
  expect(writeAmount(5, 'USD')).toBe('0.05')
  expect(writeAmount(1_000_000_000_000, 'KRW')).toBe('1,000,000,000,000')
  expect(writeAmount(999_999_999_999, 'USD')).toBe('9,999,999,999.99')
})

test.for([
  ['KRW', '55000', 55_000],
  ['KRW', ' 55,000 ', 55_000],
  ['KRW', '55000.', 55_000],
  ['USD', '12', 1_200],
  ['USD', '12.5', 1_250],
  ['USD', '1,234.56', 123_456],
  ['USD', '0.07', 7],
  ['USD', '1.10', 110],
] as const)('%s: %j is a price of %i', ([currency, text, minor]) => {
  expect(parseAmount(text, currency)).toEqual({ isAmount: true, minor })
})

test.for([
  ['KRW', '', 'empty'],
  ['USD', '   ', 'empty'],
  ['KRW', '99.9', 'tooManyDigits'],
  ['JPY', '100.0', 'tooManyDigits'],
  ['USD', '12.345', 'tooManyDigits'],
  ['USD', '12,50', 'unreadable'],
  ['USD', '1.234,56', 'unreadable'],
  ['KRW', '-1', 'unreadable'],
  ['KRW', '5만', 'unreadable'],
  ['USD', '1e3', 'unreadable'],
  ['KRW', '1000000000001', 'tooLarge'],
  ['USD', '10,000,000,000.01', 'tooLarge'],
  ['KRW', '9'.repeat(400), 'tooLarge'],
] as const)('%s: %j is no price: %s', ([currency, text, fault]) => {
  expect(parseAmount(text, currency)).toEqual({ isAmount: false, fault })
})
