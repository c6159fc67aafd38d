import { randomUUID } from 'node:crypto'
import type { AccountId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { pay } from '../payments/index.ts'
import { expireReservations } from '../reservations/index.ts'
import { holdInside, lapseHold } from '../testing/hold-inside.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'

const deps = await createTestDeps()

/** What was told about the fans, in order. */
async function toldOf(...fanIds: AccountId[]): Promise<{ type: string; reservationId: number }[]> {
  const { rows } = await deps.db.pool.query<{ type: string; reservationId: number }>(
    `select type, (data ->> 'reservationId')::bigint as "reservationId" from events
     where (data ->> 'fanId')::bigint = any($1) order by id`,
    [fanIds],
  )
  return rows
}

test('whoever takes over what is left of a lapsed hold tells that it expired, once, before what comes of it', async () => {
  const show = await makeShow(deps, { seatCount: 10 })
  const [first, second, third] = [await makeRichFan(deps), await makeRichFan(deps), await makeRichFan(deps)]
  const lapsed = await holdInside(deps, first, show, 0, 1)
  await lapseHold(deps, lapsed)
  const taken = await holdInside(deps, second, show, 1, 2)
  expect(await expireReservations(deps, [lapsed.reservationId])).toBe(0)
  expect(await toldOf(first, second)).toEqual([
    { type: 'reservation.expired', reservationId: lapsed.reservationId },
  ])
  // the payment of what was swept takes its seats again, from a hold that is over as well
  const swept = await holdInside(deps, third, show, 5)
  await lapseHold(deps, swept)
  expect(await expireReservations(deps, [swept.reservationId])).toBe(1)
  const inTheWay = await holdInside(deps, first, show, 5, 6)
  await lapseHold(deps, inTheWay)
  await pay(deps, { fanId: third, reservationIds: [swept.reservationId], idempotencyKey: randomUUID() })
  expect(await toldOf(first, third)).toEqual([
    { type: 'reservation.expired', reservationId: lapsed.reservationId },
    { type: 'reservation.expired', reservationId: swept.reservationId },
    { type: 'reservation.expired', reservationId: inTheWay.reservationId },
    { type: 'reservation.paid', reservationId: swept.reservationId },
  ])
  // one that is over and that nobody has swept or taken is paid as if it were not over: it never expired
  await lapseHold(deps, taken)
  await pay(deps, { fanId: second, reservationIds: [taken.reservationId], idempotencyKey: randomUUID() })
  expect(await expireReservations(deps, [taken.reservationId])).toBe(0)
  expect(await toldOf(second)).toEqual([{ type: 'reservation.paid', reservationId: taken.reservationId }])
})

test('a hold that the sweep, its job and a payment are after at once either expired or was paid, and is told so once', async () => {
  const show = await makeShow(deps, { seatCount: 20 })
  const held = await Promise.all(
    Array.from({ length: 20 }, async (_, seat) => {
      const fanId = await makeRichFan(deps)
      const { reservationId } = await holdInside(deps, fanId, show, seat)
      await lapseHold(deps, { reservationId })
      return { fanId, reservationId }
    }),
  )
  const ids = held.map(({ reservationId }) => reservationId)
  await Promise.all([
    expireReservations(deps, ids),
    ...held.map(({ fanId, reservationId }) =>
      pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() }),
    ),
    expireReservations(deps, ids.toReversed()),
  ])
  for (const { fanId } of held) {
    const types = (await toldOf(fanId)).map(({ type }) => type)
    expect(['reservation.paid', 'reservation.expired,reservation.paid']).toContain(types.join())
  }
})
