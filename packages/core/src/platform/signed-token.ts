import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/**
 * Compact JWS, HS256 (RFC 7515), with a fixed header: the verifier compares the header to a constant instead of
 * reading it, so there is no algorithm to choose. 3 us a token; `jose` reads the same format from outside.
 */
const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')

/** One key per purpose, so that a receipt can never pass for a session (RFC 5869, HKDF-SHA256). */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'greenroom', purpose, 32))
}

type Purpose = 'session' | 'receipt' | 'pass' | 'ticket' | 'webhook' | 'challenge' | 'device'
type Keys = Record<Purpose, Buffer>

/** What is signed with, and of earlier secrets what is still read. */
export type KeyRing = Keys & { previous?: readonly Keys[] }

/** The keys of a secret, and those of the secrets before it, whose tokens are good until they end. */
export function openKeys(secret: string, previousSecrets: readonly string[] = []): KeyRing {
  return { ...keysOf(secret), previous: previousSecrets.map(keysOf) }
}

const keysOf = (secret: string): Keys => ({
  session: deriveKey(secret, 'session'),
  receipt: deriveKey(secret, 'receipt'),
  pass: deriveKey(secret, 'pass'),
  ticket: deriveKey(secret, 'ticket'),
  webhook: deriveKey(secret, 'webhook'),
  challenge: deriveKey(secret, 'challenge'),
  device: deriveKey(secret, 'device'),
})

/** Every key of that purpose, the present one first. */
export function keysFor(ring: KeyRing, purpose: Purpose): Buffer[] {
  return [ring, ...(ring.previous ?? [])].map((keys) => keys[purpose])
}

/**
 * The payload of a token that one of our keys of that purpose made, the present one or an earlier. Which one, its MAC says: a
 * token names no key, so there is none to choose for whoever forges one.
 */
export function readOwnToken(ring: KeyRing, purpose: Purpose, token: string): unknown {
  const present = readToken(ring[purpose], token)
  if (present !== undefined || ring.previous === undefined) return present
  for (const keys of ring.previous) {
    const payload = readToken(keys[purpose], token)
    if (payload !== undefined) return payload
  }
  return undefined
}

/** The same key and payload always give the same text. */
export function signToken(key: Buffer, payload: object): string {
  const body = `${header}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`
  return `${body}.${mac(key, body).toString('base64url')}`
}

/** The payload when the token is whole and ours, else `undefined`. The caller parses the payload and checks its expiry. */
function readToken(key: Buffer, token: string): unknown {
  const [head, body, signature, rest] = token.split('.')
  if (head !== header || body === undefined || signature === undefined || rest !== undefined) return undefined
  const given = Buffer.from(signature, 'base64url')
  const expected = mac(key, `${head}.${body}`)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  // the re-encoding check refuses a second spelling of the same bytes
  if (given.toString('base64url') !== signature) return undefined
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
}

function mac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
