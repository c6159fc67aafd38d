import { setTimeout as sleep } from 'node:timers/promises'
import type { AccountId } from '@greenroom/contract'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import { openSeatMirror } from '../seating/index.ts'
import { changeLine } from '../testing/change-line.ts'
import { givePass } from '../testing/give-pass.ts'
import { holdInside } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { freeSlot, leaveLine, markPassSpent } from '../waiting-room/index.ts'
import { holdSeats } from './index.ts'

const deps = await createTestDeps()
const mirror = openSeatMirror(deps)
afterAll(() => mirror.close())

const isTaken = { code: 'SEATS_TAKEN' }
const refusedAs = (reason: string) => ({ code: 'PASS_REFUSED', details: { reason } })

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

test('certain losers are refused without a word to Postgres, and those of one turn ask Redis for their passes once', async () => {
  const show = await makeShow(deps)
  await sellFirstSeat(show)
  const wishes = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const fanId = await makeFan(deps)
      return wishOf(show, fanId, await givePass(deps, { concertId: show.concertId, fanId }))
    }),
  )
  const spies = {
    scripts: vi.spyOn(deps.redis, 'evalsha'),
    statements: vi.spyOn(deps.db.pool, 'query'),
    transactions: vi.spyOn(deps.db.pool, 'connect'),
  }
  onTestFinished(() => {
    for (const spy of Object.values(spies)) spy.mockRestore()
  })
  await Promise.all(wishes.map((wish) => expect(holdSeats(deps, wish)).rejects.toMatchObject(isTaken)))
  expect(Object.values(spies).map((spy) => spy.mock.calls.length)).toEqual([1, 0, 0])
})

test('who shows no good pass of their own hears that, and nothing of the seat', async () => {
  const show = await makeShow(deps)
  await sellFirstSeat(show)
  const passTtlMs = 300
  await changeLine(deps, show.concertId, { pass_ttl_ms: passTtlMs })
  const [fanId, other] = [await makeFan(deps), await makeFan(deps)]
  const pass = await givePass(deps, { concertId: show.concertId, fanId })
  await expect(holdSeats(deps, wishOf(show, fanId, 'x'.repeat(40)))).rejects.toMatchObject(
    refusedAs('invalid'),
  )
  await expect(holdSeats(deps, wishOf(show, other, pass))).rejects.toMatchObject(refusedAs('otherFan'))
  await sleep(passTtlMs)
  await expect(holdSeats(deps, wishOf(show, fanId, pass))).rejects.toMatchObject(refusedAs('expired'))
})

test('who has bought, or gave the place up, hears that of the pass, and nothing of the seat', async () => {
  const show = await makeShow(deps)
  await sellFirstSeat(show)
  const [buyer, leaver] = [await makeFan(deps), await makeFan(deps)]
  const fanOf = (fanId: AccountId) => ({ concertId: show.concertId, fanId })
  const spent = await givePass(deps, fanOf(buyer))
  const givenUp = await givePass(deps, fanOf(leaver))
  await inTransaction(deps.db, (tx) => markPassSpent(tx, fanOf(buyer)))
  await freeSlot(deps, fanOf(buyer))
  await leaveLine(deps, fanOf(leaver))
  await expect(holdSeats(deps, wishOf(show, buyer, spent))).rejects.toMatchObject(refusedAs('spent'))
  await expect(holdSeats(deps, wishOf(show, leaver, givenUp))).rejects.toMatchObject(refusedAs('expired'))
})
