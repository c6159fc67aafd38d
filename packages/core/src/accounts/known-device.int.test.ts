import { afterAll, expect, test } from 'vitest'
import { openKeys, signToken } from '../platform/signed-token.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { startSessionRevocations } from './index.ts'
import { deviceCookieName, knownDeviceOf, markDevice } from './known-device.ts'
import { databaseNowMs } from './session-revocations.ts'

const deps = await createTestDeps()
afterAll(await startSessionRevocations(deps))
const email = 'one@test.example'

test('a device is known for those who signed in on it, as one device, and for nobody else', () => {
  const first = markDevice(deps, { email, earlier: undefined })
  const both = markDevice(deps, { email: 'two@test.example', earlier: first })
  const device = knownDeviceOf(deps, { email, deviceToken: both })
  expect(device).toBeDefined()
  expect(knownDeviceOf(deps, { email: 'two@test.example', deviceToken: both })).toBe(device)
  expect(knownDeviceOf(deps, { email: 'two@test.example', deviceToken: first })).toBeUndefined()
  expect(knownDeviceOf(deps, { email, deviceToken: undefined })).toBeUndefined()
  expect(
    knownDeviceOf(deps, { email, deviceToken: markDevice(deps, { email, earlier: undefined }) }),
  ).not.toBe(device)
})

test('it knows four accounts, those that signed in last', () => {
  const emails = [1, 2, 3, 4, 5].map((nth) => `${nth}@test.example`)
  let token: string | undefined
  for (const each of emails) token = markDevice(deps, { email: each, earlier: token })
  const known = emails.filter(
    (each) => knownDeviceOf(deps, { email: each, deviceToken: token }) !== undefined,
  )
  expect(known).toEqual(emails.slice(1))
  expect(token?.length).toBeLessThan(400)
})

test('no e-mail is in it, and nothing that is the same on two devices', () => {
  const bodyOf = (token: string): string =>
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
  const [one, other] = [1, 2].map(() => bodyOf(markDevice(deps, { email, earlier: undefined })))
  expect(one).not.toContain('test.example')
  const { who } = JSON.parse(one ?? '')
  expect(other).not.toContain(who[0])
})

test('what was signed for another purpose, changed or is over makes no device known', () => {
  const token = markDevice(deps, { email, earlier: undefined })
  const { dev, who } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  const inADay = Math.floor(databaseNowMs(deps)) + 86_400_000
  const [good, over, foreign] = [
    signToken(deps.keys.device, { dev, who, exp: inADay }),
    signToken(deps.keys.device, { dev, who, exp: Math.floor(databaseNowMs(deps)) - 1 }),
    signToken(deps.keys.session, { dev, who, exp: inADay }),
  ]
  expect(knownDeviceOf(deps, { email, deviceToken: good })).toBe(dev)
  for (const text of [over, foreign, `${token}x`, 'x.y.z', ''])
    expect(knownDeviceOf(deps, { email, deviceToken: text })).toBeUndefined()
})

test('a new secret makes nobody a stranger while the one before is named; without, it does', () => {
  const token = markDevice(deps, { email, earlier: undefined })
  // the same process, so that the clock is known
  const withKeys = (previous: string[]) =>
    Object.assign(deps, { keys: openKeys('another secret for tests', previous) })
  const before = deps.keys
  expect(knownDeviceOf(withKeys([deps.settings.secret]), { email, deviceToken: token })).toBeDefined()
  expect(knownDeviceOf(withKeys([]), { email, deviceToken: token })).toBeUndefined()
  Object.assign(deps, { keys: before })
})

test('over https its cookie has the prefix that no other host can set', () => {
  expect(deviceCookieName({ isSecure: true })).toBe('__Host-greenroom_device')
  expect(deviceCookieName({ isSecure: false })).toBe('greenroom_device')
})
