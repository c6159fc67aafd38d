import { DomainError } from '@greenroom/contract'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { backOffMs, jitterBetween } from './jitter.ts'
import { keepAsking } from './keep-asking.ts'
import { defaultLiveSettings } from './live-settings.ts'

const settings = { ...defaultLiveSettings, retryBaseMs: 2, retryCapMs: 8 }

function asking(ask: () => Promise<number>) {
  const refused: string[] = []
  let troubles = 0
  const asked = keepAsking(
    { settings, random: Math.random },
    {
      ask,
      onTrouble: () => {
        troubles += 1
      },
      onRefused: (refusal) => refused.push(refusal.code),
    },
  )
  onTestFinished(asked.stop)
  return { ...asked, refused, troubles: () => troubles }
}

test('questions never overlap, however often it is told to ask now', async () => {
  let underWay = 0
  let most = 0
  let asked = 0
  const { now } = asking(async () => {
    underWay += 1
    most = Math.max(most, underWay)
    await new Promise((resolve) => setTimeout(resolve, 2))
    underWay -= 1
    asked += 1
    return 1
  })
  const pushing = setInterval(now, 1)
  await vi.waitFor(() => expect(asked).toBeGreaterThan(10))
  clearInterval(pushing)
  expect(most).toBe(1)
})

test('a passing failure is tried again until it passes', async () => {
  let tries = 0
  const { troubles } = asking(() => {
    tries += 1
    return tries < 5 ? Promise.reject(new Error('no connection')) : Promise.resolve(3_600_000)
  })
  await vi.waitFor(() => expect(tries).toBe(5))
  expect(troubles()).toBe(4)
})

test('a sign of life ends a long back-off', async () => {
  let tries = 0
  const { now, troubles } = asking(() => {
    tries += 1
    return Promise.reject(new DomainError('OVERLOADED', { retryAfterMs: 3_600_000 }))
  })
  await vi.waitFor(() => expect(troubles()).toBe(1))
  now()
  await vi.waitFor(() => expect(tries).toBe(2))
})

test('a wish to ask soon does not break a back-off', async () => {
  let tries = 0
  const { soon, troubles } = asking(() => {
    tries += 1
    return Promise.reject(new DomainError('OVERLOADED', { retryAfterMs: 3_600_000 }))
  })
  await vi.waitFor(() => expect(troubles()).toBe(1))
  for (let wish = 0; wish < 10; wish++) soon(0)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(tries).toBe(1)
})

test('a refusal ends it', async () => {
  let tries = 0
  const { refused } = asking(() => {
    tries += 1
    return Promise.reject(new DomainError('FORBIDDEN', {}))
  })
  await vi.waitFor(() => expect(refused).toEqual(['FORBIDDEN']))
  expect(tries).toBe(1)
})

test('back-off stays within its ceiling and above the hint', () => {
  fc.assert(
    fc.property(
      fc.nat(1_000),
      fc.nat(60_000),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (failures, floorMs, r) => {
        const waitMs = backOffMs(() => r, failures, { baseMs: 500, capMs: 30_000 }, floorMs)
        expect(waitMs).toBeGreaterThanOrEqual(floorMs)
        expect(waitMs).toBeLessThanOrEqual(floorMs + 30_000)
      },
    ),
  )
})

test('jitter stays between its ends', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.nat(10_000),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (low, width, r) => {
        const ms = jitterBetween(() => r, low, low + width)
        expect(ms).toBeGreaterThanOrEqual(low)
        expect(ms).toBeLessThanOrEqual(low + width)
      },
    ),
  )
})
