import type { Violation } from '../violation.ts'
import {
  clockSlackMs,
  comparePlaces,
  type EventOf,
  eventsOf,
  isBetween,
  latestEffectMs,
  mayHaveHappened,
  tellPlace,
} from './call-order.ts'
import type { HistoryEvent, HistoryFacts } from './history-event.ts'
import { oneOfEachEffect } from './one-effect.ts'

/**
 * `no-hold-without-a-live-pass`: whoever held seats had been let in by then, as the same fan and with the place that was
 * shown, and had not left or paid since, the pass had not ended, and its place had not bought anything. The repeat of a hold
 * by its key needs none, as long as the first one had one.
 */
export function checkPasses(history: readonly HistoryEvent[], facts: HistoryFacts = {}): Violation[] {
  // the repeat of a payment spends nothing anew
  const calls = oneOfEachEffect(eventsOf(history, 'join', 'place', 'enter', 'leave', 'pay', 'hold'))
  const perFan = Map.groupBy(calls, ({ concertId, fanId }) => `${concertId} ${fanId}`)
  return [...perFan.values()].flatMap((own) =>
    wishesOf(own).flatMap((hold) => {
      const why = whyNotInside(own, hold, facts) ?? whySpent(own, hold)
      if (why === undefined) return []
      const fault = `fan ${hold.fanId} held seats ${hold.seatIds.join(', ')} ${why}`
      return { oracle: 'no-hold-without-a-live-pass', fault, showId: hold.showId }
    }),
  )
}

type LineCall = ReturnType<typeof eventsOf<'join' | 'place' | 'enter' | 'leave' | 'pay' | 'hold'>>[number]

/** The holds that were answered, each key once: from when the wish was first sent, for that may be when it was granted. */
function wishesOf(own: readonly LineCall[]): EventOf<'hold'>[] {
  const holds = own.filter((call) => call.op === 'hold').filter(mayHaveHappened)
  const sentMs = new Map<string, number>()
  const wishes = new Map<string | EventOf<'hold'>, EventOf<'hold'>>()
  for (const hold of holds) {
    const { key, startMs } = hold
    if (key !== undefined && !sentMs.has(key)) sentMs.set(key, startMs)
    if (hold.outcome !== 'ok' || wishes.has(key ?? hold)) continue
    wishes.set(key ?? hold, {
      ...hold,
      startMs: (key === undefined ? undefined : sentMs.get(key)) ?? startMs,
    })
  }
  return [...wishes.values()]
}

function whyNotInside(
  own: readonly LineCall[],
  hold: EventOf<'hold'>,
  facts: HistoryFacts,
): string | undefined {
  const ways = own.filter(isWayIn).filter((way) => way.startMs <= hold.endMs && mayBeFor(way, hold))
  if (ways.length === 0) return 'and was never let in'
  const open = ways.filter((way) => !own.some((call) => endsPass(call, way, hold, facts)))
  if (open.length === 0) return 'after leaving or paying, and was not let in again'
  const untilMs = Math.max(...open.map((way) => endOf(way, facts)))
  return hold.startMs > untilMs + clockSlackMs
    ? `${hold.startMs - untilMs} ms after the pass had ended`
    : undefined
}

/** Whether a payment that was acknowledged before had spent the place of the pass: its own, or a later one. */
function whySpent(own: readonly LineCall[], hold: EventOf<'hold'>): string | undefined {
  const { place } = hold
  if (place === undefined) return undefined
  const paid = new Set(
    own.flatMap((call) =>
      call.op === 'pay' && call.outcome === 'ok' && call.endMs < hold.startMs ? call.reservationIds : [],
    ),
  )
  const isSpent = own.some(
    (call) =>
      call.op === 'hold' &&
      call.place !== undefined &&
      call.reservationId !== undefined &&
      paid.has(call.reservationId) &&
      comparePlaces(place, call.place) <= 0,
  )
  return isSpent ? `with the place ${tellPlace(place)}, which had bought` : undefined
}

type WayIn = EventOf<'join' | 'place' | 'enter'>

function isWayIn(call: LineCall): call is WayIn {
  if (call.op === 'enter') return mayHaveHappened(call)
  if (call.op === 'place')
    return call.outcome === 'ok' && (call.state === 'offered' || call.state === 'active')
  // an offer is claimed by being used; a join that got no answer may have let its fan in
  return call.op === 'join' && mayHaveHappened(call) && call.state !== 'waiting'
}

/** Whether it can have let the fan in with the place that the hold showed. */
function mayBeFor(way: WayIn, { place }: EventOf<'hold'>): boolean {
  return place === undefined || way.place === undefined || comparePlaces(way.place, place) === 0
}

/** When the pass ended that this call gave, at the latest: an offer may have been claimed at its last moment. */
function endOf(way: WayIn, facts: HistoryFacts): number {
  const { claimWindowMs, passTtlMs } = facts.turns ?? { claimWindowMs: Infinity, passTtlMs: Infinity }
  if (way.op !== 'enter' && way.state === 'offered') {
    const offerEndsMs = way.op === 'join' ? way.offerEndsMs : way.untilMs
    return (offerEndsMs ?? way.endMs + claimWindowMs) + passTtlMs
  }
  if (way.outcome === 'ok' && way.untilMs !== undefined) return way.untilMs
  // it let in at once, or made an offer that can still be claimed
  return latestEffectMs(way, facts) + (way.op === 'enter' ? 0 : claimWindowMs) + passTtlMs
}

/** Whether the call ended, for certain and before the hold began, what the way in gave. */
function endsPass(call: LineCall, way: WayIn, hold: EventOf<'hold'>, facts: HistoryFacts): boolean {
  const isBetweenBoth =
    call.outcome === 'ok' && call.startMs > latestEffectMs(way, facts) && call.endMs < hold.startMs
  if (!isBetweenBoth) return false
  // who paid is known to Postgres
  if (call.op === 'pay') return true
  // who left to Redis alone
  if (call.op === 'leave') return !isBetween(facts.redisLostAtMs, call.startMs, hold.endMs)
  // a Redis that lost a pass has its fan wait, who may go on by Postgres while Redis is away
  return isWaiting(call) && !isBetween(facts.redisLostAtMs, way.startMs, hold.endMs)
}

/** Whether the answer was that the fan is not inside. */
function isWaiting(call: LineCall): boolean {
  if (call.op === 'join') return call.state === 'waiting'
  return call.op === 'place' && (call.state === 'waiting' || call.state === 'none')
}
