import type { HistoryEvent } from '@greenroom/oracles'
import { labViolation } from './checks/lab-oracles.ts'
import type { LabFan } from './fans/lab-fan.ts'
import type { Stage } from './fans/stage.ts'
import { type Watcher, watchMaps } from './fans/watch-maps.ts'
import { openSale, type Sale } from './world/open-sale.ts'
import type { World } from './world/start-world.ts'

/** The sales that are on at one time, and everything seen of them. */
export type Season = {
  events: HistoryEvent[]
  watchers: Watcher[]
  /** By the database's clock. */
  beganMs: number
  rounds: number
}

/** The demo's theatre (2,402 seats) and its club (50). */
const halls = [
  { like: 2, shows: 2, capacity: 50 },
  { like: 1, shows: 3, capacity: 12 },
]
/** A season ends while there is still something to sell. */
const fewestFreeSeats = 500
const mostRounds = 12

/** Puts new concerts on sale, and sends the watchers to them. Fans go there from now on. */
export async function beginSeason(world: World, stage: Stage, watching: readonly LabFan[]): Promise<Season> {
  const beganMs = await readClock(world)
  const sales: Sale[] = []
  // one after the other: each takes the next free seat ids
  for (const hall of halls) sales.push(await openSale(world.postgres, hall))
  stage.sales = sales
  stage.maps.clear()
  const shows = stage.sales.flatMap((sale) => sale.shows.map((show) => ({ sale, show })))
  const watchers = watching.flatMap((fan, index) => {
    const place = shows[index % shows.length]
    if (place === undefined) return []
    const { watcher, ended } = watchMaps(stage, fan, place.sale, place.show)
    ended.catch((error: unknown) => stage.complaints.push(labViolation('watching-goes-on', String(error))))
    return [watcher]
  })
  stage.history.events = []
  return { events: stage.history.events, watchers, beganMs, rounds: 0 }
}

/** Whether it is time for other concerts. */
export async function isSeasonOver(world: World, stage: Stage, season: Season): Promise<boolean> {
  if (season.rounds >= mostRounds) return true
  const showIds = stage.sales[0]?.shows.map(({ showId }) => showId) ?? []
  const [row] = await world.postgres.query<{ free: number }>(
    `select count(*)::integer as free from seats where show_id = any($1) and status = 'available'`,
    [showIds],
  )
  return (row?.free ?? 0) < fewestFreeSeats
}

async function readClock(world: World): Promise<number> {
  const [row] = await world.postgres.query<{ nowMs: number }>(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as "nowMs"',
  )
  return row?.nowMs ?? 0
}
