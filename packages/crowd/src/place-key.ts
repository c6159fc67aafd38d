import type { LinePlace } from '@greenroom/oracles'

/** What every receipt and pass says in the clear: reads the place out of a token's payload, as anybody may (RFC 7515); its signature is the server's business. */
export function readPlaceKey(token: string): LinePlace {
  const body: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  const epoch: unknown = Reflect.get(Object(body), 'e')
  const seq: unknown = Reflect.get(Object(body), 's')
  if (typeof epoch !== 'number' || typeof seq !== 'number') throw new Error('a token says no place')
  return { epoch, seq }
}
