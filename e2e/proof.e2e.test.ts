import {
  allFaults,
  createRandom,
  isAnythingBroken,
  isProven,
  makeReport,
  noOtherParts,
  prove,
  type ProofReport,
  runFaults,
  startWorld,
  type World,
} from '@greenroom/lab'
import { afterAll, beforeAll, expect, test } from 'vitest'

/**
 * The short form of `pnpm prove`: the same world, faults and oracles, for 24 seconds and with 60 fans instead of 220. Not every
 * kind of fault comes up in that; `pnpm prove` takes the minutes for it.
 */
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
  // whatever is here, committed or not, alone
  return makeReport(run, { ...how, commit: 'this', parts: noOtherParts, needsAllParts: false })
}

test('faults of many kinds at once: nothing that was acknowledged is lost, nothing is doubled, no rule is broken', async () => {
  const report = await runProof({ seed: 31, minutes, fans })
  expect(report.violations).toEqual([])
  expect(report.crashes).toEqual([])
  expect(isProven(report)).toBe(true)
  expect(report.faults.total).toBeGreaterThan(5)
  expect(report.ackedPaymentsDuringFaults).toBeGreaterThan(20)
  expect(report.mapsCompared).toBeGreaterThan(0)
  // fans asked from two devices at once
  expect(report.callsOfTwoDevices).toBeGreaterThan(0)
  // holds ran out, and somebody was told
  expect(world.partner.calls()).toBeGreaterThan(0)
})

type When = { atMs: number; lastsMs: number }

/** The names of those that count. */
async function countFaults(plan: readonly (readonly [string, When])[]): Promise<string[]> {
  const planned = plan.map(([name, when]) => {
    const fault = allFaults.find((each) => each.name === name)
    if (fault === undefined) throw new Error(`no fault ${name}`)
    return { fault, ...when }
  })
  const { faults, violations } = await runFaults(world, planned, {
    random: createRandom(1),
    watch: new Set(),
  })
  expect(violations).toEqual([])
  await world.heal()
  return faults.map(({ name }) => name).toSorted()
}

/** Troubles of lines, which are felt by what passes. */
const lineFaults = [
  ...allFaults.map(({ name }) => name).filter((name) => name.startsWith('line-')),
  'redis-slow',
  'postgres-slow',
]

const first: When = { atMs: 0, lastsMs: 1_500 }
const meanwhile: When = { atMs: 500, lastsMs: 200 }

test('what is broken already is not broken again: such a fault is not counted', async () => {
  const counted = await countFaults([
    ['workers-dead', first],
    ['workers-dead', meanwhile],
    ['redis-killed', first],
    ['redis-killed', meanwhile],
    ['redis-emptied', meanwhile],
    ['redis-frozen', meanwhile],
    ['postgres-stopped', first],
    ['postgres-stopped', meanwhile],
    ['postgres-frozen', meanwhile],
  ])
  expect(counted).toEqual(['postgres-stopped', 'redis-killed', 'workers-dead'])
  const standing = await countFaults([
    ['redis-frozen', first],
    ['redis-frozen', meanwhile],
    ['postgres-frozen', first],
    ['postgres-frozen', meanwhile],
  ])
  expect(standing).toEqual(['postgres-frozen', 'redis-frozen'])
  const full = await countFaults([
    ['redis-out-of-memory', first],
    ['redis-out-of-memory', meanwhile],
  ])
  expect(full).toEqual(['redis-out-of-memory'])
})

test('what a sound world always has is broken: such a fault is counted', async () => {
  const always = ['backends-terminated', 'kill-process', 'redis-emptied', 'stop-process']
  for (const name of always) expect(await countFaults([[name, { atMs: 0, lastsMs: 200 }]])).toEqual([name])
})

test('a dead process is not killed, stopped or given another clock, and its lines cannot suffer', async () => {
  for (const app of world.apps) expect(app.kill()).toBe(true)
  for (const app of world.apps) {
    expect(app.kill()).toBe(false)
    expect(await app.drain()).toBe(false)
    expect(app.freeze()).toBeUndefined()
  }
  expect(
    await countFaults([
      ['kill-process', meanwhile],
      ['stop-process', meanwhile],
      ['shift-clock', meanwhile],
      ...lineFaults.map((name) => [name, meanwhile] as const),
    ]),
  ).toEqual([])
})

test('a process that ends by itself while its clock is wrong comes back with the same wrong clock', async () => {
  const [worker] = world.appsOf('worker')
  if (worker === undefined) throw new Error('no worker')
  worker.kill()
  worker.shiftClock(3_600_000)
  await worker.bringUp()
  const pid = worker.pid()
  if (pid === undefined) throw new Error('the worker is dead')
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => worker.pid() ?? pid, { timeout: 20_000 }).not.toBe(pid)
  expect(worker.clockShiftMs()).toBe(3_600_000)
  // a worker that was at work has crashed, as any other process
  expect(worker.ownEnds().at(-1)).toMatchObject({ wasReady: true, says: expect.stringContaining('SIGKILL') })
  worker.shiftClock(0)
  worker.kill()
  await world.heal()
})

test('a fault that meets nothing while it lasts is not counted, and nothing is acknowledged during it', async () => {
  // nobody is there to be pushed anything
  const kinds = ['messages-lost', 'messages-doubled', 'messages-reordered']
  expect(await countFaults(kinds.map((name) => [name, meanwhile]))).toEqual([])
  const running = { says: '', isFelt: () => false, stop: async () => undefined }
  expect(isAnythingBroken(new Set([running]))).toBe(false)
  expect(isAnythingBroken(new Set([running, { ...running, isFelt: () => true }]))).toBe(true)
})

/** The second is looked for among what the first left. */
const damages = [
  {
    // a payment that was acknowledged is deleted
    plant: `with paid as (select max(payment_id) as id from tickets where state = 'VALID'),
                 no_tickets as (delete from tickets using paid where payment_id = paid.id),
                 no_transfers as (delete from transfers using paid where payment_id = paid.id)
            delete from payments using paid where payments.id = paid.id returning payments.id`,
    found: 'acknowledged-is-kept',
  },
  {
    // a sold seat is for sale again
    plant: `update seats set status = 'available', reservation_id = null, version = version + 1
            where id = (select max(seat_id) from tickets where state = 'VALID') returning id`,
    found: 'good-ticket-has-its-seat',
  },
]

test('the lab ends red when a payment that was acknowledged is deleted, and when a sold seat is for sale again', async () => {
  const planted: number[] = []
  const plant: Plant = async ({ postgres }) => {
    for (const damage of damages) planted.push((await postgres.query(damage.plant)).length)
  }
  const report = await runProof({ seed: 1, minutes: 0.01, fans: 20, plant })
  expect(planted).toEqual([1, 1])
  expect(isProven(report)).toBe(false)
  for (const { found } of damages) expect(report.violations.map(({ oracle }) => oracle)).toContain(found)
  // the payment, and a seat that was paid and is free without a refund
  expect(report).toMatchObject({ lost: 2 })
})
