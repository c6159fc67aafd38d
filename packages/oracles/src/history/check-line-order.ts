import type { Violation } from '../violation.ts'
import { comparePlaces, type EventOf, eventsOf, isBetween, tellPlace } from './call-order.ts'
import type { HistoryEvent, HistoryFacts, LinePlace } from './history-event.ts'

/** A place as its fan got it: asked for no later than `askedMs`, known at `answeredMs`. */
type Taken = {
  fanId: number
  concertId: number
  place: LinePlace
  askedMs: number
  answeredMs: number
  offerEndsMs?: number
}

/**
 * `line-is-first-come-first-served`: whoever asked for a place after another fan had theirs is behind that fan. Joins that
 * overlap in time may come out in either order; the order of a lottery is drawn and not checked.
 */
export function checkJoinOrder(history: readonly HistoryEvent[]): Violation[] {
  const drawn = new Set(eventsOf(history, 'join').flatMap((join) => (join.isLottery ? join.concertId : [])))
  return perConcert(history, (taken) => {
    if (taken.some(({ concertId }) => drawn.has(concertId))) return []
    const byAnswer = taken.toSorted((one, other) => one.answeredMs - other.answeredMs)
    const violations: Violation[] = []
    let index = 0
    let lastBefore: Taken | undefined
    for (const one of taken.toSorted((first, second) => first.askedMs - second.askedMs)) {
      // everybody whose answer was there before this one asked must be ahead
      for (; byAnswer[index] !== undefined; index++) {
        const earlier = byAnswer[index]
        if (earlier === undefined || earlier.answeredMs >= one.askedMs) break
        if (lastBefore === undefined || comparePlaces(earlier.place, lastBefore.place) > 0)
          lastBefore = earlier
      }
      if (lastBefore === undefined || comparePlaces(lastBefore.place, one.place) <= 0) continue
      violations.push({
        oracle: 'line-is-first-come-first-served',
        fault: `fan ${one.fanId} got place ${tellPlace(one.place)}, ahead of fan ${lastBefore.fanId} at ${tellPlace(lastBefore.place)} who had theirs before`,
      })
    }
    return violations
  })
}

/**
 * `line-lets-in-in-order`: no fan was let in later than one whose place is behind. One tick lets in many at the same moment.
 * A fan who waited while Redis lost the line may come back late, so those are left out.
 */
export function checkAdmissionOrder(history: readonly HistoryEvent[], facts: HistoryFacts = {}): Violation[] {
  return perConcert(history, (taken) => {
    const violations: Violation[] = []
    let earliestBehind: { fanId: number; place: LinePlace; atMs: number } | undefined
    for (const one of taken.toSorted((first, second) => comparePlaces(second.place, first.place))) {
      const atMs = one.offerEndsMs
      if (atMs === undefined || isBetween(facts.redisLostAtMs, one.askedMs, atMs)) continue
      if (earliestBehind !== undefined && atMs > earliestBehind.atMs) {
        violations.push({
          oracle: 'line-lets-in-in-order',
          fault: `fan ${one.fanId} at ${tellPlace(one.place)} was let in ${atMs - earliestBehind.atMs} ms after fan ${earliestBehind.fanId} at ${tellPlace(earliestBehind.place)}`,
        })
      }
      if (earliestBehind === undefined || atMs < earliestBehind.atMs) earliestBehind = { ...one, atMs }
    }
    return violations
  })
}

function perConcert(history: readonly HistoryEvent[], check: (taken: Taken[]) => Violation[]): Violation[] {
  const joins = Map.groupBy(eventsOf(history, 'join'), ({ concertId }) => `${concertId}`)
  return [...joins.values()].flatMap((all) =>
    check([...Map.groupBy(all, ({ fanId }) => `${fanId}`).values()].flatMap(placesOf)),
  )
}

/** A fan's joins, in order: a repeat answers with the place that an earlier one took, also one that got no answer. */
function placesOf(joins: readonly EventOf<'join'>[]): Taken[] {
  const taken = new Map<string, Taken>()
  for (const join of joins) {
    if (join.outcome !== 'ok' || join.place === undefined) continue
    const key = tellPlace(join.place)
    const known = taken.get(key)
    const unanswered = joins.find(({ outcome, startMs }) => outcome === 'unknown' && startMs < join.startMs)
    const offerEndsMs = known?.offerEndsMs ?? join.offerEndsMs
    taken.set(key, {
      fanId: join.fanId,
      concertId: join.concertId,
      place: join.place,
      askedMs: Math.min(known?.askedMs ?? Infinity, unanswered?.startMs ?? Infinity, join.startMs),
      answeredMs: Math.min(known?.answeredMs ?? Infinity, join.endMs),
      ...(offerEndsMs === undefined ? {} : { offerEndsMs }),
    })
  }
  return [...taken.values()]
}
