import { setTimeout as sleep } from 'node:timers/promises'
import type { AccountId } from '@greenroom/contract'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { openSeatMirror } from '../seating/index.ts'
import { changeLine } from '../testing/change-line.ts'
import { givePass } from '../testing/give-pass.ts'
import { holdInside } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { leaveLine } from '../waiting-room/index.ts'
import { holdSeats } from './index.ts'

const deps = await createTestDeps()
const mirror = openSeatMirror(deps)
afterAll(() => mirror.close())

const isTaken = { code: 'SEATS_TAKEN' }

/** The first seat is somebody else's, and the mirror knows it. */
async function sellFirstSeat(show: TestShow): Promise<void> {
  await mirror.snapshot(show.showId)
  await holdInside(deps, await makeFan(deps), show, 0)
  const stranger = await makeFan(deps)
  await expect
    .poll(() => mirror.refuse(show.showId, stranger, show.seatIds.slice(0, 1)))
    .toMatchObject(isTaken)
}

const wishOf = (show: TestShow, fanId: AccountId, pass: string) => ({
  fanId,
  showId: show.showId,
  seatIds: show.seatIds.slice(0, 1),
  pass,
  mirror,
})

test('a certain loser is refused without a word to Postgres or Redis', async () => {
  const show = await makeShow(deps)
  await sellFirstSeat(show)
  const fanId = await makeFan(deps)
  const wish = wishOf(show, fanId, await givePass(deps, { concertId: show.concertId, fanId }))
  // the first to ask in a second reads the line's settings
  await expect(holdSeats(deps, wish)).rejects.toMatchObject(isTaken)
  const spies = [
    vi.spyOn(deps.redis, 'evalsha'),
    vi.spyOn(deps.db.pool, 'query'),
    vi.spyOn(deps.db.pool, 'connect'),
  ]
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore()
  })
  await expect(holdSeats(deps, wish)).rejects.toMatchObject(isTaken)
  expect(spies.map((spy) => spy.mock.calls.length)).toEqual([0, 0, 0])
})

test('who shows no running pass of their own hears that, and nothing of the seat', async () => {
  const show = await makeShow(deps)
  await sellFirstSeat(show)
  const passTtlMs = 300
  await changeLine(deps, show.concertId, { pass_ttl_ms: passTtlMs })
  const [fanId, other] = [await makeFan(deps), await makeFan(deps)]
  const pass = await givePass(deps, { concertId: show.concertId, fanId })
  const refusedAs = (reason: string) => ({ code: 'PASS_REFUSED', details: { reason } })
  await expect(holdSeats(deps, wishOf(show, fanId, 'x'.repeat(40)))).rejects.toMatchObject(
    refusedAs('invalid'),
  )
  await expect(holdSeats(deps, wishOf(show, other, pass))).rejects.toMatchObject(refusedAs('otherFan'))
  await sleep(passTtlMs)
  await expect(holdSeats(deps, wishOf(show, fanId, pass))).rejects.toMatchObject(refusedAs('expired'))
})

test('a pass that was given up gets no seat; that a taken one is taken, its fan may know', async () => {
  const show = await makeShow(deps)
  await sellFirstSeat(show)
  const fanId = await makeFan(deps)
  const fan = { concertId: show.concertId, fanId }
  const pass = await givePass(deps, fan)
  await leaveLine(deps, fan)
  await expect(holdSeats(deps, wishOf(show, fanId, pass))).rejects.toMatchObject(isTaken)
  const free = { ...wishOf(show, fanId, pass), seatIds: show.seatIds.slice(1, 2) }
  await expect(holdSeats(deps, free)).rejects.toMatchObject({ code: 'PASS_REFUSED' })
})
