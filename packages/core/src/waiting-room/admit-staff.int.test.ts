import type { AccountId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import type { Deps } from '../platform/deps.ts'
import { dyingDeps } from '../testing/dying-deps.ts'
import { listAudit } from '../testing/list-audit.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { meddlingDeps } from '../testing/meddling-deps.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admitStaff, readEntry } from './index.ts'

const deps = await createTestDeps()

async function setUp() {
  const { concertId } = await makeShow(deps)
  const [operatorId, fanId] = [await makeFan(deps), await makeFan(deps)]
  const { rows } = await deps.db.pool.query<{ email: string }>('select email from accounts where id = $1', [
    fanId,
  ])
  const wish = { concertId, operatorId, email: rows[0]?.email ?? '' }
  return {
    fanId,
    admitBy: (its: Deps) => admitStaff(its, wish),
    stateNow: async () => (await readEntry(deps, { concertId, fanId })).state,
    audited: async () => (await listAudit(deps, { target: `concert ${concertId}` })).map(toDeed),
  }
}

const toDeed = ({ action, after }: { action: string; after?: unknown }) => ({ action, after })
const asked = (fanId: AccountId) => ({ action: 'line.admitStaff', after: { fanId } })

/** Nothing reaches Redis any more from its `nth` script on. */
const dyingBeforeScript = (nth: number): Deps =>
  meddlingDeps(deps, { command: 'evalsha', nth }, () => Promise.reject(new Error('the process died')))

test('a process that dies before any statement or script has let in nobody of whom the audit does not tell, and the same again does', async () => {
  const counted = dyingDeps(deps, Number.POSITIVE_INFINITY)
  await (await setUp()).admitBy(counted.deps)
  const deaths = [
    ...Array.from({ length: counted.statements() }, (_, after) => dyingDeps(deps, after).deps),
    dyingBeforeScript(1),
    dyingBeforeScript(2),
  ]
  const states: string[] = []
  for (const dead of deaths) {
    const { fanId, admitBy, stateNow, audited } = await setUp()
    await expect(admitBy(dead)).rejects.toMatchObject({ message: expect.any(String) })
    const state = await stateNow()
    states.push(state)
    const isTold = (await audited()).some(({ action }) => action === 'line.admitStaff')
    expect({ state, isTold }).toSatisfy(() => state === 'none' || isTold)
    await admitBy(deps)
    expect(await stateNow()).toBe('active')
    expect(await audited()).toContainEqual(asked(fanId))
  }
  // one of them died between the two steps
  expect(new Set(states)).toEqual(new Set(['none', 'offered']))
})

test('what failed says so after it, with the reason', async () => {
  const { fanId, admitBy, audited } = await setUp()
  await expect(admitBy(dyingBeforeScript(1))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(await audited()).toEqual([
    { action: 'line.admitStaff.failed', after: { fanId, reason: 'UNAVAILABLE' } },
    asked(fanId),
  ])
})
