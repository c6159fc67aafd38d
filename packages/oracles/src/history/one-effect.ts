import type { HistoryEvent } from './history-event.ts'

/**
 * Calls that had one effect together, repeats with one key or tabs that were told the same reservation, become one: from
 * when the first of them was made until the first of them was answered. All others stay as they are.
 */
export function oneOfEachEffect<Event extends HistoryEvent>(events: readonly Event[]): Event[] {
  const effects = new Map<string, Event>()
  for (const event of events) {
    const name = effectOf(event)
    const known = effects.get(name)
    effects.set(name, known === undefined ? event : merge(known, event))
  }
  return [...effects.values()]
}

function merge<Event extends HistoryEvent>(one: Event, other: Event): Event {
  return {
    ...(one.outcome === 'ok' ? one : other),
    startMs: Math.min(one.startMs, other.startMs),
    endMs: Math.min(answeredAtMs(one), answeredAtMs(other)),
  }
}

/** `Infinity` when no answer came: it may have its effect at any time. */
export function answeredAtMs(event: HistoryEvent): number {
  return event.outcome === 'unknown' ? Number.POSITIVE_INFINITY : event.endMs
}

function effectOf(event: HistoryEvent): string {
  // what was refused had no effect, so the key may have one another time
  if (event.outcome !== 'refused') {
    if (event.op === 'hold' && event.reservationId !== undefined) return `hold ${event.reservationId}`
    if (event.op === 'pay' || event.op === 'refund') return `${event.op} ${event.fanId} ${event.key}`
  }
  return `${event.op} ${event.actor} ${event.startMs}`
}
