import { DomainError, faultReason } from '@greenroom/contract'
import { expect, test, vi } from 'vitest'

// the page's language is asked of the browser, which is not here
vi.stubGlobal('document', { documentElement: { lang: '' } })
const { faultsOf, tellFault } = await import('./faults.ts')

test.for(faultReason.options)('%s has a sentence of its own, whatever the message says', (reason) => {
  const told = tellFault({ path: 'x', message: 'in English', reason, name: '앞자리' })
  expect(told).not.toBe(tellFault({ path: 'x', message: 'in English' }))
  expect(told).not.toContain('in English')
})

test('a reason that the page does not know, or none, is told without saying nothing', () => {
  const unknown: unknown = 'ofAnotherDay'
  const newer = { path: 'x', message: 'in English', reason: unknown as 'empty' }
  expect(tellFault(newer)).toBe(tellFault({ path: 'x', message: 'in English' }))
  expect(tellFault(newer)).not.toBe('')
})

test('faults are of bad input alone', () => {
  const faults = [{ path: 'x', message: 'in English', reason: 'empty' as const }]
  expect(faultsOf(new DomainError('BAD_INPUT', { faults }))).toEqual(faults)
  expect(faultsOf(new DomainError('FORBIDDEN', {}))).toEqual([])
  expect(faultsOf(new Error('no connection'))).toEqual([])
})
