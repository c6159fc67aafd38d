import { checkInvariants } from '@greenroom/core'
import { createTestDeps, makeShow } from '@greenroom/core/testing'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { registerInvariantGauges } from './invariant-gauges.ts'

const deps = await createTestDeps()
const registry = new Registry()
const read = registerInvariantGauges(registry, deps)

async function scrape(): Promise<string[]> {
  await read()
  return (await registry.metrics()).split('\n')
}

test('a scrape tells each invariant, how old the check is and how many shows are stopped; before the first check, an age without end', async () => {
  expect(await scrape()).toContain('greenroom_invariant_checked_age_seconds{check="minute"} +Inf')

  const show = await makeShow(deps)
  await checkInvariants(deps, { cost: 'cheap' })
  const sound = await scrape()
  expect(sound).toContain('greenroom_invariant_violations{oracle="one-owner-per-seat",check="minute"} 0')
  expect(sound).toContain('greenroom_stopped_shows 0')
  expect(sound).not.toContain('greenroom_invariant_checked_age_seconds{check="minute"} +Inf')
  expect(sound).toContain('greenroom_invariant_checked_age_seconds{check="day"} +Inf')

  await deps.db.pool.query('update seats set ordinal = ordinal + 1000 where id = any($1)', [
    show.seatIds.slice(0, 2),
  ])
  await checkInvariants(deps, { cost: 'cheap' })
  const broken = await scrape()
  expect(broken).toContain('greenroom_invariant_violations{oracle="no-seat-of-no-show",check="minute"} 2')
  expect(broken).toContain('greenroom_stopped_shows 1')

  // what has no cheap form is known from the check of the day
  expect(broken.some((each) => each.includes('money-sums-to-zero'))).toBe(false)
  await checkInvariants(deps, { cost: 'full' })
  expect(await scrape()).toContain(
    'greenroom_invariant_violations{oracle="money-sums-to-zero",check="day"} 0',
  )
})
