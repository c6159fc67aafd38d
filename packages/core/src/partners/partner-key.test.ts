import { partnerKeyId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { hashSecret, isRightSecret, makeSecret, readKey, writeKey } from './partner-key.ts'

const id = partnerKeyId.parse(12)

test("a key's text is read back as it was written", () => {
  for (let times = 0; times < 200; times++) {
    const secret = makeSecret()
    expect(readKey(writeKey({ partnerKeyId: id, secret }))).toEqual({ partnerKeyId: id, secret })
  }
})

const secret = makeSecret()
test.for([
  ['nothing', ''],
  ['the secret alone', secret],
  ['another prefix', `sk_12_${secret}`],
  ['no id', `gr__${secret}`],
  ['an id of 0', `gr_0_${secret}`],
  ['an id with a leading zero', `gr_012_${secret}`],
  ['an id past every integer', `gr_9999999999999999_${secret}`],
  ['a secret that is too short', `gr_12_${secret.slice(1)}`],
  ['a secret that is too long', `gr_12_${secret}A`],
  ['two keys, as a doubled header arrives', `gr_12_${secret}, gr_12_${secret}`],
  ['a line break at its end', `gr_12_${secret}\n`],
  ['a letter outside base64url', `gr_12_${secret.slice(1)}+`],
  ['a million characters', `gr_12_${'A'.repeat(1_000_000)}`],
] as const)('%s is no key', ([, text]) => {
  expect(readKey(text)).toBeUndefined()
})

test('the right secret matches its hash, any other does not', () => {
  expect(isRightSecret(secret, hashSecret(secret))).toBe(true)
  expect(isRightSecret(makeSecret(), hashSecret(secret))).toBe(false)
  // the last character carries 2 bits that 32 bytes do not need: another spelling of the same bytes is another secret
  const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const other = secret.slice(0, -1) + last[(last.indexOf(secret.at(-1) ?? '') ^ 1) % 64]
  expect(Buffer.from(other, 'base64url')).toEqual(Buffer.from(secret, 'base64url'))
  expect(isRightSecret(other, hashSecret(secret))).toBe(false)
})

test('no stored hash matches nothing, not even what hashes to the stand-in', () => {
  expect(isRightSecret(secret, undefined)).toBe(false)
})
