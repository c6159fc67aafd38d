import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AccountId, maxBalanceMinor } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { sqlState } from '../platform/database.ts'
import { asOwner } from '../testing/as-owner.ts'
import { findLockable, whileItWaits } from '../testing/blocked-rows.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { charge, readBalance } from './index.ts'

const deps = await createTestDeps()

const chargeOnce = (fanId: AccountId, amountMinor: number, idempotencyKey: string = randomUUID()) =>
  charge(deps, { fanId, amountMinor, idempotencyKey })

test('a hundred charges of one wallet at once are answered as if they had come one after the other', async () => {
  const fanId = await makeFan(deps)
  const amounts = Array.from({ length: 100 }, (_, at) => 1_000 + at)
  const replies = await Promise.all(amounts.map((amountMinor) => chargeOnce(fanId, amountMinor)))
  let balanceMinor = 0
  expect(replies).toEqual(
    amounts.map((amountMinor) => ({ balanceMinor: (balanceMinor += amountMinor), currency: 'KRW' })),
  )
  expect(await checkLedger(deps)).toEqual([])
})

test('a charge that cannot be made takes nobody along, and its key is free', async () => {
  const [full, ...others] = await makeFans(deps, 5)
  if (full === undefined) throw new Error('fans were made')
  await deps.db.pool.query('update wallets set balance_minor = $2 where account_id = $1', [
    full,
    maxBalanceMinor,
  ])
  const key = randomUUID()
  const outcomes = await Promise.allSettled([
    chargeOnce(full, 1_000, key),
    ...others.map((fanId) => chargeOnce(fanId, 1_000)),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', ...others.map(() => 'fulfilled')])
  expect(outcomes[0]).toMatchObject({ reason: { code: 'BALANCE_TOO_HIGH' } })
  await deps.db.pool.query('update wallets set balance_minor = 0 where account_id = $1', [full])
  expect(await chargeOnce(full, 1_000, key)).toMatchObject({ balanceMinor: 1_000 })
})

test('the same charge again, in the same turn and later, is one charge', async () => {
  const fanId = await makeFan(deps)
  const key = randomUUID()
  const reply = { balanceMinor: 500, currency: 'KRW' }
  expect(await Promise.all([1, 2, 3].map(() => chargeOnce(fanId, 500, key)))).toEqual([reply, reply, reply])
  expect(await chargeOnce(fanId, 500, key)).toEqual(reply)
  expect(await readBalance(deps, fanId)).toEqual(reply)
})

test('charges that waited for another transaction of the same wallet tell the balance as that one left it', async () => {
  const fanId = await makeFan(deps)
  const { outcome } = await whileItWaits(
    deps,
    {
      text: 'update wallets set balance_minor = balance_minor + 7 where account_id = $1',
      values: [fanId],
      isKept: true,
    },
    () => Promise.all([chargeOnce(fanId, 100), chargeOnce(fanId, 200)]),
    () => Promise.resolve(),
  )
  expect(outcome).toMatchObject({ value: [{ balanceMinor: 107 }, { balanceMinor: 307 }] })
  expect(await readBalance(deps, fanId)).toMatchObject({ balanceMinor: 307 })
})

test('wallets that are charged together are locked in the order of their fans', async () => {
  const [low, high] = await makeFans(deps, 2)
  if (low === undefined || high === undefined) throw new Error('fans were made')
  const { found } = await whileItWaits(
    deps,
    { text: 'select from wallets where account_id = $1 for update', values: [low] },
    () => Promise.all([chargeOnce(high, 100), chargeOnce(low, 100)]),
    () => findLockable(deps, { table: 'wallets', key: 'account_id', values: [low, high] }),
  )
  expect(found).toEqual([high])
})

const takeKey = (fanId: AccountId, key: string) => ({
  text: "insert into idempotency_keys (fan_id, key, command, body_hash) values ($1, $2, 'charge', '')",
  values: [fanId, key],
})

test('keys that are claimed together are claimed in their order', async () => {
  const [low, high] = await makeFans(deps, 2)
  if (low === undefined || high === undefined) throw new Error('fans were made')
  const [lowKey, highKey] = [randomUUID(), randomUUID()]
  const { found, outcome } = await whileItWaits(
    deps,
    takeKey(low, lowKey),
    () => Promise.all([chargeOnce(high, 100, highKey), chargeOnce(low, 100, lowKey)]),
    async () => {
      const tx = await deps.db.pool.connect()
      await tx.query("begin; set local lock_timeout = '100ms'")
      const claimed = await tx.query(takeKey(high, highKey)).then(() => 'free', sqlState)
      await tx.query('rollback')
      tx.release()
      return claimed
    },
  )
  expect(found).toBe('free')
  expect(outcome).toMatchObject({ value: [{ balanceMinor: 100 }, { balanceMinor: 100 }] })
})

test('a charge that came later is not made before one that waits', async () => {
  const fanId = await makeFan(deps)
  const key = randomUUID()
  const { found, outcome } = await whileItWaits(
    deps,
    takeKey(fanId, key),
    () => chargeOnce(fanId, 100, key),
    async () => {
      const later = chargeOnce(fanId, 200)
      // time enough to be made, if it could be
      await Promise.race([later, sleep(250)])
      return { later }
    },
  )
  expect(outcome).toMatchObject({ value: { balanceMinor: 100 } })
  expect(await found.later).toMatchObject({ balanceMinor: 300 })
})

test('a charge that fails its transaction fails alone', async () => {
  const fanIds = await makeFans(deps, 3)
  const nobody = 9_999_999 as AccountId
  const outcomes = await Promise.allSettled([...fanIds, nobody].map((fanId) => chargeOnce(fanId, 100)))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
  for (const fanId of fanIds) expect(await readBalance(deps, fanId)).toMatchObject({ balanceMinor: 100 })
})

test('a wallet that no house has the other side for is charged nothing', async () => {
  const fanId = await makeFan(deps)
  const neighbour = await makeFan(deps)
  await setCurrency(fanId, 'USD')
  const [refused, charged] = await Promise.allSettled([chargeOnce(fanId, 100), chargeOnce(neighbour, 100)])
  expect(refused.status).toBe('rejected')
  expect(charged).toMatchObject({ value: { balanceMinor: 100 } })
  expect(await readBalance(deps, fanId)).toMatchObject({ balanceMinor: 0 })
})

/** What no rule of the product does, and its login may not. */
async function setCurrency(fanId: AccountId, currency: string): Promise<void> {
  await asOwner(deps, (tx) =>
    tx.query('update wallets set currency = $2 where account_id = $1', [fanId, currency]),
  )
}
