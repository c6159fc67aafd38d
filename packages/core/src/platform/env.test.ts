import { describe, expect, test } from 'vitest'
import { readCoreSettings, readDatabaseUrl, readMigrationUrls, readSeedDatabaseUrl } from './env.ts'

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

test('a setting that is empty is one that nobody set, whatever it is', () => {
  const names = [
    'DATABASE_REPLICA_URL',
    'PREVIOUS_SECRETS',
    'DRAIN_NOTICE_MS',
    'METRICS_TOKEN',
    'TRUST_PROXY',
  ]
  const more = ['DATA_PLATFORM_URL', 'CHALLENGE_SECRET', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'RATE_LIMIT_FACTOR']
  const empty = Object.fromEntries([...names, ...more].map((name) => [name, '']))
  expect(readCoreSettings({ ...needed, ...empty })).toEqual(readCoreSettings(needed))
})

test.each(['DATABASE_URL', 'REDIS_URL', 'SECRET'])('an empty %s is one that is missing', (name) => {
  expect(() => readCoreSettings({ ...needed, [name]: '' })).toThrow(name)
})

test('a process of the product does not start without a guard', () => {
  const switched = { ...needed, GREENROOM_MUTANT: 'line-epoch' }
  expect(() => readCoreSettings(switched)).toThrow('takes a guard out of a test')
  expect(() => readDatabaseUrl(switched)).toThrow('takes a guard out of a test')
  expect(() => readMigrationUrls(switched)).toThrow('takes a guard out of a test')
})

describe('where real fans buy', () => {
  const production = { ...needed, DEPLOYMENT: 'production', SECRET: '4n8SSWjDt0Uf3q0c7vH2mZ1kYb6xRr9e' }

  test('a process starts with a random secret and everything else left out', () => {
    expect(readCoreSettings(production)).toMatchObject({ webhooks: { allowPrivate: false } })
  })

  test('its own addresses are counted, and on a machine of one’s own they are not', () => {
    expect(readCoreSettings(production).countsOwnAddresses).toBe(true)
    expect(readCoreSettings(needed).countsOwnAddresses).toBe(false)
  })

  test.each([
    ['SECRET', { SECRET: 'a secret for tests alone' }],
    ['SECRET', { SECRET: 'changeme'.repeat(4) }],
    ['PREVIOUS_SECRETS', { PREVIOUS_SECRETS: 'a secret for tests alone' }],
    ['PREVIOUS_SECRETS', { PREVIOUS_SECRETS: `r8Tq2nVd6Wm0Yp4Ks9Xc3Jh7Lf1Zb5Ga,${'a'.repeat(32)}` }],
    ['WEBHOOKS_ALLOW_PRIVATE', { WEBHOOKS_ALLOW_PRIVATE: 'true' }],
    ['RATE_LIMIT_FACTOR', { RATE_LIMIT_FACTOR: '1000' }],
  ])('it does not start with a %s such as %o, which a demo may have', (name, env) => {
    expect(() => readCoreSettings({ ...production, ...env })).toThrow(`DEPLOYMENT is production, so ${name}`)
    expect(() => readCoreSettings({ ...production, ...env, DEPLOYMENT: 'demo' })).not.toThrow()
  })

  test('the demo is not put in: its operator has a password that everybody knows', () => {
    expect(() => readSeedDatabaseUrl(production)).toThrow('the demo has no place there')
    expect(readSeedDatabaseUrl(needed)).toBe(needed.DATABASE_URL)
  })
})

test.each([' ', '-1', '1e3', '3s'])('DRAIN_NOTICE_MS=%s is refused, and no drain without notice', (text) => {
  expect(() => readCoreSettings({ ...needed, DRAIN_NOTICE_MS: text })).toThrow('DRAIN_NOTICE_MS')
})
