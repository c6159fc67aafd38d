import { type ErrorCode, type ShowFixedBecause, showId as toShowId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { searchAudit } from '../accounts/index.ts'
import { cancelShow } from '../cancellations/index.ts'
import { sqlState } from '../platform/database.ts'
import { releaseReservation } from '../reservations/index.ts'
import { asOwner } from '../testing/as-owner.ts'
import { meetInOrder, whileItWaits } from '../testing/blocked-rows.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { holdInside } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { addShow, makeShow, type TestShow } from '../testing/make-show.ts'
import { postponeOpening } from '../testing/postpone-opening.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { admit, steerLine } from '../waiting-room/index.ts'
import { makeShow as makeEditorShow, readEditorConcert, removeShow } from './index.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const fixed = (reason: ShowFixedBecause) => ({ code: 'SHOW_FIXED' satisfies ErrorCode, details: { reason } })

/** A show whose line opens in an hour. */
async function makeUntouched(): Promise<TestShow> {
  const show = await makeShow(deps, { seatCount: 4 })
  await postponeOpening(deps, show)
  return show
}

const remove = ({ showId }: TestShow): Promise<void> => removeShow(deps, { showId, operatorId })

async function countRows({ showId }: TestShow): Promise<{ shows: number; seats: number }> {
  const { rows } = await deps.db.pool.query<{ shows: number; seats: number }>(
    `select (select count(*)::int from shows where id = $1) as shows,
            (select count(*)::int from seats where show_id = $1) as seats`,
    [showId],
  )
  return rows[0] ?? { shows: -1, seats: -1 }
}

const placeOf = async ({ concertId }: TestShow): Promise<unknown> =>
  (await readEditorConcert(deps, concertId)).shows[0]?.isFixed.place

const auditOf = async ({ showId }: TestShow) =>
  (await searchAudit(deps, { target: `show ${showId}`, limit: 10 })).entries

test('a show that nobody held anything of goes with its seats, once, and the audit says what it was', async () => {
  const show = await makeUntouched()
  // a worker that ticks a line before its time opens nothing
  await admit(deps, show)
  expect(await placeOf(show)).toBeNull()
  const row = { text: 'select from lines where concert_id = $1 for update', values: [show.concertId] }
  const both = await meetInOrder(deps, row, [() => remove(show), () => remove(show)])
  expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
  await remove(show)
  expect(await countRows(show)).toEqual({ shows: 0, seats: 0 })
  expect(await auditOf(show)).toMatchObject([
    { action: 'show.remove', before: { concertId: show.concertId, seatCount: 4 }, after: null },
  ])
  await expect(holdInside(deps, operatorId, show, 0)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect((await readEditorConcert(deps, show.concertId)).shows).toEqual([])
})

test('its instant is free again, and its seat ids are given to no other show', async () => {
  const show = await makeUntouched()
  const later = await addShow(deps, show.concertId)
  const { shows } = await readEditorConcert(deps, show.concertId)
  const last = shows.find(({ showId }) => showId === later.showId)
  if (last === undefined) throw new Error('no such show')
  await remove(later)
  const { seatPlanId, startsAtMs } = last
  const { showId } = await makeEditorShow(deps, {
    operatorId,
    concertId: show.concertId,
    seatPlanId,
    startsAtMs,
  })
  const { rows } = await deps.db.pool.query('select id from seats where show_id = $1 and id = any($2)', [
    showId,
    later.seatIds,
  ])
  expect(rows).toEqual([])
  expect(showId).toBeGreaterThan(later.showId)
})

test('a sale that closes when the last show begins closes with the one that is last then', async () => {
  const show = await makeUntouched()
  const later = await addShow(deps, show.concertId)
  const page = () => readEditorConcert(deps, show.concertId)
  const [first, last] = (await page()).shows
  if (first === undefined || last === undefined) throw new Error('two shows')
  await deps.db.pool.query(
    'update lines set closes_at = to_timestamp($2::float8 / 1000) where concert_id = $1',
    [show.concertId, last.startsAtMs],
  )
  await remove(later)
  expect((await page()).line.closesAtMs).toBe(first.startsAtMs)
  const { seatPlanId } = first
  const startsAtMs = last.startsAtMs + 3_600_000
  await makeEditorShow(deps, { operatorId, concertId: show.concertId, seatPlanId, startsAtMs })
  expect((await page()).line.closesAtMs).toBe(startsAtMs)
})

test('once its line has opened it stays: by the clock, by its lobby, or because an operator opened it early', async () => {
  const byClock = await makeShow(deps)
  const byLobby = await makeUntouched()
  await deps.db.pool.query(
    "update lines set lobby_opens_at = now() - interval '1 second' where concert_id = $1",
    [byLobby.concertId],
  )
  const early = await makeUntouched()
  for (const action of ['open', 'pause'] as const)
    await steerLine(deps, { concertId: early.concertId, operatorId, action })
  for (const show of [byClock, byLobby, early]) {
    await expect(remove(show)).rejects.toMatchObject(fixed('opened'))
    expect(await placeOf(show)).toBe('opened')
    expect(await countRows(show)).toMatchObject({ shows: 1 })
  }
})

test('once anything of it was held it stays, also when that was let go; a cancelled one stays, too', async () => {
  const held = await makeUntouched()
  const fanId = await makeFan(deps)
  const { reservationId } = await holdInside(deps, fanId, held, 0)
  await releaseReservation(deps, { fanId, reservationId })
  await expect(remove(held)).rejects.toMatchObject(fixed('touched'))
  expect(await placeOf(held)).toBe('touched')
  const cancelled = await makeUntouched()
  await cancelShow(deps, { showId: cancelled.showId, operatorId, reason: 'the singer is ill' })
  await expect(remove(cancelled)).rejects.toMatchObject(fixed('cancelled'))
  expect(await placeOf(cancelled)).toBe('cancelled')
  const unknown = { ...held, showId: toShowId.parse(999_999) }
  await expect(remove(unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a hold that meets a removal: whichever has the seat first, and the other is told', async () => {
  const [first, second] = [await makeUntouched(), await makeUntouched()]
  const fanId = await makeFan(deps)
  const seatOf = ({ seatIds }: TestShow) => ({
    text: 'select from seats where id = $1 for update',
    values: [seatIds[0]],
  })
  const kept = await meetInOrder(deps, seatOf(first), [
    () => holdInside(deps, fanId, first, 0),
    () => remove(first),
  ])
  expect(kept).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: fixed('touched') }])
  const gone = await meetInOrder(deps, seatOf(second), [
    () => remove(second),
    () => holdInside(deps, fanId, second, 0),
  ])
  expect(gone).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'NOT_FOUND' satisfies ErrorCode } },
  ])
  expect([await countRows(first), await countRows(second)]).toEqual([
    { shows: 1, seats: 4 },
    { shows: 0, seats: 0 },
  ])
})

test('a removal waits for the seats before it has the show, so that it is in no way of a hold that was first', async () => {
  const show = await makeUntouched()
  const seat = { text: 'select from seats where id = $1 for update', values: [show.seatIds[0]] }
  // as the hold's foreign keys do when it has its seats: with the show taken, each would wait for the other
  const pointAtShow = async (): Promise<number | null> => {
    const text = 'select from shows where id = $1 for key share skip locked'
    return (await deps.db.pool.query(text, [show.showId])).rowCount
  }
  const { outcome, found } = await whileItWaits(deps, seat, () => remove(show), pointAtShow)
  expect(found).toBe(1)
  expect(outcome).toMatchObject({ status: 'fulfilled' })
})

test('an opening that meets a removal: a line that an operator opens meanwhile keeps its show', async () => {
  const show = await makeUntouched()
  const opening = {
    text: "update lines set override = 'open', was_opened = true where concert_id = $1",
    values: [show.concertId],
    isKept: true,
  }
  // by itself, without the lock that its caller takes as well
  const remover = () => deps.db.pool.query('select remove_show($1, $2) as answer', [show.showId, operatorId])
  const { outcome } = await whileItWaits(deps, opening, remover, () => Promise.resolve())
  expect(outcome).toMatchObject({ status: 'fulfilled', value: { rows: [{ answer: 'opened' }] } })
  await expect(remove(show)).rejects.toMatchObject(fixed('opened'))
  expect(await countRows(show)).toMatchObject({ shows: 1 })
})

/** The function without some of its text, in a transaction that is rolled back; what it answers, or the state it fails with. */
async function removeCarelessly(show: TestShow, guards: Record<string, string>): Promise<unknown> {
  let answer: unknown
  const undone = new Error('rolled back')
  await asOwner(deps, async (tx) => {
    const { rows } = await tx.query("select pg_get_functiondef('remove_show'::regproc) as text")
    await tx.query(textWithout(String(rows[0]?.text), guards))
    answer = await tx
      .query('select remove_show($1, $2) as answer', [show.showId, operatorId])
      .then((result) => result.rows[0]?.answer, sqlState)
    throw undone
  }).catch((error: unknown) => {
    if (error !== undone) throw error
  })
  return answer
}

test('guard off: without the look at the line, a show goes while fans wait for it', async () => {
  const show = await makeShow(deps)
  expect(await removeCarelessly(show, {})).toBe('opened')
  const careless = { 'or opens_at <= clock_timestamp()': '' }
  expect(await removeCarelessly(show, careless)).toBe('removed')
})

test('guard off: without the look at what was held, only the foreign key keeps what a fan had, as a fault of ours', async () => {
  const show = await makeUntouched()
  await holdInside(deps, await makeFan(deps), show, 0)
  expect(await removeCarelessly(show, {})).toBe('touched')
  const careless = { 'exists (select from fan_seat_counts where show_id = which) or': '' }
  expect(await removeCarelessly(show, careless)).toBe('23503')
})

test('a process that dies before any statement has removed nothing, and the same again does', async () => {
  const counted = breakingDeps(deps, { before: Number.POSITIVE_INFINITY })
  await removeShow(counted.deps, { showId: (await makeUntouched()).showId, operatorId })
  for (let statement = 1; statement <= counted.statements(); statement += 1) {
    const show = await makeUntouched()
    const dead = removeShow(breakingDeps(deps, { before: statement }).deps, {
      showId: show.showId,
      operatorId,
    })
    await expect(dead).rejects.toThrow(/terminat|connection/i)
    expect(await countRows(show), `statement ${statement}`).toEqual({ shows: 1, seats: 4 })
    expect(await auditOf(show)).toEqual([])
    await remove(show)
    expect(await auditOf(show)).toHaveLength(1)
  }
})
