import { randomUUID } from 'node:crypto'
import type { ReservationId, SeatId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { pay } from '../payments/index.ts'
import { violatedConstraint } from '../platform/database.ts'
import { asOwner } from '../testing/as-owner.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'

const deps = await createTestDeps()

/** The guard that a statement runs into; `undefined` when nothing keeps it from happening. Its owner may do all but that. */
async function guardOf(text: string, values: unknown[] = []): Promise<string | undefined> {
  return await asOwner(deps, (tx) => tx.query(text, values)).then(() => undefined, violatedConstraint)
}

/** A show with one seat held, one sold and the others free. */
async function makeSale() {
  const show = await makeShow(deps, { seatCount: 4 })
  const fanId = await makeRichFan(deps)
  const sold = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  await pay(deps, { fanId, reservationIds: [sold], idempotencyKey: randomUUID() })
  const held = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(1, 2) })
  return { ...show, fanId, sold, held }
}

const changeSeat = async (seatId: SeatId | undefined, change: string): Promise<string | undefined> =>
  await guardOf(`update seats set ${change} where id = $1`, [seatId])

const changeReservation = async (id: ReservationId, change: string): Promise<string | undefined> =>
  await guardOf(`update reservations set ${change} where id = $1`, [id])

test('a seat is held or sold exactly while it has a reservation, and that one is there', async () => {
  const { seatIds, held } = await makeSale()
  const [soldSeat, heldSeat, free] = seatIds
  expect(await changeSeat(free, `reservation_id = ${held}`)).toBe('seats_check')
  expect(await changeSeat(free, "status = 'sold'")).toBe('seats_check')
  expect(await changeSeat(soldSeat, 'reservation_id = null')).toBe('seats_check')
  expect(await changeSeat(heldSeat, 'reservation_id = 1000000')).toBe('seats_reservation_id_fkey')
})

test('a seat has an end of its hold exactly while it is held', async () => {
  const { seatIds } = await makeSale()
  const [soldSeat, heldSeat, free] = seatIds
  expect(await changeSeat(heldSeat, 'held_until = null')).toBe('seats_check1')
  expect(await changeSeat(soldSeat, 'held_until = now()')).toBe('seats_check1')
  expect(await changeSeat(free, 'held_until = now()')).toBe('seats_check1')
})

test('seats, reservations and tickets are in no state that is not known', async () => {
  const { seatIds, held } = await makeSale()
  expect(await changeSeat(seatIds[2], "status = 'gone'")).toBe('seats_status_check')
  expect(await changeReservation(held, "state = 'GONE'")).toBe('reservations_state_check')
  expect(await guardOf("update tickets set state = 'GONE' where seat_id = $1", [seatIds[0]])).toBe(
    'tickets_state_check',
  )
})

test('no hold is longer than its hard maximum, whatever a statement forgets', async () => {
  const { held } = await makeSale()
  const longer = "held_until = max_held_until + interval '1 second'"
  expect(await changeReservation(held, longer)).toBe('reservations_check')
})

test('a reservation says when it was paid exactly if it was', async () => {
  const { held, sold } = await makeSale()
  expect(await changeReservation(held, "state = 'PAID'")).toBe('reservations_check1')
  expect(await changeReservation(held, 'paid_at = now()')).toBe('reservations_check1')
  expect(await changeReservation(sold, 'paid_at = null')).toBe('reservations_check1')
})

test('a reservation says when it ended exactly if it has', async () => {
  const { held, sold } = await makeSale()
  expect(await changeReservation(held, "state = 'EXPIRED'")).toBe('reservations_check2')
  expect(await changeReservation(held, 'ended_at = now()')).toBe('reservations_check2')
  expect(await changeReservation(sold, "state = 'REFUNDED'")).toBe('reservations_check2')
})

test('a reservation has 1 to 10 seats, of a show of its own concert', async () => {
  const { held } = await makeSale()
  const other = await makeShow(deps)
  expect(await changeReservation(held, "seat_ids = '{}'")).toBe('reservations_seat_ids_check')
  expect(await changeReservation(held, `concert_id = ${other.concertId}`)).toBe(
    'reservations_show_id_concert_id_fkey',
  )
})

test('nothing costs less than nothing', async () => {
  const { concertId, seatIds, held, sold } = await makeSale()
  expect(await changeSeat(seatIds[2], 'price_minor = -1')).toBe('seats_price_minor_check')
  expect(await changeReservation(held, 'amount_minor = -1')).toBe('reservations_amount_minor_check')
  expect(await guardOf('update prices set price_minor = -1 where concert_id = $1', [concertId])).toBe(
    'prices_price_minor_check',
  )
  expect(
    await guardOf('update payments set amount_minor = -1 where reservation_ids @> array[$1::bigint]', [sold]),
  ).toBe('payments_amount_minor_check')
})

test('a show has one seat of each number', async () => {
  const { seatIds } = await makeSale()
  expect(await changeSeat(seatIds[2], 'ordinal = 3')).toBe('seats_show_id_ordinal_key')
})

test('a fan has one count of seats at a show', async () => {
  const { showId } = await makeShow(deps)
  const fanId = await makeFan(deps)
  const begin = 'insert into fan_seat_counts (show_id, fan_id, seat_count, seat_limit) values ($1, $2, 0, 4)'
  expect(await guardOf(begin, [showId, fanId])).toBeUndefined()
  expect(await guardOf(begin, [showId, fanId])).toBe('fan_seat_counts_pkey')
})

test('seats of two shows never have one number', async () => {
  const { showId } = await makeSale()
  const overlapping = `insert into shows (concert_id, seat_plan_id, starts_at, first_seat_id, seat_count)
    select concert_id, seat_plan_id, starts_at + interval '1 day', first_seat_id + 3, 1 from shows where id = $1`
  expect(await guardOf(overlapping, [showId])).toBe('shows_int8range_excl')
})

test('a ticket says when it was used exactly if it was', async () => {
  const { seatIds } = await makeSale()
  const change = async (set: string): Promise<string | undefined> =>
    await guardOf(`update tickets set ${set} where seat_id = $1`, [seatIds[0]])
  expect(await change("state = 'USED'")).toBe('tickets_check')
  expect(await change('used_at = now()')).toBe('tickets_check')
})

test('a ticket and a line of the ledger are for a reservation that is there', async () => {
  const { sold } = await makeSale()
  const elsewhere = 'set reservation_id = 1000000 where reservation_id = $1'
  expect(await guardOf(`update tickets ${elsewhere}`, [sold])).toBe('tickets_reservation_id_fkey')
  expect(await guardOf(`update transfers ${elsewhere}`, [sold])).toBe('transfers_reservation_id_fkey')
})

test('money moves between two wallets, for a reservation exactly if it is no charge, and leaves nobody owing', async () => {
  const { sold } = await makeSale()
  const change = async (set: string): Promise<string | undefined> =>
    await guardOf(`update transfers set ${set} where reservation_id = $1`, [sold])
  expect(await change('debit_wallet_id = credit_wallet_id')).toBe('transfers_check')
  expect(await change("kind = 'charge'")).toBe('transfers_check1')
  expect(await change('reservation_id = null')).toBe('transfers_check1')
  expect(await change('fan_balance_after_minor = -1')).toBe('transfers_fan_balance_after_minor_check')
})

test('a fan has one wallet with a balance, and the house one of each kind and currency with none', async () => {
  const fanId = await makeFan(deps)
  const insert = async (kind: string, accountId: number | null, balance: number | null) =>
    await guardOf('insert into wallets (kind, account_id, balance_minor) values ($1, $2, $3)', [
      kind,
      accountId,
      balance,
    ])
  expect(await insert('fan', fanId, 0)).toBe('wallets_account_id_key')
  expect(await insert('outside', null, null)).toBe('wallets_house_key')
  expect(await insert('fan', null, 0)).toBe('wallets_check')
  const { rows } = await deps.db.pool.query(
    "insert into accounts (email, name, password_hash) values ($1, 'New', 'none') returning id",
    [`${randomUUID()}@test.example`],
  )
  expect(await insert('fan', rows[0].id, null)).toBe('wallets_check1')
})

test('a key has one row for each fan, whoever forgets to ask', async () => {
  const fanId = await makeFan(deps)
  const use =
    "insert into idempotency_keys (fan_id, key, command, body_hash) values ($1, 'one key', 'pay', '')"
  expect(await guardOf(use, [fanId])).toBeUndefined()
  expect(await guardOf(use, [fanId])).toBe('idempotency_keys_pkey')
  expect(await guardOf(use, [await makeFan(deps)])).toBeUndefined()
})

test('a fan went in with one place at a time, and a place is spent once', async () => {
  const { concertId } = await makeShow(deps)
  const fanId = await makeFan(deps)
  const enter = 'insert into entered_places (concert_id, fan_id, epoch, seq) values ($1, $2, 1, $3)'
  expect(await guardOf(enter, [concertId, fanId, 1])).toBeUndefined()
  expect(await guardOf(enter, [concertId, fanId, 2])).toBe('entered_places_pkey')
  const spend = 'insert into spent_passes (concert_id, fan_id, epoch, seq) values ($1, $2, 1, $3)'
  expect(await guardOf(spend, [concertId, fanId, 1])).toBeUndefined()
  expect(await guardOf(spend, [concertId, fanId, 1])).toBe('spent_passes_pkey')
  expect(await guardOf(spend, [concertId, fanId, 2])).toBeUndefined()
})

test('an event has a position of its own, and an endpoint one delivery of it', async () => {
  const event = "insert into events (type, data, position) values ('webhook.test', '{}', $1)"
  expect(await guardOf(event, [1_000_000])).toBeUndefined()
  expect(await guardOf(event, [1_000_000])).toBe('events_position_key')
  await guardOf(
    `insert into webhook_endpoints (url, event_types) values ('https://test.example', '{webhook.test}')`,
  )
  const delivery = `insert into webhook_deliveries (event_id, endpoint_id)
    select max(events.id), max(endpoints.id) from events, webhook_endpoints endpoints where position = 1000000`
  expect(await guardOf(delivery)).toBeUndefined()
  expect(await guardOf(delivery)).toBe('webhook_deliveries_event_id_endpoint_id_key')
})

test('a line has places that a double can count, a draw exactly if it is a lottery, and room for nobody at least', async () => {
  const { concertId } = await makeShow(deps)
  const change = async (set: string): Promise<string | undefined> =>
    await guardOf(`update lines set ${set} where concert_id = $1`, [concertId])
  expect(await change('epoch = 8192')).toBe('lines_epoch_check')
  expect(await change("mode = 'lottery'")).toBe('lines_check')
  expect(await change('capacity = -1')).toBe('lines_capacity_check')
})

test('a fault stops its show once, and whoever let the sale go on is named', async () => {
  const { showId } = await makeShow(deps)
  const stop = "insert into sale_stops (show_id, oracle, fault) values ($1, 'an oracle', 'a fault')"
  expect(await guardOf(stop, [showId])).toBeUndefined()
  expect(await guardOf(stop, [showId])).toBe('sale_stops_show_id_oracle_fault_key')
  expect(await guardOf('update sale_stops set resumed_at = now() where show_id = $1', [showId])).toBe(
    'sale_stops_check',
  )
})

test('a sale has one sample of each slot of five seconds', async () => {
  const { concertId } = await makeShow(deps)
  const sample = `insert into sale_samples (concert_id, sampled_at, available, held, sold, revenue_minor, entered, paid)
    values ($1, $2, 0, 0, 0, 0, 0, 0)`
  expect(await guardOf(sample, [concertId, '2026-01-01T00:00:05Z'])).toBeUndefined()
  expect(await guardOf(sample, [concertId, '2026-01-01T00:00:05Z'])).toBe('sale_samples_pkey')
  expect(await guardOf(sample, [concertId, '2026-01-01T00:00:06Z'])).toBe('sale_samples_sampled_at_check')
})

test('an e-mail is one account, spelled one way', async () => {
  const insert = "insert into accounts (email, name, password_hash) values ($1, 'New', 'none')"
  const email = `${randomUUID()}@test.example`
  expect(await guardOf(insert, [email])).toBeUndefined()
  expect(await guardOf(insert, [email])).toBe('accounts_email_key')
  expect(await guardOf(insert, [`A${email}`])).toBe('accounts_email_check')
})

test('no two partners have one secret', async () => {
  const operatorId = await makeFan(deps)
  const insert = `insert into partner_keys (name, key_hash, rate_per_minute, created_by)
    values ('Partner', decode(repeat('ab', 32), 'hex'), 10, $1)`
  expect(await guardOf(insert, [operatorId])).toBeUndefined()
  expect(await guardOf(insert, [operatorId])).toBe('partner_keys_key_hash_key')
})

test('a show that is cancelled is stopped, whatever a statement forgets', async () => {
  const { showId } = await makeShow(deps)
  const cancel = 'update shows set cancelled_at = now() where id = $1'
  expect(await guardOf(cancel, [showId])).toBe('cancelled_show_is_stopped')
  const stopped = "update shows set stopped_by = 'cancelled', cancelled_at = now() where id = $1"
  expect(await guardOf(stopped, [showId])).toBeUndefined()
})

test('a bypass code has one hash and is used no more often than it may be; a fan who used it has one row', async () => {
  const { concertId } = await makeShow(deps)
  const operatorId = await makeFan(deps)
  const insert = `insert into bypass_codes (concert_id, code_hash, label, max_uses, created_by)
    values ($1, decode(repeat('cd', 32), 'hex'), 'Press', 1, $2)`
  expect(await guardOf(insert, [concertId, operatorId])).toBeUndefined()
  expect(await guardOf(insert, [concertId, operatorId])).toBe('bypass_codes_code_hash_key')
  const change = (set: string) => guardOf(`update bypass_codes set ${set} where concert_id = $1`, [concertId])
  expect(await change('uses = 2')).toBe('bypass_codes_used_up')
  expect(await change('uses = -1')).toBe('bypass_codes_uses_check')
  const use =
    'insert into bypass_uses (bypass_code_id, fan_id) select id, $2 from bypass_codes where concert_id = $1'
  expect(await guardOf(use, [concertId, operatorId])).toBeUndefined()
  expect(await guardOf(use, [concertId, operatorId])).toBe('bypass_uses_pkey')
})

test('a deed was done by an account or by a command', async () => {
  const deed = (actor: string) => guardOf(`insert into audit_entries (action, target, ${actor}`)
  const fanId = await makeFan(deps)
  expect(await deed(`actor_id, command) values ('a', 'b', ${fanId}, 'c')`)).toBe('audit_entry_has_one_actor')
  expect(await deed("actor_id, command) values ('a', 'b', null, null)")).toBe('audit_entry_has_one_actor')
  expect(await deed("command) values ('a', 'b', 'c')")).toBeUndefined()
})
