import { expect, test } from 'vitest'
import { readGatewaySettings } from './env.ts'

const needed = {
  DATABASE_URL: 'postgres://nowhere/greenroom',
  REDIS_URL: 'redis://nowhere',
  SECRET: '4n8SSWjDt0Uf3q0c7vH2mZ1kYb6xRr9e',
}
const read = (env: Record<string, string>) => readGatewaySettings({ ...needed, ...env })

test('with nothing said it listens beside the api, for the pages of this machine', () => {
  expect(read({})).toMatchObject({ port: 3001, publicOrigin: 'http://localhost:3000', host: '0.0.0.0' })
})

test('in production it does not start before it is told whose pages may open sockets', () => {
  expect(() => read({ DEPLOYMENT: 'production' })).toThrow('PUBLIC_ORIGIN must be the https origin')
  const env = { DEPLOYMENT: 'production', PUBLIC_ORIGIN: 'https://tickets.example', TRUST_PROXY: '1' }
  expect(read(env)).toMatchObject({ publicOrigin: 'https://tickets.example' })
})

test('nor before it is told which proxies are believed: all fans behind one would be one address', () => {
  const env = { DEPLOYMENT: 'production', PUBLIC_ORIGIN: 'https://tickets.example' }
  expect(() => read(env)).toThrow('so TRUST_PROXY must say which proxies are believed, if only false')
  expect(read({ ...env, TRUST_PROXY: 'false' })).toMatchObject({ trustProxy: false })
  expect(read({})).toMatchObject({ trustProxy: false })
})
