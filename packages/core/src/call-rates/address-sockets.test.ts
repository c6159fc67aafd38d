import { expect, test } from 'vitest'
import { openAddressSockets } from './address-sockets.ts'

test('an address has so many sockets at a time, and room again when one closes, once', () => {
  const sockets = openAddressSockets({ maxSocketsPerAddress: 2 })
  const [first, second] = [sockets.enter('203.0.113.9'), sockets.enter('203.0.113.9')]
  expect([first.isWithin, second.isWithin]).toEqual([true, true])
  expect(sockets.refusalOf('203.0.113.9')).toMatchObject({
    code: 'RATE_LIMITED',
    details: { retryAfterMs: 10_000 },
  })
  expect(sockets.refusalOf('203.0.113.8')).toBeUndefined()
  expect(sockets.enter('203.0.113.9').isWithin).toBe(false)
  first.leave()
  first.leave()
  expect(sockets.refusalOf('203.0.113.9')).toBeDefined()
  second.leave()
  expect(sockets.refusalOf('203.0.113.9')).toBeUndefined()
})

test('all addresses of an IPv6 network are one, an IPv4 address is itself however written, this machine is none', () => {
  const sockets = openAddressSockets({ maxSocketsPerAddress: 1 })
  sockets.enter('2001:db8:1:1::1')
  expect(sockets.refusalOf('2001:db8:1:1:ffff::2')).toBeDefined()
  expect(sockets.refusalOf('2001:db8:1:2::1')).toBeUndefined()
  sockets.enter('::ffff:203.0.113.9')
  expect(sockets.refusalOf('203.0.113.9')).toBeDefined()
  for (const address of ['127.0.0.1', '::1', '']) {
    expect(sockets.enter(address).isWithin).toBe(true)
    expect(sockets.enter(address).isWithin).toBe(true)
    expect(sockets.refusalOf(address)).toBeUndefined()
  }
})

test('a network of 48 bits has four times as many, however many addresses it has', () => {
  const sockets = openAddressSockets({ maxSocketsPerAddress: 1 })
  const entered = [0, 1, 2, 3, 4].map((nth) => sockets.enter(`2001:db8:7:${nth}::1`))
  expect(entered.map(({ isWithin }) => isWithin)).toEqual([true, true, true, true, false])
  expect(sockets.refusalOf('2001:db8:7:9::1')).toBeDefined()
  expect(sockets.isFlooded('2001:db8:7:9::1')).toBe(true)
  // guard off: in as many networks nobody is refused
  for (const nth of [1, 2, 3, 4, 5]) expect(sockets.enter(`2001:db8:8${nth}::1`).isWithin).toBe(true)
  for (const { leave } of entered) leave()
  expect(sockets.refusalOf('2001:db8:7:9::1')).toBeUndefined()
})

test('in production this machine has as many as any address: who comes from it is a proxy that nobody named', () => {
  const sockets = openAddressSockets({ maxSocketsPerAddress: 1, countsOwnAddresses: true })
  for (const address of ['127.0.0.1', '::1']) {
    expect(sockets.enter(address).isWithin).toBe(true)
    expect(sockets.enter(address).isWithin).toBe(false)
  }
})

test('only who goes on beyond a tenth more floods', () => {
  const sockets = openAddressSockets({ maxSocketsPerAddress: 10 })
  for (let count = 0; count < 10; count++) sockets.enter('203.0.113.9')
  expect([sockets.refusalOf('203.0.113.9')?.code, sockets.isFlooded('203.0.113.9')]).toEqual([
    'RATE_LIMITED',
    false,
  ])
  sockets.enter('203.0.113.9')
  expect(sockets.isFlooded('203.0.113.9')).toBe(true)
})
