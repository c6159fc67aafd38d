import { generateSeatPlan, openSeatMirror, startSessionRevocations } from '@greenroom/core'
import { createTestDeps } from '@greenroom/core/testing'
import { afterAll, expect, test } from 'vitest'
import { buildServer } from './build-server.ts'
import { apiSettings } from './testing/api-settings.ts'
import { signUpAs } from './testing/sign-up-as.ts'

const deps = await createTestDeps()
const stopRevocations = await startSessionRevocations(deps)
const seatMirror = openSeatMirror(deps)
const { server } = await buildServer({ deps, seatMirror, settings: apiSettings(deps) })
afterAll(async () => {
  await server.close()
  stopRevocations()
  await seatMirror.close()
})

async function signUp(role: 'fan' | 'operator') {
  const { authorization } = await signUpAs({ server, deps }, role)
  return { authorization, 'content-type': 'application/json' }
}

const plan = JSON.stringify({ ...generateSeatPlan('arena-15k'), name: 'A large hall' })
const send = async (path: string, headers: Record<string, string>, payload: string) =>
  await server.inject({ method: 'POST', url: `/admin/seat-plans${path}`, headers, payload })

test('a plan of megabytes is looked at and kept by operators alone, and by nobody twice', async () => {
  expect(plan.length).toBeGreaterThan(1_000_000)
  const fan = await signUp('fan')
  expect((await send('/preview', fan, plan)).statusCode).toBe(403)
  const operator = await signUp('operator')
  const preview = await send('/preview', operator, plan)
  expect(preview.json()).toMatchObject({ name: 'A large hall', seatCount: 15_671 })
  const first = (await send('', operator, plan)).json()
  expect(first).toMatchObject({ name: 'A large hall', isNew: true })
  expect((await send('', operator, plan)).json()).toMatchObject({
    seatPlanId: first.seatPlanId,
    isNew: false,
  })
})

test('what is no plan is refused with the place of each fault', async () => {
  const operator = await signUp('operator')
  const broken = await send('/preview', operator, '{"name": "x"}')
  expect(broken.statusCode).toBe(400)
  expect(broken.json()).toMatchObject({
    error: { code: 'SEAT_PLAN_INVALID', details: { faults: expect.any(Array) } },
  })
  expect((await send('', operator, 'no json')).json()).toMatchObject({ error: { code: 'SEAT_PLAN_INVALID' } })
})
