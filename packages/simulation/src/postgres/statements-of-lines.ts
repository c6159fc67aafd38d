import { find, insert, lock, lockNumber, remove, select, update } from './rows.ts'
import { type Context, type Statement, statement } from './statement.ts'

/** The statements of core/waiting-room and core/seating, each as what it does. */
export const lineStatements: Record<string, Statement> = {
  'read-line': statement(({ tables, session, settings, clockMs }, [concertId]: [number]) => {
    const row = find(session, tables.lines, concertId)
    if (row === undefined) return []
    const { capacity, ratePerMinute, claimWindowMs, passTtlMs, reentryWindowMs, opensAtMs } = settings
    return [
      {
        concertId,
        mode: 'fifo',
        override: null,
        wasOpened: false,
        capacity,
        lobbyOpensAtMs: null,
        opensAtMs,
        closesAtMs: null,
        ratePerMinute,
        isLoadAware: false,
        floorPerMinute: 60,
        targetP95Ms: 300,
        claimWindowMs,
        passTtlMs,
        reentryWindowMs,
        begunEpoch: row.begunEpoch,
        message: null,
        lotterySeed: null,
        lotteryCommitment: null,
        nowMs: Math.round(clockMs),
      },
    ]
  }),

  'take-epoch': statement(({ tables, session }, [concertId, atLeast]: [number, number]) => {
    const row = lock(session, tables.lines, concertId)
    if (row === undefined) return []
    const { epoch, begunEpoch } = update(session, tables.lines, concertId, {
      epoch: Math.max(row.epoch, atLeast) + 1,
    })
    return [{ epoch, isFirst: begunEpoch === 0 }]
  }),

  'mark-epoch-begun': statement(({ tables, session }, [concertId, epoch]: [number, number]) => {
    const row = lock(session, tables.lines, concertId)
    if (row === undefined || row.begunEpoch >= epoch) return 0
    update(session, tables.lines, concertId, { begunEpoch: epoch })
    return 1
  }),

  'count-line-stock': statement(({ tables, session }, _values: [number]) => {
    const seats = select(session, tables.seats, () => true)
    const isLapsed = (heldUntilMs: number | null): boolean =>
      heldUntilMs !== null && heldUntilMs <= session.nowMs
    return [
      {
        code: 0,
        available: seats.filter((seat) => seat.status === 'available' || isLapsed(seat.heldUntilMs)).length,
        obtainable: seats.filter((seat) => seat.status === 'available' || seat.status === 'held').length,
      },
    ]
  }),

  'insert-entered-place': statement(
    ({ tables, session }, [, fanId, epoch, seq]: [number, number, number, number]) => {
      const place = { fanId, epoch, seq, atMs: session.nowMs }
      if (insert(session, tables.entered, fanId, place)) return 1
      const known = find(session, tables.entered, fanId)
      if (known === undefined || !isBefore(known, place)) return 0
      update(session, tables.entered, fanId, place)
      return 1
    },
  ),

  'insert-spent-pass': statement(({ tables, session, clockMs, has }, [, fanId]: [number, number]) => {
    const place = find(session, tables.entered, fanId)
    if (place === undefined || has('pass-not-spent')) return 0
    const { epoch, seq } = place
    const isNew = insert(session, tables.spent, `${fanId}:${epoch}:${seq}`, {
      fanId,
      epoch,
      seq,
      atMs: clockMs,
    })
    return isNew ? 1 : 0
  }),

  'find-spent-place': statement(({ tables, session }, [, fanId]: [number, number]) =>
    select(session, tables.spent, (each) => each.fanId === fanId)
      .sort((one, other) => (isBefore(one, other) ? 1 : -1))
      .slice(0, 1)
      .map(({ epoch, seq }) => ({ epoch, seq })),
  ),

  'read-place-proof': statement(
    ({ tables, session, clockMs }, [, fanId, epoch, seq]: [number, number, number, number]) => {
      const place = { epoch, seq }
      const entered = find(session, tables.entered, fanId)
      const isExact = entered?.epoch === epoch && entered.seq === seq
      const isSpent =
        select(session, tables.spent, (each) => each.fanId === fanId && !isBefore(each, place)).length > 0
      return [{ isSpent, enteredAtMs: isExact ? Math.floor(entered.atMs) : null, nowMs: Math.round(clockMs) }]
    },
  ),

  'find-recently-spent': statement(({ tables, session, settings, clockMs }, [, withinMs]: [number, number]) =>
    select(session, tables.spent, (each) => each.atMs > clockMs - withinMs)
      .sort((one, other) => other.atMs - one.atMs)
      .slice(0, 2_000)
      .map(({ fanId, epoch, seq }) => ({ concertId: settings.concertId, fanId, epoch, seq })),
  ),

  'insert-seat-event': statement(({ tables, session, nextId }, [showId, payload]: [number, string]) => {
    const id = nextId('outbox')
    insert(session, tables.outbox, id, { id, showId, payload })
    return 1
  }),

  'lock-outbox': statement(({ tables, session }, [id]: [number]) => {
    lockNumber(session, tables.advisory, id)
    return 1
  }),

  'take-oldest-events': statement(({ tables, session, has }, [limit]: [number]) => {
    const oldest = select(session, tables.outbox, () => true)
      .sort((one, other) => (has('no-version-merge') ? other.id - one.id : one.id - other.id))
      .slice(0, limit)
    for (const { id } of oldest) lock(session, tables.outbox, id)
    for (const { id } of oldest) remove(session, tables.outbox, id)
    return oldest
  }),

  'read-touched-seats': statement(readTouchedSeats),

  'read-database-clock': statement(({ clockMs }, _values: []) => [{ nowMs: clockMs }]),
}

function readTouchedSeats({ tables, session }: Context, [showId]: [number]): unknown[] {
  return select(
    session,
    tables.seats,
    (seat) => seat.showId === showId && (seat.version > 0 || seat.status !== 'available'),
  ).map(({ ordinal, status, version, heldUntilMs, reservationId }) => ({
    ordinal,
    status,
    version,
    heldUntilMs,
    fanId:
      status === 'held' && reservationId !== null
        ? (find(session, tables.reservations, reservationId)?.fanId ?? null)
        : null,
  }))
}

type Place = { epoch: number; seq: number }

function isBefore(one: Place, other: Place): boolean {
  return one.epoch < other.epoch || (one.epoch === other.epoch && one.seq < other.seq)
}
