import { expect, test } from 'vitest'
import { addRequests, forecast } from './extrapolate.ts'

const work = { api: 60, redis: 20, postgres: 10 }

test('one machine shares its cores among all parts', () => {
  expect(forecast(work, 1, 2)).toMatchObject({ seconds: 45, heldBackBy: 'all' })
})

test('one line never has more than one core of Redis, on however many machines', () => {
  expect(forecast(work, 1, 64)).toMatchObject({ seconds: 20, heldBackBy: 'redis' })
  expect(forecast(work, 1_000, 2)).toMatchObject({ seconds: 20, heldBackBy: 'redis' })
})

test('more machines help the api until something else is at its limit', () => {
  expect(forecast(work, 3, 2)).toMatchObject({ seconds: 30, heldBackBy: 'api', cores: { api: 2 } })
  expect(forecast(work, 4, 2)).toMatchObject({ seconds: 20, heldBackBy: 'redis', cores: { api: 4 } })
})

test('the network is added to the api alone, by the call', () => {
  expect(addRequests({ node: 1, redis: 2, postgres: 3 }, 1_000_000)).toEqual({
    api: 31,
    redis: 2,
    postgres: 3,
  })
})
