import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conversionOf } from './conversion.ts'

test('who is still inside counts neither way', () => {
  expect(conversionOf({ entered: 10, paid: 3, active: 4 })).toBe(0.5)
  expect(conversionOf({ entered: 10, paid: 3, active: undefined })).toBe(0.3)
})

test('nobody done is not the same as nobody paid', () => {
  expect(conversionOf({ entered: 0, paid: 0, active: 0 })).toBeNull()
  expect(conversionOf({ entered: 5, paid: 0, active: 5 })).toBeNull()
  expect(conversionOf({ entered: 5, paid: 0, active: 4 })).toBe(0)
})

test('it is a share, whatever is inside without having gone in', () => {
  const few = fc.nat({ max: 100_000 })
  fc.assert(
    fc.property(few, few, few, (entered, paid, active) => {
      const share = conversionOf({ entered, paid: Math.min(entered, paid), active })
      expect(share ?? 0).toBeGreaterThanOrEqual(0)
      expect(share ?? 0).toBeLessThanOrEqual(1)
    }),
  )
})
