import { readId } from '../../app/read-id.ts'
import type { ShowId, TicketId } from '@greenroom/contract'

/** What a gate without a network learns of a code: that it is ours, and whose gate it is for. Nothing of what became of it. */
export type OfflineReading = { ticketId: TicketId; showId: ShowId }

type Jwk = Record<string, unknown>

/**
 * Checks a ticket's code with the public keys alone (JWS, Ed25519); `undefined` when it is not ours. The header is not asked
 * which algorithm to use: there is one.
 */
export async function readOffline(code: string, keys: readonly Jwk[]): Promise<OfflineReading | undefined> {
  const [head, payload, signature, ...rest] = code.split('.')
  if (head === undefined || payload === undefined || signature === undefined || rest.length > 0)
    return undefined
  const signed = new TextEncoder().encode(`${head}.${payload}`)
  try {
    for (const jwk of keys) {
      const { kty, crv, x } = jwk
      if (typeof kty !== 'string' || typeof crv !== 'string' || typeof x !== 'string') continue
      const key = await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify'])
      if (await crypto.subtle.verify('Ed25519', key, bytesOf(signature), signed))
        return readClaims(new TextDecoder().decode(bytesOf(payload)))
    }
  } catch (error) {
    // not base64url, not JSON: nothing that we wrote
    if (error instanceof DOMException || error instanceof SyntaxError) return undefined
    throw error
  }
  return undefined
}

function readClaims(text: string): OfflineReading | undefined {
  const claims: unknown = JSON.parse(text)
  if (typeof claims !== 'object' || claims === null || !('t' in claims) || !('s' in claims)) return undefined
  const [ticketId, showId] = [readId<TicketId>(String(claims.t)), readId<ShowId>(String(claims.s))]
  return ticketId === undefined || showId === undefined ? undefined : { ticketId, showId }
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0)
}
