import { find, insert, lock, update } from './rows.ts'
import { type Context, requireUnique, type Statement, statement } from './statement.ts'
import { countKey, inOrder } from './statements-of-counts.ts'
import { idsOf, say } from './statements-of-places.ts'
import type { Reservation } from './tables.ts'

/** The statements by which charges and payments are done many at a time, each as what it does. */
export const togetherStatements: Record<string, Statement> = {
  'claim-idempotency-keys': statement(
    (
      { tables, session, has, mayPause },
      [fanIds, keys, commands, hashes]: [number[], string[], string[], string[]],
    ) => {
      const wishes = fanIds.map((fanId, at) => ({ fanId, key: keys[at] ?? '', at }))
      wishes.sort((one, other) => one.fanId - other.fanId || (one.key < other.key ? -1 : 1))
      return wishes.flatMap(({ fanId, key, at }) => {
        const name = `${fanId}:${key}`
        const isOurs = tables.keys.rows.get(name)?.writer === session
        if (!isOurs) mayPause()
        const row = { fanId, key, command: commands[at] ?? '', bodyHash: hashes[at] ?? '', reply: null }
        const isNew = insert(session, tables.keys, name, row)
        return isNew || isOurs || has('no-idempotency-row') ? [{ fanId, key }] : []
      })
    },
  ),

  'charge-wallets': statement(chargeWallets),

  'find-payable': statement(({ tables, session }, [ids]: [number[]]) =>
    ids.flatMap((id) => {
      const found = find(session, tables.reservations, id)
      if (found?.state !== 'HELD' || found.heldUntilMs <= session.nowMs) return []
      const { fanId, showId, concertId, seatIds, amountMinor } = found
      const balanceMinor = find(session, tables.wallets, fanId)?.balanceMinor ?? 0
      const currency = 'KRW'
      return [{ reservationId: id, fanId, showId, concertId, seatIds, amountMinor, currency, balanceMinor }]
    }),
  ),

  'settle-sales': statement(settleSales),
}

function lockWallets({ tables, session, mayPause }: Context, fanIds: readonly number[]): void {
  for (const fanId of [...new Set(fanIds)].sort((one, other) => one - other)) {
    if (tables.wallets.rows.get(fanId)?.writer !== session) mayPause()
    lock(session, tables.wallets, fanId)
  }
}

function chargeWallets(
  context: Context,
  [fanIds, keys, amounts, limitMinor]: [number[], string[], number[], number],
): unknown[] {
  const { tables, session, clockMs, nextId } = context
  lockWallets(context, fanIds)
  const charges = fanIds.map((fanId, at) => ({ fanId, key: keys[at] ?? '', amountMinor: amounts[at] ?? 0 }))
  return [...Map.groupBy(charges, ({ fanId }) => fanId)].flatMap(([fanId, own]) => {
    const wallet = find(session, tables.wallets, fanId)
    const total = own.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
    if (wallet === undefined || wallet.balanceMinor + total > limitMinor) return []
    let { balanceMinor } = wallet
    return own.map(({ key, amountMinor }) => {
      balanceMinor += amountMinor
      update(session, tables.wallets, fanId, { balanceMinor })
      const id = nextId('transfers')
      insert(session, tables.transfers, id, {
        id,
        kind: 'charge',
        fanId,
        direction: 1,
        amountMinor,
        balanceAfterMinor: balanceMinor,
        paymentId: null,
        reservationId: null,
        atMs: clockMs,
      })
      const reply = { balanceMinor, currency: 'KRW' }
      update(session, tables.keys, `${fanId}:${key}`, { reply: JSON.stringify(reply) })
      return { fanId, key, reply }
    })
  })
}

type SettleValues = [number[], string[], string[], number[], number[], number[], number[]]

/** Locks kind by kind, then pays each sale that is still as it was read, and leaves out the others. */
function settleSales(
  context: Context,
  [fanIds, keys, reservationTexts, reservationIds, seatIds, showIds, countFanIds]: SettleValues,
): unknown[] {
  const { tables, session, mayPause, has } = context
  lockWallets(context, fanIds)
  const counts = inOrder([...new Set(showIds.map((showId, at) => countKey(showId, countFanIds[at] ?? 0)))])
  for (const key of counts) {
    if (tables.counts.rows.get(key)?.writer !== session) mayPause()
    lock(session, tables.counts, key)
  }
  for (const seatId of has('no-lock-order') ? seatIds : seatIds.toSorted((one, other) => one - other)) {
    if (find(session, tables.seats, seatId)?.status !== 'held') continue
    if (tables.seats.rows.get(seatId)?.writer !== session) mayPause()
    lock(session, tables.seats, seatId)
  }
  for (const id of reservationIds.toSorted((one, other) => one - other)) {
    if (find(session, tables.reservations, id)?.state === 'HELD') lock(session, tables.reservations, id)
  }
  return fanIds.flatMap((fanId, at) => {
    const ids = idsOf(reservationTexts[at])
    const whole = ids.flatMap((id) => {
      const found = find(session, tables.reservations, id)
      return found !== undefined && isWhole(context, found) ? [found] : []
    })
    const amountMinor = whole.reduce((sum, each) => sum + each.amountMinor, 0)
    const balanceMinor = (find(session, tables.wallets, fanId)?.balanceMinor ?? 0) - amountMinor
    const isTooLittle = balanceMinor < 0 && !has('balance-not-checked')
    if (whole.length < ids.length || isTooLittle) return []
    return [payOne(context, { fanId, key: keys[at] ?? '', reservations: whole, amountMinor, balanceMinor })]
  })
}

function isWhole({ tables, session, has }: Context, found: Reservation): boolean {
  if (has('pay-without-state')) return true
  if (found.state !== 'HELD' || found.heldUntilMs <= session.nowMs) return false
  return found.seatIds.every((seatId) => {
    const seat = find(session, tables.seats, seatId)
    return has('no-fence') || (seat?.status === 'held' && seat.reservationId === found.id)
  })
}

type OneSale = {
  fanId: number
  key: string
  reservations: Reservation[]
  amountMinor: number
  balanceMinor: number
}

function payOne(context: Context, sale: OneSale): unknown {
  const { tables, session, clockMs, nextId, has } = context
  const { fanId, reservations, amountMinor, balanceMinor } = sale
  const { concertId } = reservations[0] ?? { concertId: 0 }
  const paymentId = nextId('payments')
  const ids = reservations.map(({ id }) => id)
  const payment = { id: paymentId, fanId, concertId, reservationIds: ids, amountMinor, paidAtMs: clockMs }
  insert(session, tables.payments, paymentId, payment)
  let balanceAfterMinor = balanceMinor + amountMinor
  update(session, tables.wallets, fanId, { balanceMinor })
  const sold = reservations.flatMap((each) => {
    update(session, tables.reservations, each.id, { state: 'PAID', paidAtMs: session.nowMs, endedAtMs: null })
    balanceAfterMinor -= each.amountMinor
    const transfer = { paymentId, reservationId: each.id, amountMinor: each.amountMinor, balanceAfterMinor }
    addTransfer(context, fanId, transfer)
    return sellSeats(context, each)
  })
  if (!has('pass-not-spent')) spendPlace(context, fanId)
  const ticketIds = sold
    .sort((one, other) => one.seatId - other.seatId)
    .map(({ seatId, reservationId }) => {
      const id = nextId('tickets')
      insert(session, tables.tickets, id, { id, paymentId, reservationId, seatId, fanId, state: 'VALID' })
      requireUnique(insert(session, tables.ticketKeys, seatId, { ticketId: id }), 'tickets_seat_key')
      return id
    })
  const paidAtMs = Math.floor(clockMs)
  const reply = {
    paymentId,
    reservationIds: ids,
    ticketIds,
    amountMinor,
    currency: 'KRW',
    paidAtMs,
    balanceMinor,
  }
  update(session, tables.keys, `${fanId}:${sale.key}`, { reply: JSON.stringify(reply) })
  return { fanId, reply, concertId }
}

function addTransfer(
  { tables, session, clockMs, nextId, has }: Context,
  fanId: number,
  transfer: { paymentId: number; reservationId: number; amountMinor: number; balanceAfterMinor: number },
): void {
  if (transfer.amountMinor === 0) return
  const id = nextId('transfers')
  const key = `payment:${transfer.reservationId}`
  if (!has('pay-without-state'))
    requireUnique(insert(session, tables.transferKeys, key, { transferId: id }), 'transfers_reservation_key')
  insert(session, tables.transfers, id, {
    id,
    kind: 'payment',
    fanId,
    direction: -1,
    atMs: clockMs,
    ...transfer,
  })
}

function sellSeats(
  { tables, session, nextId, has }: Context,
  { id, fanId, showId, seatIds }: Reservation,
): { seatId: number; reservationId: number }[] {
  const changes = seatIds.map((seatId): [number, string, number] => {
    const { version } = update(session, tables.seats, seatId, {
      status: 'sold',
      reservationId: id,
      heldUntilMs: null,
      version: (find(session, tables.seats, seatId)?.version ?? 0) + 1,
    })
    return [seatId, 'sold', version]
  })
  const event = { fanId, reservationId: id, state: 'PAID', heldUntilMs: null, changes }
  say({ tables, session, nextId, has }, showId, event)
  const eventId = nextId('events')
  insert(session, tables.events, eventId, { id: eventId, type: 'reservation.paid', data: String(id) })
  return seatIds.map((seatId) => ({ seatId, reservationId: id }))
}

function spendPlace({ tables, session, clockMs }: Context, fanId: number): void {
  const place = find(session, tables.entered, fanId)
  if (place === undefined) return
  const { epoch, seq } = place
  insert(session, tables.spent, `${fanId}:${epoch}:${seq}`, { fanId, epoch, seq, atMs: clockMs })
}
