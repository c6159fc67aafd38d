import { type AccountId, type ConcertId, DomainError } from '@greenroom/contract'
import { startFakeChallengeProvider } from '@greenroom/stack'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { joinLine, leaveLine } from '../waiting-room/index.ts'
import { guardLine, inspectLineGuards } from './index.ts'

const plain = await createTestDeps()
const provider = await startFakeChallengeProvider()
afterAll(() => provider.close())
const { verifyUrl, widgetUrl, secret } = provider
const withProvider = (own: { secret?: string; allowPrivate?: boolean } = {}) => ({
  ...plain,
  settings: {
    ...plain.settings,
    challengeProvider: { verifyUrl, widgetUrl, secret, allowPrivate: true, ...own },
  },
})
const deps = withProvider()

let concertId: ConcertId
let fanId: AccountId
beforeEach(async () => {
  provider.behave('well')
  provider.asked.length = 0
  concertId = (await makeShow(deps, { capacity: 0 })).concertId
  fanId = await makeFan(deps)
  await guardLine(deps, { concertId, operatorId: fanId, challenge: 'provider' })
})

const join = async (proof?: string, own = deps): Promise<unknown> =>
  await joinLine(own, { concertId, fanId, door: { proof, address: '192.0.2.1' } }).then(
    ({ entry }) => entry.state,
    (error: unknown) => {
      if (error instanceof DomainError) return { code: error.code, ...error.details }
      throw error
    },
  )

test('a newcomer is shown the widget, and let in with what it gave; the provider hears the secret and the address', async () => {
  expect(await inspectLineGuards(deps, concertId)).toMatchObject({ challenge: 'provider', hasProvider: true })
  expect(await join()).toEqual({ code: 'CHALLENGE_REQUIRED', challenge: { kind: 'provider', widgetUrl } })
  expect(await join('person-1')).toBe('waiting')
  expect(provider.asked).toEqual([{ secret, response: 'person-1', remoteip: '192.0.2.1' }])
})

test('who has a place is not asked, and the provider not bothered', async () => {
  await join('person-2')
  expect(await join()).toBe('waiting')
  expect(provider.asked).toHaveLength(1)
})

test('a proof of nobody, or one that was used, opens nothing', async () => {
  const refused = { code: 'CHALLENGE_REFUSED', reason: 'invalid' }
  expect(await join('robot')).toEqual(refused)
  await join('person-3')
  await leaveLine(deps, { concertId, fanId })
  expect(await join('person-3')).toEqual(refused)
  expect(await join('person-4', withProvider({ secret: 'another' }))).toEqual(refused)
})

test.for(['broken', 'elsewhere'] as const)(
  'a provider that is %s is asked twice, followed nowhere, and lets nobody in',
  async (mood) => {
    provider.behave(mood)
    expect(await join(`person-${mood}`)).toMatchObject({ code: 'UNAVAILABLE' })
    expect(provider.asked).toHaveLength(2)
    provider.behave('well')
    expect(await join(`person-${mood}`)).toBe('waiting')
  },
)

test('a provider that says nothing is waited for twice two seconds, no longer', async () => {
  provider.behave('silent')
  expect(await join('person-6')).toMatchObject({ code: 'UNAVAILABLE' })
  expect(provider.asked).toHaveLength(2)
})

test('one at a private address is not even connected to, unless this is a machine of one’s own', async () => {
  expect(await join('person-7', withProvider({ allowPrivate: false }))).toMatchObject({ code: 'UNAVAILABLE' })
  expect(provider.asked).toEqual([])
})

test('where a provider was taken out of the settings, work stands in for it', async () => {
  expect(await join(undefined, plain as typeof deps)).toMatchObject({
    code: 'CHALLENGE_REQUIRED',
    challenge: { kind: 'work' },
  })
})
