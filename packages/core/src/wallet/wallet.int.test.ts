import { randomUUID } from 'node:crypto'
import { type AccountId, balance, isDomainError, maxBalanceMinor, maxChargeMinor } from '@greenroom/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inTransaction, violatedConstraint } from '../platform/database.ts'
import { asOwner } from '../testing/as-owner.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { valuesOf } from '../testing/outcomes.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { charge, readBalance, readStatement, transfer, withIdempotency } from './index.ts'

const deps = await createTestDeps()

const someKey = (): string => randomUUID()

function chargeOnce(
  fanId: AccountId,
  amountMinor: number,
  idempotencyKey = someKey(),
): ReturnType<typeof charge> {
  return charge(deps, { fanId, amountMinor, idempotencyKey })
}

async function setBalance(fanId: AccountId, balanceMinor: number): Promise<void> {
  await deps.db.pool.query('update wallets set balance_minor = $2 where account_id = $1', [
    fanId,
    balanceMinor,
  ])
}

test('100 of 100 concurrent charges of one wallet are accepted and the balance is exact', async () => {
  const fanId = await makeFan(deps)
  const amounts = Array.from({ length: 100 }, (_, index) => 1_000 + index)
  const replies = await Promise.all(amounts.map((amount) => chargeOnce(fanId, amount)))
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  expect(await readBalance(deps, fanId)).toEqual({ balanceMinor: total, currency: 'KRW' })
  // no two charges saw the same balance
  expect(new Set(replies.map((reply) => reply.balanceMinor)).size).toBe(100)
})

test('guard off: balances read, then written, lose charges', async () => {
  const fanId = await makeFan(deps)
  await Promise.all(
    Array.from({ length: 100 }, async () => {
      const { balanceMinor } = await readBalance(deps, fanId)
      await setBalance(fanId, balanceMinor + 1_000)
    }),
  )
  expect((await readBalance(deps, fanId)).balanceMinor).toBeLessThan(100_000)
})

test('every statement line follows from the one before it, in pages that never overlap', async () => {
  const fanId = await makeFan(deps)
  await Promise.all(Array.from({ length: 25 }, (_, index) => chargeOnce(fanId, index + 1)))
  const lines = []
  let beforeId: number | undefined
  do {
    const page = await readStatement(deps, { fanId, beforeId, limit: 10 })
    lines.push(...page.lines)
    beforeId = page.nextBeforeId ?? undefined
    await chargeOnce(fanId, 1)
  } while (beforeId !== undefined)
  expect(lines).toHaveLength(25)
  const oldestFirst = lines.toReversed()
  let runningMinor = 0
  let lastMs = 0
  for (const line of oldestFirst) {
    runningMinor += line.changeMinor
    expect(line).toMatchObject({ kind: 'charge', balanceAfterMinor: runningMinor, reservationId: null })
    expect(line.atMs).toBeGreaterThanOrEqual(lastMs)
    lastMs = line.atMs
  }
})

test("a fan's statement holds that fan's lines alone", async () => {
  const [one, two] = await makeFans(deps, 2)
  if (one === undefined || two === undefined) throw new Error('two fans were made')
  await chargeOnce(one, 111)
  await chargeOnce(two, 222)
  const { lines } = await readStatement(deps, { fanId: one, beforeId: undefined, limit: 30 })
  expect(lines.map((line) => line.changeMinor)).toEqual([111])
})

test('a charge repeated with its key has one effect and one reply, also 20 at once', async () => {
  const fanId = await makeFan(deps)
  const key = someKey()
  const replies = await Promise.all(Array.from({ length: 20 }, () => chargeOnce(fanId, 5_000, key)))
  expect(replies).toEqual(Array.from({ length: 20 }, () => ({ balanceMinor: 5_000, currency: 'KRW' })))
  await chargeOnce(fanId, 1)
  expect(await chargeOnce(fanId, 5_000, key)).toEqual({ balanceMinor: 5_000, currency: 'KRW' })
  expect((await readBalance(deps, fanId)).balanceMinor).toBe(5_001)
})

test('guard off: the same charge repeated without a key counts twice', async () => {
  const fanId = await makeFan(deps)
  const work = () =>
    inTransaction(deps.db, (tx) => transfer(tx, { kind: 'charge', fanId, amountMinor: 5_000 }))
  await Promise.all([work(), work()])
  expect((await readBalance(deps, fanId)).balanceMinor).toBe(10_000)
})

test('a used key with another body or another command is refused, and changes nothing', async () => {
  const fanId = await makeFan(deps)
  const key = someKey()
  await chargeOnce(fanId, 5_000, key)
  await expect(chargeOnce(fanId, 6_000, key)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  const otherCommand = inTransaction(deps.db, (tx) =>
    withIdempotency(
      tx,
      { fanId, key, command: 'pay', body: { amountMinor: 5_000 }, reply: balance },
      async () => ({ balanceMinor: 0, currency: 'KRW' as const }),
    ),
  )
  await expect(otherCommand).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  expect((await readBalance(deps, fanId)).balanceMinor).toBe(5_000)
})

test("two fans' equal keys have nothing to do with each other", async () => {
  const [one, two] = await makeFans(deps, 2)
  if (one === undefined || two === undefined) throw new Error('two fans were made')
  const key = someKey()
  await Promise.all([chargeOnce(one, 100, key), chargeOnce(two, 200, key)])
  expect((await readBalance(deps, one)).balanceMinor).toBe(100)
  expect((await readBalance(deps, two)).balanceMinor).toBe(200)
})

test('a refused charge leaves its key free: the same key works once there is room', async () => {
  const fanId = await makeFan(deps)
  const key = someKey()
  await setBalance(fanId, maxBalanceMinor - 10)
  await expect(chargeOnce(fanId, 11, key)).rejects.toMatchObject({
    code: 'BALANCE_TOO_HIGH',
    details: { limitMinor: maxBalanceMinor },
  })
  await setBalance(fanId, 0)
  expect(await chargeOnce(fanId, 11, key)).toEqual({ balanceMinor: 11, currency: 'KRW' })
})

test('charges that race for the last room under the limit: exactly those that fit are accepted', async () => {
  const fanId = await makeFan(deps)
  await setBalance(fanId, maxBalanceMinor - 3 * maxChargeMinor)
  const replies = await Promise.allSettled(
    Array.from({ length: 10 }, () => chargeOnce(fanId, maxChargeMinor)),
  )
  expect(valuesOf(replies)).toHaveLength(3)
  expect((await readBalance(deps, fanId)).balanceMinor).toBe(maxBalanceMinor)
})

test('an account that does not exist has no wallet', async () => {
  const nobody = 9_999_999 as AccountId
  await expect(readBalance(deps, nobody)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { what: 'account' },
  })
  await expect(
    inTransaction(deps.db, (tx) => transfer(tx, { kind: 'charge', fanId: nobody, amountMinor: 1 })),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('no amount of nothing or less ever moves', async () => {
  const fanId = await makeFan(deps)
  await chargeOnce(fanId, 1_000)
  for (const amountMinor of [0, -5]) {
    const refused = await chargeOnce(fanId, amountMinor).catch(violatedConstraint)
    expect(refused).toBe('transfers_amount_minor_check')
  }
  expect((await readBalance(deps, fanId)).balanceMinor).toBe(1_000)
})

test('a wallet is never negative: the constraint holds where the statement forgets', async () => {
  const fanId = await makeFan(deps)
  expect(await setBalance(fanId, -1).catch(violatedConstraint)).toBe('wallet_not_negative')
})

test('guard off: without the constraint the same statement leaves a debt', async () => {
  const fanId = await makeFan(deps)
  const rows = await asOwner(deps, async (tx) => {
    await tx.query('alter table wallets drop constraint wallet_not_negative')
    const debt = await tx.query(
      'update wallets set balance_minor = -1 where account_id = $1 returning balance_minor',
      [fanId],
    )
    await tx.query('rollback')
    return debt.rows
  })
  expect(rows).toEqual([{ balance_minor: -1 }])
})

test('any mix of charges and repeats ends in the sum of the distinct keys', async () => {
  const attempt = fc.record({ key: fc.integer({ min: 1, max: 6 }), amount: fc.integer({ min: 1, max: 50 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(attempt, { minLength: 1, maxLength: 20 }), async (attempts) => {
      const fanId = await makeFan(deps)
      const accepted = new Map<number, number>()
      const wronglyAccepted: unknown[] = []
      for (const { key, amount } of attempts) {
        const reply = await chargeOnce(fanId, amount, `same-key-${key}`).catch((error: unknown) => error)
        const first = accepted.get(key)
        if (first === undefined || first === amount) accepted.set(key, amount)
        else if (!isDomainError(reply, 'IDEMPOTENCY_KEY_REUSED')) wronglyAccepted.push(reply)
      }
      expect(wronglyAccepted).toEqual([])
      const total = [...accepted.values()].reduce((sum, amount) => sum + amount, 0)
      expect((await readBalance(deps, fanId)).balanceMinor).toBe(total)
    }),
    { numRuns: 25 },
  )
})
