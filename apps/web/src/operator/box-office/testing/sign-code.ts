import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

const ours = generateKeyPairSync('ed25519')
export const stranger = generateKeyPairSync('ed25519').privateKey

/** The public keys as a gate has them. */
export const publicKeys: Record<string, unknown>[] = [{ ...ours.publicKey.export({ format: 'jwk' }) }]

/** A ticket's code as the server writes it, or another's. */
export function signCode(
  claims: unknown,
  by: KeyObject = ours.privateKey,
  head: unknown = { alg: 'EdDSA' },
): string {
  const signed = `${encodePart(head)}.${encodePart(claims)}`
  return `${signed}.${sign(null, Buffer.from(signed), by).toString('base64url')}`
}

export function encodePart(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
