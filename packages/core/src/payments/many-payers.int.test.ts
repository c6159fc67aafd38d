import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkLedger } from '../testing/check-ledger.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { pay } from './index.ts'

const deps = await createTestDeps({ poolSize: 2 })

test('sixty payers at once over two connections: all succeed, nothing hangs', async () => {
  const show = await makeShow(deps, { seatCount: 60 })
  const payers = await Promise.all(
    show.seatIds.map(async (seatId) => {
      const fanId = await makeRichFan(deps)
      return { fanId, reservationId: await insertHold(deps, { fanId, show, seatIds: [seatId] }) }
    }),
  )
  const paid = await Promise.all(
    payers.map(({ fanId, reservationId }) =>
      pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() }),
    ),
  )
  expect(new Set(paid.flatMap((payment) => payment.ticketIds)).size).toBe(60)
  expect(await checkLedger(deps)).toEqual([])
})

test('guard off: commands that take a second connection while they have one wait for each other for ever', async () => {
  const firsts = [await deps.db.pool.connect(), await deps.db.pool.connect()]
  const seconds = [deps.db.pool.connect(), deps.db.pool.connect()]
  expect({ waiting: deps.db.pool.waitingCount, idle: deps.db.pool.idleCount }).toEqual({
    waiting: 2,
    idle: 0,
  })
  for (const client of firsts) client.release()
  for (const client of await Promise.all(seconds)) client.release()
})
