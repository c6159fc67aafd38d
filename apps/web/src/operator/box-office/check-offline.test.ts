import { beforeEach, expect, test, vi } from 'vitest'
import { readOffline } from './check-offline.ts'
import { encodePart, publicKeys as keys, signCode, stranger } from './testing/sign-code.ts'

beforeEach(() => {
  vi.stubGlobal('isSecureContext', true)
})

test('a code of ours says which ticket it is and for which show', async () => {
  expect(await readOffline(signCode({ t: 7, s: 3, n: 20 }), keys)).toEqual({
    kind: 'ours',
    ticketId: 7,
    showId: 3,
  })
})

test('a code that is signed elsewhere, changed, cut, made up or says nothing is not ours', async () => {
  const good = signCode({ t: 7, s: 3, n: 20 })
  const [head, , signature] = good.split('.')
  const codes = [
    signCode({ t: 7, s: 3 }, stranger),
    `${head}.${encodePart({ t: 8, s: 3, n: 20 })}.${signature}`,
    `${encodePart({ alg: 'none' })}.${encodePart({ t: 7, s: 3 })}.`,
    good.slice(0, -4),
    `${good}.x`,
    signCode({ t: 0, s: 3 }),
    signCode('x'),
    'https://greenroom.example',
    '',
    '..',
    '한.글.이',
  ]
  for (const code of codes) expect([code, await readOffline(code, keys)]).toEqual([code, { kind: 'forged' }])
})

test('without a key, or in a browser that can use none, a code is neither good nor forged', async () => {
  const good = signCode({ t: 7, s: 3, n: 20 })
  const unchecked = { kind: 'unchecked' }
  expect(await readOffline(good, [])).toEqual(unchecked)
  expect(await readOffline(good, [{ kty: 'RSA' }, { kty: 'OKP', crv: 'Ed25519', x: 'cut' }])).toEqual(
    unchecked,
  )
  // a key that is spoilt is no reason to doubt the other
  expect(await readOffline(good, [{ kty: 'OKP', crv: 'Ed25519', x: 'cut' }, ...keys])).toMatchObject({
    kind: 'ours',
  })
  // what has not the shape of a code is no ticket, whatever the device can
  expect(await readOffline('https://greenroom.example', [])).toEqual({ kind: 'forged' })
  const importKey = vi.spyOn(crypto.subtle, 'importKey')
  importKey.mockRejectedValue(new DOMException('Unrecognized name.', 'NotSupportedError'))
  expect(await readOffline(good, keys)).toEqual(unchecked)
  importKey.mockRestore()
  vi.stubGlobal('isSecureContext', false)
  expect(await readOffline(good, keys)).toEqual(unchecked)
})
