import { expect, test } from 'vitest'
import { readApiSettings } from './env.ts'

const needed = {
  DATABASE_URL: 'postgres://nowhere/greenroom',
  REDIS_URL: 'redis://nowhere',
  SECRET: 'a secret for tests alone',
}
const randomSecret = '4n8SSWjDt0Uf3q0c7vH2mZ1kYb6xRr9e'
const read = (env: Record<string, string>) => readApiSettings({ ...needed, ...env })

test('with nothing said the contracts ask for a partner key, and every address is listened on', () => {
  expect(read({})).toMatchObject({ contracts: 'keys', host: '0.0.0.0', restDefaultConcertId: 1 })
})

test('what is empty is as if nothing was said of it', () => {
  const names = [
    'PORT',
    'GATEWAY_PORT',
    'LISTEN_HOST',
    'PUBLIC_ORIGIN',
    'GATEWAY_ORIGIN',
    'CONTRACTS',
    'DEPLOYMENT',
  ]
  expect(read(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(read({}))
})

test.for(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.9.1', '::1'])(
  'the contracts may be open on %s: only this machine reaches it',
  (LISTEN_HOST) => {
    expect(read({ CONTRACTS: 'open', LISTEN_HOST })).toMatchObject({ contracts: 'open', host: LISTEN_HOST })
  },
)

test.for([
  '0.0.0.0',
  '::',
  '192.168.1.7',
  '10.0.0.1',
  'tickets.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '::ffff:10.0.0.1',
])('the api does not start with the contracts open on %s', (LISTEN_HOST) => {
  expect(() => read({ CONTRACTS: 'open', LISTEN_HOST })).toThrow(
    `CONTRACTS is open while LISTEN_HOST is ${LISTEN_HOST}, which is not loopback`,
  )
})

test('nor with LISTEN_HOST left out, which is every address', () => {
  expect(() => read({ CONTRACTS: 'open' })).toThrow('LISTEN_HOST is 0.0.0.0')
})

test('nor on loopback behind a proxy that lets the world in', () => {
  const env = { CONTRACTS: 'open', LISTEN_HOST: 'localhost', PUBLIC_ORIGIN: 'https://tickets.example' }
  expect(() => read(env)).toThrow('PUBLIC_ORIGIN is https://tickets.example, which is not loopback')
})

test('nor in production, wherever it listens', () => {
  const env = { CONTRACTS: 'open', LISTEN_HOST: 'localhost', DEPLOYMENT: 'production' }
  expect(() => read(env)).toThrow('CONTRACTS is open while DEPLOYMENT is production')
})

test.for(['keys', 'off'])('with the contracts %s it may listen anywhere, in production too', (CONTRACTS) => {
  const env = {
    CONTRACTS,
    LISTEN_HOST: '0.0.0.0',
    DEPLOYMENT: 'production',
    PUBLIC_ORIGIN: 'https://tickets.example',
    GATEWAY_ORIGIN: 'https://tickets.example',
    TRUST_PROXY: '1',
    SECRET: randomSecret,
  }
  expect(read(env)).toMatchObject({ contracts: CONTRACTS })
})

test.for([
  ['CONTRACTS', 'yes'],
  ['DEPLOYMENT', 'prod'],
  ['REST_DEFAULT_CONCERT_ID', '0'],
  ['REST_DEFAULT_CONCERT_ID', 'one'],
] as const)('%s=%s is refused by name', ([name, value]) => {
  expect(() => read({ [name]: value })).toThrow(name)
})

test.for([
  'https://tickets.example/',
  'https://tickets.example/shop',
  'https://Tickets.example',
  'https://tickets.example:443',
  'tickets.example',
  'ftp://tickets.example',
])('PUBLIC_ORIGIN=%s is refused: browsers never send it so, and each of their calls would be', (origin) => {
  expect(() => read({ PUBLIC_ORIGIN: origin })).toThrow('PUBLIC_ORIGIN')
  expect(() => read({ GATEWAY_ORIGIN: origin })).toThrow('GATEWAY_ORIGIN')
})

test.for([[{}], [{ PUBLIC_ORIGIN: 'http://tickets.example' }]] as const)(
  'in production the api does not start with %o: its cookie would travel for all to read, or no page could call',
  ([env]) => {
    const production = { ...env, DEPLOYMENT: 'production', SECRET: randomSecret }
    expect(() => read(production)).toThrow('so PUBLIC_ORIGIN must be the https origin of the pages')
  },
)

test.for([[{}], [{ GATEWAY_ORIGIN: 'http://tickets.example:3001' }]] as const)(
  'nor with %o and no other word of where the gateway is: pages would be told the name that they asked for',
  ([env]) => {
    const production = {
      ...env,
      DEPLOYMENT: 'production',
      PUBLIC_ORIGIN: 'https://tickets.example',
      SECRET: randomSecret,
    }
    expect(() => read(production)).toThrow('so GATEWAY_ORIGIN must be the https origin of the gateways')
  },
)

test('nor before it is told which proxies are believed: all fans behind one would be one address', () => {
  const production = {
    DEPLOYMENT: 'production',
    PUBLIC_ORIGIN: 'https://tickets.example',
    GATEWAY_ORIGIN: 'https://tickets.example',
    SECRET: randomSecret,
  }
  expect(() => read(production)).toThrow('so TRUST_PROXY must say which proxies are believed, if only false')
  expect(read({ ...production, TRUST_PROXY: 'false' })).toMatchObject({ trustProxy: false })
})
