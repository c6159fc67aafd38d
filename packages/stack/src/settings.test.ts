import { resolve } from 'node:path'

import { expect, test } from 'vitest'

import { readStackEnv } from './env.ts'
import { readSettings } from './settings.ts'

const read = (env: Record<string, string>): ReturnType<typeof readSettings> => readSettings(readStackEnv(env))

test('with nothing set: port 3000, the gateway beside it, the demo, everything embedded', () => {
  expect(read({})).toEqual({
    host: 'localhost',
    port: 3000,
    gatewayPort: 3001,
    dataDir: '.greenroom',
    publicOrigin: 'http://localhost:3000',
    contracts: 'open',
    webhooksAllowPrivate: true,
    dataPlatformDir: resolve('.greenroom/data-platform'),
    seed: 'demo',
    databaseUrl: undefined,
    databaseOwnerUrl: undefined,
    redisUrl: undefined,
  })
})

test('an empty variable counts as unset, and the gateway follows PORT', () => {
  expect(read({ PORT: '4000', GATEWAY_PORT: '', DATABASE_URL: '' })).toMatchObject({
    port: 4000,
    gatewayPort: 4001,
    databaseUrl: undefined,
    databaseOwnerUrl: undefined,
  })
})

test.each([
  [{}, 'open'],
  [{ LISTEN_HOST: '127.0.0.1' }, 'open'],
  [{ LISTEN_HOST: '::1', PUBLIC_ORIGIN: 'http://[::1]:3000' }, 'open'],
  [{ LISTEN_HOST: '0.0.0.0' }, 'keys'],
  [{ LISTEN_HOST: '192.168.1.7' }, 'keys'],
  [{ LISTEN_HOST: 'tickets.example' }, 'keys'],
  [{ PUBLIC_ORIGIN: 'https://tickets.example' }, 'keys'],
  [{ DEPLOYMENT: 'production' }, 'keys'],
  [{ CONTRACTS: 'keys' }, 'keys'],
  [{ CONTRACTS: 'off', LISTEN_HOST: '0.0.0.0' }, 'off'],
])('with %o the contracts are %s', (env, contracts) => {
  expect(read(env).contracts).toBe(contracts)
})

test.each([
  [{}, true],
  [{ CONTRACTS: 'keys' }, true],
  [{ LISTEN_HOST: '0.0.0.0' }, false],
  [{ PUBLIC_ORIGIN: 'https://tickets.example' }, false],
  [{ DEPLOYMENT: 'production' }, false],
])('with %o webhooks may go to private addresses: %s', (env, webhooksAllowPrivate) => {
  expect(read(env)).toMatchObject({ webhooksAllowPrivate })
})

test.each([
  [{ PORT: 'abc' }, 'PORT must be a port from 1 to 65535, not abc'],
  [{ PORT: '0' }, 'PORT must be a port from 1 to 65535, not 0'],
  [{ PORT: '65535' }, 'GATEWAY_PORT must be a port from 1 to 65535, not 65536'],
  [{ PORT: '3000.5' }, 'PORT must be a port from 1 to 65535, not 3000.5'],
  [{ PORT: '4000', GATEWAY_PORT: '4000' }, 'PORT and GATEWAY_PORT are both 4000: they must differ'],
  [{ SEED: 'yes' }, 'SEED must be demo or none, not yes'],
  [{ SEED: 'demo', DEPLOYMENT: 'production' }, 'SEED is demo while DEPLOYMENT is production'],
  [{ DEPLOYMENT: 'prod' }, 'DEPLOYMENT must be demo or production, not prod'],
  [{ CONTRACTS: 'yes' }, 'CONTRACTS must be open, keys or off, not yes'],
  [
    { CONTRACTS: 'open', LISTEN_HOST: '0.0.0.0' },
    'CONTRACTS is open while LISTEN_HOST is 0.0.0.0, which is not loopback',
  ],
  [{ CONTRACTS: 'open', DEPLOYMENT: 'production' }, 'CONTRACTS is open while DEPLOYMENT is production'],
  [
    { CONTRACTS: 'open', PUBLIC_ORIGIN: 'https://tickets.example' },
    'CONTRACTS is open while PUBLIC_ORIGIN is https://tickets.example, which is not loopback',
  ],
  [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL must start with redis:// or rediss://'],
  [{ PUBLIC_ORIGIN: 'tickets.example' }, 'PUBLIC_ORIGIN must be an origin such as https://tickets.example'],
])('%o is refused by name', (env, message) => {
  expect(() => read(env)).toThrow(message)
})

test('a refused DATABASE_URL is not repeated, since it holds a password', () => {
  const attempt = (): unknown => read({ DATABASE_URL: 'mysql://me:hush@db/x' })
  expect(attempt).toThrow('DATABASE_URL must start with postgres:// or postgresql://')
  expect(attempt).not.toThrow(/hush/)
})

test.each([
  [{}, 'demo'],
  [{ SEED: 'none' }, 'none'],
  [{ DEPLOYMENT: 'production' }, 'none'],
])('with %o what is put into an empty database is: %s', (env, seed) => {
  expect(read(env).seed).toBe(seed)
})
