import { type AccountId, type ConcertId, type PartnerKeyId, partnerKeyId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { listAudit } from '../testing/list-audit.ts'
import { sqlState } from '../platform/database.ts'
import { asOwner } from '../testing/as-owner.ts'
import { callByKey } from '../testing/call-by-key.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import {
  auditPartnerCall,
  createPartnerKey,
  listPartnerKeys,
  requirePartnerConcert,
  requirePartnerWallets,
  revokePartnerKey,
} from './index.ts'
import { makeSecret, writeKey } from './partner-key.ts'
import { findStoredKey } from './partner-keys-store.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const key = (concertIds: ConcertId[] | null = null, ratePerMinute = 1_000) =>
  createPartnerKey(deps, { operatorId, name: 'Ticket agency', concertIds, ratePerMinute })

/** The whole table as text, however its columns are called. */
const storedText = async (): Promise<string> => {
  const { rows } = await deps.db.pool.query<{ text: string }>(
    `select string_agg(partner_keys::text || encode(key_hash, 'escape') || encode(key_hash, 'base64'), ' ') as text
     from partner_keys`,
  )
  return rows[0]?.text ?? ''
}

test('the secret is told once, and neither the table nor the audit nor the list holds it', async () => {
  const { partnerKey, secret } = await key()
  const random = secret.split('_').slice(2).join('_')
  expect(secret).toBe(writeKey({ partnerKeyId: partnerKey.partnerKeyId, secret: random }))
  const kept = [await storedText(), JSON.stringify([await listAudit(deps), await listPartnerKeys(deps)])]
  for (const text of kept) {
    expect(text).toContain('Ticket agency')
    expect(text).not.toContain(random)
    expect(text).not.toContain(Buffer.from(random, 'base64url').toString('hex'))
    expect(text).not.toContain(Buffer.from(random).toString('hex'))
  }
})

test('guard off: a secret that is stored as it is would be found in the table', async () => {
  const secret = makeSecret()
  await asOwner(deps, (tx) =>
    tx.query(
      `insert into partner_keys (name, key_hash, rate_per_minute, created_by)
       values ($1, decode($2, 'base64'), 1, $3)`,
      ['plain', Buffer.from(secret, 'base64url').toString('base64'), operatorId],
    ),
  )
  expect(await storedText()).toContain(Buffer.from(secret, 'base64url').toString('hex'))
})

test('a key proves its partner, in every process and however often', async () => {
  const { partnerKey, secret } = await key()
  const partner = { partnerKeyId: partnerKey.partnerKeyId, name: 'Ticket agency', concertIds: null }
  for (const process of [deps, deps, openProcess(deps)])
    expect(await callByKey(process, secret)).toEqual(partner)
})

test('no key is asked for, any other text is refused without a reason', async () => {
  const { partnerKey, secret } = await key()
  const other = await key()
  const foreign = writeKey({ partnerKeyId: partnerKey.partnerKeyId, secret: makeSecret() })
  const unknown = writeKey({ partnerKeyId: partnerKeyId.parse(999_999), secret: makeSecret() })
  const swapped = secret.replace(/^gr_\d+_/, `gr_${other.partnerKey.partnerKeyId}_`)
  for (const nothing of [undefined, ''])
    await expect(callByKey(deps, nothing)).rejects.toMatchObject({ code: 'PARTNER_KEY_REQUIRED' })
  for (const text of [foreign, unknown, swapped, `Bearer ${secret}`, 'x'.repeat(10_000), "' or true --"])
    await expect(callByKey(deps, text)).rejects.toMatchObject({
      code: 'PARTNER_KEY_REFUSED',
      details: {},
    })
})

test('a revoked key is refused here at once and within a second elsewhere; revoking again changes nothing', async () => {
  const { partnerKey, secret } = await key()
  const other = openProcess(deps)
  await callByKey(other, secret)
  await callByKey(deps, secret)
  const revoke = () => revokePartnerKey(deps, { operatorId, partnerKeyId: partnerKey.partnerKeyId })
  const revoked = await revoke()
  await expect(callByKey(deps, secret)).rejects.toMatchObject({ code: 'PARTNER_KEY_REFUSED' })
  await expect
    .poll(() => callByKey(other, secret).then(String, (error: Error) => error.message))
    .toBe('PARTNER_KEY_REFUSED')
  await expect(callByKey(openProcess(deps), secret)).rejects.toMatchObject({
    code: 'PARTNER_KEY_REFUSED',
  })
  expect(await revoke()).toEqual(revoked)
  expect(await auditOf(partnerKey.partnerKeyId)).toEqual(['partnerKey.revoke', 'partnerKey.create'])
})

test('guard off: a process that never read the row again would let a revoked key in', async () => {
  const { partnerKey } = await key()
  const before = await findStoredKey(deps.db, partnerKey.partnerKeyId)
  await revokePartnerKey(deps, { operatorId, partnerKeyId: partnerKey.partnerKeyId })
  expect(before?.isRevoked).toBe(false)
  expect((await findStoredKey(deps.db, partnerKey.partnerKeyId))?.isRevoked).toBe(true)
})

test('a key limited to concerts opens those and no other; an unlimited one opens all', async () => {
  const [mine, other] = [await makeShow(deps), await makeShow(deps)]
  const limited = await callByKey(deps, (await key([mine.concertId])).secret)
  requirePartnerConcert(limited, mine.concertId)
  expect(() => requirePartnerConcert(limited, other.concertId)).toThrow('FORBIDDEN')
  // a wallet is for all concerts
  expect(() => requirePartnerWallets(limited)).toThrow('FORBIDDEN')
  const unlimited = await callByKey(deps, (await key(null)).secret)
  requirePartnerConcert(unlimited, other.concertId)
  requirePartnerWallets(unlimited)
})

test('a key for a concert that does not exist, for none or for one twice is not made', async () => {
  const { concertId } = await makeShow(deps)
  const before = await storedText()
  await expect(key([concertId, 999_999 as ConcertId])).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { what: 'concert' },
  })
  for (const ids of [[], [concertId, concertId]])
    await expect(key(ids)).rejects.toMatchObject({ code: 'BAD_INPUT' })
  for (const name of ['', '   ', 'a\u0000b', 'x'.repeat(81)])
    await expect(createPartnerKey(deps, { operatorId, name, concertIds: null })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
  expect(await storedText()).toBe(before)
})

test('an unknown key cannot be revoked', async () => {
  await expect(
    revokePartnerKey(deps, { operatorId, partnerKeyId: 999_999 as PartnerKeyId }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND', details: { what: 'partnerKey' } })
})

test('what a key opens is settled: the product can end a key and note its use, nothing else', async () => {
  await key()
  const change = (assignment: string) =>
    deps.db.pool.query(`update partner_keys set ${assignment}`).then(() => 'changed', sqlState)
  expect(await change("key_hash = decode(repeat('00', 32), 'hex')")).toBe('42501')
  expect(await change('concert_ids = null')).toBe('42501')
  expect(await change('rate_per_minute = 1000000')).toBe('42501')
  expect(await change('last_used_at = last_used_at')).toBe('changed')
})

test('live keys are listed first, with who made them and when they were last used', async () => {
  const { partnerKey, secret } = await key()
  const ended = await key()
  await revokePartnerKey(deps, { operatorId, partnerKeyId: ended.partnerKey.partnerKeyId })
  expect(partnerKey).toMatchObject({ ratePerMinute: 1_000, revokedAtMs: null, lastUsedAtMs: null })
  await callByKey(deps, secret)
  await expect
    .poll(async () => (await listPartnerKeys(deps))[0])
    .toMatchObject({
      partnerKeyId: partnerKey.partnerKeyId,
      createdByEmail: await emailOf(operatorId),
      lastUsedAtMs: expect.any(Number),
    })
  const isRevoked = (await listPartnerKeys(deps)).map(({ revokedAtMs }) => revokedAtMs !== null)
  expect(isRevoked).toEqual(isRevoked.toSorted((a, b) => Number(a) - Number(b)))
})

test('a wrong secret is no use of the key', async () => {
  const { partnerKey } = await key()
  const foreign = writeKey({ partnerKeyId: partnerKey.partnerKeyId, secret: makeSecret() })
  await expect(callByKey(deps, foreign)).rejects.toThrow('PARTNER_KEY_REFUSED')
  const listed = (await listPartnerKeys(deps)).find((each) => each.partnerKeyId === partnerKey.partnerKeyId)
  expect(listed?.lastUsedAtMs).toBeNull()
})

test('a call is audited with the partner who made it and the user they made it for', async () => {
  const fanId = await makeFan(deps)
  const partner = await callByKey(deps, (await key()).secret)
  const call = { partner, fanId, action: 'seat.hold', target: 'show 7', after: { seatIds: [1, 2] } }
  await auditPartnerCall(deps, call)
  const entry = {
    actorEmail: await emailOf(fanId),
    partnerName: 'Ticket agency',
    action: 'seat.hold',
    target: 'show 7',
    before: null,
    after: { seatIds: [1, 2] },
  }
  expect((await listAudit(deps))[0]).toMatchObject(entry)
  expect((await listAudit(deps, { by: 'partners' }))[0]).toMatchObject(entry)
  const byOperators = await listAudit(deps, { by: 'operators' })
  expect(byOperators[0]).toMatchObject({ action: 'partnerKey.create', partnerName: null })
  expect(byOperators.filter(({ partnerName }) => partnerName !== null)).toEqual([])
})

test('a call for a user who does not exist is refused by name and leaves no entry', async () => {
  const partner = await callByKey(deps, (await key()).secret)
  const before = await listAudit(deps)
  const call = { partner, fanId: 999_999 as AccountId, action: 'seat.hold', target: 'show 7' }
  await expect(auditPartnerCall(deps, call)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { what: 'account' },
  })
  expect(await listAudit(deps)).toEqual(before)
})

async function emailOf(accountId: AccountId): Promise<string> {
  const { rows } = await deps.db.pool.query<{ email: string }>('select email from accounts where id = $1', [
    accountId,
  ])
  return rows[0]?.email ?? ''
}

async function auditOf(id: PartnerKeyId): Promise<string[]> {
  const entries = await listAudit(deps)
  return entries.filter(({ target }) => target === `partner key ${id}`).map(({ action }) => action)
}
