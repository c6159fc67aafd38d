import type { Row, Table } from '../postgres/rows.ts'
import { countKey } from '../postgres/statements-of-counts.ts'
import type { OutboxRow, Reservation, Seat, SeatCount, Tables, Wallet } from '../postgres/tables.ts'

type Found = { oracle: string; fault: string }

/** What one commit may have broken: everything that its rows take part in, and nothing else, so it is cheap. */
export function checkChange(tables: Tables, changed: Row<unknown>[]): Found[] {
  const seats = of(changed, tables.seats)
  return [
    ...seats.flatMap((seat) => checkSeat(tables, seat)),
    ...checkSaid(seats, of(changed, tables.outbox)),
    ...of(changed, tables.reservations).flatMap((reservation) => checkReservation(tables, reservation)),
    ...of(changed, tables.counts).flatMap((count) => checkCount(tables, count)),
    ...of(changed, tables.wallets).flatMap((wallet) => checkWallet(tables, wallet)),
  ]
}

/** Everything, for the end of a run. */
export function checkTables(tables: Tables): Found[] {
  const rows = Object.values(tables).flatMap(
    (table): Row<unknown>[] => [...table.rows.values()] as Row<unknown>[],
  )
  return checkChange(tables, rows).filter(({ oracle }) => oracle !== 'outbox')
}

/** The rows of one table, as they were committed. */
export function of<T>(changed: Row<unknown>[], table: Table<T>): T[] {
  return changed.flatMap((row) => (isOf(row, table) ? (row.committed ?? []) : []))
}

function isOf<T>(row: Row<unknown>, table: Table<T>): row is Row<T> {
  return Object.is(row.table, table)
}

function checkSeat(tables: Tables, seat: Seat): Found[] {
  const { seatId, status, reservationId } = seat
  if (status === 'available')
    return reservationId === null ? [] : [fault('one-owner', `seat ${seatId} is free and owned`)]
  const owner = tables.reservations.rows.get(reservationId ?? 0)?.committed
  const isRight = status === 'sold' ? owner?.state === 'PAID' : owner?.state === 'HELD'
  if (isRight && owner?.seatIds.includes(seatId) === true) return []
  return [
    fault(
      'one-owner',
      `seat ${seatId} is ${status} for reservation ${reservationId}, which is ${owner?.state}`,
    ),
  ]
}

/** Every change of a seat is told in the transaction that made it. */
function checkSaid(seats: Seat[], said: OutboxRow[]): Found[] {
  const payloads = said.map(({ payload }) => payload)
  return seats
    .filter((seat) => seat.version > 0)
    .filter(({ seatId, status, version }) => {
      const change = `[${seatId},"${status}",${version}]`
      return !payloads.some((payload) => payload.includes(change))
    })
    .map(({ seatId, status }) => fault('outbox', `seat ${seatId} became ${status} and nobody is told`))
}

function checkReservation(tables: Tables, reservation: Reservation): Found[] {
  const { id, state, seatIds, heldUntilMs, maxHeldUntilMs, endedAtMs, fanId, amountMinor } = reservation
  const found: Found[] = []
  const owned = seatIds.filter((seatId) => tables.seats.rows.get(seatId)?.committed?.reservationId === id)
  const shouldOwn = state === 'HELD' || state === 'PAID' ? seatIds.length : 0
  if (owned.length !== shouldOwn)
    found.push(
      fault('one-owner', `reservation ${id} is ${state} and owns ${owned.length} of ${seatIds.length} seats`),
    )
  if (heldUntilMs > maxHeldUntilMs) found.push(fault('hold-maximum', `hold ${id} outlives its maximum`))
  if (state === 'EXPIRED' && endedAtMs !== null && endedAtMs < heldUntilMs)
    found.push(
      fault('early-expiry', `hold ${id} of fan ${fanId} ended ${heldUntilMs - endedAtMs} ms before its time`),
    )
  const tickets = [...tables.tickets.rows.values()].filter(({ committed }) => committed?.reservationId === id)
  const valid = tickets.filter(({ committed }) => committed?.state === 'VALID').length
  if (valid !== (state === 'PAID' ? seatIds.length : 0))
    found.push(fault('sold-and-paid', `reservation ${id} is ${state} and has ${valid} valid tickets`))
  const moved = [...tables.transfers.rows.values()].flatMap(({ committed }) =>
    committed?.reservationId === id ? [committed.kind] : [],
  )
  const wanted = state === 'PAID' ? 'payment' : state === 'REFUNDED' ? 'payment,refund' : ''
  if (amountMinor > 0 && moved.join(',') !== wanted)
    found.push(
      fault('sold-and-paid', `reservation ${id} is ${state} and its transfers are [${moved.join(',')}]`),
    )
  const payments = [...tables.payments.rows.values()].filter(({ committed }) =>
    committed?.reservationIds.includes(id),
  )
  if (payments.length !== (wanted === '' ? 0 : 1))
    found.push(fault('sold-and-paid', `reservation ${id} is ${state} and has ${payments.length} payments`))
  return found
}

function checkCount(tables: Tables, { showId, fanId, seatCount, seatLimit }: SeatCount): Found[] {
  let counted = 0
  for (const { committed } of tables.reservations.rows.values()) {
    const isTheirs = committed?.fanId === fanId && committed.showId === showId
    if (isTheirs && (committed.state === 'HELD' || committed.state === 'PAID'))
      counted += committed.seatIds.length
  }
  const faults: Found[] = []
  const who = countKey(showId, fanId)
  if (counted !== seatCount)
    faults.push(fault('seat-counts', `${who} is counted as ${seatCount} and has ${counted}`))
  if (seatCount > seatLimit)
    faults.push(fault('seat-counts', `${who} has ${seatCount} of ${seatLimit} seats`))
  return faults
}

function checkWallet(tables: Tables, { fanId, balanceMinor }: Wallet): Found[] {
  let sum = 0
  for (const { committed } of tables.transfers.rows.values())
    if (committed?.fanId === fanId) sum += committed.amountMinor * committed.direction
  const faults: Found[] = []
  if (sum !== balanceMinor)
    faults.push(fault('ledger', `wallet ${fanId} has ${balanceMinor}, its transfers ${sum}`))
  if (balanceMinor < 0) faults.push(fault('ledger', `wallet ${fanId} has ${balanceMinor}`))
  return faults
}

function fault(oracle: string, text: string): Found {
  return { oracle, fault: text }
}
