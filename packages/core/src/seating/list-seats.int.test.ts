import { seatId, type SeatId, type SeatList } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readSeatPlace } from '../catalogue/index.ts'
import { closeDeps, type Deps, openDeps } from '../platform/deps.ts'
import { releaseReservation } from '../reservations/index.ts'
import { givePass } from '../testing/give-pass.ts'
import { holdInside, lapseHold } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { addShow, makeShow, type TestShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { openSeatMirror, readSeatList, type SeatMirror } from './index.ts'
import { listSeats } from './list-seats.ts'

const deps = await createTestDeps()

function openMirror(): SeatMirror {
  const mirror = openSeatMirror(deps)
  onTestFinished(mirror.close)
  return mirror
}

/** All seats of a show on one page. */
const listAll = async (
  by: Deps,
  mirror: SeatMirror,
  { showId }: Pick<TestShow, 'showId'>,
): Promise<SeatList> => await listSeats(by, mirror, { showId, limit: 1_000 })

const seatIdsOf = ({ seats }: Pick<SeatList, 'seats'>): SeatId[] => seats.map((seat) => seat.seatId)

test('every seat of a show is listed as its row has it: labels, price, number in the show, state', async () => {
  const first = await makeShow(deps, { seatCount: 12, seatsPerRow: 5, priceMinor: 30_000 })
  const show = await addShow(deps, first.concertId)
  const fanId = await makeFan(deps)
  await holdInside(deps, fanId, show, 0, 7)
  await deps.db.pool.query("update seats set status = 'blocked', version = version + 1 where id = $1", [
    show.seatIds[11],
  ])
  const { seats, asOfMs } = await listAll(deps, openMirror(), show)
  const { rows } = await deps.db.pool.query(
    `select id as "seatId", ordinal + 1 as "seatNo", section, row_label as row, number, category_code as "categoryCode",
            price_minor as "priceMinor", status
     from seats where show_id = $1 order by ordinal`,
    [show.showId],
  )
  expect(seats).toEqual(rows)
  expect(seats.map((seat) => seat.status).filter((status) => status !== 'available')).toEqual([
    'held',
    'held',
    'blocked',
  ])
  expect(Number.isInteger(asOfMs)).toBe(true)
})

test('who holds, releases or lets a hold run out finds it in the very next list', async () => {
  const show = await makeShow(deps, { seatCount: 4 })
  const mirror = openMirror()
  const statuses = async () => (await listAll(deps, mirror, show)).seats.map((seat) => seat.status)
  expect(await statuses()).toEqual(['available', 'available', 'available', 'available'])
  const fanId = await makeFan(deps)
  for (let round = 0; round < 20; round++) {
    const { reservationId } = await holdInside(deps, fanId, show, 1, 2)
    expect(await statuses()).toEqual(['available', 'held', 'held', 'available'])
    await releaseReservation(deps, { fanId, reservationId })
    expect(await statuses()).toEqual(['available', 'available', 'available', 'available'])
  }
  const lapsing = await holdInside(deps, fanId, show, 3)
  await lapseHold(deps, lapsing)
  // a mirror that reads now knows when the hold was over; nobody has swept it
  expect((await listAll(deps, openMirror(), show)).seats[3]?.status).toBe('available')
})

test('a mirror looked at without waiting for the own changes is behind them', async () => {
  const show = await makeShow(deps, { seatCount: 4 })
  const mirror = openMirror()
  await mirror.look(show.showId)
  const fanId = await makeFan(deps)
  let isBehind = false
  for (let seat = 0; seat < 4 && !isBehind; seat++) {
    await holdInside(deps, fanId, show, seat)
    isBehind = (await mirror.look(show.showId)).show.codes[seat] === 0
  }
  expect(isBehind).toBe(true)
})

test('costs no SQL once the show was looked at', async () => {
  const show = await makeShow(deps, { seatCount: 4 })
  const mirror = openMirror()
  await listAll(deps, mirror, show)
  const asked = [vi.spyOn(deps.db.pool, 'query'), vi.spyOn(deps.db.sequelize, 'query')]
  onTestFinished(() => asked.forEach((spy) => spy.mockRestore()))
  expect((await listAll(deps, mirror, show)).seats).toHaveLength(4)
  expect(asked.map((spy) => spy.mock.calls)).toEqual([[], []])
})

test('a mirror that Redis left behind is read anew by the first list, not waited for by all', async () => {
  const server = await startPrivateRedis()
  const own = openDeps({ ...deps.settings, redisUrl: server.url }, 'with a Redis of its own')
  const show = await makeShow(deps, { seatCount: 2 })
  const mirror = openSeatMirror(own)
  onTestFinished(async () => {
    await mirror.close()
    await closeDeps(own)
    await server.stop()
  })
  const before = await listAll(own, mirror, show)
  await own.redis.flushall()
  const after = await listAll(own, mirror, show)
  expect(after.seq).toBeGreaterThan(before.seq)
  expect((await mirror.look(show.showId)).show.seq).toBe(after.seq)
})

test('pages join without a gap or a repeat, filtered or not', async () => {
  const show = await makeShow(deps, { seatCount: 23 })
  const mirror = openMirror()
  const [holder, fanId] = [await makeFan(deps), await makeFan(deps)]
  await holdInside(deps, holder, show, 0, 5, 10, 22)
  const pass = await givePass(deps, { concertId: show.concertId, fanId })
  const ask = { showId: show.showId, fanId, pass }
  const readAll = async (filter: { status?: 'available' | 'held' | 'sold' }, limit: number) => {
    const pages: SeatId[][] = []
    let afterSeatId: SeatId | undefined
    do {
      const page = await readSeatList(deps, mirror, { ...ask, ...filter, limit, afterSeatId })
      pages.push(seatIdsOf(page))
      afterSeatId = page.nextAfterSeatId ?? undefined
    } while (afterSeatId !== undefined)
    return pages
  }
  const held = show.seatIds.filter((_id, index) => [0, 5, 10, 22].includes(index))
  const free = show.seatIds.filter((_id, index) => ![0, 5, 10, 22].includes(index))
  expect((await readAll({}, 10)).map((page) => page.length)).toEqual([10, 10, 3])
  expect((await readAll({}, 7)).flat()).toEqual(show.seatIds)
  expect(await readAll({ status: 'held' }, 2)).toEqual([held.slice(0, 2), held.slice(2)])
  expect((await readAll({ status: 'available' }, 4)).flat()).toEqual(free)
  expect(await readAll({ status: 'sold' }, 4)).toEqual([[]])
  const beyond = seatId.parse(Number.MAX_SAFE_INTEGER)
  expect(await readSeatList(deps, mirror, { ...ask, limit: 1, afterSeatId: beyond })).toMatchObject({
    seats: [],
    nextAfterSeatId: null,
  })
})

test('a fan needs a pass of that concert; an unknown show is named', async () => {
  const [show, other] = [await makeShow(deps), await makeShow(deps)]
  const mirror = openMirror()
  const fanId = await makeFan(deps)
  const pass = await givePass(deps, { concertId: other.concertId, fanId })
  const asked = readSeatList(deps, mirror, { showId: show.showId, fanId, pass, limit: 1 })
  await expect(asked).rejects.toMatchObject({ code: 'PASS_REFUSED', details: { reason: 'otherConcert' } })
  const unknown = { showId: (other.showId + 1_000) as typeof show.showId }
  await expect(listAll(deps, mirror, unknown)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { what: 'show' },
  })
})

test('a seat is found by its id alone, and only a seat of a show', async () => {
  const show = await makeShow(deps, { seatCount: 3 })
  const { concertId, showId } = show
  const last = show.seatIds[2]
  if (last === undefined) throw new Error('three seats')
  expect(await readSeatPlace(deps, last)).toEqual({ seatId: last, seatNo: 3, showId, concertId })
  for (const id of [last + 1_000_000, Number.MAX_SAFE_INTEGER]) {
    await expect(readSeatPlace(deps, seatId.parse(id))).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { what: 'seat' },
    })
  }
})
