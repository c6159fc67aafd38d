import type { ConcertId } from '@greenroom/contract'
import { type Deps, holdSeats, openSeatMirror, readSeatSnapshot, relayOutbox } from '@greenroom/core'
import { runInFlight, type Sample } from './in-flight.ts'
import { atOnce, callsPerRound, type Contest, type Effort, partOf, seatsFor } from './operation.ts'
import { type BenchShow, type InsideFan, letIn, openSale, type Sale } from './sale.ts'

/** Flat: the same rate to within what a busy machine makes of it. */
export const flat = 0.8

const holdsPerFullRound = 960
const looksPerFullRound = 10_000

type Sizes = {
  floorName: string
  ours: { seatCount: number; showCount: number }
  floor: { seatCount: number; showCount: number }
}

/** Holds of distinct seats in a sale of one size against a sale of another, spread evenly over the shows of each. */
export async function holdInSales(
  deps: Deps,
  { ours, floor, floorName }: Sizes,
  effort: Effort,
): Promise<Contest> {
  const perRound = callsPerRound(effort, holdsPerFullRound)
  const total = perRound * (effort.rounds + 1)
  const sized = sizedFor(effort)
  const [oursRun, floorRun] = [
    await prepareHolds(deps, sized(ours), total),
    await prepareHolds(deps, sized(floor), total),
  ]
  const limits = { atOnce, maxMs: effort.maxRoundMs }
  const holdAll = async (wishes: readonly Wish[]): Promise<Sample> => {
    const sample = await runInFlight(wishes, limits, async (wish) => void (await holdSeats(deps, wish)))
    while ((await relayOutbox(deps)) > 0);
    return sample
  }
  return {
    floorName,
    isGoalsFloor: true,
    ours: (round) => holdAll(partOf(oursRun, round, perRound)),
    floor: (round) => holdAll(partOf(floorRun, round, perRound)),
  }
}

const sizedFor =
  (effort: Effort) =>
  (size: Sizes['ours']): Sizes['ours'] => ({ ...size, seatCount: seatsFor(effort, size.seatCount) })

type Wish = InsideFan & BenchShow

async function prepareHolds(deps: Deps, size: Sizes['ours'], count: number): Promise<Wish[]> {
  const { concertId, shows } = await openSale(deps, { ...size, capacity: 1_000_000 })
  const fans = await letIn(deps, concertId, count)
  return fans.map((fan, at) => {
    const show = showFor(shows, at)
    const own = Math.floor(at / shows.length)
    return { ...fan, showId: show.showId, seatIds: show.seatIds.slice(own, own + 1) }
  })
}

/** Seat maps of a sale of one size against those of another, of each show in turn, out of one process's mirror. */
export async function lookInSales(
  deps: Deps,
  { ours, floor, floorName }: Sizes,
  effort: Effort,
): Promise<Contest> {
  const mirror = openSeatMirror(deps)
  const perRound = callsPerRound(effort, looksPerFullRound)
  const limits = { atOnce, maxMs: effort.maxRoundMs }
  const lookAt = async ({ concertId, shows }: Sale): Promise<() => Promise<Sample>> => {
    const fan = await letOneIn(deps, concertId)
    const turns = [...Array(perRound).keys()]
    return () =>
      runInFlight(turns, limits, async (turn) => {
        await readSeatSnapshot(deps, mirror, { ...fan, showId: showFor(shows, turn).showId })
      })
  }
  const openOne = (size: Sizes['ours']): Promise<Sale> =>
    openSale(deps, { ...sizedFor(effort)(size), capacity: 10 })
  const [runOurs, runFloor] = [await lookAt(await openOne(ours)), await lookAt(await openOne(floor))]
  return { floorName, isGoalsFloor: true, ours: runOurs, floor: runFloor, close: mirror.close }
}

async function letOneIn(deps: Deps, concertId: ConcertId): Promise<InsideFan> {
  const [fan] = await letIn(deps, concertId, 1)
  if (fan === undefined) throw new Error('nobody was let in')
  return fan
}

function showFor(shows: readonly BenchShow[], at: number): BenchShow {
  const show = shows[at % shows.length]
  if (show === undefined) throw new Error('a sale without shows')
  return show
}
