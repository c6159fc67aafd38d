import type { HistoryEvent, HistoryFacts, LinePlace } from './history-event.ts'

export type EventOf<Op extends HistoryEvent['op']> = Extract<HistoryEvent, { op: Op }>

/** What the recorder's clock and the server's are off, two clocks on one machine, at the most. */
export const clockSlackMs = 1_000

/** The events of these kinds, in the order in which they began. */
export function eventsOf<Op extends HistoryEvent['op']>(
  history: readonly HistoryEvent[],
  ...ops: Op[]
): EventOf<Op>[] {
  const wanted = new Set<string>(ops)
  return history
    .filter((event): event is EventOf<Op> => wanted.has(event.op))
    .toSorted((one, other) => one.startMs - other.startMs)
}

/** Its effect is there, or may be. */
export function mayHaveHappened(event: HistoryEvent): boolean {
  return event.outcome !== 'refused'
}

/**
 * When it can have had its effect at the latest: with its answer, or, when none came, so long after its start, or when all
 * was quiet.
 */
export function latestEffectMs(
  event: HistoryEvent,
  { longestCallMs = 60_000, quietAtMs = [] }: HistoryFacts,
): number {
  if (event.outcome !== 'unknown') return event.endMs
  const quietMs = quietAtMs.find((atMs) => atMs >= event.endMs) ?? Infinity
  return Math.min(Math.max(event.endMs, event.startMs + longestCallMs), quietMs)
}

export function comparePlaces(one: LinePlace, other: LinePlace): number {
  return one.epoch - other.epoch || one.seq - other.seq
}

export function tellPlace({ epoch, seq }: LinePlace): string {
  return `${epoch}/${seq}`
}

/** Whether one of the moments lies between the two, or on one of them. */
export function isBetween(moments: readonly number[] | undefined, fromMs: number, toMs: number): boolean {
  return (moments ?? []).some((atMs) => atMs >= fromMs && atMs <= toMs)
}
