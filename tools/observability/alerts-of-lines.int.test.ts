import { expect, test } from 'vitest'
import { createWorkerMetrics } from '../../apps/worker/src/metrics.ts'
import { admit, joinLine, steerLine, tuneLine } from '../../packages/core/src/index.ts'
import { createTestDeps, makeFan, makeShow } from '../../packages/core/src/testing/index.ts'
import { evaluate } from './evaluate.ts'
import { readRules } from './read-rules.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const rules = readRules()

type Show = Awaited<ReturnType<typeof makeShow>>
type Tuning = Omit<Parameters<typeof tuneLine>[1], 'concertId' | 'operatorId'>

/** Five fans wait for a club of which every seat is free; nobody was let in, and nothing ticks from here on. */
async function makeCrowd(tuning: Tuning = {}): Promise<Show> {
  const show = await makeShow(deps, { seatCount: 20, capacity: 10 })
  const { concertId } = show
  await tuneLine(deps, { concertId, operatorId, ...tuning })
  await steerLine(deps, { concertId, operatorId, action: 'pause' })
  for (let fan = 0; fan < 5; fan++) await joinLine(deps, { concertId, fanId: await makeFan(deps) })
  await admit(deps, { concertId })
  await steerLine(deps, { concertId, operatorId, action: 'resume' })
  return show
}

/** Takes seats off sale, and has a tick count what is left while nobody may be let in. */
async function leaveSeats(show: Show, count: number): Promise<void> {
  const { concertId, showId } = show
  await deps.db.pool.query("update seats set status = 'blocked' where show_id = $1 and ordinal >= $2", [
    showId,
    count,
  ])
  await steerLine(deps, { concertId, operatorId, action: 'pause' })
  await admit(deps, { concertId })
  await steerLine(deps, { concertId, operatorId, action: 'resume' })
}

/** A concert's line as a worker tells it to Prometheus that has asked for nothing before. */
async function scrape({ concertId }: Show): Promise<Map<string, number>> {
  const { text } = await createWorkerMetrics({ ...deps }).tell()
  const mine = new RegExp(`^(\\w+)\\{concert="${concertId}"\\} (\\S+)$`, 'gm')
  return new Map([...text.matchAll(mine)].map(([, name = '', value]) => [name, Number(value)]))
}

/** Which alerts stand, two minutes of nothing but `meanwhile` later. */
async function alertsOf(show: Show, { meanwhile, without }: Wish = {}): Promise<string[]> {
  const before = await scrape(show)
  await meanwhile?.()
  const now = await scrape(show)
  expect(now.size).toBeGreaterThan(4)
  return rules.flatMap(({ alert, expr }) => {
    if (!expr.includes('greenroom_line_')) return []
    const text = without === undefined ? expr : expr.replace(without, '')
    expect(without === undefined || text !== expr).toBe(true)
    return evaluate(text, { before, now }) === null ? [] : alert
  })
}
type Wish = { meanwhile?: () => Promise<unknown>; without?: string }

const guard = ' and min by (concert) (greenroom_line_admitting) == 1'

test('a line that ought to let in and does not stands still', async () => {
  expect(await alertsOf(await makeCrowd())).toEqual(['LineStandsStill'])
})

test('one that drains stands still as well', async () => {
  const show = await makeCrowd()
  await steerLine(deps, { concertId: show.concertId, operatorId, action: 'drain' })
  expect(await alertsOf(show)).toEqual(['LineStandsStill'])
})

test('one that let somebody in meanwhile moves', async () => {
  const show = await makeCrowd({ ratePerMinute: 1 })
  expect(await alertsOf(show, { meanwhile: () => admit(deps, show) })).toEqual([])
})

/** Nothing is wrong, and fans wait. */
const calm: Record<string, (show: Show) => Promise<unknown>> = {
  'before its opening': ({ concertId }) =>
    deps.db.pool.query(
      `update lines set lobby_opens_at = now() - interval '1 hour', opens_at = now() + interval '1 hour' where concert_id = $1`,
      [concertId],
    ),
  paused: ({ concertId }) => steerLine(deps, { concertId, operatorId, action: 'pause' }),
  'closed by hand': ({ concertId }) => steerLine(deps, { concertId, operatorId, action: 'close' }),
  'closed by its clock': ({ concertId }) =>
    deps.db.pool.query('update lines set closes_at = now() where concert_id = $1', [concertId]),
  'at a rate of 0': ({ concertId }) => tuneLine(deps, { concertId, operatorId, ratePerMinute: 0 }),
  'sold out': (show) => leaveSeats(show, 0),
  'its last seat wanted by who is inside': async (show) => {
    await tuneLine(deps, { concertId: show.concertId, operatorId, ratePerMinute: 1 })
    await admit(deps, show)
    await leaveSeats(show, 1)
  },
}

test.for(Object.entries(calm))(
  'a line that is %s does not stand still; without the guard it did',
  async ([, calmDown]) => {
    const show = await makeCrowd()
    await calmDown(show)
    // a process knows of a change within a second; this one made it by itself
    await tuneLine(deps, { concertId: show.concertId, operatorId })
    expect(await alertsOf(show)).toEqual([])
    expect(await alertsOf(show, { without: guard })).toEqual(['LineStandsStill'])
  },
)

test('load-aware admission that is at its floor says so', async () => {
  const show = await makeCrowd({ isLoadAware: true, floorPerMinute: 60, ratePerMinute: 90 })
  expect(await alertsOf(show)).toEqual(['LineStandsStill', 'AdmissionAtFloor'])
})

test('where the rate is no more than the floor it can be nowhere else; without that look it would say so for ever', async () => {
  const show = await makeCrowd({ isLoadAware: true, floorPerMinute: 60, ratePerMinute: 60 })
  expect(await alertsOf(show)).toEqual(['LineStandsStill'])
  const floor = rules.find(({ alert }) => alert === 'AdmissionAtFloor')?.expr ?? ''
  const look =
    ' and max by (concert) (greenroom_line_pace_ceiling_per_minute) > max by (concert) (greenroom_line_pace_floor_per_minute)'
  const now = await scrape(show)
  expect(evaluate(floor, { before: now, now })).toBeNull()
  expect(evaluate(floor.replace(look, ''), { before: now, now })).toBe(5)
})
