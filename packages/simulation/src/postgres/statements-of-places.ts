import { databaseError } from './database-error.ts'
import { find, insert, lock, update } from './rows.ts'
import { type Context, statement, type Statement } from './statement.ts'
import { addCount, countKey, inOrder } from './statements-of-counts.ts'

/** The statements of core/reservations that place holds. */
export const placeStatements: Record<string, Statement> = {
  'place-holds': statement(placeHolds),
  'place-free-holds': statement(placeFreeHolds),
}

type PlaceValues = [number[], number[], string[], number[], string[], number[]]

function placeHolds(context: Context, [showIds, fanIds, seatTexts, , replacedTexts]: PlaceValues): unknown[] {
  const { tables, session } = context
  // Postgres takes these locks as it goes; the product's own locks were taken before, so nothing waits here
  for (const [at, showId] of showIds.entries()) {
    const key = countKey(showId, fanIds[at] ?? 0)
    lock(session, tables.counts, key)
    for (const seatId of idsOf(seatTexts[at])) lock(session, tables.seats, seatId)
  }
  return showIds.map((showId, at) => {
    const fanId = fanIds[at] ?? 0
    const seatIds = idsOf(seatTexts[at])
    const placed = placeOne(context, {
      showId,
      fanId,
      seatIds,
      amountMinor: amountOf(context, seatIds),
      replaced: idsOf(replacedTexts[at]),
    })
    addCount(context, { showId, fanId, change: seatIds.length })
    return { ...placed, seats: factsOf(context, seatIds), seatCount: seatIds.length }
  })
}

/** Counts, then seats, then all or nothing: a hold that gets fewer seats than it names undoes the statement. */
function placeFreeHolds(
  context: Context,
  [showIds, fanIds, seatTexts, asked]: [number[], number[], string[], number[]],
): unknown[] {
  const { tables, session, has, mayPause } = context
  const keys = showIds.map((showId, at) => countKey(showId, fanIds[at] ?? 0))
  for (const key of inOrder([...keys])) {
    const at = keys.indexOf(key)
    if (tables.counts.rows.get(key)?.writer !== session) mayPause()
    const [showId, fanId] = [showIds[at] ?? 0, fanIds[at] ?? 0]
    // what was added before a wait is not added again: see `mayPause`
    insertOrLock(context, { key, showId, fanId })
  }
  for (const seatId of has('no-lock-order') ? asked : asked.toSorted((one, other) => one - other)) {
    if (find(session, tables.seats, seatId)?.status !== 'available' || has('no-row-locks')) continue
    if (tables.seats.rows.get(seatId)?.writer !== session) mayPause()
    lock(session, tables.seats, seatId)
  }
  return showIds.map((showId, at) => {
    const fanId = fanIds[at] ?? 0
    const seatIds = idsOf(seatTexts[at])
    addCount(context, { showId, fanId, change: seatIds.length })
    const amountMinor = amountOf(context, seatIds)
    const placed = placeOne(context, { showId, fanId, seatIds, amountMinor, replaced: [] })
    if (placed.takenCount !== seatIds.length) throw databaseError('23502')
    return { ...placed, seats: factsOf(context, seatIds) }
  })
}

/** Nobody changes a price in a run, so what a seat costs is what its row says. */
function amountOf({ tables, session }: Context, seatIds: number[]): number {
  return seatIds.reduce((sum, id) => sum + (find(session, tables.seats, id)?.priceMinor ?? 0), 0)
}

function factsOf({ tables, session }: Context, seatIds: number[]): unknown[][] {
  const seats = seatIds.flatMap((id) => find(session, tables.seats, id) ?? [])
  return seats.map(({ seatId, ordinal, priceMinor }) => [
    seatId,
    'A',
    '1',
    String(ordinal + 1),
    0,
    priceMinor,
  ])
}

function insertOrLock(
  { tables, session, settings }: Context,
  { key, showId, fanId }: { key: string; showId: number; fanId: number },
): void {
  insert(session, tables.counts, key, { showId, fanId, seatCount: 0, seatLimit: settings.seatsPerFan })
  lock(session, tables.counts, key)
}

type Wish = { showId: number; fanId: number; seatIds: number[]; amountMinor: number; replaced: number[] }

function placeOne(
  { tables, session, settings, clockMs, nextId, has }: Context,
  { showId, fanId, seatIds, amountMinor, replaced }: Wish,
) {
  const chain = replaced.flatMap((id) => find(session, tables.reservations, id) ?? [])
  const firstHeldAtMs = Math.min(session.nowMs, ...chain.map((each) => each.firstHeldAtMs))
  const maxHeldUntilMs = firstHeldAtMs + settings.holdMaxLifeMs
  const heldUntilMs = Math.min(session.nowMs + settings.holdTtlMs, maxHeldUntilMs)
  const id = nextId('reservations')
  insert(session, tables.reservations, id, {
    id,
    showId,
    concertId: settings.concertId,
    fanId,
    seatIds,
    amountMinor,
    state: 'HELD',
    firstHeldAtMs,
    heldAtMs: session.nowMs,
    heldUntilMs,
    maxHeldUntilMs,
    paidAtMs: null,
    endedAtMs: null,
  })
  const changes = seatIds.flatMap((seatId): [number, string, number][] => {
    const seat = find(session, tables.seats, seatId)
    if (seat === undefined || (seat.status !== 'available' && !has('no-row-locks'))) return []
    const { version } = update(session, tables.seats, seatId, {
      status: 'held',
      reservationId: id,
      heldUntilMs,
      version: seat.version + 1,
    })
    return [[seatId, 'held', version]]
  })
  const event = { fanId, reservationId: id, state: 'HELD', heldUntilMs: Math.floor(heldUntilMs), changes }
  if (changes.length > 0) say({ tables, session, nextId, has }, showId, event)
  return {
    reservationId: id,
    concertId: settings.concertId,
    showId,
    fanId,
    takenCount: changes.length,
    heldAtMs: Math.floor(session.nowMs),
    heldUntilMs: Math.floor(heldUntilMs),
    asOfMs: Math.floor(clockMs),
  }
}

export function say(
  { tables, session, nextId, has }: Pick<Context, 'tables' | 'session' | 'nextId' | 'has'>,
  showId: number,
  event: { reservationId: number } & Record<string, unknown>,
): void {
  if (has('outbox-after-commit') && event.reservationId % 5 === 0) return
  const id = nextId('outbox')
  insert(session, tables.outbox, id, { id, showId, payload: JSON.stringify(event) })
}

/** `{1,2,3}`, as arrays of arrays travel. */
export function idsOf(text: string | undefined): number[] {
  const inner = text?.slice(1, -1) ?? ''
  return inner === '' ? [] : inner.split(',').map(Number)
}
