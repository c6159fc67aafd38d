import { DomainError } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { isRefusal, mayPass, refusalOf } from './wire-error.ts'

test('a failure without a known refusal may pass: nobody knows whether it arrived', () => {
  expect(refusalOf(new TypeError('Failed to fetch'))).toBeUndefined()
  expect(mayPass(new TypeError('Failed to fetch'))).toBe(true)
})

test('a server that is not well may be well later', () => {
  expect(mayPass(new DomainError('OVERLOADED', { retryAfterMs: 100 }))).toBe(true)
  expect(mayPass(new DomainError('INTERNAL', { requestId: 'r' }))).toBe(true)
})

test('what a rule refused stays refused', () => {
  const refused = new DomainError('BALANCE_TOO_LOW', { balanceMinor: 0, neededMinor: 1 })
  expect(mayPass(refused)).toBe(false)
  expect(isRefusal(refused, 'BALANCE_TOO_LOW')).toBe(true)
  expect(isRefusal(refused, 'HOLD_EXPIRED')).toBe(false)
})
