import { randomUUID } from 'node:crypto'
import { cheapSqlOracles, sqlOracles } from '@greenroom/oracles'
import { expect, test } from 'vitest'
import { pay, refund } from '../payments/index.ts'
import type { Tx } from '../platform/database.ts'
import { relayOutbox } from '../seating/index.ts'
import { asOwner } from '../testing/as-owner.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { registerWebhook, relayEvents } from '../webhooks/index.ts'
import { checkInvariants } from './check-invariants.ts'
import { askOracle } from './check-store.ts'

const deps = await createTestDeps()
const show = await makeShow(deps, { priceMinor: 10_000 })
const other = await makeShow(deps, { priceMinor: 10_000 })
const fanId = await makeRichFan(deps)
const otherFanId = await makeFan(deps)
const [paid, refunded, held] = [
  await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 2) }),
  await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(2, 3) }),
  await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(3, 4) }),
]
await insertHold(deps, { fanId: otherFanId, show: other, seatIds: other.seatIds.slice(1, 2) })
const { paymentId } = await pay(deps, { fanId, reservationIds: [paid], idempotencyKey: randomUUID() })
await pay(deps, { fanId, reservationIds: [refunded], idempotencyKey: randomUUID() })
await refund(deps, { fanId, reservationId: refunded, idempotencyKey: randomUUID() })
await registerWebhook(deps, {
  operatorId: otherFanId,
  url: 'http://127.0.0.1:9/',
  description: 'nobody listens',
  eventTypes: ['reservation.paid'],
})
await pay(deps, {
  fanId,
  reservationIds: [await insertHold(deps, { fanId, show: other, seatIds: other.seatIds.slice(0, 1) })],
  idempotencyKey: randomUUID(),
})
await relayEvents(deps)
await relayOutbox(deps)
const [seat = 0, , , heldSeat = 0, freeSeat = 0] = show.seatIds

/** A key of the fan for this command, whose reply names a reservation. */
const replyOf = (command: string, reservationId: string): string =>
  `insert into idempotency_keys (fan_id, key, command, body_hash, reply)
   select fan_id, 'another', '${command}', body_hash, jsonb_build_object('reservationId', ${reservationId})
   from idempotency_keys where fan_id = ${fanId} and command = 'pay' limit 1`

/** For each oracle, ways to spoil the data that it must see. What the database itself forbids, it is made to allow first. */
const damages: Record<string, string[]> = {
  'one-owner-per-seat': [
    `update reservations set seat_ids = seat_ids || ${seat}::bigint where id = ${held}`,
    `update reservations set state = 'HELD', ended_at = null, paid_at = null, seat_ids = array[${seat}] where id = ${refunded}`,
  ],
  'live-reservation-has-its-seats': [
    `update seats set status = 'available', reservation_id = null where id = ${seat}`,
    `update seats set show_id = ${other.showId}, ordinal = 1000 where id = ${seat}`,
    `update seats set status = 'sold', held_until = null where id = ${heldSeat}`,
  ],
  'taken-seat-is-in-its-reservation': [
    `update reservations set seat_ids = seat_ids[1:1] where id = ${paid}`,
    `update reservations set state = 'EXPIRED', ended_at = now() where id = ${held}`,
  ],
  'seat-and-hold-end-together': [
    `update seats set held_until = held_until + interval '1 second' where id = ${heldSeat}`,
  ],
  'no-hold-past-its-maximum': [
    `alter table reservations drop constraint reservations_check;
     update reservations set held_until = max_held_until + interval '1 second' where id = ${held}`,
    `update reservations set held_until = first_held_at - interval '1 second', max_held_until = first_held_at - interval '1 second'
     where id = ${held}`,
    `update reservations set max_held_until = max_held_until + interval '1 year' where id = ${held}`,
  ],
  'no-hold-with-a-spent-place': [
    `insert into entered_places (concert_id, fan_id, epoch, seq) values (${show.concertId}, ${fanId}, 1, 5)
       on conflict (concert_id, fan_id) do update set epoch = 1, seq = 5;
     insert into spent_passes (concert_id, fan_id, epoch, seq, spent_at)
     values (${show.concertId}, ${fanId}, 1, 5, now() - interval '1 hour')`,
  ],
  'seats-add-up-to-the-capacity': [
    `alter table seats drop constraint seats_show_id_fkey; delete from seats where id = ${freeSeat}`,
    `update shows set seat_count = seat_count - 1 where id = ${show.showId}`,
  ],
  'no-seat-of-no-show': [`update seats set ordinal = 1000 where id = ${freeSeat}`],
  'fan-count-is-what-the-fan-has': [
    `update fan_seat_counts set seat_count = seat_count - 1 where fan_id = ${fanId} and show_id = ${show.showId}`,
    `delete from fan_seat_counts where fan_id = ${fanId}`,
    `alter table fan_seat_counts drop constraint fan_seat_limit; update fan_seat_counts set seat_limit = 1 where fan_id = ${fanId}`,
  ],
  'sold-seat-has-one-ticket': [
    `update tickets set state = 'VOID' where seat_id = ${seat}`,
    `drop index tickets_seat_key; insert into tickets (payment_id, reservation_id, show_id, seat_id, fan_id)
     select payment_id, reservation_id, show_id, seat_id, fan_id from tickets where seat_id = ${seat}`,
    `update tickets set seat_id = ${freeSeat} where seat_id = ${seat}`,
  ],
  'good-ticket-has-its-seat': [
    `update seats set status = 'available', reservation_id = null where id = ${seat}`,
    `update tickets set fan_id = ${otherFanId} where seat_id = ${seat}`,
    `update tickets set payment_id = (select max(id) from payments) where seat_id = ${seat}`,
  ],
  'paid-reservation-has-one-payment': [
    `insert into payments (fan_id, concert_id, reservation_ids, amount_minor)
     select fan_id, concert_id, reservation_ids, amount_minor from payments where id = ${paymentId}`,
    `update payments set reservation_ids = '{}' where id = ${paymentId}`,
    `update payments set fan_id = ${otherFanId} where id = ${paymentId}`,
  ],
  'payment-is-the-sum-of-its-reservations': [
    `update payments set amount_minor = amount_minor + 1 where id = ${paymentId}`,
    `update payments set reservation_ids = reservation_ids || ${held}::bigint where id = ${paymentId}`,
  ],
  'money-of-a-reservation-moved-as-it-says': [
    `delete from transfers where reservation_id = ${paid}`,
    `delete from transfers where reservation_id = ${refunded} and kind = 'refund'`,
    `drop index transfers_reservation_key; insert into transfers
       (kind, debit_wallet_id, credit_wallet_id, amount_minor, fan_balance_after_minor, payment_id, reservation_id)
     select kind, debit_wallet_id, credit_wallet_id, amount_minor, fan_balance_after_minor, payment_id, reservation_id
     from transfers where reservation_id = ${paid}`,
    `update transfers set reservation_id = ${held} where reservation_id = ${paid}`,
  ],
  'paid-seat-is-released-by-a-refund-alone': [
    `update seats set status = 'available', reservation_id = null where id = ${seat}`,
    `update seats set status = 'available', reservation_id = null where id = ${seat};
     update reservations set state = 'REFUNDED', ended_at = now() where id = ${paid}`,
  ],
  'cancelled-show-is-given-back': [
    `insert into cancellations (show_id, reason, cancelled_by, finished_at) values (${show.showId}, 'why', ${fanId}, now())`,
    `insert into cancellations (show_id, reason, cancelled_by) values (${show.showId}, 'why', ${fanId});
     insert into cancellation_refunds (show_id, reservation_id, state, refunded_at)
     values (${show.showId}, ${paid}, 'REFUNDED', now())`,
  ],
  'balance-is-the-sum-of-transfers': [
    `update wallets set balance_minor = balance_minor + 1 where account_id = ${fanId}`,
    `alter table wallets drop constraint wallet_not_negative; update wallets set balance_minor = -1 where account_id = ${fanId}`,
  ],
  'money-sums-to-zero': [
    `update wallets set balance_minor = balance_minor + 1 where account_id = ${fanId}`,
    `delete from transfers where reservation_id = ${paid}`,
  ],
  'transfer-goes-the-way-of-its-kind': [
    `update transfers set debit_wallet_id = credit_wallet_id, credit_wallet_id = debit_wallet_id where reservation_id = ${paid}`,
    `update transfers set kind = 'charge', reservation_id = null where reservation_id = ${paid}`,
  ],
  'statement-line-follows-from-the-last': [
    `update transfers set fan_balance_after_minor = fan_balance_after_minor + 1 where reservation_id = ${paid}`,
    `delete from transfers where reservation_id = ${paid}`,
  ],
  'used-key-has-its-reply': [
    `update idempotency_keys set reply = null where fan_id = ${fanId} and command = 'pay'`,
  ],
  'one-effect-per-key': [
    `insert into idempotency_keys (fan_id, key, command, body_hash, reply)
     select fan_id, 'another', command, body_hash, reply from idempotency_keys where fan_id = ${fanId} and command = 'pay' limit 1`,
    `insert into idempotency_keys (fan_id, key, command, body_hash, reply)
     select fan_id, 'another', command, body_hash, reply from idempotency_keys where fan_id = ${fanId} and command = 'charge'`,
    `insert into idempotency_keys (fan_id, key, command, body_hash, reply)
     select fan_id, 'another', command, body_hash, reply from idempotency_keys where fan_id = ${fanId} and command = 'refund'`,
    `update idempotency_keys set reply = jsonb_set(reply, '{paymentId}', '999999') where fan_id = ${fanId} and command = 'pay'`,
    `update idempotency_keys set reply = jsonb_set(reply, '{reservationId}', '${paid}') where fan_id = ${fanId} and command = 'refund'`,
    ...['hold', 'holdBest'].flatMap((command) => [
      replyOf(command, '999999'),
      replyOf(command, `(select max(id) from reservations where fan_id <> ${fanId})`),
    ]),
  ],
  'every-seat-change-is-published': [
    `insert into outbox (show_id, payload, created_at) values (${show.showId}, '{}', now() - interval '2 minutes')`,
  ],
  'every-event-is-numbered': [
    `insert into events (type, data, created_at) values ('webhook.test', '{}', now() - interval '2 minutes')`,
  ],
  'event-positions-have-no-gap': [
    'update events set position = position + 100 where position = 1',
    'update event_relay set last_position = last_position + 1',
  ],
  'every-event-is-delivered-or-pending': [
    "update webhook_deliveries set next_attempt_at = now() - interval '1 hour'",
  ],
  'data-platform-is-not-ahead': ['update data_platform_progress set last_position = 1000'],
  'a-sale-is-told-once': [
    "delete from webhook_deliveries; delete from events where type = 'payment.refunded'",
    `insert into events (type, data) select type, data from events where type = 'reservation.paid'`,
    `update reservations set state = 'RELEASED', ended_at = now(), paid_at = null where id = ${paid}`,
  ],
}

test('data in good order breaks no oracle, asked of everything or of what is recent', async () => {
  expect(await checkInvariants(deps, { cost: 'full' })).toMatchObject({ violations: [], stopped: [] })
  expect(await checkInvariants(deps, { cost: 'cheap' })).toMatchObject({ violations: [], stopped: [] })
})

test('every oracle has damage that it must see, and each is named once', () => {
  expect(Object.keys(damages).toSorted()).toEqual(sqlOracles.map(({ name }) => name).toSorted())
})

const planted = Object.entries(damages).flatMap(([oracle, all]) =>
  all.map((damage, index): [string, number, string] => [oracle, index + 1, damage]),
)

test.for(planted)('%s sees damage %i, in each of its forms', async ([oracle, , damage]) => {
  const forms = [...sqlOracles, ...cheapSqlOracles].filter(({ name }) => name === oracle)
  expect(forms.length).toBeGreaterThan(0)
  await spoil(damage, async (tx) => {
    for (const form of forms)
      expect(await askOracle(tx, form)).toContainEqual(expect.objectContaining({ oracle }))
  })
})

test('a database that is damaged all over answers with twenty faults of an oracle, not with all', async () => {
  const wide = await makeShow(deps, { seatCount: 100 })
  const text = `update seats set ordinal = ordinal + 1000 where show_id = ${wide.showId}`
  await spoil(text, async (tx) => {
    const [oracle] = sqlOracles.filter(({ name }) => name === 'no-seat-of-no-show')
    expect(oracle && (await askOracle(tx, oracle))).toHaveLength(20)
  })
})

/** Does the damage, looks, and takes it back. */
async function spoil(damage: string, look: (tx: Tx) => Promise<void>): Promise<void> {
  const spoiling = asOwner(deps, async (tx) => {
    await tx.query(damage)
    await look(tx)
    throw new Error('taken back')
  })
  await expect(spoiling).rejects.toThrow('taken back')
}
