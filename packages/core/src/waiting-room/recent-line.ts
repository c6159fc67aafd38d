import type { ConcertId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { type ClockPhase, type Line, linePhaseOf } from './line.ts'
import { readLineRow } from './line-store.ts'
import { recentValue } from '../platform/recent-value.ts'

/** How long an operator's change may take to reach every process. */
const maxAgeMs = 1_000
/** Without Postgres nothing can be sold; until it is back the line at least goes on as it was. */
const staleMs = 60_000

const lines = recentValue({
  maxAgeMs,
  staleMs,
  maxEntries: 1_000,
  load: (deps: Deps, concertId: ConcertId) => readLineRow(deps.db, concertId),
})

export type LineNow = { line: Line; phase: ClockPhase; nowMs: number }

/**
 * The line's settings as of the last second, and its phase now. `nowMs` is Postgres' clock, carried from that read by
 * this process's monotonic clock. Refuses with NOT_FOUND for a concert without a line.
 */
export async function readLine(deps: Deps, concertId: ConcertId): Promise<LineNow> {
  const { value, readAtMs } = await lines.read(deps, concertId)
  const nowMs = Math.floor(value.nowMs + performance.now() - readAtMs)
  return { line: value.line, phase: linePhaseOf(value.line, nowMs), nowMs }
}

/** After a change made by this process. */
export function forgetLine(deps: Deps, concertId: ConcertId): void {
  lines.forget(deps, concertId)
}
