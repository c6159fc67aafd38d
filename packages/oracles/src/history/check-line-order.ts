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
export function checkJoinOrder(history: readonly HistoryEvent[], facts: HistoryFacts = {}): Violation[] {
  const drawn = new Set(eventsOf(history, 'join').flatMap((join) => (join.isLottery ? join.concertId : [])))
  return perConcert(history, facts, (taken) => {
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
  return perConcert(history, facts, (taken) => {
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

function perConcert(
  history: readonly HistoryEvent[],
  facts: HistoryFacts,
  check: (taken: Taken[]) => Violation[],
): Violation[] {
  const calls = Map.groupBy(eventsOf(history, 'join', 'place', 'enter'), ({ concertId }) => `${concertId}`)
  return [...calls.values()].flatMap((all) =>
    check([...Map.groupBy(all, ({ fanId }) => `${fanId}`).values()].flatMap((own) => placesOf(own, facts))),
  )
}

type LineCall = EventOf<'join' | 'place' | 'enter'>

/** The places that a fan was told of, with when each was asked for and known, whichever of the fan's devices did. */
function placesOf(own: readonly LineCall[], { redisLostAtMs }: HistoryFacts): Taken[] {
  const told = own.flatMap((call) =>
    call.outcome === 'ok' && call.place !== undefined ? { ...call, place: call.place } : [],
  )
  const joins = own.filter((call) => call.op === 'join')
  return [...Map.groupBy(told, ({ place }) => tellPlace(place)).values()].flatMap((answers): Taken[] => {
    const first = answers.reduce((one, other) => (other.endMs < one.endMs ? other : one))
    const offerEndsMs = answers.find((call) => call.op === 'join' && call.offerEndsMs !== undefined)
    const asked = joins.filter((join) => mayHaveTaken(join, first, redisLostAtMs))
    return [
      {
        fanId: first.fanId,
        concertId: first.concertId,
        place: first.place,
        // seen on one device before another has the answer to what it asked: then that one may have taken it
        askedMs: Math.min(...asked.map(({ startMs }) => startMs)),
        answeredMs: first.endMs,
        ...(offerEndsMs?.op === 'join' && offerEndsMs.offerEndsMs !== undefined
          ? { offerEndsMs: offerEndsMs.offerEndsMs }
          : {}),
      },
    ]
  })
}

/** Whether this join can be what took the place that was first told by `first`. */
function mayHaveTaken(
  join: EventOf<'join'>,
  first: LineCall & { place: LinePlace },
  lostAtMs: HistoryFacts['redisLostAtMs'],
): boolean {
  if (join.startMs > first.endMs) return false
  // what was refused or not answered may have had its effect before
  if (join.outcome !== 'ok') return true
  // it answers with its last place; one that was lost under it comes back when Redis forgets once more
  if (isBetween(lostAtMs, join.startMs, join.endMs)) return true
  const isIt = join.place !== undefined && comparePlaces(join.place, first.place) === 0
  return isIt || join.endMs >= first.startMs
}
