import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { decodeSeatGeometry, isDomainError, seatNameAt } from '@greenroom/contract'
import pg from 'pg'
import { expect, test } from 'vitest'
import { inTransaction, sqlState } from '../platform/database.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { addSeatPlan, importSeatPlan } from './import-seat-plan.ts'
import { layOutPlan } from './lay-out-plan.ts'
import { readGeometry } from './read-geometry.ts'
import { insertPlanSeats, insertSeatPlan } from './seat-plan-store.ts'
import { smallPlan } from './testing/small-plan.ts'
import { generateSeatPlan } from './venues/presets.ts'

const deps = await createTestDeps()

test('an imported plan has every seat in the database and in the geometry file, under the same name and ordinal', async () => {
  const plan = await importSeatPlan(deps, generateSeatPlan('theatre'))
  const { rows } = await deps.db.pool.query<{ ordinal: number; name: object; x: number; y: number }>(
    `select ordinal, json_build_object('section', section, 'row', row_label, 'number', number) as name, x, y
     from seat_plan_seats where seat_plan_id = $1 order by ordinal`,
    [plan.seatPlanId],
  )
  const { bytes, brotli } = await readGeometry(deps, plan.geometryHash)
  const geometry = decodeSeatGeometry(bytes)
  expect(brotli.length).toBeLessThan(bytes.length)
  expect(rows).toHaveLength(plan.seatCount)
  expect(rows.map((row) => row.name)).toEqual(rows.map((row) => seatNameAt(geometry, row.ordinal)))
  const farOff = rows.filter(({ x, y, ordinal }) => {
    const moved = Math.max(Math.abs(x - (geometry.x[ordinal] ?? 0)), Math.abs(y - (geometry.y[ordinal] ?? 0)))
    return moved > geometry.step / 2
  })
  expect(farOff).toEqual([])
})

test('the same plan imported again, also ten times at once, is the same plan', async () => {
  const document = smallPlan('Ten times')
  const plans = await Promise.all(Array.from({ length: 10 }, () => importSeatPlan(deps, document)))
  expect(new Set(plans.map((plan) => plan.seatPlanId)).size).toBe(1)
  expect(plans.filter((plan) => plan.isNew)).toHaveLength(1)
  expect(await countSeats(plans[0]?.seatPlanId ?? 0)).toBe(6)
})

test('a plan that looks the same but names its seats differently is another plan', async () => {
  const document = smallPlan('Other ids')
  const first = await importSeatPlan(deps, document)
  document.zones[0]?.rows[0]?.seats.forEach((seat) =>
    Object.assign(seat, { seat_guid: `new ${seat.seat_guid}` }),
  )
  expect((await importSeatPlan(deps, document)).seatPlanId).not.toBe(first.seatPlanId)
})

test('a refused plan leaves nothing', async () => {
  const document = smallPlan('Refused')
  Object.assign(document.zones[0]?.rows[1]?.seats[2] ?? {}, { seat_guid: 'Front-1' })
  const refusal = await importSeatPlan(deps, document).catch((error: unknown) => error)
  expect(isDomainError(refusal, 'SEAT_PLAN_INVALID')).toBe(true)
  expect(await countPlans('Refused')).toBe(0)
})

test('an import whose connection dies after the seats were written leaves nothing', async () => {
  const admin = new pg.Client(deps.settings.databaseUrl)
  await admin.connect()
  const broken = inTransaction(deps.db, async (tx) => {
    await addSeatPlan(tx, smallPlan('Cut off'))
    const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
    await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await tx.query('select 1')
  })
  // whether the client hears of its end before or after it asks again decides what it says
  const failure = await broken.catch((error: unknown) => error)
  await admin.end()
  expect(failure).toBeInstanceOf(Error)
  expect(await countPlans('Cut off')).toBe(0)
})

/** A plan that got past the check with one id twice: the database refuses its seats in the second batch. */
function doubledPlan(name: string): {
  layout: ReturnType<typeof layOutPlan>
  plan: Parameters<typeof insertSeatPlan>[1]
} {
  const layout = layOutPlan(smallPlan(name))
  const { categories, seatCount } = layout.geometry
  const guids = layout.guids.map((guid, ordinal) => (ordinal === 5 ? (layout.guids[0] ?? '') : guid))
  const geometry = new Uint8Array(1)
  return {
    layout: { ...layout, guids },
    plan: { name, geometryHash: name, geometry, document: {}, categories, seatCount },
  }
}

test('a fault that only the database sees undoes the whole import; without the transaction, half of it would stay', async () => {
  const guarded = doubledPlan('Whole or nothing')
  const refused = inTransaction(deps.db, async (tx) => {
    const id = await insertSeatPlan(tx, guarded.plan)
    if (id !== undefined) await insertPlanSeats(tx, id, guarded.layout)
  })
  expect(await refused.catch(sqlState)).toBe('23505')
  expect(await countPlans('Whole or nothing')).toBe(0)

  const unguarded = doubledPlan('Half')
  const client = await deps.db.pool.connect()
  const id = await insertSeatPlan(client, unguarded.plan)
  if (id === undefined) throw new Error('nothing was inserted')
  expect(await insertPlanSeats(client, id, unguarded.layout).catch(sqlState)).toBe('23505')
  client.release()
  expect(await countPlans('Half')).toBe(1)
  expect(await countSeats(id)).toBe(0)
})

test('a stadium of 90,000 seats is imported whole', async () => {
  const plan = await importSeatPlan(deps, generateSeatPlan('stadium-90k'))
  expect(await countSeats(plan.seatPlanId)).toBe(plan.seatCount)
})

test('a geometry nobody has is NOT_FOUND', async () => {
  await expect(readGeometry(deps, '0'.repeat(64))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

// Plans made by others are not ours to ship. Where they lie beside the repository, they are imported too.
const plansFolder = fileURLToPath(new URL('../../../../../shared/plans/', import.meta.url))
const foreignPlans = [
  { file: 'club-50.json', seatCount: 50 },
  { file: 'theatre-2k.json', seatCount: 2_352 },
  { file: 'arena-15k.json', seatCount: 15_616 },
  { file: 'teatro-grande.json', seatCount: 1_349 },
  { file: 'stadium-738.json', seatCount: 738 },
].filter(({ file }) => existsSync(plansFolder + file))

test.each(foreignPlans)(
  '$file, made elsewhere, is imported to the last seat',
  async ({ file, seatCount }) => {
    const document: unknown = JSON.parse(readFileSync(plansFolder + file, 'utf8'))
    const plan = await importSeatPlan(deps, document, { roundAreaSizes: true })
    expect(plan.seatCount).toBe(seatCount)
    expect(await countSeats(plan.seatPlanId)).toBe(seatCount)
    expect(await countNames(plan.seatPlanId)).toBe(seatCount)
  },
)

async function countSeats(seatPlanId: number): Promise<number> {
  const { rows } = await deps.db.pool.query<{ count: number }>(
    'select count(*) from seat_plan_seats where seat_plan_id = $1',
    [seatPlanId],
  )
  return rows[0]?.count ?? NaN
}

async function countNames(seatPlanId: number): Promise<number> {
  const { rows } = await deps.db.pool.query<{ count: number }>(
    'select count(distinct (section, row_label, number)) from seat_plan_seats where seat_plan_id = $1',
    [seatPlanId],
  )
  return rows[0]?.count ?? NaN
}

async function countPlans(name: string): Promise<number> {
  const { rows } = await deps.db.pool.query<{ count: number }>(
    'select count(*) from seat_plans where name = $1',
    [name],
  )
  return rows[0]?.count ?? NaN
}
