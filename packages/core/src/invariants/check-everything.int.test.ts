import { expect, test } from 'vitest'
import { asOwner } from '../testing/as-owner.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { checkEverything, checkInvariants, readInvariants } from './index.ts'

const deps = await createTestDeps()
const show = await makeShow(deps)

async function ageChecks(by: string): Promise<void> {
  const text = 'update invariant_checks set checked_at = checked_at - $1::interval'
  await asOwner(deps, (tx) => tx.query(text, [by]))
}

test('everything is asked once a day, when nothing was held for an hour, and within three days even so', async () => {
  expect((await readInvariants(deps)).everything).toBeNull()
  expect((await checkEverything(deps))?.violations).toEqual([])
  const { everything, check } = await readInvariants(deps)
  expect(everything?.oracles).toContain('money-sums-to-zero')
  expect(check).toBeNull()
  expect(await checkEverything(deps)).toBeUndefined()

  await ageChecks('25 hours')
  const fanId = await makeFan(deps)
  const held = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  expect(await checkEverything(deps)).toBeUndefined()
  await ageChecks('48 hours')
  expect(await checkEverything(deps)).toBeDefined()

  await ageChecks('25 hours')
  await deps.db.pool.query("update reservations set held_at = held_at - interval '2 hours' where id = $1", [
    held,
  ])
  expect(await checkEverything(deps)).toBeDefined()
})

test('a check of the minute does not put the one of the day off', async () => {
  await ageChecks('25 hours')
  await checkInvariants(deps, { cost: 'cheap' })
  expect(await checkEverything(deps)).toBeDefined()
})
