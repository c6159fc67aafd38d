/** A place in a line; an earlier epoch, then a smaller number, is further ahead. */
export type PlaceKey = { epoch: number; seq: number }

/**
 * What every receipt and pass says in the clear: reads the place out of a token's payload, as anybody may (RFC 7515); its
 * signature is the server's business. Throws where a token says no place.
 */
export function readPlaceKey(token: string): PlaceKey {
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
  const body: unknown = payload === '' ? undefined : JSON.parse(atob(payload))
  const epoch: unknown = Reflect.get(Object(body), 'e')
  const seq: unknown = Reflect.get(Object(body), 's')
  if (typeof epoch !== 'number' || typeof seq !== 'number') throw new Error('a token says no place')
  return { epoch, seq }
}
