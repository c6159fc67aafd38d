import {
  allFaults,
  isProven,
  makeReport,
  prove,
  type ProofReport,
  readCommit,
  startWorld,
  type World,
} from '@greenroom/lab'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** The short form of `pnpm prove`: the same world, the same faults, the same oracles, for half a minute. */
const minutes = 0.4
const fans = 60

let world: World

beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => {
  await world.stop()
})

type Plant = (world: World) => Promise<void>

async function runProof(options: {
  seed: number
  minutes: number
  fans: number
  plant?: Plant
}): Promise<ProofReport> {
  const { plant, ...how } = options
  const run = await prove(world, {
    ...how,
    faults: allFaults,
    say: () => undefined,
    ...(plant === undefined ? {} : { beforeChecks: plant }),
  })
  return makeReport(run, { ...how, commit: readCommit(), faults: allFaults })
}

test('faults of many kinds at once: nothing that was acknowledged is lost, nothing is doubled, no rule is broken', async () => {
  const report = await runProof({ seed: 26, minutes, fans })
  expect(report.violations).toEqual([])
  expect(report.crashes).toEqual([])
  expect(isProven(report)).toBe(true)
  expect(report.faults.total).toBeGreaterThan(5)
  expect(report.ackedPaymentsDuringFaults).toBeGreaterThan(20)
  expect(report.mapsCompared).toBeGreaterThan(0)
})

test.for<{ damage: string; plant: string; found: string; counted: Partial<ProofReport> }>([
  {
    damage: 'a payment that was acknowledged is deleted',
    plant: `with paid as (select max(payment_id) as id from tickets where state = 'VALID'),
                 no_tickets as (delete from tickets using paid where payment_id = paid.id),
                 no_transfers as (delete from transfers using paid where payment_id = paid.id)
            delete from payments using paid where payments.id = paid.id`,
    found: 'acknowledged-is-kept',
    counted: { lost: 1 },
  },
  {
    damage: 'a sold seat is for sale again',
    plant: `update seats set status = 'available', reservation_id = null, version = version + 1
            where id = (select max(seat_id) from tickets where state = 'VALID')`,
    found: 'good-ticket-has-its-seat',
    counted: {},
  },
])('the lab ends red when $damage', async ({ plant, found, counted }) => {
  const planting: Plant = async ({ postgres }) => void (await postgres.query(plant))
  const report = await runProof({ seed: 1, minutes: 0.01, fans: 20, plant: planting })
  expect(isProven(report)).toBe(false)
  expect(report.violations.map(({ oracle }) => oracle)).toContain(found)
  expect(report).toMatchObject(counted)
})
