import * as crypto from 'node:crypto'
import { promisify } from 'node:util'

/** Costs in KiB and passes; `nonce` is the salt, `tagLength` the bytes wanted. */
export type Argon2idInput = {
  message: string
  nonce: Uint8Array
  memory: number
  passes: number
  parallelism: number
  tagLength: number
}

/** One key from a password, off the main thread. Both ways give the same bytes. */
export type DeriveArgon2id = (input: Argon2idInput) => Promise<Buffer>

/** Node has argon2id since 24.7; on an older one a compiled package brings it, which no newer one loads. */
export const deriveArgon2id: DeriveArgon2id = (input) =>
  'argon2' in crypto ? deriveWithNode(input) : deriveWithPackage(input)

const deriveWithNode: DeriveArgon2id = (input) => promisify(crypto.argon2)('argon2id', input)

export const deriveWithPackage: DeriveArgon2id = async (input) => {
  const { hashRaw } = await import('@node-rs/argon2')
  return await hashRaw(input.message, {
    salt: input.nonce,
    memoryCost: input.memory,
    timeCost: input.passes,
    parallelism: input.parallelism,
    outputLen: input.tagLength,
  })
}
