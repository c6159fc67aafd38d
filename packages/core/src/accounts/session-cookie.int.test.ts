import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { signToken } from '../platform/signed-token.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import {
  bareSessionCookieName,
  sessionCookieOf,
  signUp,
  startSessionRevocations,
  verifySession,
  verifySessionCookie,
} from './index.ts'

const deps = await createTestDeps()
await startSessionRevocations(deps)
const https = sessionCookieOf('https://tickets.example')
const http = sessionCookieOf('http://localhost:3000')

const newcomer = () => ({
  email: `${randomUUID()}@greenroom.example`,
  password: 'a long password',
  name: 'Fan',
  locale: 'en' as const,
})

/** The token of somebody who signed up now, and the same as it was signed before there was a prefix. */
async function signUpTwice(): Promise<{ token: string; older: string }> {
  const { token } = await signUp(deps, newcomer())
  const [, body = ''] = token.split('.')
  const { v, ...payload } = JSON.parse(Buffer.from(body, 'base64url').toString())
  expect(v).toBe(2)
  return { token, older: signToken(deps.keys.session, payload) }
}

const sessionOf = (cookie: typeof https, cookies: Record<string, string>) =>
  verifySessionCookie(deps, cookie, (name) => cookies[name])

test('over https the name has a prefix that browsers give to this host alone, over plain http none', () => {
  expect([https, http]).toEqual([
    { name: '__Host-greenroom_session', isSecure: true },
    { name: 'greenroom_session', isSecure: false },
  ])
})

test('over https a session that is planted under the bare name opens nothing', async () => {
  const { token } = await signUpTwice()
  expect(sessionOf(https, { [https.name]: token })).toEqual(verifySession(deps, token))
  expect(sessionOf(https, { [bareSessionCookieName]: token })).toBeUndefined()
})

test('guard off: over plain http, which has no prefix, it does', async () => {
  const { token } = await signUpTwice()
  expect(sessionOf(http, { [bareSessionCookieName]: token })).toEqual(verifySession(deps, token))
  expect(sessionOf(http, { [https.name]: token })).toBeUndefined()
})

test('who signed in before there was a prefix goes on, until a cookie with the prefix says otherwise', async () => {
  const [before, now] = [await signUpTwice(), await signUpTwice()]
  const bare = { [bareSessionCookieName]: before.older }
  expect(sessionOf(https, bare)).toEqual(verifySession(deps, before.token))
  expect(sessionOf(https, { ...bare, [https.name]: now.token })).toEqual(verifySession(deps, now.token))
  expect(sessionOf(https, { ...bare, [https.name]: 'no token' })).toBeUndefined()
  expect(sessionOf(https, { [bareSessionCookieName]: 'no token' })).toBeUndefined()
})
