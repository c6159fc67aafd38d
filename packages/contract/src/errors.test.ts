import { expect, test } from 'vitest'
import { DomainError, isDomainError, readWireError } from './domain-error.ts'
import { errorCodes } from './error-codes.ts'
import { errorExamples, exampleOf } from './error-examples.ts'
import { parseWireError } from './errors.ts'
import { toWireError } from './wire-error.ts'

test.for(errorCodes)('%s survives the wire with its details', (code) => {
  const sent: unknown = JSON.parse(JSON.stringify(toWireError(exampleOf(code))))
  expect(parseWireError(sent)).toMatchObject({ code, details: errorExamples[code] })
  expect(readWireError(sent)).toEqual(sent)
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

test.for([null, 'SEATS_TAKEN', { code: 'NO_SUCH_CODE', message: '', details: {} }, { code: 'FORBIDDEN' }])(
  'an answer that is no refusal of ours is not read as one: %j',
  (value) => {
    expect(readWireError(value)).toBeUndefined()
  },
)
