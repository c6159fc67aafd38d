import type { Violation } from '../violation.ts'
import {
  clockSlackMs,
  comparePlaces,
  type EventOf,
  eventsOf,
  isBetween,
  latestEffectMs,
  tellPlace,
} from './call-order.ts'
import type { HistoryEvent, HistoryFacts, LinePlace } from './history-event.ts'

/** A place as its fan got it: asked for no later than `askedMs`, known at `answeredMs`. */
type Taken = {
  fanId: number
  concertId: number
  place: LinePlace
  askedMs: number
  answeredMs: number
  /** No answer says that the fan was let in any later, and none that it was any earlier; `undefined`: none says it. */
  letInAfterMs: number | undefined
  letInBeforeMs: number | undefined
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
 * `line-lets-in-in-order`: no fan was let in later than one whose place is behind, nor still waited when that one was inside.
 * One tick lets in many at the same moment. A fan who waited while Redis lost the line may come back late, so those are
 * left out.
 */
export function checkAdmissionOrder(history: readonly HistoryEvent[], facts: HistoryFacts = {}): Violation[] {
  return perConcert(history, facts, (taken) => {
    const violations: Violation[] = []
    let earliestBehind: { fanId: number; place: LinePlace; atMs: number } | undefined
    for (const one of taken.toSorted((first, second) => comparePlaces(second.place, first.place))) {
      const { letInAfterMs, letInBeforeMs } = one
      if (earliestBehind !== undefined && letInAfterMs !== undefined && letInAfterMs > earliestBehind.atMs) {
        violations.push({
          oracle: 'line-lets-in-in-order',
          fault: `fan ${one.fanId} at ${tellPlace(one.place)} was let in ${Math.ceil(letInAfterMs - earliestBehind.atMs)} ms or more after fan ${earliestBehind.fanId} at ${tellPlace(earliestBehind.place)}`,
        })
      }
      if (letInBeforeMs !== undefined && letInBeforeMs < (earliestBehind?.atMs ?? Infinity))
        earliestBehind = { ...one, atMs: letInBeforeMs }
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
function placesOf(own: readonly LineCall[], facts: HistoryFacts): Taken[] {
  const told = own.flatMap((call) =>
    call.outcome === 'ok' && call.place !== undefined ? { ...call, place: call.place } : [],
  )
  const joins = own.filter((call) => call.op === 'join')
  return [...Map.groupBy(told, ({ place }) => tellPlace(place)).values()].flatMap((answers): Taken[] => {
    const first = answers.reduce((one, other) => (other.endMs < one.endMs ? other : one))
    const elsewhereMs = lastElsewhereMs(own, first, facts)
    const asked = joins.filter((join) => mayHaveTaken(join, first, elsewhereMs, facts))
    // seen on one device before another has the answer to what it asked: then that one may have taken it
    const askedMs = Math.min(...asked.map(({ startMs }) => startMs))
    return [
      {
        fanId: first.fanId,
        concertId: first.concertId,
        place: first.place,
        askedMs,
        answeredMs: first.endMs,
        ...letInOf(answers, Math.min(askedMs, first.endMs), facts),
      },
    ]
  })
}

type Told = LineCall & { place: LinePlace }

/** Whether this join can be what took the place that was first told by `first`. */
function mayHaveTaken(join: EventOf<'join'>, first: Told, elsewhereMs: number, facts: HistoryFacts): boolean {
  if (join.startMs > first.endMs) return false
  if (join.place !== undefined && comparePlaces(join.place, first.place) === 0) return true
  if (join.endMs >= first.startMs) return true
  // what was refused or not answered may have had its effect before, and one whose place was lost under it has another,
  // which comes back when Redis forgets once more
  const mayHaveAnother = join.outcome !== 'ok' || isBetween(facts.redisLostAtMs, join.startMs, join.endMs)
  return mayHaveAnother && latestEffectMs(join, facts) >= elsewhereMs
}

/**
 * When the server was last asked before `first` and said that the fan has another place, or none: nothing that was over by
 * then took this one. A Redis that lost something since may have got back what it knew before.
 */
function lastElsewhereMs(own: readonly LineCall[], first: Told, facts: HistoryFacts): number {
  const atMs = Math.max(
    ...own.flatMap((call) => (isServersWord(call) && call.endMs < first.startMs ? call.startMs : [])),
  )
  return isBetween(facts.redisLostAtMs, atMs, first.endMs) ? -Infinity : atMs
}

function isServersWord(call: LineCall): boolean {
  if (call.outcome !== 'ok') return false
  return call.op === 'place' ? call.state !== undefined : call.place !== undefined
}

/**
 * Between which moments the fan was let in with a place that was taken at `tookMs`, by the server's clock; as far as Redis
 * had lost nothing since.
 */
function letInOf(
  answers: readonly Told[],
  tookMs: number,
  { turns, redisLostAtMs }: HistoryFacts,
): Pick<Taken, 'letInAfterMs' | 'letInBeforeMs'> {
  const isKept = (atMs: number): boolean => !isBetween(redisLostAtMs, tookMs, atMs)
  const offeredMs = answers.flatMap((call) => {
    const endsMs = offerEndOf(call)
    return endsMs === undefined ? [] : endsMs - (turns?.claimWindowMs ?? 0)
  })
  const claimedMs = answers.flatMap((call) => {
    const isActive = call.op === 'enter' || call.state === 'active'
    return turns === undefined || !isActive || call.untilMs === undefined
      ? []
      : call.untilMs - turns.passTtlMs
  })
  // asked then, the server said that the fan waits
  const waitedMs = answers.flatMap((call) =>
    call.op !== 'enter' && call.state === 'waiting' && isKept(call.endMs) ? call.startMs - clockSlackMs : [],
  )
  const firstOfferMs = Math.min(...offeredMs)
  const isOfferKept = offeredMs.length > 0 && isKept(firstOfferMs)
  const afterMs = Math.max(...waitedMs, isOfferKept ? firstOfferMs : -Infinity)
  const beforeMs = Math.min(...offeredMs, ...claimedMs)
  return {
    letInAfterMs: Number.isFinite(afterMs) ? afterMs : undefined,
    letInBeforeMs: Number.isFinite(beforeMs) && isKept(beforeMs) ? beforeMs : undefined,
  }
}

function offerEndOf(call: Told): number | undefined {
  if (call.op === 'join') return call.offerEndsMs
  return call.op === 'place' && call.state === 'offered' ? call.untilMs : undefined
}
