import { randomUUID } from 'node:crypto'
import type { AccountId, Refund, ReservationId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { inTransaction, violatedConstraint } from '../platform/database.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { refusalsOf, valuesOf } from '../testing/outcomes.ts'
import { balanceOf } from '../testing/sale-facts.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admitTicket, listTickets } from '../tickets/index.ts'
import { readStatement, transfer } from '../wallet/index.ts'
import { pay, refund } from './index.ts'

const deps = await createTestDeps()

type Bought = { show: TestShow; fanId: AccountId; reservationId: ReservationId }

async function buyTwo(options: { priceMinor?: number; seatsPerFan?: number } = {}): Promise<Bought> {
  const show = await makeShow(deps, { priceMinor: 30_000, ...options })
  const fanId = await makeRichFan(deps, 100_000)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 2) })
  await pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })
  return { show, fanId, reservationId }
}

function refundOnce(
  { fanId, reservationId }: Pick<Bought, 'fanId' | 'reservationId'>,
  idempotencyKey: string = randomUUID(),
): Promise<Refund> {
  return refund(deps, { fanId, reservationId, idempotencyKey })
}

test('a refund gives the money, the seats and the tickets back, and somebody else can buy the seats', async () => {
  const bought = await buyTwo()
  const { fanId, reservationId, show } = bought
  expect(await refundOnce(bought)).toMatchObject({
    reservationId,
    amountMinor: 60_000,
    balanceMinor: 100_000,
  })
  expect((await listTickets(deps, fanId)).map((ticket) => ticket.state)).toEqual(['VOID', 'VOID'])
  const { lines } = await readStatement(deps, { fanId, limit: 1, beforeId: undefined })
  expect(lines[0]).toMatchObject({ kind: 'refund', changeMinor: 60_000, reservationId })
  expect(await checkLedger(deps)).toEqual([])

  const next = await makeRichFan(deps)
  const held = await insertHold(deps, { fanId: next, show, seatIds: show.seatIds.slice(0, 2) })
  await pay(deps, { fanId: next, reservationIds: [held], idempotencyKey: randomUUID() })
  expect(await listTickets(deps, next)).toHaveLength(2)
  expect(await checkLedger(deps)).toEqual([])
})

test('a refund makes room under the limit of seats for each fan', async () => {
  const bought = await buyTwo({ seatsPerFan: 2 })
  await refundOnce(bought)
  const { fanId, show } = bought
  const again = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(2, 4) })
  expect(again).toBeGreaterThan(bought.reservationId)
  expect(await checkLedger(deps)).toEqual([])
})

test('ten refunds with ten keys at once: one effect, nine are told it is refunded', async () => {
  const bought = await buyTwo()
  const replies = await Promise.allSettled(Array.from({ length: 10 }, () => refundOnce(bought)))
  expect(valuesOf(replies)).toHaveLength(1)
  const refusal = { code: 'NOT_REFUNDABLE', details: { reason: 'alreadyRefunded' } }
  expect(refusalsOf(replies)).toMatchObject(Array.from({ length: 9 }, () => refusal))
  expect(await balanceOf(deps, bought.fanId)).toBe(100_000)
  expect(await checkLedger(deps)).toEqual([])
})

test('a refund repeated with its key has one effect and one reply, also 20 at once', async () => {
  const bought = await buyTwo()
  const key = randomUUID()
  const replies = await Promise.all(Array.from({ length: 20 }, () => refundOnce(bought, key)))
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
  expect(await balanceOf(deps, bought.fanId)).toBe(100_000)
})

test('a reservation has one payment and one refund in the ledger, whatever a command forgets', async () => {
  const bought = await buyTwo()
  await refundOnce(bought)
  const { fanId, reservationId } = bought
  const again = inTransaction(deps.db, (tx) =>
    transfer(tx, { kind: 'refund', fanId, amountMinor: 60_000, reservationId }),
  )
  expect(await again.catch(violatedConstraint)).toBe('transfers_reservation_key')
  expect(await balanceOf(deps, fanId)).toBe(100_000)
})

test("another fan's reservation is not there to be refunded", async () => {
  const bought = await buyTwo()
  const stranger = await makeRichFan(deps)
  await expect(refundOnce({ ...bought, fanId: stranger })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { what: 'reservation' },
  })
  expect(await balanceOf(deps, bought.fanId)).toBe(40_000)
})

test('what was only held is not refunded', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  await expect(refundOnce({ fanId, reservationId })).rejects.toMatchObject({
    code: 'NOT_REFUNDABLE',
    details: { reason: 'notPaid' },
  })
})

test('a reservation of which one ticket was used is not refunded, not even in part', async () => {
  const bought = await buyTwo()
  const operatorId = await makeRichFan(deps)
  const [ticket] = await listTickets(deps, bought.fanId)
  await admitTicket(deps, { operatorId, code: ticket?.code ?? '' })
  await expect(refundOnce(bought)).rejects.toMatchObject({
    code: 'NOT_REFUNDABLE',
    details: { reason: 'ticketUsed' },
  })
  expect((await listTickets(deps, bought.fanId)).map(({ state }) => state).toSorted()).toEqual([
    'USED',
    'VALID',
  ])
  expect(await balanceOf(deps, bought.fanId)).toBe(40_000)
  expect(await checkLedger(deps)).toEqual([])
})

test('a ticket is used or refunded, never both, when the two meet', async () => {
  const operatorId = await makeRichFan(deps)
  for (let round = 0; round < 10; round += 1) {
    const bought = await buyTwo()
    const [ticket] = await listTickets(deps, bought.fanId)
    const [admission, refunding] = await Promise.allSettled([
      admitTicket(deps, { operatorId, code: ticket?.code ?? '' }),
      refundOnce(bought),
    ])
    expect([admission.status, refunding.status].toSorted()).toEqual(['fulfilled', 'rejected'])
  }
  expect(await checkLedger(deps)).toEqual([])
})

test('nothing is refunded once the show has begun by the clock of the database', async () => {
  const bought = await buyTwo()
  await deps.db.pool.query('update shows set starts_at = now() where id = $1', [bought.show.showId])
  await expect(refundOnce(bought)).rejects.toMatchObject({
    code: 'NOT_REFUNDABLE',
    details: { reason: 'showStarted' },
  })
  expect(await balanceOf(deps, bought.fanId)).toBe(40_000)
})

test('free seats are given back for nothing', async () => {
  const bought = await buyTwo({ priceMinor: 0 })
  expect(await refundOnce(bought)).toMatchObject({ amountMinor: 0, balanceMinor: 100_000 })
  expect(await checkLedger(deps)).toEqual([])
})

test('guard off: without the state in its condition a second refund pays twice', async () => {
  const { fanId, reservationId } = await buyTwo()
  const giveBackUnguarded = async (): Promise<void> => {
    const tx = await deps.db.pool.connect()
    await tx.query('begin')
    await tx.query("update reservations set state = 'REFUNDED', ended_at = now() where id = $1", [
      reservationId,
    ])
    await tx.query('update wallets set balance_minor = balance_minor + 60000 where account_id = $1', [fanId])
    await tx.query('commit')
    tx.release()
  }
  await giveBackUnguarded()
  await giveBackUnguarded()
  expect(await balanceOf(deps, fanId)).toBe(160_000)
  expect(await checkLedger(deps)).toContainEqual(
    expect.objectContaining({ oracle: 'balance-is-the-sum-of-transfers' }),
  )
})
