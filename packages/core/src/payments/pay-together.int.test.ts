import { randomUUID } from 'node:crypto'
import type { AccountId, ReservationId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { violatedConstraint } from '../platform/database.ts'
import { releaseReservation } from '../reservations/index.ts'
import { asOwner } from '../testing/as-owner.ts'
import { findLockable, whileItWaits } from '../testing/blocked-rows.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { refusalsOf, valuesOf } from '../testing/outcomes.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { pay } from './index.ts'
import { findPayable, settleSalesText } from './together-store.ts'

const deps = await createTestDeps()
const show = await makeShow(deps, { seatCount: 200, priceMinor: 10_000 })
let nextSeat = 0

type Buyer = { fanId: AccountId; reservationId: ReservationId }

async function makeBuyer(balanceMinor = 30_000): Promise<Buyer> {
  const fanId = await makeRichFan(deps, balanceMinor)
  const seatIds = show.seatIds.slice(nextSeat, (nextSeat += 2))
  return { fanId, reservationId: await insertHold(deps, { fanId, show, seatIds }) }
}

const buy = ({ fanId, reservationId }: Buyer, by = deps) =>
  pay(by, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })

const walletOf = ({ fanId }: Buyer) => ({
  text: 'select from wallets where account_id = $1 for update',
  values: [fanId],
})

type Part = { reservationId: ReservationId; seatIds: readonly number[]; showId?: number }

/** The statement alone, rolled back: whom it would answer, or the constraint that it breaks. */
async function settleAlone(text: string, fanId: AccountId, parts: readonly Part[]): Promise<unknown> {
  const tx = await deps.db.pool.connect()
  await tx.query('begin')
  await tx.query(
    "insert into idempotency_keys (fan_id, key, command, body_hash) values ($1, 'k', 'pay', '')",
    [fanId],
  )
  const ids = parts.map(({ reservationId }) => reservationId)
  const answered = await tx
    .query(text, [
      [fanId],
      ['k'],
      [`{${ids.join(',')}}`],
      ids,
      parts.flatMap(({ seatIds }) => seatIds),
      parts.map(({ showId = show.showId }) => showId),
      parts.map(() => fanId),
    ])
    .then(({ rows }) => rows, violatedConstraint)
  await tx.query('rollback')
  tx.release()
  return answered
}

const settleGuarded = (fanId: AccountId, parts: readonly Part[]) => settleAlone(settleSalesText, fanId, parts)

const settleWithout = (guard: Record<string, string>, fanId: AccountId, parts: readonly Part[]) =>
  settleAlone(textWithout(settleSalesText, guard), fanId, parts)

test('payments that come together are each whole, with what is refused among them refused alone', async () => {
  const buyers = await Promise.all(Array.from({ length: 12 }, () => makeBuyer()))
  const poor = await makeBuyer(5_000)
  const outcomes = await Promise.allSettled([...buyers, poor].map((buyer) => buy(buyer)))
  expect(valuesOf(outcomes).map(({ balanceMinor }) => balanceMinor)).toEqual(buyers.map(() => 10_000))
  expect(valuesOf(outcomes).map(({ reservationIds }) => reservationIds)).toEqual(
    buyers.map(({ reservationId }) => [reservationId]),
  )
  expect(refusalsOf(outcomes)).toMatchObject([{ code: 'BALANCE_TOO_LOW' }])
  expect(await checkLedger(deps)).toEqual([])
})

test('a hold that is let go while its payment waits is refused, and who paid with it has paid', async () => {
  const [gone, other] = [await makeBuyer(), await makeBuyer()]
  const { outcome } = await whileItWaits(
    deps,
    walletOf(other),
    () => Promise.allSettled([buy(gone), buy(other)]),
    () => releaseReservation(deps, gone),
  )
  expect(outcome).toMatchObject({
    value: [{ reason: { code: 'HOLD_ENDED', details: { state: 'RELEASED' } } }, { status: 'fulfilled' }],
  })
  expect(await checkLedger(deps)).toEqual([])
})

test('of two processes that pay one hold at the same moment one pays, and the other is told so', async () => {
  const other = openProcess(deps)
  const buyer = await makeBuyer()
  const { outcome } = await whileItWaits(
    deps,
    walletOf(buyer),
    () => buy(buyer),
    () => Promise.resolve(),
  )
  expect(outcome).toMatchObject({ status: 'fulfilled' })
  const twice = await makeBuyer()
  const outcomes = await Promise.allSettled([buy(twice), buy(twice, other)])
  expect(valuesOf(outcomes)).toHaveLength(1)
  expect(refusalsOf(outcomes)).toMatchObject([{ code: 'HOLD_ENDED', details: { state: 'PAID' } }])
  expect(await checkLedger(deps)).toEqual([])
})

test('a payment that waited for a charge of the same wallet tells the balance as that one left it', async () => {
  const buyer = await makeBuyer()
  const { outcome } = await whileItWaits(
    deps,
    {
      text: 'update wallets set balance_minor = balance_minor + 7 where account_id = $1',
      values: [buyer.fanId],
      isKept: true,
    },
    () => buy(buyer),
    () => Promise.resolve(),
  )
  expect(outcome).toMatchObject({ value: { balanceMinor: 10_007 } })
  await deps.db.pool.query('update wallets set balance_minor = balance_minor - 7 where account_id = $1', [
    buyer.fanId,
  ])
})

test('a sale that is stopped while its payment waits for its key is not paid', async () => {
  const stopped = await makeShow(deps, { seatCount: 5, priceMinor: 10_000 })
  const fanId = await makeRichFan(deps)
  const reservationId = await insertHold(deps, { fanId, show: stopped, seatIds: stopped.seatIds.slice(0, 1) })
  const idempotencyKey = randomUUID()
  const { outcome } = await whileItWaits(
    deps,
    {
      text: "insert into idempotency_keys (fan_id, key, command, body_hash) values ($1, $2, 'pay', '')",
      values: [fanId, idempotencyKey],
    },
    () => pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey }),
    () => deps.db.pool.query("update shows set stopped_by = 'a test' where id = $1", [stopped.showId]),
  )
  expect(outcome).toMatchObject({ reason: { code: 'SALE_STOPPED' } })
})

test('wallets are locked in the order of their fans, and nothing else before they are had', async () => {
  const [low, high] = [await makeBuyer(), await makeBuyer()]
  const reservations = [low.reservationId, high.reservationId]
  const rows = await findPayable(deps.db, reservations)
  const seatIds = rows.flatMap((row) => row.seatIds).toSorted((one, other) => one - other)
  const fanIds = [low.fanId, high.fanId]
  const { found } = await whileItWaits(
    deps,
    walletOf(low),
    () => Promise.all([buy(high), buy(low)]),
    async () => ({
      wallets: await findLockable(deps, { table: 'wallets', key: 'account_id', values: fanIds }),
      counts: await findLockable(deps, { table: 'fan_seat_counts', key: 'fan_id', values: fanIds }),
      seats: await findLockable(deps, { table: 'seats', key: 'id', values: seatIds }),
      reservations: await findLockable(deps, { table: 'reservations', key: 'id', values: reservations }),
    }),
  )
  expect(found).toEqual({ wallets: [high.fanId], counts: fanIds, seats: seatIds, reservations })
})

test('seats are locked in the order of their ids when the counts are had, and reservations after them', async () => {
  const [low, high] = [await makeBuyer(), await makeBuyer()]
  const reservations = [low.reservationId, high.reservationId]
  const rows = await findPayable(deps.db, reservations)
  const [first, ...later] = rows.flatMap((row) => row.seatIds).toSorted((one, other) => one - other)
  if (first === undefined) throw new Error('seats are held')
  const look = async () => ({
    seats: await findLockable(deps, { table: 'seats', key: 'id', values: [first, ...later] }),
    reservations: await findLockable(deps, { table: 'reservations', key: 'id', values: reservations }),
  })
  const count = { text: 'select from fan_seat_counts where fan_id = $1 for update', values: [high.fanId] }
  const { found: atCounts } = await whileItWaits(deps, count, () => buy(high), look)
  expect(atCounts).toEqual({ seats: [first, ...later], reservations })
  const third = await makeBuyer()
  const seat = { text: 'select from seats where id = $1 for update', values: [first] }
  const fanIds = [low.fanId, third.fanId]
  const { found: atSeats } = await whileItWaits(
    deps,
    seat,
    () => Promise.all([buy(third), buy(low)]),
    async () => ({
      ...(await look()),
      counts: await findLockable(deps, { table: 'fan_seat_counts', key: 'fan_id', values: fanIds }),
    }),
  )
  expect(atSeats).toEqual({ seats: later, reservations, counts: [] })
})

test('reservations that are paid together are locked in the order of their ids', async () => {
  const { fanId, reservationId } = await makeBuyer()
  const seatIds = show.seatIds.slice(nextSeat, (nextSeat += 1))
  const reservationIds = [await insertHold(deps, { fanId, show, seatIds }), reservationId]
  const { found, outcome } = await whileItWaits(
    deps,
    { text: 'select from reservations where id = $1 for update', values: [reservationId] },
    () => pay(deps, { fanId, reservationIds, idempotencyKey: randomUUID() }),
    () => findLockable(deps, { table: 'reservations', key: 'id', values: reservationIds }),
  )
  expect(found).toEqual(reservationIds.slice(0, 1))
  expect(outcome).toMatchObject({ status: 'fulfilled' })
})

test('the statement alone sells nothing that another fan holds; without the fence it sells it under their feet', async () => {
  const buyer = await makeBuyer()
  const [row] = await findPayable(deps.db, [buyer.reservationId])
  const parts = [{ reservationId: buyer.reservationId, seatIds: row?.seatIds ?? [] }]
  expect(await settleGuarded(buyer.fanId, parts)).toHaveLength(1)
  const other = await makeBuyer()
  const giveSeatsTo = (reservationId: ReservationId) =>
    deps.db.pool.query('update seats set reservation_id = $1 where id = any($2)', [
      reservationId,
      row?.seatIds,
    ])
  await giveSeatsTo(other.reservationId)
  const fence = {
    'where cardinality(seat_ids) = (select count(*) from seat where reservation_id = held.id and seat.id = any(seat_ids))':
      '',
    'and seats.reservation_id = paid.id and seats.id = any(paid.seat_ids)':
      'and seats.id = any(paid.seat_ids)',
  }
  expect(await settleGuarded(buyer.fanId, parts)).toEqual([])
  expect(await settleWithout(fence, buyer.fanId, parts)).toHaveLength(1)
  expect(await settleGuarded(other.fanId, parts)).toEqual([])
  await giveSeatsTo(buyer.reservationId)
})

test('the statement alone does not pay a hold whose time is over; without that condition it does, after the sale too', async () => {
  const fanId = await makeRichFan(deps)
  const seatIds = show.seatIds.slice(nextSeat, (nextSeat += 1))
  const parts = [
    { reservationId: await insertHold(deps, { fanId, show, seatIds, endsInMs: -1_000 }), seatIds },
  ]
  const guard = { 'held_until > now() and (select count(*)': '(select count(*)' }
  expect(await settleGuarded(fanId, parts)).toEqual([])
  expect(await settleWithout(guard, fanId, parts)).toMatchObject([{ fanId }])
})

test('the statement alone spends no more than the wallet holds; without that condition a constraint undoes all of it', async () => {
  const fanId = await makeRichFan(deps, 9_999)
  const seatIds = show.seatIds.slice(nextSeat, (nextSeat += 1))
  const parts = [{ reservationId: await insertHold(deps, { fanId, show, seatIds }), seatIds }]
  const guard = { 'and sum(whole.amount_minor) <= min(wallet.balance_minor)': '' }
  expect(await settleGuarded(fanId, parts)).toEqual([])
  expect(await settleWithout(guard, fanId, parts)).toBe('wallet_not_negative')
})

test('the statement alone pays holds of one concert, in the money of the wallet; without those conditions any', async () => {
  const other = await makeShow(deps, { seatCount: 2, priceMinor: 10_000 })
  const fanId = await makeRichFan(deps)
  const seatIds = show.seatIds.slice(nextSeat, (nextSeat += 1))
  const here = { reservationId: await insertHold(deps, { fanId, show, seatIds }), seatIds }
  const [seatId] = other.seatIds
  if (seatId === undefined) throw new Error('a show has seats')
  const reservationId = await insertHold(deps, { fanId, show: other, seatIds: [seatId] })
  const there = { reservationId, seatIds: [seatId], showId: other.showId }
  const ofOneConcert = { 'and count(distinct whole.concert_id) = 1': '' }
  expect(await settleGuarded(fanId, [here, there])).toEqual([])
  expect(await settleWithout(ofOneConcert, fanId, [here, there])).toMatchObject([{ fanId }])
  await deps.db.pool.query("update concerts set currency = 'USD' where id = $1", [other.concertId])
  const inItsMoney = { 'and whole.currency = wallet.currency': '' }
  expect(await settleGuarded(fanId, [there])).toEqual([])
  expect(await settleWithout(inItsMoney, fanId, [there])).toMatchObject([{ fanId }])
  // and nobody has the other side of a payment in dollars
  await setCurrency(fanId, 'USD')
  expect(await settleGuarded(fanId, [there])).toEqual([])
  await setCurrency(fanId, 'KRW')
})

test('counts are locked in the order of their fans when all wallets are had', async () => {
  const [low, high] = [await makeBuyer(), await makeBuyer()]
  const { found } = await whileItWaits(
    deps,
    { text: 'select from fan_seat_counts where fan_id = $1 for update', values: [low.fanId] },
    () => Promise.all([buy(high), buy(low)]),
    () => findLockable(deps, { table: 'fan_seat_counts', key: 'fan_id', values: [low.fanId, high.fanId] }),
  )
  expect(found).toEqual([high.fanId])
})

test.for([
  ['seats', 'update seats set version = version + 4 where reservation_id = $1'],
  ['times', "update reservations set held_until = held_until - interval '1 second' where id = $1"],
] as const)(
  'a payment whose %s were changed while it waited, and are its own all the same, is made',
  async ([, text]) => {
    const buyer = await makeBuyer()
    const { outcome } = await whileItWaits(
      deps,
      { text, values: [buyer.reservationId], isKept: true },
      () => buy(buyer),
      () => Promise.resolve(),
    )
    expect(outcome).toMatchObject({ value: { balanceMinor: 10_000, ticketIds: { length: 2 } } })
    expect(await checkSeats(deps, show.showId)).toEqual([])
  },
)

/** What no rule of the product does, and its login may not. */
async function setCurrency(fanId: AccountId, currency: string): Promise<void> {
  await asOwner(deps, (tx) =>
    tx.query('update wallets set currency = $2 where account_id = $1', [fanId, currency]),
  )
}
