import { DomainError, type SeatId, type SeatSnapshot, type ShowId } from '@greenroom/contract'
import { readShow } from '../catalogue/index.ts'
import type { Deps } from '../platform/deps.ts'
import { withoutStack } from '../platform/without-stack.ts'
import { createDatabaseClock } from './database-clock.ts'
import { followSeatStream } from './follow-seat-stream.ts'
import { applyEntry, findCertainlyTaken, type MirroredShow, mirrorShow, snapshotOf } from './mirrored-show.ts'
import { readTouchedSeats } from './seat-store.ts'
import { readPosition } from './stream-store.ts'

/** Kept in memory; beyond that the show not asked for longest goes. As many as 33 stadiums have, or 200 arenas: 63 MB. */
const maxSeats = 3_000_000
/** Each is also a stream that every read of the streams names. */
const maxShows = 1_000
/** While the stream is silent because Redis is away, rows are read again at most this often, however many ask. */
const staleAfterMs = 1_000
/** A hold that ends within this is not refused for: the two clocks may disagree by that much. */
const clockMarginMs = 1_000

export type SeatMirror = {
  /** All seats of a show, a few milliseconds old while Redis is up and a second when it is not. */
  snapshot: (showId: ShowId) => Promise<SeatSnapshot>
  /** The mirrored seats themselves, to choose from, and what the database's clock shows now. Read only. */
  look: (showId: ShowId) => Promise<{ show: MirroredShow; nowMs: number }>
  /** Reads the rows again, for who knows that the stream has more than came through. Many at once cause one reading. */
  reread: (showId: ShowId) => Promise<void>
  /** Why a hold of these seats is sure to fail; `undefined`: ask Postgres. A show nobody looked at yet is never refused. */
  refuse: (showId: ShowId, fanId: number, seatIds: readonly SeatId[]) => DomainError | undefined
  close: () => Promise<void>
}

type Mirrored = { show: MirroredShow; readAtMs: number }

/**
 * One for each process: seat states in memory, fed by the shows' streams. It answers what may be a moment old and refuses
 * what is certain; it never grants. A gap in a stream, or a Redis that is away, makes it read the rows again.
 */
export function openSeatMirror(deps: Deps): SeatMirror {
  const shows = new Map<ShowId, Mirrored>()
  const reading = new Map<ShowId, Promise<Mirrored>>()
  const clock = createDatabaseClock(deps)
  const stream = followSeatStream(deps, {
    onEntry: (entry) => {
      const known = shows.get(entry.showId)
      if (known !== undefined && applyEntry(known.show, entry) === 'gap') void readAgain(entry.showId)
    },
  })

  const readAgain = async (showId: ShowId): Promise<void> => {
    try {
      await readOnce(showId)
    } catch (error) {
      // without it the next who asks reads, and is told what is wrong
      shows.delete(showId)
      stream.unwatch(showId)
      deps.log.warn({ err: error, showId }, 'a show could not be mirrored again')
    }
  }

  const readOnce = (showId: ShowId): Promise<Mirrored> => {
    const running = reading.get(showId)
    if (running !== undefined) return running
    const run = readRows(deps, showId)
      .then(({ show, nowMs }) => {
        clock.set(nowMs)
        const mirrored = { show, readAtMs: performance.now() }
        shows.delete(showId)
        shows.set(showId, mirrored)
        stream.watch(showId, show.seq)
        dropOldest(shows, stream.unwatch)
        return mirrored
      })
      .finally(() => reading.delete(showId))
    reading.set(showId, run)
    return run
  }

  const mirrored = async (showId: ShowId): Promise<MirroredShow> => {
    const known = shows.get(showId)
    const isFresh =
      known !== undefined && (stream.isLive() || performance.now() - known.readAtMs < staleAfterMs)
    if (!isFresh) return (await readOnce(showId)).show
    shows.delete(showId)
    shows.set(showId, known)
    return known.show
  }

  return {
    snapshot: async (showId) => snapshotOf(await mirrored(showId)),
    look: async (showId) => ({ show: await mirrored(showId), nowMs: await clock.now() }),
    reread: async (showId) => void (await readOnce(showId)),
    refuse: (showId, fanId, seatIds) => {
      const known = shows.get(showId)
      const nowMs = clock.nowIfKnown()
      if (known === undefined || nowMs === undefined || reading.has(showId) || !stream.isLive())
        return undefined
      const taken = findCertainlyTaken(known.show, { fanId, seatIds }, nowMs, clockMarginMs)
      if (taken === undefined) return undefined
      return withoutStack(() => new DomainError('SEATS_TAKEN', { seats: taken }))
    },
    close: stream.close,
  }
}

/** The position is read before the rows, so that whatever commits in between comes again as an entry: late, never lost. */
async function readRows(deps: Deps, showId: ShowId): Promise<{ show: MirroredShow; nowMs: number }> {
  const facts = await readShow(deps, showId)
  const seq = await readPosition(deps.redis, showId).catch((error: unknown) => {
    deps.log.warn({ err: error, showId }, 'no live changes while Redis is away')
    return 0
  })
  const { seats, nowMs } = await readTouchedSeats(deps.db, showId)
  return { show: mirrorShow(facts, seq, seats), nowMs }
}

function dropOldest(shows: Map<ShowId, Mirrored>, unwatch: (showId: ShowId) => void): void {
  let seatCount = 0
  for (const { show } of shows.values()) seatCount += show.seatCount
  for (const [showId, { show }] of shows) {
    if (shows.size <= maxShows && seatCount <= maxSeats) return
    seatCount -= show.seatCount
    shows.delete(showId)
    unwatch(showId)
  }
}
