import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { pay, refund } from '../payments/index.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { readLiveSale } from './index.ts'

const deps = await createTestDeps()

test('every seat is counted once, and revenue follows payments and refunds', async () => {
  const show = await makeShow(deps, { seatCount: 10, priceMinor: 30_000 })
  const fanId = await makeRichFan(deps, 200_000)
  const kept = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 2) })
  const returned = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(2, 3) })
  await pay(deps, { fanId, reservationIds: [kept, returned], idempotencyKey: randomUUID() })
  await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(3, 4) })

  expect((await readLiveSale(deps, show.concertId)).figures).toMatchObject({
    seats: { available: 6, held: 1, sold: 3, blocked: 0 },
    revenueMinor: 90_000,
  })

  await refund(deps, { fanId, reservationId: returned, idempotencyKey: randomUUID() })
  // a count that took long, as on a busy machine, is kept for a while
  const figures = async () => (await readLiveSale(deps, show.concertId)).figures
  await expect.poll(figures, { timeout: 10_000 }).toMatchObject({
    seats: { available: 7, held: 1, sold: 2, blocked: 0 },
    revenueMinor: 60_000,
  })
})
