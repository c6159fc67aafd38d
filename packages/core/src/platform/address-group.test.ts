import { expect, test } from 'vitest'
import { addressGroup, networkOfGroup } from './address-group.ts'

test.for<[string, string]>([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:c000:207', '192.0.2.7'],
  ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8:a:b:1:2:3:4', '2001:db8:a:b::/64'],
  ['2001:0DB8:000a:000b::', '2001:db8:a:b::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['1::', '1:0:0:0::/64'],
  ['::2:3:4:5:6:7:8', '0:2:3:4::/64'],
])('%s is counted as %s', ([address, group]) => {
  expect(addressGroup(address)).toBe(group)
})

test('what is no address is its own text, and not longer than an address', () => {
  expect(addressGroup('')).toBe('')
  expect(addressGroup('x'.repeat(5_000))).toHaveLength(64)
})

test('the same is said of an address however many others came between', () => {
  expect(addressGroup('2001:db8:a:b::1')).toBe('2001:db8:a:b::/64')
  for (let count = 0; count < 25_000; count += 1) addressGroup(`2001:db8:${count.toString(16)}::1`)
  expect(addressGroup('2001:db8:a:b::1')).toBe('2001:db8:a:b::/64')
})

test('a group of IPv6 is in a network of 48 bits, an IPv4 address in none', () => {
  expect(networkOfGroup(addressGroup('2001:db8:a:b::1'))).toBe('2001:db8:a::/48')
  expect(networkOfGroup(addressGroup('2001:db8:a:ffff::1'))).toBe('2001:db8:a::/48')
  expect(networkOfGroup(addressGroup('1::'))).toBe('1:0:0::/48')
  expect(networkOfGroup(addressGroup('192.0.2.7'))).toBeUndefined()
  expect(networkOfGroup('')).toBeUndefined()
})
