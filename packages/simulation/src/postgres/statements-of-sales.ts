import { find, insert, lock, remove, select, update } from './rows.ts'
import { type Context, requireCheck, requireUnique, type Statement, statement } from './statement.ts'
import { countKey } from './statements-of-counts.ts'

/** The statements of core/payments, wallets, tickets and the event log, each as what it does. */
export const saleStatements: Record<string, Statement> = {
  'lock-fan-wallet': statement(({ tables, session, has }, [fanId]: [number]) => {
    const wallet = lock(session, tables.wallets, fanId)
    if (wallet === undefined) return []
    return [{ balanceMinor: has('balance-not-checked') ? 1e9 : wallet.balanceMinor, currency: 'KRW' }]
  }),

  'move-fan-money': statement(
    (
      { tables, session, clockMs, nextId, has },
      [fanId, amountMinor, direction, limitMinor, kind, , paymentId, reservationId]: MoveValues,
    ) => {
      const wallet = lock(session, tables.wallets, fanId)
      const balanceMinor = (wallet?.balanceMinor ?? 0) + amountMinor * direction
      if (wallet === undefined) return []
      if (!has('balance-not-checked') && (balanceMinor < 0 || balanceMinor > limitMinor)) return []
      const id = nextId('transfers')
      if (reservationId !== null && !has('pay-without-state'))
        requireUnique(
          insert(session, tables.transferKeys, `${kind}:${reservationId}`, { transferId: id }),
          'transfers_reservation_key',
        )
      update(session, tables.wallets, fanId, { balanceMinor })
      const balanceAfterMinor = balanceMinor
      insert(session, tables.transfers, id, {
        id,
        kind,
        fanId,
        direction,
        amountMinor,
        balanceAfterMinor,
        paymentId,
        reservationId,
        atMs: clockMs,
      })
      return [{ balanceMinor, currency: 'KRW' }]
    },
  ),

  'find-reservations-to-pay': statement(({ tables, session }, [ids, fanId]: [number[], number]) =>
    select(session, tables.reservations, (each) => ids.includes(each.id) && each.fanId === fanId).map(
      (each) => ({
        reservationId: each.id,
        showId: each.showId,
        concertId: each.concertId,
        seatIds: each.seatIds,
        amountMinor: each.amountMinor,
        state: each.state,
        currency: 'KRW',
        isOver: each.heldUntilMs <= session.nowMs,
        isOnSale: true,
        stoppedBy: null,
      }),
    ),
  ),

  'find-lapsed-holds': statement(({ tables, session }, [seatIds]: [number[]]) => {
    const holders = seatIds.flatMap((seatId) => {
      const seat = find(session, tables.seats, seatId)
      const isLapsed = seat !== undefined && seat.heldUntilMs !== null && seat.heldUntilMs <= session.nowMs
      return isLapsed ? (seat.reservationId ?? []) : []
    })
    return select(session, tables.reservations, ({ id }) => holders.includes(id)).map((each) => ({
      reservationId: each.id,
      showId: each.showId,
      fanId: each.fanId,
      seatIds: each.seatIds,
    }))
  }),

  'lock-reservations-to-pay': statement(({ tables, session, has }, [ids]: [number[]]) =>
    ids
      .toSorted((one, other) => one - other)
      .flatMap((id) => {
        const found = lock(session, tables.reservations, id)
        if (found === undefined) return []
        const isMistaken = has('pay-without-state') && found.state === 'PAID'
        return [{ reservationId: id, state: isMistaken ? 'HELD' : found.state }]
      }),
  ),

  'add-to-seat-count': statement(({ tables, session }, [showId, fanId, change]: [number, number, number]) => {
    const count = lock(session, tables.counts, countKey(showId, fanId))
    if (count === undefined) return 0
    const seatCount = count.seatCount + change
    requireCheck(seatCount >= 0 && seatCount <= count.seatLimit, 'fan_seat_limit')
    update(session, tables.counts, countKey(showId, fanId), { seatCount })
    return 1
  }),

  'sell-seats': statement(({ tables, session, has }, [ids]: [number[]]) => {
    const payable = ids.filter((id) => {
      const state = lock(session, tables.reservations, id)?.state
      return state === 'HELD' || state === 'EXPIRED' || has('pay-without-state')
    })
    return payable.flatMap((id) => {
      const { seatIds } = update(session, tables.reservations, id, {
        state: 'PAID',
        paidAtMs: session.nowMs,
        endedAtMs: null,
      })
      return seatIds.flatMap((seatId) => {
        const seat = lock(session, tables.seats, seatId)
        const isTheirs = seat?.status === 'held' && seat.reservationId === id
        const mayHave =
          isTheirs || has('no-fence') || (has('pay-without-state') && seat?.reservationId === id)
        if (seat === undefined || !(seat.status === 'available' || mayHave)) return []
        const { version } = update(session, tables.seats, seatId, {
          status: 'sold',
          reservationId: id,
          heldUntilMs: null,
          version: seat.version + 1,
        })
        return [{ reservationId: id, seatId, version }]
      })
    })
  }),

  'return-seats': statement(({ tables, session }, [id]: [number]) => {
    const found = lock(session, tables.reservations, id)
    if (found?.state !== 'PAID') return []
    const { seatIds } = update(session, tables.reservations, id, {
      state: 'REFUNDED',
      endedAtMs: session.nowMs,
    })
    return seatIds.flatMap((seatId) => {
      const seat = lock(session, tables.seats, seatId)
      const isTheirs = seat?.status === 'sold' && seat.reservationId === id
      if (seat === undefined || !isTheirs) return []
      const { version } = update(session, tables.seats, seatId, {
        status: 'available',
        reservationId: null,
        heldUntilMs: null,
        version: seat.version + 1,
      })
      return [{ reservationId: id, seatId, version }]
    })
  }),

  'insert-payment': statement(
    (
      { tables, session, clockMs, nextId },
      [fanId, concertId, reservationIds, amountMinor]: [number, number, number[], number],
    ) => {
      const id = nextId('payments')
      const paidAtMs = clockMs
      insert(session, tables.payments, id, { id, fanId, concertId, reservationIds, amountMinor, paidAtMs })
      return [{ paymentId: id, paidAtMs: Math.floor(clockMs) }]
    },
  ),

  'read-show-clock': statement(({ session }, _values: [number]) => [
    { nowMs: Math.floor(session.nowMs), hasStarted: false, isCancelled: false },
  ]),

  'find-payment-of-reservation': statement(({ tables, session }, [id]: [number]) =>
    select(session, tables.tickets, (ticket) => ticket.reservationId === id)
      .slice(0, 1)
      .map(({ paymentId }) => ({ paymentId })),
  ),

  'find-unpaid-holds': statement(({ tables, session }, [fanId, concertId]: [number, number]) => {
    const own = select(
      session,
      tables.payments,
      (each) => each.fanId === fanId && each.concertId === concertId,
    )
    const lastPaidAtMs = Math.max(...own.map((each) => each.paidAtMs))
    return select(
      session,
      tables.reservations,
      (each) =>
        each.fanId === fanId &&
        each.concertId === concertId &&
        ['HELD', 'EXPIRED', 'RELEASED'].includes(each.state) &&
        (each.state === 'RELEASED' ? (each.endedAtMs ?? 0) : each.heldUntilMs) > lastPaidAtMs,
    )
      .sort((one, other) => other.id - one.id)
      .map(({ id, state, heldUntilMs }) => ({
        reservationId: id,
        state,
        isLive: state === 'HELD' && heldUntilMs > session.nowMs,
      }))
  }),

  'find-exact-payment': statement((context, [fanId, ids]: [number, number[]]) =>
    findPayments(context, fanId).filter(({ reservationIds }) => reservationIds.join() === ids.join()),
  ),

  'find-newest-payment': statement((context, [fanId, concertId]: [number, number]) =>
    findPayments(context, fanId)
      .filter((each) => each.concertId === concertId)
      .slice(-1),
  ),

  'insert-tickets': statement(
    ({ tables, session, nextId }, [paymentId, fanId, ids]: [number, number, number[]]) =>
      ids
        .flatMap((reservationId) => {
          const seatIds = find(session, tables.reservations, reservationId)?.seatIds ?? []
          return seatIds.filter((seatId) => {
            const seat = find(session, tables.seats, seatId)
            return seat?.status === 'sold' && seat.reservationId === reservationId
          })
        })
        .sort((one, other) => one - other)
        .map((seatId) => {
          const id = nextId('tickets')
          const reservationId = find(session, tables.seats, seatId)?.reservationId ?? 0
          insert(session, tables.tickets, id, { id, paymentId, reservationId, seatId, fanId, state: 'VALID' })
          const isNew = insert(session, tables.ticketKeys, seatId, { ticketId: id })
          requireUnique(isNew, 'tickets_seat_key')
          return { id }
        }),
  ),

  'void-tickets': statement(({ tables, session }, [reservationId]: [number]) => {
    const valid = select(
      session,
      tables.tickets,
      (ticket) => ticket.reservationId === reservationId && ticket.state === 'VALID',
    )
    for (const { id, seatId } of valid) {
      update(session, tables.tickets, id, { state: 'VOID' })
      remove(session, tables.ticketKeys, seatId)
    }
    return valid.length
  }),

  'insert-events': statement(({ tables, session, nextId }, [types, data]: [string[], string[]]) => {
    types.forEach((type, at) => {
      const id = nextId('events')
      insert(session, tables.events, id, { id, type, data: data[at] ?? '' })
    })
    return types.length
  }),
}

/** The fan's payments with the replies that they got, as the listing reads them from what they left behind. */
function findPayments({ tables, session }: Context, fanId: number) {
  return select(session, tables.payments, (each) => each.fanId === fanId).map((each) => {
    const ofPayment = <T extends { paymentId: number | null }>(found: T[]): T[] =>
      found.filter(({ paymentId }) => paymentId === each.id)
    const last = ofPayment(select(session, tables.transfers, ({ kind }) => kind === 'payment')).at(-1)
    const before = select(
      session,
      tables.transfers,
      (one) => one.fanId === fanId && one.atMs <= each.paidAtMs,
    ).at(-1)
    return {
      paymentId: each.id,
      concertId: each.concertId,
      reservationIds: each.reservationIds,
      ticketIds: ofPayment(select(session, tables.tickets, () => true)).map(({ id }) => id),
      amountMinor: each.amountMinor,
      currency: 'KRW',
      paidAtMs: Math.floor(each.paidAtMs),
      balanceMinor: last?.balanceAfterMinor ?? before?.balanceAfterMinor ?? 0,
      refundedReservationIds: each.reservationIds.filter(
        (id) => find(session, tables.reservations, id)?.state === 'REFUNDED',
      ),
    }
  })
}

type MoveValues = [
  fanId: number,
  amountMinor: number,
  direction: 1 | -1,
  limitMinor: number,
  kind: 'charge' | 'payment' | 'refund',
  house: string,
  paymentId: number | null,
  reservationId: number | null,
]
