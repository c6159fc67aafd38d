import type { HistoryEvent } from '@greenroom/oracles'

/**
 * How many answered joins and readings were under way while another device of the same fan had one under way in the same line:
 * they are what can show that a fan has one place, whatever their devices ask at once. Entries are left out: one that was
 * pushed was no call.
 */
export function countTwoDevices(history: readonly HistoryEvent[]): number {
  const perLine = Map.groupBy(history.flatMap(asLineCall), ({ line }) => line)
  return [...perLine.values()].reduce((sum, calls) => sum + countOverlapping(calls), 0)
}

type LineCall = { line: string; actor: number; startMs: number; endMs: number }

function asLineCall(event: HistoryEvent): LineCall[] {
  if (event.op !== 'join' && event.op !== 'place') return []
  const { actor, startMs, endMs } = event
  // what a page showed without asking took no time
  if (event.outcome !== 'ok' || endMs === startMs) return []
  return [{ line: `${event.concertId} ${event.fanId}`, actor, startMs, endMs }]
}

/** A device makes one call at a time, so of another one at most one is under way at any moment of a call. */
function countOverlapping(calls: readonly LineCall[]): number {
  if (new Set(calls.map(({ actor }) => actor)).size < 2) return 0
  return calls.filter((call) =>
    calls.some(
      (other) => other.actor !== call.actor && other.startMs < call.endMs && call.startMs < other.endMs,
    ),
  ).length
}
