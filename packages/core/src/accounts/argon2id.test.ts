import { expect, test } from 'vitest'
import { deriveArgon2id, deriveWithPackage } from './argon2id.ts'

test('a password hashed on an old Node opens on a new one: both ways give the same bytes', async () => {
  const input = {
    message: '비밀번호',
    nonce: Buffer.alloc(16, 7),
    memory: 19_456,
    passes: 2,
    parallelism: 1,
    tagLength: 32,
  }
  const tag = await deriveArgon2id(input)
  expect(await deriveWithPackage(input)).toEqual(tag)
  expect(await deriveWithPackage({ ...input, passes: 3 })).not.toEqual(tag)
})
