import { createHash } from 'node:crypto'
import { type CreateConcertInput, isDomainError, seatPlanId as planId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { createTestDeps } from '../testing/test-deps.ts'
import { createConcert } from './create-concert.ts'
import { createShow } from './create-show.ts'
import { importSeatPlan } from './import-seat-plan.ts'
import { readConcert } from './queries.ts'
import { concertInput, farAwayMs, makeConcert } from './testing/make-concert.ts'
import { smallPlan } from './testing/small-plan.ts'

const deps = await createTestDeps()
const { seatPlanId } = await importSeatPlan(deps, smallPlan())

test('a concert has the names and colours of the plan with prices of its own', async () => {
  const { concertId } = await makeConcert(deps)
  await createShow(deps, { concertId, seatPlanId, startsAtMs: farAwayMs })
  const page = await readConcert(deps, concertId)
  expect(page.categories).toEqual([
    { code: 0, name: 'Front', color: '#D55E00', priceMinor: 50_000 },
    { code: 1, name: 'Back', color: '#d55e00', priceMinor: 30_000 },
  ])
  expect(page).toMatchObject({ minPriceMinor: 30_000, maxPriceMinor: 50_000, currency: 'KRW', phase: 'open' })
})

test('a lottery draws its own secret seed and publishes the sha256 of it', async () => {
  const line = { mode: 'lottery' as const, opensAtMs: farAwayMs, capacity: 10 }
  const { concertId } = await makeConcert(deps, { line })
  const { rows } = await deps.db.pool.query<{ seed: string; commitment: string }>(
    'select lottery_seed as seed, lottery_commitment as commitment from lines where concert_id = $1',
    [concertId],
  )
  const [draw] = rows
  expect(draw?.seed).toMatch(/^[0-9a-f]{64}$/)
  expect(
    createHash('sha256')
      .update(draw?.seed ?? '')
      .digest('hex'),
  ).toBe(draw?.commitment)
})

const line = concertInput(seatPlanId).line
test.each<[string, Partial<CreateConcertInput>]>([
  ['timeZone', { timeZone: 'Asia/Atlantis' }],
  ['title.ko', { title: { ko: '', en: 'Test' } }],
  ['accentColor', { accentColor: 'red; background: url(//elsewhere)' }],
  ['seatsPerFan', { seatsPerFan: 0 }],
  ['line.capacity', { line: { ...line, capacity: -1 } }],
  ['line.lobbyOpensAtMs', { line: { ...line, lobbyOpensAtMs: line.opensAtMs + 1 } }],
  ['line.closesAtMs', { line: { ...line, closesAtMs: line.opensAtMs } }],
  ['prices[0].priceMinor', { prices: [{ categoryCode: 0, priceMinor: 0.5 }] }],
  ['prices', { prices: [{ categoryCode: 0, priceMinor: 1 }] }],
  ['prices[2].categoryCode', { prices: [0, 1, 7].map((categoryCode) => ({ categoryCode, priceMinor: 1 })) }],
  ['prices[2].categoryCode', { prices: [0, 1, 1].map((categoryCode) => ({ categoryCode, priceMinor: 1 })) }],
])('a wrong %s is refused by its path, and no concert is made', async (path, changes) => {
  const before = await countConcerts()
  const refusal = await createConcert(deps, concertInput(seatPlanId, changes)).catch(
    (error: unknown) => error,
  )
  const faults = isDomainError(refusal, 'BAD_INPUT') ? refusal.details.faults : refusal
  expect(faults).toMatchObject([{ path, message: expect.any(String) }])
  expect(await countConcerts()).toEqual(before)
})

test('a plan that does not exist is NOT_FOUND', async () => {
  await expect(createConcert(deps, concertInput(planId.parse(999)))).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { what: 'seatPlan' },
  })
})

async function countConcerts(): Promise<unknown> {
  const { rows } = await deps.db.pool.query('select count(*) from concerts')
  return rows
}
