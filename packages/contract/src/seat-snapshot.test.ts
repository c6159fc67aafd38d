import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packSeatCodes, unpackSeatCodes } from './seat-snapshot.ts'

test('packing and unpacking gives every seat back, two bits each', () => {
  fc.assert(
    fc.property(fc.uint8Array({ max: 3, maxLength: 500 }), (codes) => {
      const packed = packSeatCodes(codes)
      expect(packed.length).toBe(Math.ceil(codes.length / 4))
      expect(unpackSeatCodes(packed, codes.length)).toEqual(codes)
    }),
  )
})
