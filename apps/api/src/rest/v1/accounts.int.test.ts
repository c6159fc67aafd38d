import { account, signedIn } from '@greenroom/contract'
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { callerOf, serveV1 } from './testing/serve-v1.ts'

const v1 = await serveV1()
const { nobody } = v1
const password = 'a long password'
const person = (): { email: string; password: string; name: string } => ({
  email: `${randomUUID()}@greenroom.example`,
  password,
  name: 'Mina',
})

describe('signing up', () => {
  test('makes an account and answers 201 with the token, for browsers as a cookie too', async () => {
    const body = person()
    const { status, headers, body: reply } = await nobody.call('POST /v1/accounts', { body })
    expect(status).toBe(201)
    expect(headers.get('cache-control')).toBe('no-store')
    const { token } = signedIn.parse(reply)
    expect(headers.get('set-cookie')).toContain(`greenroom_session=${token}; `)
    expect(await callerOf(v1.origin, token).ask(account, 'GET /v1/me')).toMatchObject({ email: body.email })
    const byCookie = { cookie: `greenroom_session=${token}` }
    expect(await nobody.ask(account, 'GET /v1/me', { headers: byCookie })).toMatchObject({ name: 'Mina' })
  })

  test('is refused for an e-mail that has an account', async () => {
    const body = person()
    await nobody.ask(signedIn, 'POST /v1/accounts', { body })
    expect(await nobody.refusal('POST /v1/accounts', { body })).toMatchObject({
      status: 409,
      code: 'EMAIL_TAKEN',
    })
  })

  test.for([
    [{ email: 'nobody' }, 'email'],
    [{ password: 'short' }, 'password'],
    [{ name: '' }, 'name'],
    [{ locale: 'tlh' }, 'locale'],
    [{ role: 'operator' }, 'role'],
  ])('refuses %o by the name of the field', async ([change, path]) => {
    const refusal = await nobody.refusal('POST /v1/accounts', { body: { ...person(), ...Object(change) } })
    expect(refusal).toMatchObject({ status: 400, code: 'BAD_INPUT', details: { faults: [{ path }] } })
  })

  test.for(['{', '[]', '"text"', '{"__proto__": {"role": "operator"}}'])(
    'refuses the body %s',
    async (body) => {
      expect(await nobody.refusal('POST /v1/accounts', { body })).toMatchObject({
        status: 400,
        code: 'BAD_INPUT',
      })
    },
  )
})

describe('signing in and out', () => {
  test('one session ends, the others go on', async () => {
    const body = person()
    const first = await nobody.ask(signedIn, 'POST /v1/accounts', { body })
    const credentials = { email: body.email, password }
    const second = await nobody.ask(signedIn, 'POST /v1/sessions', { body: credentials })
    expect((await callerOf(v1.origin, first.token).call('DELETE /v1/sessions/current')).status).toBe(204)
    expect(await callerOf(v1.origin, first.token).refusal('GET /v1/me')).toMatchObject({ status: 401 })
    expect(await callerOf(v1.origin, first.token).refusal('DELETE /v1/sessions/current')).toMatchObject({
      code: 'SIGN_IN_REQUIRED',
    })
    expect((await callerOf(v1.origin, second.token).call('GET /v1/me')).status).toBe(200)
  })

  test('a wrong password and an unknown e-mail are refused alike', async () => {
    const body = person()
    await nobody.ask(signedIn, 'POST /v1/accounts', { body })
    const refusals = await Promise.all(
      [body.email, 'who@greenroom.example'].map((email) =>
        nobody.refusal('POST /v1/sessions', { body: { email, password: 'not this one' } }),
      ),
    )
    expect(refusals[0]).toMatchObject({ status: 401, code: 'WRONG_CREDENTIALS' })
    expect(refusals[1]).toEqual(refusals[0])
  })

  test('a page of another origin may do neither, nor anything else that changes something', async () => {
    const headers = { origin: 'https://evil.example' }
    const refusal = await nobody.refusal('POST /v1/sessions', {
      headers,
      body: { email: 'a@b.example', password },
    })
    expect(refusal).toMatchObject({ status: 403, code: 'FORBIDDEN' })
  })
})

test('the language one is spoken to in can be changed', async () => {
  const fan = await v1.signUp()
  expect(await fan.ask(account, 'PATCH /v1/me', { body: { locale: 'en' } })).toMatchObject({ locale: 'en' })
  expect(await fan.ask(account, 'GET /v1/me')).toMatchObject({ locale: 'en' })
})

test('the name that tickets bear can be changed, and a name that none has is refused', async () => {
  const fan = await v1.signUp()
  expect(await fan.ask(account, 'PATCH /v1/me', { body: { name: 'Mina Park' } })).toMatchObject({
    name: 'Mina Park',
    locale: 'ko',
  })
  expect(await fan.refusal('PATCH /v1/me', { body: { name: ' ' } })).toMatchObject({ code: 'BAD_INPUT' })
})

test('a new password wants the current one, and ends the other sessions', async () => {
  const fresh = person()
  const credentials = { email: fresh.email, password }
  const first = await nobody.ask(signedIn, 'POST /v1/accounts', { body: fresh })
  const second = await nobody.ask(signedIn, 'POST /v1/sessions', { body: credentials })
  const fan = callerOf(v1.origin, first.token)
  const wish = { currentPassword: 'another', newPassword: 'the second one' }
  expect(await fan.refusal('POST /v1/me/password', { body: wish })).toMatchObject({
    status: 401,
    code: 'WRONG_CREDENTIALS',
  })
  const body = { ...wish, currentPassword: password }
  expect((await fan.call('POST /v1/me/password', { body })).status).toBe(204)
  expect((await fan.call('GET /v1/me')).status).toBe(200)
  expect(await callerOf(v1.origin, second.token).refusal('GET /v1/me')).toMatchObject({ status: 401 })
  expect(await nobody.refusal('POST /v1/sessions', { body: credentials })).toMatchObject({ status: 401 })
})

test.for(['no token', '', 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl'])('"%s" proves nobody', async (token) => {
  expect(await callerOf(v1.origin, token).refusal('GET /v1/me')).toMatchObject({
    status: 401,
    code: 'SIGN_IN_REQUIRED',
  })
})
