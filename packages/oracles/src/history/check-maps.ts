import type { Violation } from '../violation.ts'
import { eventsOf } from './call-order.ts'
import type { FinalState, HistoryEvent } from './history-event.ts'

/** `every-map-is-the-database`: what a client's map showed when all was quiet is what the database says, seat for seat. */
export function checkMaps(history: readonly HistoryEvent[], final: Pick<FinalState, 'shows'>): Violation[] {
  const truth = new Map(final.shows.map(({ showId, statuses }) => [showId, statuses]))
  return eventsOf(history, 'map').flatMap(({ showId, actor, statuses, outcome }) => {
    const wanted = truth.get(showId)
    if (outcome !== 'ok' || wanted === undefined) return []
    const wrong = wanted.flatMap((status, ordinal) => (statuses[ordinal] === status ? [] : [ordinal]))
    const [first] = wrong
    if (first === undefined && statuses.length === wanted.length) return []
    const fault =
      first === undefined
        ? `the map of actor ${actor} has ${statuses.length} seats, the show ${wanted.length}`
        : `the map of actor ${actor} differs in ${wrong.length} seats: number ${first} is shown ${statuses[first]} and is ${wanted[first]}`
    return { oracle: 'every-map-is-the-database', fault, showId }
  })
}
