import { randomUUID } from 'node:crypto'
import { startPrivateRedis } from '@greenroom/stack'
import { afterAll, expect, test } from 'vitest'
import { checkLedger } from '../testing/check-ledger.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { listTickets } from '../tickets/index.ts'
import { pay, refund } from './index.ts'

const redis = await startPrivateRedis()
afterAll(redis.stop)
const deps = await createTestDeps({ redisUrl: redis.url })

test('with Redis dead, a fan who holds seats still pays, has tickets, and is refunded', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  expect(await deps.redis.ping()).toBe('PONG')
  await redis.kill()
  await pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })
  expect(await listTickets(deps, fanId)).toMatchObject([{ state: 'VALID' }])
  await refund(deps, { fanId, reservationId, idempotencyKey: randomUUID() })
  expect(await checkLedger(deps)).toEqual([])
  // nobody could be told yet: both changes wait in the outbox
  const { rows } = await deps.db.pool.query("select payload ->> 'state' as state from outbox order by id")
  expect(rows).toEqual([{ state: 'PAID' }, { state: 'REFUNDED' }])
})
