import type { ConcertId } from '@greenroom/contract'
import { createPartnerKey, revokePartnerKey } from '@greenroom/core'
import { createTestDeps, listAudit, makeFan } from '@greenroom/core/testing'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { contractRoutes } from './index.ts'
import { apiV1 } from './testing/api-v1-dialect.ts'
import { booking } from './testing/booking-dialect.ts'
import { type Call, openClub, seatOf } from './testing/club.ts'
import { customers } from './testing/customers-dialect.ts'
import type { Dialect } from './testing/dialect.ts'
import { reservation } from './testing/reservation-dialect.ts'
import { outcomeOf } from './testing/walk-in.ts'

const deps = await createTestDeps()
const club = await openClub(deps, { contracts: 'keys' })
afterAll(club.close)
const operatorId = await makeFan(deps)

const makeKey = async (concertIds: ConcertId[] | null = null) =>
  await createPartnerKey(deps, { operatorId, name: 'Ticket agency', concertIds })
const keyed = (call: Call, secret: string): Call => ({
  ...call,
  headers: { ...call.headers, 'x-api-key': secret },
})

const dialects: Dialect[] = [apiV1, booking, reservation, customers]

describe.for(dialects)('contract $name', (dialect) => {
  test('answers to a partner key alone, until it is revoked', async () => {
    const { partnerKey, secret } = await makeKey()
    const takePlace = dialect.takePlace(await club.newFan())
    expect(outcomeOf(await club.send(takePlace))).toBe('401 PARTNER_KEY_REQUIRED')
    for (const text of ['gr_1_x', `${secret}x`, `Bearer ${secret}`]) {
      expect(outcomeOf(await club.send(keyed(takePlace, text)))).toBe('401 PARTNER_KEY_REFUSED')
    }
    expect(outcomeOf(await club.send(keyed(takePlace, secret)))).toBe('200')
    await revokePartnerKey(deps, { operatorId, partnerKeyId: partnerKey.partnerKeyId })
    await vi.waitUntil(
      async () => outcomeOf(await club.send(keyed(takePlace, secret))) === '401 PARTNER_KEY_REFUSED',
      { timeout: 3_000 },
    )
  })

  test('a key is asked for before anything else, so nobody without one learns what there is', async () => {
    const by = { fanId: await club.newFan(), token: 'none' }
    const calls = [
      ...dialect.guarded(by, seatOf(club, 0, 1), club.concertId).map(({ call }) => call),
      ...dialect.unknown(by, seatOf(club, 0, 1), club.concertId),
      ...dialect.malformed(by, seatOf(club, 0, 1), club.concertId).map(([call]) => call),
    ]
    for (const call of calls) {
      const outcome = outcomeOf(await club.send(call))
      expect({ call, outcome }).toEqual({ call, outcome: '401 PARTNER_KEY_REQUIRED' })
    }
  })

  test('a key that is limited to other concerts is refused', async () => {
    const other = await openClub(deps, { contracts: 'keys' })
    onTestFinished(other.close)
    const [{ secret: here }, { secret: elsewhere }] = [
      await makeKey([club.concertId]),
      await makeKey([other.concertId]),
    ]
    const fanId = await club.newFan()
    const takePlace = dialect.takePlace(fanId)
    expect(outcomeOf(await club.send(keyed(takePlace, elsewhere)))).toBe('403 FORBIDDEN')
    const answer = await club.send(keyed(takePlace, here))
    const by = { fanId, token: dialect.tokenOf(answer.body) }
    for (const { call } of dialect.guarded(by, seatOf(club, 0, 1), club.concertId)) {
      const outcome = outcomeOf(await club.send(keyed(call, elsewhere)))
      expect({ call, outcome }).toEqual({ call, outcome: '403 FORBIDDEN' })
    }
  })

  test('a key that is limited to concerts holds and pays there, and has nobody’s wallet', async () => {
    const [{ secret: limited }, { secret: whole }] = [await makeKey([club.concertId]), await makeKey()]
    const fanId = await club.newFan()
    const taken = await club.send(keyed(dialect.takePlace(fanId), limited))
    const by = { fanId, token: dialect.tokenOf(taken.body) }
    for (const call of [dialect.readBalance(by), dialect.charge(by, 50_000)])
      expect(outcomeOf(await club.send(keyed(call, limited)))).toBe('403 FORBIDDEN')
    // guard off: a key without limits has them all
    expect(dialect.balanceOf((await club.send(keyed(dialect.readBalance(by), whole))).body)).toBe(0)
    expect(outcomeOf(await club.send(keyed(dialect.charge(by, 50_000), whole)))).toBe('200')
    const seat = seatOf(club, 1, 11 + dialects.indexOf(dialect))
    expect(outcomeOf(await club.send(keyed(dialect.hold(by, seat), limited)))).toBe('200')
  })

  test('the audit names partner, user and what was done; looking is not audited', async () => {
    const { partnerKey, secret } = await makeKey()
    const fanId = await club.newFan()
    const { rows } = await deps.db.pool.query<{ email: string }>('select email from accounts where id = $1', [
      fanId,
    ])
    const send = async (call: Call) => await club.send(keyed(call, secret))
    const by = { fanId, token: dialect.tokenOf((await send(dialect.takePlace(fanId))).body) }
    await send(dialect.charge(by, 50_000))
    await send(dialect.readBalance(by))
    await send(dialect.hold(by, seatOf(club, 1, 1 + dialects.indexOf(dialect))))
    const entries = (await listAudit(deps, { by: 'partners' })).filter(
      ({ actorEmail }) => actorEmail === rows[0]?.email,
    )
    expect(entries.map(({ partnerName }) => partnerName)).toEqual(
      ['hold', 'charge', 'token'].map(() => partnerKey.name),
    )
    const verb = dialect === booking ? 'holdSeats' : 'holdSeat'
    expect(entries.map(({ action }) => action)).toEqual(
      [verb, 'charge', 'issueToken'].map((done) => `${dialect.name}.${done}`),
    )
    expect(JSON.stringify(entries[1]?.after)).toContain('50000')
    expect(JSON.stringify(entries)).not.toContain(by.token)
  })
})

test('a rate over the limit of the key is 429 with when to come back', async () => {
  const { secret } = await createPartnerKey(deps, {
    operatorId,
    name: 'Impatient',
    concertIds: null,
    ratePerMinute: 2,
  })
  const call = keyed({ method: 'GET', path: '/concerts' }, secret)
  const answers = [await club.send(call), await club.send(call), await club.send(call)]
  expect(answers.map(outcomeOf)).toEqual(['200', '200', '429 RATE_LIMITED'])
})

test('open contracts ask for no key, and refuse a wrong one all the same', async () => {
  const open = await openClub(deps)
  onTestFinished(open.close)
  const call: Call = { method: 'GET', path: '/concerts' }
  expect(outcomeOf(await open.send(call))).toBe('200')
  expect(outcomeOf(await open.send(keyed(call, '')))).toBe('200')
  expect(outcomeOf(await open.send(keyed(call, 'gr_1_wrong')))).toBe('401 PARTNER_KEY_REFUSED')
})

test('contracts that are off are not there', async () => {
  const off = await openClub(deps, { contracts: 'off' })
  onTestFinished(off.close)
  const { secret } = await makeKey()
  for (const { method, path } of contractRoutes) {
    const call: Call = { method, path: path.replace(/\{\w+\}/g, '1') }
    const answer = await off.send(keyed(call, secret))
    expect({ call, ...answer }).toMatchObject({
      call,
      status: 404,
      body: { error: { code: 'NOT_FOUND', details: { what: 'route' } } },
    })
  }
  const document = JSON.stringify((await off.send({ method: 'GET', path: '/openapi.json' })).body)
  expect(document).not.toContain('/api/v1/users')
})
