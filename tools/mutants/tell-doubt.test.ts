import { expect, test } from 'vitest'
import { tellDoubt } from './tell-doubt.ts'

test.each([
  'AssertionError: expected [ 1 ] to deeply equal [ 0 ]',
  'Error: promise resolved "{ reservationId: 2 }" instead of rejecting',
  'Error: expected 1 to be 2 // Object.is equality',
  "Error: expected DomainError: INTERNAL { … } to match object { code: 'SEAT_LIMIT_REACHED' }",
  "AssertionError: expected 'Error: Command timed out' to be 'kept' // Object.is equality",
])('an expectation that was not met proves the guard: %s', (message) => {
  expect(tellDoubt({}, message)).toBeUndefined()
})

test.each([
  ['error: syntax error at or near "and"', 'something else than an expectation'],
  ['Error: Test timed out in 60000ms.', 'something else than an expectation'],
  ['error: canceling statement due to lock timeout', 'something else than an expectation'],
  [
    'Error: expected error: syntax error at or near ")" to match object { code: \'SEATS_TAKEN\' }',
    'syntax error',
  ],
  [
    'AssertionError: expected [ { status: \'rejected\', reason: error: column "x" does not exist } ]',
    'column "x"',
  ],
  ['AssertionError: expected error: could not determine data type of parameter $2 to be undefined', '$2'],
  [
    'AssertionError: expected ReplyError: ERR Error compiling script (new function) to be 1',
    'compiling script',
  ],
  ['AssertionError: expected ReferenceError: isSpent is not defined to be undefined', 'ReferenceError'],
  ["Error: expected 'Error: Test timed out in 60000ms.' to be 'kept'", 'timed out'],
])('a crash, a time-out, or code that does not run proves nothing: %s', (message, reason) => {
  expect(tellDoubt({}, message)).toContain(reason.replace('$2', 'data type'))
})

test('what a mutant says beforehand that its test dies of is looked for, and nothing else will do', () => {
  expect(
    tellDoubt({ fails: 'fan_seat_limit' }, 'error: … violates check constraint "fan_seat_limit"'),
  ).toBeUndefined()
  expect(tellDoubt({ fails: 'fan_seat_limit' }, 'AssertionError: expected 1 to be 2')).toContain(
    'fan_seat_limit',
  )
})
