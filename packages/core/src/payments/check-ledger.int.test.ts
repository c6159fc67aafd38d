import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { asOwner } from '../testing/blocked-rows.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { checkLedger, pay } from './index.ts'
import { findLedgerFaults } from './ledger-store.ts'

const deps = await createTestDeps()
const show = await makeShow(deps, { priceMinor: 10_000 })
const fanId = await makeRichFan(deps)
const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 2) })
await pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })

/** Each way to spoil the books; `$1` is a reservation that was paid in good order. */
const spoiled: [fault: string, text: string][] = [
  [
    'a wallet is not the sum of its transfers',
    'update wallets set balance_minor = balance_minor + 1 where account_id = (select fan_id from reservations where id = $1)',
  ],
  [
    'the fans and the house do not add up to nothing',
    'update wallets set balance_minor = balance_minor + 1 where account_id = (select fan_id from reservations where id = $1)',
  ],
  [
    'a statement line does not follow from the one before it',
    'update transfers set fan_balance_after_minor = fan_balance_after_minor + 1 where reservation_id = $1',
  ],
  [
    'a paid reservation does not own its seats',
    "update seats set status = 'available', reservation_id = null where reservation_id = $1",
  ],
  [
    'a taken seat is not in its reservation',
    "update reservations set seat_ids = seat_ids[1:1] where id = $1 and state = 'PAID'",
  ],
  [
    'a reservation is not paid exactly once',
    `insert into payments (fan_id, concert_id, reservation_ids, amount_minor)
     select fan_id, concert_id, array[id], amount_minor from reservations where id = $1`,
  ],
  [
    'a payment is not the sum of its reservations',
    'update payments set amount_minor = amount_minor + 1 where $1 = any(reservation_ids)',
  ],
  [
    'the money of a reservation did not move as its state says',
    'delete from transfers where reservation_id = $1',
  ],
  [
    'a sold seat does not have one good ticket',
    "update tickets set state = 'VOID' where reservation_id = $1",
  ],
  [
    'a good ticket has no sold seat',
    "update seats set status = 'available', reservation_id = null where reservation_id = $1",
  ],
  [
    "a fan's seat count is wrong",
    'update fan_seat_counts set seat_count = 1 where fan_id = (select fan_id from reservations where id = $1)',
  ],
  [
    'a used key has no reply',
    'update idempotency_keys set reply = null where fan_id = (select fan_id from reservations where id = $1)',
  ],
]

test('books in good order have no fault', async () => {
  expect(await checkLedger(deps)).toEqual([])
})

test.for(spoiled)('the check finds: %s', async ([fault, text]) => {
  const spoil = asOwner(deps, async (tx) => {
    const { rowCount } = await tx.query(text, [reservationId])
    const faults = await findLedgerFaults(tx)
    expect(rowCount).toBeGreaterThan(0)
    expect(faults.map((each) => each.fault)).toContain(fault)
    throw new Error('rolled back')
  })
  await expect(spoil).rejects.toThrow('rolled back')
})
