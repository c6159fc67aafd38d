import { admitted, payment, refund, signedIn, ticket } from '@greenroom/contract'
import { setRole } from '@greenroom/core/testing'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { makeBuyer, paymentOf } from './testing/fans-inside.ts'
import { attempt, callerOf, type Caller, serveV1 } from './testing/serve-v1.ts'

const v1 = await serveV1()

describe('tickets', () => {
  test('are admitted once, by operators alone', async () => {
    const { fan, reservationId, showId } = await makeBuyer(v1)
    await fan.ask(payment, 'POST /v1/payments', paymentOf(reservationId))
    const [mine] = await fan.ask(z.array(ticket), 'GET /v1/tickets')
    const body = { code: mine?.code, showId }
    const path = 'POST /v1/tickets/admissions'
    expect(await v1.nobody.refusal(path, { body })).toMatchObject({ status: 401, code: 'SIGN_IN_REQUIRED' })
    expect(await fan.refusal(path, { body })).toMatchObject({ status: 403, code: 'FORBIDDEN' })

    const gate = await signUpOperator()
    expect(await gate.refusal(path, { body: { ...body, showId: showId + 1 } })).toMatchObject({
      status: 400,
      code: 'TICKET_INVALID',
    })
    expect(await gate.refusal(path, { body: { code: 'made up' } })).toMatchObject({ code: 'TICKET_INVALID' })
    expect(await gate.ask(admitted, path, { body })).toMatchObject({ ticketId: mine?.ticketId, showId })
    expect(await gate.refusal(path, { body })).toMatchObject({ status: 409, code: 'TICKET_USED' })
    expect(
      await fan.refusal(`POST /v1/reservations/${reservationId}/refund`, { headers: attempt() }),
    ).toMatchObject({
      details: { reason: 'ticketUsed' },
    })
  })

  test('that were refunded let nobody in', async () => {
    const { fan, reservationId } = await makeBuyer(v1)
    await fan.ask(payment, 'POST /v1/payments', paymentOf(reservationId))
    const [mine] = await fan.ask(z.array(ticket), 'GET /v1/tickets')
    await fan.ask(refund, `POST /v1/reservations/${reservationId}/refund`, { headers: attempt() })
    const gate = await signUpOperator()
    expect(await gate.refusal('POST /v1/tickets/admissions', { body: { code: mine?.code } })).toMatchObject({
      status: 409,
      code: 'TICKET_VOID',
    })
  })

  test('are read by their owner alone', async () => {
    const [{ fan, reservationId }, { fan: another }] = [await makeBuyer(v1), await makeBuyer(v1)]
    const { ticketIds } = await fan.ask(payment, 'POST /v1/payments', paymentOf(reservationId))
    expect(await another.refusal(`GET /v1/tickets/${ticketIds[0]}`)).toMatchObject({
      status: 404,
      details: { what: 'ticket' },
    })
  })

  test('are checked with public keys that caches may keep', async () => {
    const first = await v1.nobody.call('GET /v1/tickets/keys')
    expect(first.headers.get('cache-control')).toBe('public, max-age=300')
    expect(first.body).toMatchObject({ keys: [{ kty: 'OKP', crv: 'Ed25519' }] })
    const headers = { 'if-none-match': first.headers.get('etag') ?? 'none' }
    expect((await v1.nobody.call('GET /v1/tickets/keys', { headers })).status).toBe(304)
  })
})

async function signUpOperator(): Promise<Caller> {
  const { email } = await v1.signUp()
  await setRole(v1.deps, email, 'operator')
  const { token } = await v1.nobody.ask(signedIn, 'POST /v1/sessions', {
    body: { email, password: 'a long password' },
  })
  return callerOf(v1.origin, token)
}
