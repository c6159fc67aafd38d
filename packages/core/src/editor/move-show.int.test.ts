import { randomUUID } from 'node:crypto'
import { type ErrorCode, type ShowFixedBecause, showId as toShowId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { searchAudit } from '../accounts/index.ts'
import { cancelShow } from '../cancellations/index.ts'
import { pay } from '../payments/index.ts'
import { inTransaction } from '../platform/database.ts'
import { listReservations } from '../reservations/index.ts'
import { meetInOrder } from '../testing/blocked-rows.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { holdInside } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { addShow, makeShow, type TestShow } from '../testing/make-show.ts'
import { postponeOpening } from '../testing/postpone-opening.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { listTickets } from '../tickets/index.ts'
import { moveShow, readEditorConcert } from './index.ts'
import { moveShowText } from './show-store.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const hourMs = 3_600_000
const dayMs = 24 * hourMs

const fixed = (reason: ShowFixedBecause) => ({ code: 'SHOW_FIXED' satisfies ErrorCode, details: { reason } })
const badStart = (message: string) => ({
  code: 'BAD_INPUT' satisfies ErrorCode,
  details: { faults: [{ path: 'startsAtMs', message }] },
})

async function readShow({ showId }: TestShow): Promise<{ startsAtMs: number; closesAtMs: number | null }> {
  const { rows } = await deps.db.pool.query<{ startsAtMs: number; closesAtMs: number | null }>(
    `select floor(extract(epoch from starts_at) * 1000)::float8 as "startsAtMs",
            floor(extract(epoch from closes_at) * 1000)::float8 as "closesAtMs"
     from shows join lines using (concert_id) where shows.id = $1`,
    [showId],
  )
  const [row] = rows
  if (row === undefined) throw new Error('no such show')
  return row
}

async function moved(show: TestShow, byMs: number) {
  const { startsAtMs: fromMs } = await readShow(show)
  return { operatorId, showId: show.showId, fromMs, startsAtMs: fromMs + byMs }
}

async function actionsOf(target: string): Promise<string[]> {
  const { entries } = await searchAudit(deps, { target, limit: 100 })
  return entries.map(({ action }) => action)
}

async function eventsOf({ showId }: TestShow): Promise<unknown[]> {
  const { rows } = await deps.db.pool.query(
    "select data from events where type = 'show.moved' and (data->>'showId')::bigint = $1 order by id",
    [showId],
  )
  return rows.map(({ data }) => data)
}

test('a show that is moved begins then for everybody; who bought before is told from when, who bought after is not', async () => {
  const show = await makeShow(deps)
  const [early, late] = [await makeRichFan(deps), await makeRichFan(deps)]
  const buy = async (fanId: typeof early, seat: number): Promise<void> => {
    const { reservationId } = await holdInside(deps, fanId, show, seat)
    await pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })
  }
  await buy(early, 0)
  const wish = await moved(show, dayMs)
  await moveShow(deps, wish)
  await buy(late, 1)
  const { fromMs, startsAtMs } = wish
  expect(await listTickets(deps, early)).toMatchObject([{ startsAtMs, movedFromMs: fromMs, state: 'VALID' }])
  expect(await listReservations(deps, early)).toMatchObject([{ startsAtMs, movedFromMs: fromMs }])
  expect(await listTickets(deps, late)).toMatchObject([{ startsAtMs, movedFromMs: null }])
  expect(await listReservations(deps, late)).toMatchObject([{ startsAtMs, movedFromMs: null }])

  await moveShow(deps, { ...wish, fromMs: startsAtMs, startsAtMs: fromMs })
  expect(await listTickets(deps, early)).toMatchObject([{ startsAtMs: fromMs, movedFromMs: null }])
  expect(await listTickets(deps, late)).toMatchObject([{ startsAtMs: fromMs, movedFromMs: startsAtMs }])
})

test('who held before it was moved and paid after is told, too', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const { reservationId } = await holdInside(deps, fanId, show, 0)
  const wish = await moved(show, dayMs)
  await moveShow(deps, wish)
  await pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })
  expect(await listTickets(deps, fanId)).toMatchObject([{ movedFromMs: wish.fromMs }])
})

test('a move is audited with before and after and told to endpoints, once, however often it is asked for', async () => {
  const show = await makeShow(deps)
  const wish = await moved(show, dayMs)
  const row = { text: 'select from lines where concert_id = $1 for update', values: [show.concertId] }
  const both = await meetInOrder(deps, row, [() => moveShow(deps, wish), () => moveShow(deps, wish)])
  expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
  await moveShow(deps, wish)
  const { entries } = await searchAudit(deps, { target: `show ${show.showId}`, limit: 10 })
  expect(entries).toMatchObject([
    { action: 'show.move', before: { startsAtMs: wish.fromMs }, after: { startsAtMs: wish.startsAtMs } },
  ])
  const { showId, concertId } = show
  expect(await eventsOf(show)).toMatchObject([
    { showId, concertId, fromMs: wish.fromMs, startsAtMs: wish.startsAtMs },
  ])
})

test('of two operators who move it at once to different times the second hears that it was moved', async () => {
  const show = await makeShow(deps)
  const [one, other] = [await moved(show, dayMs), await moved(show, 2 * dayMs)]
  const row = { text: 'select from lines where concert_id = $1 for update', values: [show.concertId] }
  const both = await meetInOrder(deps, row, [() => moveShow(deps, one), () => moveShow(deps, other)])
  expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: fixed('moved') }])
  expect((await readShow(show)).startsAtMs).toBe(one.startsAtMs)
})

test('a show that has begun, is cancelled or not there stays, and is told why', async () => {
  const [begun, cancelled] = [await makeShow(deps), await makeShow(deps)]
  await deps.db.pool.query("update shows set starts_at = now() - interval '1 second' where id = $1", [
    begun.showId,
  ])
  await expect(moveShow(deps, await moved(begun, dayMs))).rejects.toMatchObject(fixed('begun'))
  const wish = await moved(cancelled, dayMs)
  const row = { text: 'select from lines where concert_id = $1 for update', values: [cancelled.concertId] }
  const met = await meetInOrder(deps, row, [
    () => cancelShow(deps, { showId: cancelled.showId, operatorId, reason: 'the hall burnt down' }),
    () => moveShow(deps, wish),
  ])
  expect(met).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: fixed('cancelled') }])
  expect(await eventsOf(cancelled)).toEqual([])
  const isFixed = async ({ concertId }: TestShow) =>
    (await readEditorConcert(deps, concertId)).shows.map((show) => show.isFixed.start)
  expect(await isFixed(begun)).toEqual(['begun'])
  expect(await isFixed(cancelled)).toEqual(['cancelled'])
  const unknown = { ...wish, showId: toShowId.parse(999_999) }
  await expect(moveShow(deps, unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('guard off: without the look at what was cancelled, holders hear of a new time for what does not take place', async () => {
  const show = await makeShow(deps)
  const { fromMs, startsAtMs } = await moved(show, dayMs)
  await cancelShow(deps, { showId: show.showId, operatorId, reason: 'the hall burnt down' })
  const values = [show.showId, fromMs, startsAtMs, operatorId]
  const run = async (text: string) => (await inTransaction(deps.db, (tx) => tx.query(text, values))).rowCount
  expect(await run(moveShowText)).toBe(0)
  expect(await run(textWithout(moveShowText, { 'cancelled_at is null and': '' }))).toBe(1)
  expect((await readShow(show)).startsAtMs).toBe(startsAtMs)
})

test('it begins at no time that is over, that another show has, or before its sale opens', async () => {
  const show = await makeShow(deps)
  const other = await addShow(deps, show.concertId)
  const wish = await moved(show, 0)
  const attempt = (startsAtMs: number) => moveShow(deps, { ...wish, startsAtMs })
  await expect(attempt(1_000)).rejects.toMatchObject(badStart('this moment is over'))
  const taken = badStart('the concert has a show at that instant')
  const { startsAtMs } = await readShow(other)
  await deps.db.pool.query(
    "update shows set starts_at = date_trunc('milliseconds', starts_at) where id = $1",
    [other.showId],
  )
  await expect(attempt(startsAtMs)).rejects.toMatchObject(taken)
  await deps.db.pool.query("update lines set opens_at = now() + interval '90 days' where concert_id = $1", [
    show.concertId,
  ])
  await expect(attempt(wish.fromMs + hourMs)).rejects.toMatchObject(badStart('the sale opens after it'))
  expect((await readShow(show)).startsAtMs).toBe(wish.fromMs)
  expect(await actionsOf(`show ${show.showId}`)).toEqual([])
})

test('a sale that closes when the last show begins follows it, forth and back; one that closes at another time stays', async () => {
  const show = await makeShow(deps)
  const last = await addShow(deps, show.concertId)
  const closeAt = async (atMs: number): Promise<void> => {
    await deps.db.pool.query(
      'update lines set closes_at = to_timestamp($2::float8 / 1000) where concert_id = $1',
      [show.concertId, atMs],
    )
  }
  const lastMs = (await readShow(last)).startsAtMs
  await closeAt(lastMs)
  await moveShow(deps, await moved(last, dayMs))
  expect((await readShow(last)).closesAtMs).toBe(lastMs + dayMs)
  // the first one becomes the last
  await moveShow(deps, await moved(show, 90 * dayMs))
  const { startsAtMs, closesAtMs } = await readShow(show)
  expect(closesAtMs).toBe(startsAtMs)
  expect(await actionsOf(`concert ${show.concertId}`)).toEqual(['line.reschedule', 'line.reschedule'])
  await closeAt(startsAtMs - hourMs)
  await moveShow(deps, await moved(show, dayMs))
  expect((await readShow(show)).closesAtMs).toBe(startsAtMs - hourMs)
})

test('a process that dies before any statement has moved nothing and told nobody, and the same again does', async () => {
  const make = async () => {
    const show = await makeShow(deps)
    await postponeOpening(deps, show)
    return { show, wish: await moved(show, dayMs) }
  }
  const counted = breakingDeps(deps, { before: Number.POSITIVE_INFINITY })
  await moveShow(counted.deps, (await make()).wish)
  for (let statement = 1; statement <= counted.statements(); statement += 1) {
    const { show, wish } = await make()
    const dead = moveShow(breakingDeps(deps, { before: statement }).deps, wish)
    await expect(dead).rejects.toThrow(/terminat|connection/i)
    expect((await readShow(show)).startsAtMs, `statement ${statement}`).toBe(wish.fromMs)
    expect([await eventsOf(show), await actionsOf(`show ${show.showId}`)]).toEqual([[], []])
    await moveShow(deps, wish)
    expect(await eventsOf(show)).toHaveLength(1)
  }
})
