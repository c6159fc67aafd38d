import type { ConcertId } from '@greenroom/contract'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { findGaps } from './find-gaps.ts'
import {
  advanceCopied,
  type Copied,
  insertGap,
  insertMoves,
  isNothing,
  type NewMove,
  readCopied,
} from './line-moves-store.ts'
import { findLiveLines } from './line-store.ts'
import { firstFifoSeq } from './place.ts'
import { dropToldMoves, readToldMoves, type ToldMoves } from './told-moves-store.ts'

/** Of one read: a step has up to 1,000 fans. With as many places it takes Redis 5 ms, and Postgres 40. */
const mostEntries = 20
const mostPlaces = 5_000
/** Of one run and line: 10,000 who join a second are kept up with, and nobody else's turn is kept waiting. */
const mostReads = 3

/**
 * Copies what became of places in every line that is live from Redis to Postgres, where it outlives Redis: what was told since
 * the last copy, and who is in line whose place had not been seen. The rows and how far they go are one transaction, so a copier
 * that is killed anywhere leaves nothing out and nothing twice; of two at once one finds that the other was first. What cannot
 * be known any more is written down as a gap. Costs a join nothing: places are found by their order. Safe to repeat.
 */
export async function copyLineHistories(deps: Deps): Promise<{ moves: number }> {
  let moves = 0
  const failures: unknown[] = []
  for (const concertId of await findLiveLines(deps.db)) {
    try {
      moves += await copyLineHistory(deps, concertId)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'not every line could be copied')
  return { moves }
}

/** One line's part of `copyLineHistories`; how many moves were new. */
export async function copyLineHistory(
  deps: Deps,
  concertId: ConcertId,
  limits: Limits = { mostEntries, mostPlaces },
): Promise<number> {
  let moves = 0
  for (let read = 0; read < mostReads; read++) {
    const copied = await copyOnce(deps, concertId, limits)
    moves += copied.moves
    if (copied.isAll) break
  }
  return moves
}

type Limits = { mostEntries: number; mostPlaces: number }

async function copyOnce(
  deps: Deps,
  concertId: ConcertId,
  limits: Limits,
): Promise<{ moves: number; isAll: boolean }> {
  const copied = await readCopied(deps.db, concertId)
  const told = await readToldMoves(deps, concertId, { ...copied, ...limits })
  const moves = movesOf(copied, told)
  const next = nextOf(copied, told, limits)
  // a history begins with the first entry there is; one that goes on says what it lost
  const gaps = isNothing(copied) ? [] : findGaps(lastOf(copied, told), told, hasAllEntries(told, limits))
  const sinceMs = isNothing(copied) ? (told.entries[0]?.atMs ?? told.nowMs) : null
  const isOurs = await inTransaction(deps.db, async (tx) => {
    if (!(await advanceCopied(tx, concertId, copied, { ...next, sinceMs }))) return false
    if (moves.length > 0) await insertMoves(tx, concertId, moves)
    for (const gap of gaps) await insertGap(tx, concertId, gap)
    return true
  })
  if (!isOurs) return { moves: 0, isAll: true }
  if (told.entries.length > 0)
    await hint(deps, 'copied moves of a line stay in Redis', () => dropToldMoves(deps, concertId, next.entry))
  return { moves: moves.length, isAll: hasAllEntries(told, limits) && hasAllPlaces(told, limits) }
}

const hasAllEntries = (told: ToldMoves, limits: Limits): boolean => told.entries.length < limits.mostEntries
const hasAllPlaces = (told: ToldMoves, limits: Limits): boolean => told.places.length < limits.mostPlaces

function lastOf(copied: Copied, told: ToldMoves): { entry: number; atMs: number } {
  return { entry: copied.entry, atMs: copied.seenAtMs ?? told.nowMs }
}

function nextOf(copied: Copied, told: ToldMoves, limits: Limits): Copied {
  const isAll = hasAllEntries(told, limits)
  const lastEntry = isAll ? told.newestEntry : (told.entries.at(-1)?.entry ?? copied.entry)
  return {
    entry: Math.max(lastEntry, copied.entry),
    place: told.places.at(-1)?.place ?? copied.place,
    seenAtMs: isAll && hasAllPlaces(told, limits) ? told.nowMs : copied.seenAtMs,
  }
}

/** In the order in which they came; who joined did so between the last time that all places were seen and now. */
function movesOf(copied: Copied, told: ToldMoves): NewMove[] {
  const joined = told.places.map(({ fanId, place }): NewMove => {
    const isDrawn = place < firstFifoSeq
    return {
      fanId,
      move: isDrawn ? 'drawn' : 'joined',
      atMs: told.nowMs,
      notBeforeMs: isDrawn ? null : copied.seenAtMs,
    }
  })
  const later = told.entries.flatMap(({ move, atMs, fanIds }) =>
    fanIds.map((fanId): NewMove => ({ fanId, move, atMs, notBeforeMs: null })),
  )
  return [...joined, ...later]
}
