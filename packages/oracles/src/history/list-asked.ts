import { eventsOf } from './call-order.ts'
import type { HistoryEvent, HistoryFacts } from './history-event.ts'
import { historyOracles } from './history-oracles.ts'

/**
 * The names of the oracles that can find something in this history, by what was written down and what is known besides: a
 * report says of no other that it found nothing.
 */
export function listAsked(history: readonly HistoryEvent[], facts: HistoryFacts = {}): string[] {
  const names = historyOracles.flatMap((oracle) => oracle.names)
  return names.filter((name) => needs[name]?.(history, facts) ?? true)
}

type Need = (history: readonly HistoryEvent[], facts: HistoryFacts) => boolean

/** By name, what there must be; the others need calls alone. */
const needs: Readonly<Record<string, Need>> = {
  'line-is-first-come-first-served': (history) => hasPlacesInOrder(history),
  'line-lets-in-in-order': (history, { turns }) =>
    eventsOf(history, 'join', 'place', 'enter').some((event) => {
      if (event.op === 'join' && event.offerEndsMs !== undefined) return true
      if (event.op === 'place' && event.state === 'offered') return true
      return turns !== undefined && event.untilMs !== undefined
    }),
  'never-more-inside-than-there-is-room': (_, { capacities }) => (capacities?.size ?? 0) > 0,
  'shown-place-never-rises': (history) =>
    hasPlacesInOrder(history) && eventsOf(history, 'place').some(({ ahead }) => ahead !== undefined),
  'one-live-entry-per-fan': (history) => placesOf(history).length > 0,
  'no-place-is-given-twice': (history) => hasPlacesInOrder(history),
  'no-hold-without-a-live-pass': (history) => hasDone(history, 'hold'),
  'one-effect-per-key': (history) => hasDone(history, 'pay') || hasDone(history, 'hold'),
  'no-seat-is-sold-twice': (history) => hasDone(history, 'pay'),
  'every-map-is-the-database': (history, { final }) =>
    eventsOf(history, 'map').some((map) => final?.shows.some(({ showId }) => showId === map.showId)),
  'acknowledged-is-kept': (_, { final }) => final !== undefined,
  'refused-has-no-effect': (_, { final }) => final?.keys !== undefined,
  'no-effect-without-a-call': (_, { final }) => final !== undefined,
}

function hasDone(history: readonly HistoryEvent[], op: HistoryEvent['op']): boolean {
  return history.some((event) => event.op === op && event.outcome === 'ok')
}

function placesOf(history: readonly HistoryEvent[]) {
  return eventsOf(history, 'join', 'place', 'enter').filter(({ place }) => place !== undefined)
}

/** Whether a place was told in a line whose order was not drawn. */
function hasPlacesInOrder(history: readonly HistoryEvent[]): boolean {
  const drawn = new Set(eventsOf(history, 'join').flatMap((join) => (join.isLottery ? join.concertId : [])))
  return placesOf(history).some(({ concertId }) => !drawn.has(concertId))
}
