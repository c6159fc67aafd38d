import { expect, test } from 'vitest'
import { errorExamples, exampleOf } from './error-examples.ts'
import { DomainError, errorCodes, isDomainError, parseWireError, toWireError } from './errors.ts'

test.for(errorCodes)('%s survives the wire with its details', (code) => {
  const sent: unknown = JSON.parse(JSON.stringify(toWireError(exampleOf(code))))
  expect(parseWireError(sent)).toMatchObject({ code, details: errorExamples[code] })
})

test.for(errorCodes)('%s says in one sentence what happened', (code) => {
  expect(toWireError(exampleOf(code)).message).toMatch(/^[A-Z].+\.$/)
})

test.for([
  ['an unknown code', { code: 'NO_SUCH_CODE', message: '', details: {} }],
  ['details of another code', { code: 'SEATS_TAKEN', message: '', details: {} }],
  ['no object', 'SEATS_TAKEN'],
] as const)('%s is not one of our errors', ([, value]) => {
  expect(parseWireError(value)).toBeUndefined()
})

test('an error is narrowed by its code', () => {
  const error: unknown = new DomainError('STILL_WAITING', { ahead: 3, position: 4 })
  expect(isDomainError(error, 'STILL_WAITING') && error.details.ahead).toBe(3)
  expect(isDomainError(error, 'PASS_REQUIRED')).toBe(false)
})
