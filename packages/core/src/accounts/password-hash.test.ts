import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { checkPassword, hashLoad, hashPassword } from './password-hash.ts'

test('a password opens its own hash and no other', async () => {
  const stored = await hashPassword('greenroom')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(await checkPassword(stored, 'greenroom')).toBe(true)
  expect(await checkPassword(stored, 'Greenroom')).toBe(false)
})

test('the same password hashed twice gives two texts', async () => {
  expect(await hashPassword('greenroom')).not.toBe(await hashPassword('greenroom'))
})

test('a hash made elsewhere with another cost still opens', async () => {
  // from the tests of the argon2 reference program: password "password", salt "somesalt", 64 MiB
  const stored = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  expect(await checkPassword(stored, 'password')).toBe(true)
  expect(await checkPassword(stored, 'Password')).toBe(false)
})

test('an account that does not exist, or has no password, never opens', async () => {
  expect(await checkPassword(undefined, '')).toBe(false)
  expect(await checkPassword('none', 'none')).toBe(false)
})

test('checking the password of nobody does the same work as checking one of somebody', async () => {
  const seen: number[] = []
  for (const stored of [await hashPassword('greenroom'), undefined]) {
    const check = checkPassword(stored, 'wrong')
    seen.push(hashLoad().running)
    await check
    await sleep(0)
  }
  expect(seen).toEqual([1, 1])
})
