import { expect, test } from 'vitest'
import { readCoreSettings, readDatabaseUrl } from './env.ts'

const needed = {
  DATABASE_URL: 'postgres://localhost/greenroom',
  REDIS_URL: 'redis://localhost',
  SECRET: 'a secret for tests alone',
}
const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`

test('with nothing said webhooks go to public addresses alone, and events to a folder beside the data', () => {
  expect(readCoreSettings(needed)).toMatchObject({
    webhooks: { allowPrivate: false, timeoutMs: 10_000 },
    dataPlatform: { folder: '.greenroom/data-platform' },
  })
})

test('a data platform has an address and a secret, or the process does not start', () => {
  const withUrl = { ...needed, DATA_PLATFORM_URL: 'https://platform.example/events' }
  expect(() => readCoreSettings(withUrl)).toThrow('DATA_PLATFORM_URL needs DATA_PLATFORM_SECRET')
  expect(() => readCoreSettings({ ...withUrl, DATA_PLATFORM_SECRET: 'whsec_short' })).toThrow(
    'DATA_PLATFORM_SECRET',
  )
  expect(readCoreSettings({ ...withUrl, DATA_PLATFORM_SECRET: secret })).toMatchObject({
    dataPlatform: { url: 'https://platform.example/events', secret },
  })
})

test('a process of the product does not start without a guard', () => {
  const switched = { ...needed, GREENROOM_MUTANT: 'line-epoch' }
  expect(() => readCoreSettings(switched)).toThrow('takes a guard out of a test')
  expect(() => readDatabaseUrl(switched)).toThrow('takes a guard out of a test')
  expect(() => readCoreSettings({ ...needed, GREENROOM_MUTANT: '' })).toThrow('takes a guard out of a test')
})
