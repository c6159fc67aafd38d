import { expect, test } from 'vitest'
import { reasonIn } from './app.ts'

const warning = '{"level":40,"err":{"stack":"Error: connect ECONNREFUSED"},"msg":"worker"}'

test('a process died of what Node says in plain lines, not of troubles that it logged and survived', () => {
  expect(reasonIn([warning, 'file:///worker/main.ts:3', '', 'TypeError: boom', '    at main.ts:3'])).toBe(
    'TypeError: boom',
  )
  expect(reasonIn([warning, 'the end'])).toBe(warning)
  expect(reasonIn(['one', 'two '])).toBe('two')
  expect(reasonIn([])).toBe('it said nothing')
})
