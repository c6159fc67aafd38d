import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { addressReader } from './caller-address.ts'
import { readCoreSettings } from './env.ts'

const needed = {
  DATABASE_URL: 'postgres://nowhere/greenroom',
  REDIS_URL: 'redis://nowhere',
  SECRET: 'a secret for tests alone',
}

/** The address that is believed of a caller who says `forwarded` through a peer. */
function read(TRUST_PROXY: string, peer: string, forwarded?: string): string {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: peer })
  const request = new IncomingMessage(socket)
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded
  return addressReader(readCoreSettings({ ...needed, TRUST_PROXY }))(request)
}

describe('the address of a caller', () => {
  test('is the peer’s, whatever it says, while nobody is trusted', () => {
    expect(read('false', '192.0.2.1', '198.51.100.9')).toBe('192.0.2.1')
  })

  test('is what the trusted proxy was spoken to by, not what the caller wrote before that', () => {
    expect(read('1', '10.0.0.1', '203.0.113.66, 198.51.100.9')).toBe('198.51.100.9')
    expect(read('10.0.0.0/8', '10.0.0.1', '203.0.113.66, 198.51.100.9')).toBe('198.51.100.9')
    expect(read('10.0.0.0/8, ::1', '::1', '198.51.100.9, 10.1.1.1')).toBe('198.51.100.9')
  })

  test('is the peer’s when that is not the proxy', () => {
    expect(read('10.0.0.0/8', '192.0.2.1', '198.51.100.9')).toBe('192.0.2.1')
  })
})

test.for(['true', '0', '10', 'everybody', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.1,'])(
  'TRUST_PROXY=%s stops the start',
  (TRUST_PROXY) => {
    expect(() => readCoreSettings({ ...needed, TRUST_PROXY })).toThrow('TRUST_PROXY')
  },
)
