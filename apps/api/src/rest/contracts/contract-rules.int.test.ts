import { setTimeout as sleep } from 'node:timers/promises'
import { reservationId } from '@greenroom/contract'
import { admit, expireReservations, leaveLine } from '@greenroom/core'
import { changeLine, createTestDeps, lapseHold } from '@greenroom/core/testing'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { apiV1 } from './testing/api-v1-dialect.ts'
import { booking } from './testing/booking-dialect.ts'
import { type Answer, type Call, type Club, openClub, seatOf } from './testing/club.ts'
import { customers } from './testing/customers-dialect.ts'
import type { Bearer, Dialect, Guarded } from './testing/dialect.ts'
import { reservation } from './testing/reservation-dialect.ts'
import { ask, hold, outcomeOf, takePlace, walkIn } from './testing/walk-in.ts'

const deps = await createTestDeps()
const club = await openClub(deps)
afterAll(club.close)

/** Each test has seats of its own. */
let nextSeatNo = 1
const freeSeat = () => {
  const seatNo = nextSeatNo++
  return seatNo <= 50 ? seatOf(club, 0, seatNo) : seatOf(club, 1, seatNo - 50)
}

const openOwn = async (options: Parameters<typeof openClub>[1]): Promise<Club> => {
  const own = await openClub(deps, options)
  onTestFinished(own.close)
  return own
}

const withoutToken = ({ headers: _headers, ...call }: Call): Call => call
const withToken = (call: Call, token: string): Call => ({
  ...call,
  headers: Object.fromEntries(Object.keys(call.headers ?? {}).map((name) => [name, token])),
})
const outcomes = async (to: Club, calls: Call[]): Promise<string[]> => {
  const answers: string[] = []
  for (const call of calls) answers.push(outcomeOf(await to.send(call)))
  return answers
}
const all = (count: number, outcome: string): string[] => Array.from({ length: count }, () => outcome)
const refusalsOf = async (guarded: Guarded[], token: string): Promise<string[]> =>
  await outcomes(
    club,
    guarded.map(({ call }) => withToken(call, token)),
  )
const moneyAndState = async (by: Bearer, holdId: number): Promise<unknown> => {
  const { rows } = await deps.db.pool.query(
    `select state, (select count(*)::int from payments where $1 = any(reservation_ids)) as payments,
            (select count(*)::int from tickets where reservation_id = $1) as tickets,
            (select balance_minor from wallets where account_id = $2) as balance
     from reservations where id = $1`,
    [holdId, by.fanId],
  )
  return rows[0]
}

describe.for<Dialect>([apiV1, booking, reservation, customers])('contract $name', (dialect) => {
  test('goes from a token through charge and hold to a ticket; the token is the same when asked again and spent by paying', async () => {
    const fanId = await club.newFan()
    const by = await takePlace(club, dialect, fanId)
    expect(await takePlace(club, dialect, fanId)).toEqual(by)
    await ask(club, dialect.charge(by, 60_000))
    await ask(club, dialect.charge(by, '40000'))
    expect(dialect.balanceOf(await ask(club, dialect.readBalance(by)))).toBe(100_000)
    const held = await hold(club, dialect, by, freeSeat())
    await ask(club, dialect.pay(by, held))
    expect(await moneyAndState(by, held.holdId)).toEqual({
      state: 'PAID',
      payments: 1,
      tickets: 1,
      balance: 50_000,
    })
    const again = dialect.hold(by, freeSeat())
    expect(outcomeOf(await club.send(again))).toBe('401 RECEIPT_REFUSED')
    const fresh = await takePlace(club, dialect, fanId)
    expect(fresh.token).not.toBe(by.token)
    await ask(club, dialect.hold(fresh, freeSeat()))
  })

  describe('401', () => {
    test('without a token, with a made-up or altered one', async () => {
      const by = await walkIn(club, dialect)
      const guarded = dialect.guarded(by, freeSeat(), club.concertId)
      const calls = guarded.map(({ call }) => call)
      expect(await outcomes(club, calls.map(withoutToken))).toEqual(all(calls.length, '401 PASS_REQUIRED'))
      expect(await refusalsOf(guarded, '')).toEqual(all(calls.length, '401 PASS_REQUIRED'))
      for (const token of ['garbage', 'a.b.c', `${by.token}x`, by.token.slice(1)]) {
        expect(await refusalsOf(guarded, token)).toEqual(all(calls.length, '401 RECEIPT_REFUSED'))
      }
    })

    test("with another user's token, where the call names its user", async () => {
      const [by, other] = [await walkIn(club, dialect), await walkIn(club, dialect)]
      const named = dialect.guarded(by, freeSeat(), club.concertId).filter(({ namesUser }) => namesUser)
      expect(await refusalsOf(named, other.token)).toEqual(all(named.length, '401 RECEIPT_REFUSED'))
    })

    test("with the token of another concert's line", async () => {
      const other = await openOwn({})
      const by = await walkIn(other, dialect)
      const guarded = dialect
        .guarded(by, freeSeat(), club.concertId)
        // a wallet is one for all concerts, and the payment is of the token's own
        .filter(({ call, isPayment }) => !isPayment && !call.path.includes('/balance'))
      expect(await refusalsOf(guarded, by.token)).toEqual(all(guarded.length, '401 RECEIPT_REFUSED'))
    })

    test('with a token that ran out', async () => {
      const own = await openOwn({})
      await changeLine(deps, own.concertId, { pass_ttl_ms: 1 })
      const by = await walkIn(own, dialect)
      await sleep(30)
      const guarded = dialect.guarded(by, seatOf(own, 0, 1), own.concertId)
      const answers = await outcomes(
        own,
        guarded.map(({ call }) => call),
      )
      expect(answers).toEqual(all(guarded.length, '401 PASS_REFUSED'))
    })

    test('with a token that was spent', async () => {
      const by = await walkIn(club, dialect, 100_000)
      await ask(club, dialect.pay(by, await hold(club, dialect, by, freeSeat())))
      const guarded = dialect.guarded(by, freeSeat(), club.concertId).filter(({ isPayment }) => !isPayment)
      expect(await refusalsOf(guarded, by.token)).toEqual(all(guarded.length, '401 RECEIPT_REFUSED'))
    })
  })

  test('403 with the position while the fan waits; the same token opens when the turn comes', async () => {
    const own = await openOwn({ capacity: 1 })
    const [first, second, third] = [
      await walkIn(own, dialect),
      await walkIn(own, dialect),
      await walkIn(own, dialect),
    ]
    const seat = seatOf(own, 0, 1)
    for (const [by, position] of [
      [second, 1],
      [third, 2],
    ] as const) {
      for (const { call } of dialect.guarded(by, seat, own.concertId)) {
        const answer = await own.send(call)
        expect(answer).toMatchObject({
          status: 403,
          body: { error: { code: 'STILL_WAITING', details: { position, ahead: position - 1 } } },
        })
      }
    }
    await leaveLine(deps, { concertId: own.concertId, fanId: first.fanId })
    await admit(deps, { concertId: own.concertId })
    await ask(own, dialect.hold(second, seat))
    expect(outcomeOf(await own.send(dialect.hold(third, seatOf(own, 0, 2))))).toBe('403 STILL_WAITING')
  })

  test('what is unknown is not found', async () => {
    const by = await walkIn(club, dialect)
    for (const call of dialect.unknown(by, freeSeat(), club.concertId)) {
      const answer = outcomeOf(await club.send(call))
      expect(`${answer} ${call.path}`).toBe(`${dialect.unknownStatus} NOT_FOUND ${call.path}`)
    }
  })

  test('what is malformed is a 400 that names the field', async () => {
    const by = await walkIn(club, dialect)
    for (const [call, field] of dialect.malformed(by, freeSeat(), club.concertId)) {
      const { status, body } = await club.send(call)
      const asked = `${call.method} ${call.path} ${JSON.stringify(call.body)}`
      const fault = expect.objectContaining({
        path: expect.stringMatching(`^${field}`),
        message: expect.any(String),
      })
      expect({ asked, status, body }).toMatchObject({
        asked,
        status: 400,
        body: { error: { code: 'BAD_INPUT', details: { faults: expect.arrayContaining([fault]) } } },
      })
    }
    expect(dialect.balanceOf(await ask(club, dialect.readBalance(by)))).toBe(0)
  })

  test('409 for a seat that is held and for one that is sold', async () => {
    const [by, other] = [await walkIn(club, dialect, 100_000), await walkIn(club, dialect)]
    const seat = freeSeat()
    const held = await hold(club, dialect, by, seat)
    const refusalFor = (status: string) => ({
      status: 409,
      body: { error: { code: 'SEATS_TAKEN', details: { seats: [{ seatId: seat.seatId, status }] } } },
    })
    expect(await club.send(dialect.hold(other, seat))).toMatchObject(refusalFor('held'))
    await ask(club, dialect.pay(by, held))
    expect(await club.send(dialect.hold(other, seat))).toMatchObject(refusalFor('sold'))
  })

  test('402 while the balance is too low; nothing moves, and after a charge the same payment is made', async () => {
    const by = await walkIn(club, dialect, 49_999)
    const held = await hold(club, dialect, by, freeSeat())
    expect(await club.send(dialect.pay(by, held))).toMatchObject({
      status: 402,
      body: { error: { code: 'BALANCE_TOO_LOW', details: { balanceMinor: 49_999, neededMinor: 50_000 } } },
    })
    const before = { state: 'HELD', payments: 0, tickets: 0, balance: 49_999 }
    expect(await moneyAndState(by, held.holdId)).toEqual(before)
    await ask(club, dialect.charge(by, 1))
    await ask(club, dialect.pay(by, held))
    expect(await moneyAndState(by, held.holdId)).toMatchObject({ state: 'PAID', payments: 1, balance: 0 })
  })

  test('410 for a hold that ran out, also while its seats are free; they are, its history stays', async () => {
    const [by, other] = [await walkIn(club, dialect, 100_000), await walkIn(club, dialect)]
    const seat = freeSeat()
    const held = await hold(club, dialect, by, seat)
    const id = reservationId.parse(held.holdId)
    await lapseHold(deps, { reservationId: id })
    expect(outcomeOf(await club.send(dialect.pay(by, held)))).toBe('410 HOLD_EXPIRED')
    await expireReservations(deps, [id])
    expect(outcomeOf(await club.send(dialect.pay(by, held)))).toBe('410 HOLD_EXPIRED')
    await ask(club, dialect.hold(other, seat))
    expect(outcomeOf(await club.send(dialect.pay(by, held)))).toBe('410 HOLD_EXPIRED')
    expect(await moneyAndState(by, held.holdId)).toEqual({
      state: 'EXPIRED',
      payments: 0,
      tickets: 0,
      balance: 100_000,
    })
  })

  test('the same payment sent again gets the first reply, also at the same moment; the money moves once', async () => {
    const by = await walkIn(club, dialect, 150_000)
    const held = await hold(club, dialect, by, freeSeat())
    const pay = dialect.pay(by, held)
    // some of so many look for a payment before there is one, and at their turn after it was spent
    const answers: Answer[] = await Promise.all(all(40, '').map(async () => await club.send(pay)))
    answers.push(await club.send(pay))
    const first = answers[0]
    expect(first).toMatchObject({ status: 200 })
    expect(answers).toEqual(all(41, '').map(() => first))
    expect(await moneyAndState(by, held.holdId)).toEqual({
      state: 'PAID',
      payments: 1,
      tickets: 1,
      balance: 100_000,
    })
  })

  test("nobody pays another's reservation, nor one of another concert", async () => {
    const [by, owner] = [await walkIn(club, dialect, 100_000), await walkIn(club, dialect, 100_000)]
    const theirs = await hold(club, dialect, owner, freeSeat())
    const status = dialect.unknownStatus
    expect(outcomeOf(await club.send(dialect.pay(by, theirs)))).toBe(`${status} NOT_FOUND`)
    const other = await openOwn({})
    const elsewhere = await takePlace(other, dialect, by.fanId)
    const held = await hold(other, dialect, elsewhere, seatOf(other, 0, 1))
    expect(outcomeOf(await club.send(dialect.pay(by, held)))).toBe(`${status} NOT_FOUND`)
    expect(await moneyAndState(by, held.holdId)).toMatchObject({ state: 'HELD', balance: 100_000 })
  })

  test('of 20 users who want one seat at the same moment one gets it', async () => {
    const users = await Promise.all(Array.from({ length: 20 }, () => walkIn(club, dialect)))
    const seat = freeSeat()
    const answers = await Promise.all(users.map(async (by) => await club.send(dialect.hold(by, seat))))
    expect(answers.map(outcomeOf).toSorted()).toEqual(['200', ...all(19, '409 SEATS_TAKEN')])
  })

  test('a closed line issues no token', async () => {
    const own = await openOwn({})
    await changeLine(deps, own.concertId, { override: 'closed' })
    expect(outcomeOf(await own.send(dialect.takePlace(await own.newFan())))).toBe('409 LINE_CLOSED')
  })
})

test('two dates of a concert share one line, and one token opens both', async () => {
  const by = await walkIn(club, customers)
  const calls = [customers.hold(by, seatOf(club, 1, 50)), customers.hold(by, seatOf(club, 2, 1))]
  expect(await outcomes(club, calls)).toEqual(['200', '200'])
})
