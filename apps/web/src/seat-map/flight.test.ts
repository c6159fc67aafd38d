import { zoom } from 'd3-zoom'
import { expect, test } from 'vitest'
import { planFlight, type Stop } from './flight.ts'

const size = { width: 800, height: 600 }
const from = { k: 0.5, x: 10, y: 20 }
const to = { k: 6, x: -900, y: -1200 }
const interpolate = zoom().interpolate<(a: Stop, b: Stop) => (t: number) => Stop>()

test('a flight begins where the fan is and ends exactly where it leads', () => {
  const flight = planFlight({ from, to, size }, interpolate)
  const start = flight.viewAt(0)
  expect(start.k).toBeCloseTo(from.k)
  expect(start.x).toBeCloseTo(from.x)
  expect(start.y).toBeCloseTo(from.y)
  expect(flight.viewAt(1)).toBe(to)
})

test('however far it leads, a flight takes less than a second', () => {
  const far = planFlight({ from, to: { k: 60, x: -90_000, y: -50_000 }, size }, interpolate)
  expect(far.durationMs).toBeLessThan(1000)
})
