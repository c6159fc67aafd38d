import { find, insert, lock, select, tryLock, update } from './rows.ts'
import { type Context, requireCheck, type Statement, statement } from './statement.ts'
import { countKey, countStatements, inOrder } from './statements-of-counts.ts'
import { placeStatements, say } from './statements-of-places.ts'
import type { Reservation, Seat } from './tables.ts'

/** The statements of core/reservations, each as what it does. Locks come before changes, as in the product's order. */
export const holdStatements: Record<string, Statement> = {
  ...countStatements,
  ...placeStatements,

  'read-scene': statement(
    ({ tables, session, settings }, [seatIds, showIds, fanIds]: [number[], number[], number[]]) => [
      {
        seats: seatIds.flatMap((id) => {
          const seat = find(session, tables.seats, id)
          return seat === undefined ? [] : [stateOf(seat, session.nowMs)]
        }),
        shows: showIds
          .filter((id) => settings.showIds.includes(id))
          .map((showId) => ({
            showId,
            currency: 'KRW',
            seatLimit: settings.seatsPerFan,
            isOnSale: true,
            stoppedBy: null,
          })),
        counts: select(
          session,
          tables.counts,
          (count) => showIds.includes(count.showId) && fanIds.includes(count.fanId),
        ).map(({ showId, fanId, seatCount }) => ({ showId, fanId, seatCount })),
        spent: showIds.flatMap((showId) =>
          fanIds.flatMap((fanId) => {
            const [last] = select(session, tables.spent, (each) => each.fanId === fanId).sort(
              (one, other) => other.epoch - one.epoch || other.seq - one.seq,
            )
            return last === undefined ? [] : [{ showId, fanId, epoch: last.epoch, seq: last.seq }]
          }),
        ),
      },
    ],
  ),

  'read-held-reservations': statement(
    ({ tables, session }, [lapsed, showIds, fanIds]: [number[], number[], number[]]) =>
      select(
        session,
        tables.reservations,
        ({ id, state, showId, fanId }) =>
          state === 'HELD' && (lapsed.includes(id) || (fanIds.includes(fanId) && showIds.includes(showId))),
      ).map(({ id, fanId, showId, seatIds, heldUntilMs }) => ({
        reservationId: id,
        fanId,
        showId,
        seatIds,
        isLapsed: heldUntilMs <= session.nowMs,
      })),
  ),

  'lock-seats': statement(({ tables, session, has, mayPause }, [seatIds]: [number[]]) => {
    const ids = has('no-lock-order') ? seatIds : seatIds.toSorted((one, other) => one - other)
    return ids.flatMap((id) => {
      if (tables.seats.rows.get(id)?.writer !== session) mayPause()
      const seat = has('no-row-locks') ? find(session, tables.seats, id) : lock(session, tables.seats, id)
      return seat === undefined ? [] : [stateOf(seat, session.nowMs)]
    })
  }),

  'end-reservations': statement(endReservations),

  'find-due-holds': statement(({ tables, session }, [limit]: [number]) =>
    select(session, tables.reservations, (each) => each.state === 'HELD' && each.heldUntilMs <= session.nowMs)
      .sort((one, other) => one.heldUntilMs - other.heldUntilMs)
      .slice(0, limit)
      .map(({ id }) => ({ id })),
  ),

  'find-reservations': statement(({ tables, session }, [ids]: [number[]]) =>
    ids.flatMap((id) => {
      const found = find(session, tables.reservations, id)
      return found === undefined ? [] : [describe(found, session.nowMs)]
    }),
  ),

  'find-live-holds': statement(({ tables, session }, [fanId, concertId]: [number, number]) =>
    select(
      session,
      tables.reservations,
      (each) =>
        each.fanId === fanId &&
        each.concertId === concertId &&
        each.state === 'HELD' &&
        each.heldUntilMs > session.nowMs,
    ).map((each) => describe(each, session.nowMs)),
  ),

  'read-fence': statement(({ tables, session }, [id]: [number]) => {
    const found = find(session, tables.reservations, id)
    if (found === undefined) return []
    const { fanId, concertId, showId, seatIds } = found
    return [{ fanId, concertId, showId, seatIds }]
  }),
}

/** In one statement: what is due and can be locked without waiting ends as a whole, and nothing else. */
function endReservations(
  { tables, session, nextId, has }: Context,
  [ids, state]: [number[], 'EXPIRED' | 'RELEASED'],
): unknown[] {
  const due = [...new Set(ids)].flatMap((id) => {
    const found = find(session, tables.reservations, id)
    const isDue = state === 'RELEASED' || has('expiry-without-condition')
    return found?.state === 'HELD' && (isDue || found.heldUntilMs <= session.nowMs) ? [found] : []
  })
  const counted = inOrder([...new Set(due.map(({ showId, fanId }) => countKey(showId, fanId)))]).filter(
    (key) => tryLock(session, tables.counts, key),
  )
  const lockable = due.filter(({ showId, fanId }) => counted.includes(countKey(showId, fanId)))
  const seatIds = [...new Set(lockable.flatMap((each) => each.seatIds))].sort((one, other) => one - other)
  const locked = seatIds.filter((seatId) => {
    const seat = find(session, tables.seats, seatId)
    const isTheirs =
      seat?.status === 'held' && seat.reservationId !== null && ids.includes(seat.reservationId)
    return (isTheirs || has('no-fence')) && tryLock(session, tables.seats, seatId)
  })
  const ended = lockable.filter((each) => {
    const own = locked.filter(
      (seatId) =>
        each.seatIds.includes(seatId) &&
        (has('no-fence') || find(session, tables.seats, seatId)?.reservationId === each.id),
    )
    return own.length === each.seatIds.length && lock(session, tables.reservations, each.id)?.state === 'HELD'
  })
  for (const each of ended) {
    update(session, tables.reservations, each.id, { state, endedAtMs: session.nowMs })
    const changes = each.seatIds.map((seatId): [number, string, number] => {
      const { version } = update(session, tables.seats, seatId, {
        status: 'available',
        reservationId: null,
        heldUntilMs: null,
        version: (find(session, tables.seats, seatId)?.version ?? 0) + 1,
      })
      return [seatId, 'available', version]
    })
    const key = countKey(each.showId, each.fanId)
    const count = find(session, tables.counts, key)
    if (count !== undefined) {
      requireCheck(count.seatCount >= each.seatIds.length, 'fan_seat_limit')
      update(session, tables.counts, key, { seatCount: count.seatCount - each.seatIds.length })
    }
    const { fanId, id: reservationId } = each
    say({ tables, session, nextId, has }, each.showId, {
      fanId,
      reservationId,
      state,
      heldUntilMs: null,
      changes,
    })
    if (state === 'EXPIRED') {
      const id = nextId('events')
      insert(session, tables.events, id, { id, type: 'reservation.expired', data: String(each.id) })
    }
  }
  return ended.map((each) => ({
    reservationId: each.id,
    concertId: each.concertId,
    showId: each.showId,
    fanId: each.fanId,
  }))
}

function stateOf(seat: Seat, nowMs: number) {
  const { seatId, showId, status, reservationId, heldUntilMs } = seat
  return { seatId, showId, status, isLapsed: heldUntilMs !== null && heldUntilMs <= nowMs, reservationId }
}

function describe(found: Reservation, nowMs: number) {
  const { id, concertId, showId, state, heldUntilMs, seatIds, amountMinor, heldAtMs } = found
  return {
    reservationId: id,
    concertId,
    showId,
    state: state === 'HELD' && heldUntilMs <= nowMs ? 'EXPIRED' : state,
    seats: seatIds.map((seatId) => ({
      seatId,
      section: 'A',
      row: '1',
      number: String(seatId),
      categoryCode: 0,
      priceMinor: amountMinor / seatIds.length,
    })),
    amountMinor,
    currency: 'KRW',
    heldAtMs: Math.floor(heldAtMs),
    heldUntilMs: Math.floor(heldUntilMs),
    asOfMs: Math.floor(nowMs),
  }
}
