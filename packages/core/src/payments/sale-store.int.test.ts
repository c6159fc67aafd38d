import { expect, test } from 'vitest'
import { changeMeets } from '../testing/blocked-rows.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { lockReservationStates } from './sale-store.ts'

const deps = await createTestDeps()

test('what is paid or given back stays in the state in which it was found until the transaction ends', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const [paid, other] = [
    await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) }),
    await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(1, 2) }),
  ]
  const release = async (id: typeof paid): Promise<string> =>
    await changeMeets(
      deps,
      (tx) => lockReservationStates(tx, [paid]),
      (tx) => tx.query("update reservations set state = 'RELEASED', ended_at = now() where id = $1", [id]),
    )
  expect(await release(paid)).toBe('waits')
  expect(await release(other)).toBe('happens')
})
