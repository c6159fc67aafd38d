import { readId } from '../../app/read-id.ts'
import type { ShowId, TicketId } from '@greenroom/contract'

/**
 * What a gate without a network learns of a code: that it is ours, and whose gate it is for, with nothing of what became of it; that
 * it is not ours; or nothing, since this device has no key to check with, or a browser that cannot.
 */
export type OfflineReading =
  | { kind: 'ours'; ticketId: TicketId; showId: ShowId }
  | { kind: 'forged' }
  | { kind: 'unchecked' }

type Jwk = Record<string, unknown>

const forged: OfflineReading = { kind: 'forged' }

/**
 * Checks a ticket's code with the public keys alone (JWS, Ed25519). The header is not asked which algorithm to use: there is one.
 * Only a signature that was checked, or what has the shape of none, is called forged.
 */
export async function readOffline(code: string, keys: readonly Jwk[]): Promise<OfflineReading> {
  const [head, payload, signature, ...rest] = code.split('.')
  if (head === undefined || payload === undefined || signature === undefined || rest.length > 0) return forged
  const usable = await importKeys(keys)
  if (usable.length === 0) return { kind: 'unchecked' }
  const signed = new TextEncoder().encode(`${head}.${payload}`)
  try {
    for (const key of usable)
      if (await crypto.subtle.verify('Ed25519', key, bytesOf(signature), signed))
        return readClaims(new TextDecoder().decode(bytesOf(payload)))
  } catch (error) {
    // not base64url, not JSON: nothing that we wrote
    if (error instanceof DOMException || error instanceof SyntaxError) return forged
    throw error
  }
  return forged
}

/**
 * None where the browser lets a page check nothing: plain http but for this machine's own address, and browsers older than Ed25519
 * in Web Crypto (2025), which refuse each key as `NotSupportedError`.
 */
async function importKeys(keys: readonly Jwk[]): Promise<CryptoKey[]> {
  if (!isSecureContext) return []
  const imported = await Promise.all(
    keys.map(async ({ kty, crv, x }) => {
      if (typeof kty !== 'string' || typeof crv !== 'string' || typeof x !== 'string') return []
      try {
        return [await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify'])]
      } catch (error) {
        if (error instanceof DOMException) return []
        throw error
      }
    }),
  )
  return imported.flat()
}

function readClaims(text: string): OfflineReading {
  const claims: unknown = JSON.parse(text)
  if (typeof claims !== 'object' || claims === null || !('t' in claims) || !('s' in claims)) return forged
  const [ticketId, showId] = [readId<TicketId>(String(claims.t)), readId<ShowId>(String(claims.s))]
  return ticketId === undefined || showId === undefined ? forged : { kind: 'ours', ticketId, showId }
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0)
}
