import {
  type ConcertId,
  type ConcertPage,
  type ConcertSummary,
  DomainError,
  type LinePhase,
  type LocalizedText,
  type SeatId,
  type SeatPlanId,
  type ShowId,
  type ShowSummary,
} from '@greenroom/contract'
import type { Database } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { recentValue } from '../platform/recent-value.ts'
import { browse } from '../platform/replica.ts'
import { linePhaseOf } from '../waiting-room/index.ts'
import { type ConcertModel, findConcerts, findPrices } from './concert-store.ts'
import { findLineClocks, type LineClock } from './line-clock-store.ts'
import { findSeatPlans } from './seat-plan-store.ts'
import {
  countStock,
  findFreeShows,
  findShow,
  findShowOfSeat,
  type FreeShow,
  type SeatPlace,
  type ShowModel,
  type ShowStock,
} from './show-store.ts'

/** What everybody looks at, at the same moment: a second old at most, and one statement a second for all. */
const maxAgeMs = 1_000
const concertLists = recentValue({ maxAgeMs, maxEntries: 1, load: loadConcerts })
const concertPages = recentValue({ maxAgeMs, maxEntries: 500, load: loadConcert })
const showStocks = recentValue({ maxAgeMs, maxEntries: 2_000, load: loadStock })
/** Where a show's seats are never changes; it is asked for again because the show may be removed, which is then known a minute later. */
const showPlaces = recentValue({ maxAgeMs: 60_000, staleMs: Infinity, maxEntries: 2_000, load: loadShow })
/** What a list shows; what a hold costs is decided by the statement that holds. */
const concertPrices = recentValue({ maxAgeMs, maxEntries: 500, load: findPrices })

/** Every concert that has a show, in the order of their first dates. At most a second old. */
export async function listConcerts(deps: Pick<Deps, 'db'>): Promise<ConcertSummary[]> {
  return (await concertLists.read(deps.db, 'all')).value
}

/** One concert with its dates, prices and coarse stock, at most a second old. Refuses with NOT_FOUND, also before it has a show. */
export async function readConcert(deps: Pick<Deps, 'db'>, concertId: ConcertId): Promise<ConcertPage> {
  return (await concertPages.read(deps.db, concertId)).value
}

/**
 * What a concert is called, as this process last read it in a list or on its page, however long ago; `undefined` when it did not.
 * For whoever nobody counts: nothing is asked of Postgres.
 */
export function recallTitle({ db }: Pick<Deps, 'db'>, concertId: ConcertId): LocalizedText | undefined {
  const page = concertPages.recall(db, concertId)
  const listed = concertLists.recall(db, 'all')?.find((concert) => concert.concertId === concertId)
  return (page ?? listed)?.title
}

/** How many seats of each category a show has and has left, at most a second old. Refuses with NOT_FOUND. */
export async function readStock(deps: Pick<Deps, 'db'>, showId: ShowId): Promise<ShowStock> {
  return (await showStocks.read(deps.db, showId)).value
}

/** The dates of a concert on which a seat is free now, soonest first; read from the rows each time. Empty for an unknown concert. */
export async function listFreeShows(deps: Pick<Deps, 'db'>, concertId: ConcertId): Promise<FreeShow[]> {
  return await findFreeShows(deps.db, concertId)
}

/** What never changes about a show. */
export type ShowPlace = Pick<ShowModel, 'concertId' | 'seatPlanId' | 'firstSeatId' | 'seatCount'> & {
  showId: ShowId
  geometryHash: string
}

/** Where a show's seats are and whose it is, at most a minute old, or as it was known while Postgres is away. Refuses with NOT_FOUND. */
export async function readShow(deps: Pick<Deps, 'db'>, showId: ShowId): Promise<ShowPlace> {
  return (await showPlaces.read(deps.db, showId)).value
}

/** What a seat of each category costs, by code, at most a second old; empty when there is no such concert. */
export async function readPrices(
  deps: Pick<Deps, 'db'>,
  concertId: ConcertId,
): Promise<ReadonlyMap<number, number>> {
  return (await concertPrices.read(deps.db, concertId)).value
}

/** Where a seat is, for callers who know its id alone. Refuses with NOT_FOUND `seat`. */
export async function readSeatPlace(deps: Pick<Deps, 'db'>, seatId: SeatId): Promise<SeatPlace> {
  const place = await findShowOfSeat(deps.db, seatId)
  if (place === undefined) throw new DomainError('NOT_FOUND', { what: 'seat' })
  return place
}

/** What a plan is known by; `categories[n]` is the name of the category with code n. */
export type SeatPlanListing = {
  seatPlanId: SeatPlanId
  name: string
  seatCount: number
  categories: string[]
}

/** The newest 1,000 seat plans, oldest first. */
export async function listSeatPlans(deps: Pick<Deps, 'db'>): Promise<SeatPlanListing[]> {
  const plans = await findSeatPlans(deps.db, 1_000)
  return plans.map(({ id, name, seatCount, categories }) => ({
    seatPlanId: id,
    name,
    seatCount,
    categories: categories.map((category) => category.name),
  }))
}

async function loadConcerts(db: Database, _all: 'all'): Promise<ConcertSummary[]> {
  const { concerts, clocks } = await browse(db, async (from) => {
    const found = await findConcerts(from)
    const ids = found.map((concert) => concert.id)
    return { concerts: found, clocks: await findLineClocks(from, ids) }
  })
  return clocks
    .flatMap((clock) => {
      const concert = concerts.find(({ id }) => id === clock.concertId)
      return concert === undefined ? [] : [summarize(concert, clock)]
    })
    .sort((a, b) => a.firstShowAtMs - b.firstShowAtMs || a.concertId - b.concertId)
}

async function loadConcert(db: Database, concertId: ConcertId): Promise<ConcertPage> {
  const { concert, clock } = await browse(db, async (from) => {
    const [[found], [times]] = await Promise.all([
      findConcerts(from, concertId),
      findLineClocks(from, [concertId]),
    ])
    if (found === undefined || times === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
    return { concert: found, clock: times }
  })
  return {
    ...summarize(concert, clock),
    about: concert.about,
    seatsPerFan: concert.seatsPerFan,
    holdTtlMs: concert.holdTtlMs,
    categories: (concert.prices ?? []).map((price) => ({
      code: price.categoryCode,
      name: price.categoryName,
      color: price.color,
      priceMinor: price.priceMinor,
    })),
    shows: await Promise.all((concert.shows ?? []).map((show) => summarizeShow({ db }, show))),
  }
}

async function loadStock(db: Database, showId: ShowId): Promise<ShowStock> {
  return await browse(db, async (from, behindMs) => {
    const counted = await countStock(from, showId)
    if (counted.stock.length === 0) throw new DomainError('NOT_FOUND', { what: 'show' })
    return { ...counted, asOfMs: counted.asOfMs - Math.ceil(behindMs) }
  })
}

async function loadShow(db: Database, showId: ShowId): Promise<ShowPlace> {
  const show = await findShow(db, showId)
  if (show === null) throw new DomainError('NOT_FOUND', { what: 'show' })
  const { concertId, seatPlanId, firstSeatId, seatCount } = show
  const place = { showId, concertId, seatPlanId, firstSeatId, seatCount }
  return { ...place, geometryHash: hashOf(show) }
}

function summarize(concert: ConcertModel, clock: LineClock): ConcertSummary {
  const prices = (concert.prices ?? []).map((price) => price.priceMinor)
  const starts = (concert.shows ?? []).map((show) => show.startsAt.getTime())
  const { title, artist, venue, timeZone, currency, accentColor } = concert
  const { lobbyOpensAtMs, opensAtMs, closesAtMs } = clock
  return {
    concertId: concert.id,
    title,
    artist,
    venue,
    timeZone,
    currency,
    accentColor,
    lobbyOpensAtMs,
    opensAtMs,
    closesAtMs,
    phase: phaseOf(clock),
    firstShowAtMs: Math.min(...starts),
    lastShowAtMs: Math.max(...starts),
    minPriceMinor: Math.min(...prices),
    maxPriceMinor: Math.max(...prices),
    asOfMs: clock.nowMs,
  }
}

/** An open line with nothing left to wait for is sold out. */
function phaseOf(clock: LineClock): LinePhase {
  const phase = linePhaseOf(clock, clock.nowMs)
  return phase === 'open' && !clock.isObtainable ? 'soldOut' : phase
}

async function summarizeShow(deps: Pick<Deps, 'db'>, show: ShowModel): Promise<ShowSummary> {
  const { stock, asOfMs } = await readStock(deps, show.id)
  const { concertId, seatCount, firstSeatId } = show
  return {
    showId: show.id,
    concertId,
    seatCount,
    firstSeatId,
    isStopped: show.stoppedBy !== null,
    isCancelled: show.cancelledAt !== null,
    stock,
    startsAtMs: show.startsAt.getTime(),
    geometryUrl: `/geometry/${hashOf(show)}.bin`,
    stockAsOfMs: asOfMs,
  }
}

function hashOf(show: ShowModel): string {
  if (show.seatPlan === undefined) throw new Error(`show ${show.id} was read without its seat plan`)
  return show.seatPlan.geometryHash
}
