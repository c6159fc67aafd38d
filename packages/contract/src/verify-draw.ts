import type { AccountId } from './ids.ts'

// browsers and Node both have these; neither one's whole set of types belongs into the contract
declare const TextEncoder: new () => { encode: (text: string) => Uint8Array }
declare const crypto: {
  subtle: {
    digest: (hash: string, bytes: Uint8Array) => Promise<ArrayBuffer>
    importKey: (
      format: 'raw',
      key: Uint8Array,
      how: object,
      extractable: boolean,
      uses: string[],
    ) => Promise<object>
    sign: (how: string, key: object, bytes: Uint8Array) => Promise<ArrayBuffer>
  }
}

/** What a line published about its draw: the commitment before anybody joined, the seed after the opening. */
export type PublishedDraw = { commitment: string; seed: string }

/**
 * Recomputes a fan's place in a lobby's draw, in a browser as well as in Node: the first 39 bits of
 * HMAC-SHA256(key = seed, message = fan id in decimal), both as text; smaller is sooner. `undefined` when the seed is
 * not the one that was committed to (sha256 of its text, in hex).
 */
export async function verifyDraw(draw: PublishedDraw, fanId: AccountId): Promise<number | undefined> {
  const { subtle } = crypto
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
  const digest = new Uint8Array(await subtle.digest('SHA-256', encode(draw.seed)))
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (hex !== draw.commitment) return undefined
  const key = await subtle.importKey('raw', encode(draw.seed), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const mac = await subtle.sign('HMAC', key, encode(String(fanId)))
  return Number(new DataView(mac).getBigUint64(0) >> 25n)
}
