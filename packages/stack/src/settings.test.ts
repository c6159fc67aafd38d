import { expect, test } from 'vitest'

import { readStackEnv } from './env.ts'
import { readSettings } from './settings.ts'

const read = (env: Record<string, string>): ReturnType<typeof readSettings> => readSettings(readStackEnv(env))

test('with nothing set: port 3000, the gateway beside it, the demo, everything embedded', () => {
  expect(read({})).toEqual({
    port: 3000,
    gatewayPort: 3001,
    dataDir: '.greenroom',
    publicOrigin: 'http://localhost:3000',
    seed: 'demo',
    databaseUrl: undefined,
    redisUrl: undefined,
  })
})

test('an empty variable counts as unset, and the gateway follows PORT', () => {
  expect(read({ PORT: '4000', GATEWAY_PORT: '', DATABASE_URL: '' })).toMatchObject({
    port: 4000,
    gatewayPort: 4001,
    databaseUrl: undefined,
  })
})

test.each([
  [{ PORT: 'abc' }, 'PORT must be a port from 1 to 65535, not abc'],
  [{ PORT: '0' }, 'PORT must be a port from 1 to 65535, not 0'],
  [{ PORT: '65535' }, 'GATEWAY_PORT must be a port from 1 to 65535, not 65536'],
  [{ PORT: '3000.5' }, 'PORT must be a port from 1 to 65535, not 3000.5'],
  [{ PORT: '4000', GATEWAY_PORT: '4000' }, 'PORT and GATEWAY_PORT are both 4000: they must differ'],
  [{ SEED: 'yes' }, 'SEED must be demo or none, not yes'],
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
