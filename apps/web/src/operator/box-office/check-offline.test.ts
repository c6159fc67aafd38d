import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { readOffline } from './check-offline.ts'

const ours = generateKeyPairSync('ed25519')
const other = generateKeyPairSync('ed25519')
const keys = [{ ...ours.publicKey.export({ format: 'jwk' }) }]

const text = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

function write(claims: unknown, by = ours.privateKey, head: unknown = { alg: 'EdDSA' }): string {
  const signed = `${text(head)}.${text(claims)}`
  return `${signed}.${sign(null, Buffer.from(signed), by).toString('base64url')}`
}

test('a code of ours says which ticket it is and for which show', async () => {
  expect(await readOffline(write({ t: 7, s: 3, n: 20 }), keys)).toEqual({ ticketId: 7, showId: 3 })
})

test('a code that is signed elsewhere, changed, cut, made up or says nothing is not ours', async () => {
  const good = write({ t: 7, s: 3, n: 20 })
  const [head, , signature] = good.split('.')
  const codes = [
    write({ t: 7, s: 3 }, other.privateKey),
    `${head}.${text({ t: 8, s: 3, n: 20 })}.${signature}`,
    `${text({ alg: 'none' })}.${text({ t: 7, s: 3 })}.`,
    good.slice(0, -4),
    `${good}.x`,
    write({ t: 0, s: 3 }),
    write('x'),
    'https://greenroom.example',
    '',
    '..',
    '한.글.이',
  ]
  for (const code of codes) expect([code, await readOffline(code, keys)]).toEqual([code, undefined])
  expect(await readOffline(good, [])).toBeUndefined()
})
