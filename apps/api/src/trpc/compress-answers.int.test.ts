import { gunzipSync } from 'node:zlib'
import { openSeatMirror, startSessionRevocations } from '@greenroom/core'
import { createTestDeps, givePass, makeShow } from '@greenroom/core/testing'
import { afterAll, expect, test } from 'vitest'
import { buildServer } from '../build-server.ts'
import { apiSettings } from '../testing/api-settings.ts'
import { createCompressor } from './compress-answers.ts'

const deps = await createTestDeps()
const stopRevocations = await startSessionRevocations(deps)
const seatMirror = openSeatMirror(deps)
const { server } = await buildServer({ deps, seatMirror, settings: apiSettings(deps) })
afterAll(async () => {
  await server.close()
  stopRevocations()
  await seatMirror.close()
})

async function signUp(): Promise<{ token: string; account: { accountId: number } }> {
  const payload = { email: 'map@test.example', password: 'a long password', name: 'Fan' }
  const reply = await server.inject({ method: 'POST', url: '/trpc/accounts.signUp', payload })
  return reply.json<{ result: { data: { token: string; account: { accountId: number } } } }>().result.data
}

test('a seat map comes compressed to who takes it so, the same text as to everybody else', async () => {
  const { showId, concertId } = await makeShow(deps, { seatCount: 20_000 })
  const { token, account } = await signUp()
  const fanId = account.accountId as Parameters<typeof givePass>[1]['fanId']
  const pass = await givePass(deps, { concertId, fanId })
  const input = encodeURIComponent(JSON.stringify({ showId, pass }))
  const ask = (encoding?: string) =>
    server.inject({
      url: `/trpc/seats.snapshot?input=${input}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(encoding === undefined ? {} : { 'accept-encoding': encoding }),
      },
    })
  const plain = await ask()
  expect(plain.headers).toMatchObject({ vary: 'trpc-accept, accept, accept-encoding' })
  expect(plain.headers['content-encoding']).toBeUndefined()
  for (const encoding of ['gzip, deflate, br', 'br, gzip;q=0.5']) {
    const packed = await ask(encoding)
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      vary: 'trpc-accept, accept, accept-encoding',
      'content-length': `${packed.rawPayload.length}`,
    })
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length)
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.payload)
  }
  for (const encoding of ['gzip;q=0', 'identity']) expect((await ask(encoding)).payload).toBe(plain.payload)
})

test('a short answer is nobody compressed for', async () => {
  const reply = await server.inject({ url: '/trpc/accounts.me', headers: { 'accept-encoding': 'gzip' } })
  expect(reply.headers['content-encoding']).toBeUndefined()
  expect(reply.headers.vary).toBe('trpc-accept, accept')
})

test('the same text is compressed once, and what nobody asked for any more is forgotten', async () => {
  const compress = createCompressor()
  const first = await compress('a'.repeat(10_000))
  expect(await compress('a'.repeat(10_000))).toBe(first)
  for (let other = 0; other < 40; other++) await compress(`${other}`.repeat(10_000))
  const again = await compress('a'.repeat(10_000))
  expect(again).not.toBe(first)
  expect(again).toEqual(first)
})
