import { expect, test } from 'vitest'
import { readOffline } from './check-offline.ts'
import { encodePart, publicKeys as keys, signCode, stranger } from './testing/sign-code.ts'

test('a code of ours says which ticket it is and for which show', async () => {
  expect(await readOffline(signCode({ t: 7, s: 3, n: 20 }), keys)).toEqual({ ticketId: 7, showId: 3 })
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
  for (const code of codes) expect([code, await readOffline(code, keys)]).toEqual([code, undefined])
  expect(await readOffline(good, [])).toBeUndefined()
})
