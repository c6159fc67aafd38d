import {
  type AccountId,
  DomainError,
  isDomainError,
  type Reservation,
  reservation as holdReply,
  type SeatId,
  seatId,
  type ShowId,
} from '@greenroom/contract'
import { readSeatGeometry, readShow } from '../catalogue/index.ts'
import type { Deps } from '../platform/deps.ts'
import { tallied } from '../platform/tally.ts'
import { isOpen, type SeatMirror } from '../seating/index.ts'
import { pinPass, requirePassToHold } from '../waiting-room/index.ts'
import { type Attempt, readReply } from '../wallet/index.ts'
import { chooseBestSeats, longestOpenRun } from './best-seats.ts'
import type { HoldRequest } from './hold-decision.ts'
import { holdWithoutPass } from './hold-seats.ts'
import { holdWithKey } from './hold-with-key.ts'
import { layOutSeats, type SeatLayout } from './seat-layout.ts'

/** Each lost race is tried again elsewhere, drawing from four times as many places, from twice as far around. */
const maxTries = 6
const firstChoices = 8
const firstSpreadSeats = 3
const retryAfterMs = 200
/** Longer than a commit takes to come back through the stream. */
const rememberPickMs = 500

export type BestWish = {
  fanId: AccountId
  showId: ShowId
  quantity: number
  categoryCode?: number | undefined
  section?: string | undefined
  place?: HoldRequest['place']
}

/**
 * Holds the best `quantity` neighbouring seats that can be had, of one category or in one section if named. Chosen from the mirror,
 * granted by Postgres: when another fan is faster it chooses again. Refuses like `holdSeats`, with NO_ADJACENT_SEATS
 * {largestRun} when no row has that many left, and with OVERLOADED when it lost every race. `idempotencyKey` as there.
 */
export async function holdBestSeats(deps: Deps, input: BestCommand): Promise<Reservation> {
  return await tallied(deps, 'hold', () => holdBestOnce(deps, input))
}

type BestCommand = BestWish & { pass: string; mirror: SeatMirror; idempotencyKey?: string | undefined }

async function holdBestOnce(deps: Deps, input: BestCommand): Promise<Reservation> {
  const attempt = attemptOf(input)
  const repeated = attempt === undefined ? undefined : await readReply(deps.db.pool, attempt)
  if (repeated !== undefined) return repeated
  const { concertId } = await readShow(deps, input.showId)
  const pass = await requirePassToHold(deps, { concertId, fanId: input.fanId, pass: input.pass })
  const reservation = await holdBestWithoutPass(
    deps,
    { ...input, place: pass },
    attempt === undefined ? undefined : (request) => holdWithKey(deps, request, attempt),
  )
  await pinPass(deps, pass, reservation.heldUntilMs)
  return reservation
}

/** Which seats were chosen is no part of the wish: a repeat gets those of the first time. */
function attemptOf(
  wish: BestWish & { idempotencyKey?: string | undefined },
): Attempt<Reservation> | undefined {
  const { fanId, showId, quantity, categoryCode, section, idempotencyKey: key } = wish
  if (key === undefined) return undefined
  const body = {
    showId,
    quantity,
    ...(categoryCode === undefined ? {} : { categoryCode }),
    ...(section === undefined ? {} : { section }),
  }
  return { fanId, key, command: 'holdBest', body, reply: holdReply }
}

/** `holdBestSeats` for a caller who has seen to the pass. */
export async function holdBestWithoutPass(
  deps: Deps,
  wish: BestWish & { mirror: SeatMirror },
  hold: (request: HoldRequest) => Promise<Reservation> = (request) => holdWithoutPass(deps, request),
): Promise<Reservation> {
  const layout = await readLayout(deps, wish.showId)
  const picks = picksOf(wish.mirror)
  for (let attempt = 0; attempt < maxTries; attempt++) {
    const seatIds = await choose(layout, wish, picks, attempt)
    setTimeout(() => forget(picks, seatIds), rememberPickMs).unref()
    try {
      return await hold({ fanId: wish.fanId, showId: wish.showId, seatIds, place: wish.place })
    } catch (error) {
      if (isDomainError(error, 'SEATS_TAKEN')) continue
      forget(picks, seatIds)
      throw error
    }
  }
  throw new DomainError('OVERLOADED', { retryAfterMs })
}

/** Chooses and remembers in one step: a crowd that waits for the same look at the mirror goes on one after the other. */
async function choose(
  layout: SeatLayout,
  wish: BestWish & { mirror: SeatMirror },
  picks: Set<number>,
  attempt: number,
): Promise<SeatId[]> {
  const { show, nowMs } = await wish.mirror.look(wish.showId)
  const open = {
    quantity: wish.quantity,
    categoryCode: wish.categoryCode,
    section: wish.section,
    isOpen: (ordinal: number) => isOpen(show, ordinal, nowMs) && !picks.has(show.firstSeatId + ordinal),
    choices: firstChoices * 4 ** attempt,
    spreadSeats: firstSpreadSeats * 2 ** attempt,
    random: Math.random,
  }
  const ordinals = chooseBestSeats(layout, open)
  if (ordinals === undefined) {
    throw new DomainError('NO_ADJACENT_SEATS', { largestRun: longestOpenRun(layout, open) })
  }
  const seatIds = ordinals.map((ordinal) => seatId.parse(show.firstSeatId + ordinal))
  for (const id of seatIds) picks.add(id)
  return seatIds
}

/**
 * Seats this process chose a moment ago, taken or lost: the mirror does not know yet. Without it everybody who asks in
 * the same millisecond draws from the same few seats.
 */
const recentPicks = new WeakMap<SeatMirror, Set<number>>()

function picksOf(mirror: SeatMirror): Set<number> {
  const picks = recentPicks.get(mirror) ?? new Set<number>()
  recentPicks.set(mirror, picks)
  return picks
}

function forget(picks: Set<number>, seatIds: readonly number[]): void {
  for (const id of seatIds) picks.delete(id)
}

/** A hall's layout goes with its geometry, which the catalogue keeps and shares. */
const layouts = new WeakMap<object, SeatLayout>()

async function readLayout(deps: Deps, showId: ShowId): Promise<SeatLayout> {
  const { geometryHash } = await readShow(deps, showId)
  const geometry = await readSeatGeometry(deps, geometryHash)
  const layout = layouts.get(geometry) ?? layOutSeats(geometry)
  layouts.set(geometry, layout)
  return layout
}
