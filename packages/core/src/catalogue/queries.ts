import {
  type ConcertId,
  type ConcertPage,
  type ConcertSummary,
  DomainError,
  type LinePhase,
  type SeatPlanId,
  type ShowId,
  type ShowSummary,
} from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { linePhaseOf } from '../waiting-room/index.ts'
import { type ConcertModel, findConcerts } from './concert-store.ts'
import { findLineClocks, type LineClock } from './line-store.ts'
import { findSeatPlans } from './seat-plan-store.ts'
import { createShortCache } from './short-cache.ts'
import { countStock, findShow, type ShowModel, type ShowStock } from './show-store.ts'

/** What everybody looks at, at the same moment: a second old at most, and one statement a second for all. */
const freshnessMs = 1_000
const concertLists = createShortCache<'all', ConcertSummary[]>({ ttlMs: freshnessMs, maxEntries: 1 })
const concertPages = createShortCache<ConcertId, ConcertPage>({ ttlMs: freshnessMs, maxEntries: 500 })
const showStocks = createShortCache<ShowId, ShowStock>({ ttlMs: freshnessMs, maxEntries: 2_000 })
/** A show never changes once it is there, so this one forgets for room alone. */
const showPlaces = createShortCache<ShowId, ShowPlace>({ ttlMs: Infinity, maxEntries: 2_000 })

/** Every concert that has a show, in the order of their first dates. At most a second old. */
export async function listConcerts(deps: Pick<Deps, 'db'>): Promise<ConcertSummary[]> {
  return await concertLists(deps.db, 'all', async () => {
    const concerts = await findConcerts(deps.db)
    const clocks = await findLineClocks(
      deps.db,
      concerts.map((concert) => concert.id),
    )
    return clocks
      .flatMap((clock) => {
        const concert = concerts.find(({ id }) => id === clock.concertId)
        return concert === undefined ? [] : [summarize(concert, clock)]
      })
      .sort((a, b) => a.firstShowAtMs - b.firstShowAtMs || a.concertId - b.concertId)
  })
}

/** One concert with its dates, prices and coarse stock, at most a second old. Refuses with NOT_FOUND, also before it has a show. */
export async function readConcert(deps: Pick<Deps, 'db'>, concertId: ConcertId): Promise<ConcertPage> {
  return await concertPages(deps.db, concertId, async () => {
    const [[concert], [clock]] = await Promise.all([
      findConcerts(deps.db, concertId),
      findLineClocks(deps.db, [concertId]),
    ])
    if (concert === undefined || clock === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
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
      shows: await Promise.all((concert.shows ?? []).map((show) => summarizeShow(deps, show))),
    }
  })
}

/** How many seats of each category a show has and has left, at most a second old. Refuses with NOT_FOUND. */
export async function readStock(deps: Pick<Deps, 'db'>, showId: ShowId): Promise<ShowStock> {
  return await showStocks(deps.db, showId, async () => {
    const counted = await countStock(deps.db, showId)
    if (counted.stock.length === 0) throw new DomainError('NOT_FOUND', { what: 'show' })
    return counted
  })
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

/** What never changes about a show. */
export type ShowPlace = Pick<ShowModel, 'concertId' | 'seatPlanId' | 'firstSeatId' | 'seatCount'> & {
  showId: ShowId
  startsAtMs: number
  geometryHash: string
}

/** Where a show's seats are and whose it is; asked once per process. Refuses with NOT_FOUND. */
export async function readShow(deps: Pick<Deps, 'db'>, showId: ShowId): Promise<ShowPlace> {
  return await showPlaces(deps.db, showId, async () => {
    const show = await findShow(deps.db, showId)
    if (show === null) throw new DomainError('NOT_FOUND', { what: 'show' })
    const { concertId, seatPlanId, firstSeatId, seatCount } = show
    const place = { showId, concertId, seatPlanId, firstSeatId, seatCount }
    return { ...place, startsAtMs: show.startsAt.getTime(), geometryHash: hashOf(show) }
  })
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
