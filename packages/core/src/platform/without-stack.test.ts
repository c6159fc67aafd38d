import { expect, test } from 'vitest'
import { withoutStack } from './without-stack.ts'

test('an error made so says what it is and not where; those made after it say both', () => {
  const here = /without-stack\.test/
  expect(withoutStack(() => new RangeError('taken')).stack).toBe('RangeError: taken')
  expect(new RangeError('taken').stack).toMatch(here)
  const failing = (): Error => {
    throw new TypeError('not made')
  }
  expect(() => withoutStack(failing)).toThrow('not made')
  expect(new RangeError('taken').stack).toMatch(here)
})
