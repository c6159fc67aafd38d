import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import { openSeatMirror } from '../seating/index.ts'
import { afterAll, expect, test } from 'vitest'
import { pay } from '../payments/index.ts'
import { changeLine } from '../testing/change-line.ts'
import { givePass } from '../testing/give-pass.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { inTransaction } from '../platform/database.ts'
import { markPassSpent, requirePass } from '../waiting-room/index.ts'
import { holdBestSeats, holdSeats } from './index.ts'

const deps = await createTestDeps()
const mirror = openSeatMirror(deps)
afterAll(() => mirror.close())

test('a hold keeps its fan inside to pay, not to hold again: nobody stays for ever by one hold after another', async () => {
  const { concertId, showId, seatIds } = await makeShow(deps, { priceMinor: 1_000 })
  const passTtlMs = 700
  await changeLine(deps, concertId, { pass_ttl_ms: passTtlMs })
  const fanId = await makeRichFan(deps, 100_000)
  const pass = await givePass(deps, { concertId, fanId })
  const held = await holdSeats(deps, { fanId, showId, pass, seatIds: seatIds.slice(0, 1) })

  await sleep(passTtlMs)
  await expect(requirePass(deps, { concertId, fanId, pass })).resolves.toBeDefined()
  const refusal = { code: 'PASS_REFUSED', details: { reason: 'expired' } }
  await expect(holdSeats(deps, { fanId, showId, pass, seatIds: seatIds.slice(1, 2) })).rejects.toMatchObject(
    refusal,
  )
  await expect(holdBestSeats(deps, { fanId, showId, pass, quantity: 1, mirror })).rejects.toMatchObject(
    refusal,
  )
  const paid = await pay(deps, {
    fanId,
    reservationIds: [held.reservationId],
    idempotencyKey: randomUUID(),
  })
  expect(paid.amountMinor).toBe(1_000)
})

test('a pass that a payment spent holds nothing, though Redis was not told and still has its fan inside', async () => {
  const { concertId, showId, seatIds } = await makeShow(deps)
  const fanId = await makeRichFan(deps, 100_000)
  const pass = await givePass(deps, { concertId, fanId })
  await requirePass(deps, { concertId, fanId, pass })
  await inTransaction(deps.db, (tx) => markPassSpent(tx, { concertId, fanId }))

  await expect(requirePass(deps, { concertId, fanId, pass })).resolves.toBeDefined()
  const refusal = { code: 'PASS_REFUSED', details: { reason: 'spent' } }
  const wish = { fanId, showId, pass }
  await expect(holdSeats(deps, { ...wish, seatIds: seatIds.slice(0, 1) })).rejects.toMatchObject(refusal)
  await expect(
    holdSeats(deps, { ...wish, seatIds: seatIds.slice(0, 1), idempotencyKey: randomUUID() }),
  ).rejects.toMatchObject(refusal)
  await expect(holdBestSeats(deps, { ...wish, quantity: 1, mirror })).rejects.toMatchObject(refusal)
})
