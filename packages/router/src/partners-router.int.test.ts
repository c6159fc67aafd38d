import { accountId } from '@greenroom/contract'
import { openSeatMirror } from '@greenroom/core'
import { callByKey, createTestDeps, makeFan } from '@greenroom/core/testing'
import { afterAll, expect, test } from 'vitest'
import { appRouter } from './app-router.ts'
import type { Context } from './context.ts'

const deps = await createTestDeps()
const seatMirror = openSeatMirror(deps)
afterAll(() => seatMirror.close())
const account = await makeFan(deps)

const callAs = (role: 'fan' | 'operator' | undefined) => {
  const who = { accountId: account, sessionId: 1, locale: 'ko' as const, expiresAtMs: 9e15 }
  const context: Context = {
    deps,
    seatMirror,
    session: role === undefined ? null : { ...who, role },
    requestId: 'request-1',
    setSessionCookie: () => undefined,
    address: '127.0.0.1',
  }
  return appRouter.createCaller(context).partners
}

test('an operator makes a key, sees it without its secret, and ends it', async () => {
  const partners = callAs('operator')
  const { partnerKey, secret } = await partners.createKey({ name: ' Agency ', concertIds: null })
  expect(partnerKey).toMatchObject({ name: 'Agency', ratePerMinute: 6_000, revokedAtMs: null })
  expect(await callByKey(deps, secret)).toMatchObject({ name: 'Agency' })
  const listed = await partners.listKeys()
  expect(listed.map((key) => key.partnerKeyId)).toContain(partnerKey.partnerKeyId)
  expect(JSON.stringify(listed)).not.toContain(secret.split('_').slice(2).join('_'))
  expect(await partners.revokeKey(partnerKey)).toMatchObject({ revokedAtMs: expect.any(Number) })
  await expect(callByKey(deps, secret)).rejects.toMatchObject({ code: 'PARTNER_KEY_REFUSED' })
})

test.for([
  ['a fan', 'fan', 'FORBIDDEN'],
  ['nobody', undefined, 'UNAUTHORIZED'],
] as const)('%s gets none of it', async ([, role, code]) => {
  const partners = callAs(role)
  const partnerKeyId = (await callAs('operator').createKey({ name: 'Agency', concertIds: null })).partnerKey
    .partnerKeyId
  const before = await callAs('operator').listKeys()
  await expect(partners.createKey({ name: 'Mine', concertIds: null })).rejects.toMatchObject({ code })
  await expect(partners.listKeys()).rejects.toMatchObject({ code })
  await expect(partners.revokeKey({ partnerKeyId })).rejects.toMatchObject({ code })
  expect(await callAs('operator').listKeys()).toEqual(before)
})

test('the account behind a key is the operator who made it', async () => {
  const { partnerKey } = await callAs('operator').createKey({ name: 'Agency', concertIds: null })
  const { rows } = await deps.db.pool.query('select id from accounts where email = $1', [
    partnerKey.createdByEmail,
  ])
  expect(rows).toEqual([{ id: accountId.parse(account) }])
})
