import { balance, statement } from '@greenroom/contract'
import { describe, expect, test } from 'vitest'
import { chargeWallet } from './testing/fans-inside.ts'
import { attempt, serveV1 } from './testing/serve-v1.ts'

const v1 = await serveV1()

describe('the wallet', () => {
  test('adds up a hundred charges at once', async () => {
    const fan = await v1.signUp()
    await Promise.all(Array.from({ length: 100 }, () => chargeWallet(fan, 100)))
    expect(await fan.ask(balance, 'GET /v1/wallet')).toEqual({ balanceMinor: 10_000, currency: 'KRW' })
  })

  test('counts a charge once for each key, and refuses the key for another amount', async () => {
    const fan = await v1.signUp()
    const sent = { headers: attempt(), body: { amountMinor: 5_000 } }
    const first = await fan.call('POST /v1/wallet/charges', sent)
    await chargeWallet(fan, 1_000)
    expect(first).toMatchObject({ status: 201, body: { balanceMinor: 5_000 } })
    expect(await fan.call('POST /v1/wallet/charges', sent)).toMatchObject({ status: 201, body: first.body })
    expect(
      await fan.refusal('POST /v1/wallet/charges', { ...sent, body: { amountMinor: 6_000 } }),
    ).toMatchObject({
      status: 409,
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
    expect(await fan.ask(balance, 'GET /v1/wallet')).toMatchObject({ balanceMinor: 6_000 })
  })

  test('shows its lines page by page', async () => {
    const fan = await v1.signUp()
    for (const amountMinor of [1, 2, 3]) await chargeWallet(fan, amountMinor)
    const first = await fan.ask(statement, 'GET /v1/wallet/transfers?limit=2')
    expect(first.lines.map(({ changeMinor }) => changeMinor)).toEqual([3, 2])
    const rest = await fan.ask(statement, `GET /v1/wallet/transfers?limit=2&beforeId=${first.nextBeforeId}`)
    expect(rest).toMatchObject({ lines: [{ changeMinor: 1 }], nextBeforeId: null })
  })

  test('holds no more than it may', async () => {
    const fan = await v1.signUp()
    await v1.deps.db.pool.query('update wallets set balance_minor = 999999999 where account_id = $1', [
      fan.fanId,
    ])
    const sent = { headers: attempt(), body: { amountMinor: 2 } }
    expect(await fan.refusal('POST /v1/wallet/charges', sent)).toMatchObject({
      status: 409,
      code: 'BALANCE_TOO_HIGH',
    })
  })

  test.for([0, -5, 1.5, '1000', null, 10_000_001, 1e21])('takes no charge of %s', async (amountMinor) => {
    const fan = await v1.signUp()
    const refusal = await fan.refusal('POST /v1/wallet/charges', {
      headers: attempt(),
      body: { amountMinor },
    })
    expect(refusal).toMatchObject({ status: 400, code: 'BAD_INPUT' })
    expect(JSON.stringify(refusal.details)).toContain('"path":"amountMinor"')
    expect(await fan.ask(balance, 'GET /v1/wallet')).toMatchObject({ balanceMinor: 0 })
  })
})
