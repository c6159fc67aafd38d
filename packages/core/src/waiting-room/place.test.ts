import { accountId, verifyDraw } from '@greenroom/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawnPlace, drawSeed, firstFifoSeq, type Place, placeOf, scoreOf } from './place.ts'

const places = fc.record({
  epoch: fc.integer({ min: 0, max: 8_191 }),
  seq: fc.integer({ min: 0, max: 2 ** 40 - 1 }),
})

test('a place survives its one number exactly, in all 8,192 epochs', () => {
  fc.assert(
    fc.property(places, (place) => {
      expect(Number.isSafeInteger(scoreOf(place))).toBe(true)
      expect(placeOf(scoreOf(place))).toEqual(place)
    }),
  )
})

test('a later epoch is behind every place of an earlier one, and within an epoch seq decides', () => {
  const isBefore = (a: Place, b: Place): boolean =>
    a.epoch < b.epoch || (a.epoch === b.epoch && a.seq < b.seq)
  fc.assert(
    fc.property(places, places, (a, b) => {
      expect(scoreOf(a) < scoreOf(b)).toBe(isBefore(a, b))
    }),
  )
})

const fans = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map((id) => accountId.parse(id))

test('every drawn place is before every place given in order', () => {
  fc.assert(
    fc.property(fans, (fanId) => {
      const { epoch, seq } = drawnPlace('seed', fanId)
      expect(epoch).toBe(0)
      expect(seq).toBeGreaterThanOrEqual(0)
      expect(seq).toBeLessThan(firstFifoSeq)
    }),
  )
})

test('anybody can recompute the draw from the published seed', async () => {
  const draw = drawSeed()
  await fc.assert(
    fc.asyncProperty(fans, async (fanId) => {
      expect(await verifyDraw(draw, fanId)).toBe(drawnPlace(draw.seed, fanId).seq)
    }),
  )
})

test('a seed that was not committed to verifies nothing', async () => {
  const { commitment } = drawSeed()
  expect(await verifyDraw({ commitment, seed: drawSeed().seed }, accountId.parse(1))).toBeUndefined()
})

test('the draw favours no id: low and high ids fall evenly into both halves', () => {
  const { seed } = { seed: 'fixed, so that this test never turns by chance' }
  const firstHalf = Array.from({ length: 4_000 }, (_, n) => drawnPlace(seed, accountId.parse(n + 1)).seq).map(
    (seq) => seq < firstFifoSeq / 2,
  )
  const lowIds = firstHalf.slice(0, 2_000).filter(Boolean).length
  const highIds = firstHalf.slice(2_000).filter(Boolean).length
  // 1,000 expected, standard deviation 22
  for (const count of [lowIds, highIds]) expect(Math.abs(count - 1_000)).toBeLessThan(110)
})
