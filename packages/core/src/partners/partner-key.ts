import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type PartnerKeyId, partnerKeyId } from '@greenroom/contract'

/** What a key's text says: which row it claims to be, and the secret that proves it. */
export type ReadKey = { partnerKeyId: PartnerKeyId; secret: string }

/** A new secret of 32 random bytes, 43 characters as base64url. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** The text a partner sends: `gr_<id>_<secret>`. The prefix lets secret scanners find a key that leaked. */
export function writeKey({ partnerKeyId: id, secret }: ReadKey): string {
  return `gr_${id}_${secret}`
}

/** The parts of a key's text, or `undefined` when it cannot be one of ours. */
export function readKey(text: string): ReadKey | undefined {
  const parts = /^gr_([1-9]\d{0,15})_([\w-]{43})$/.exec(text)
  const id = partnerKeyId.safeParse(Number(parts?.[1]))
  const secret = parts?.[2]
  return id.success && secret !== undefined ? { partnerKeyId: id.data, secret } : undefined
}

/** What is stored of a secret. One SHA-256 is enough: nobody can try out 2^256 of them, however fast a try is. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Compares in a time that says nothing about where two hashes differ; no stored hash costs the same and is no match. */
export function isRightSecret(secret: string, storedHash: Buffer | undefined): boolean {
  const isSame = timingSafeEqual(hashSecret(secret), storedHash ?? Buffer.alloc(32))
  return isSame && storedHash !== undefined
}
