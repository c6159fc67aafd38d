import type { Violation } from '../violation.ts'
import { comparePlaces, type EventOf, eventsOf, isBetween, mayHaveHappened, tellPlace } from './call-order.ts'
import type { HistoryEvent, HistoryFacts } from './history-event.ts'
import { oneOfEachEffect } from './one-effect.ts'

/** A call may begin a moment before the pass ends and be decided a moment after: what two clocks on one machine are off. */
const slackMs = 1_000

/**
 * `no-hold-without-a-live-pass`: whoever held seats had been let in by then, as the same fan, and had not left or paid since,
 * the pass had not ended, and its place had not bought anything. The repeat of a hold by its key needs none.
 */
export function checkPasses(history: readonly HistoryEvent[], facts: HistoryFacts = {}): Violation[] {
  // the repeat of a payment spends nothing anew
  const calls = oneOfEachEffect(eventsOf(history, 'join', 'enter', 'leave', 'pay', 'hold'))
  const perFan = Map.groupBy(calls, ({ concertId, fanId }) => `${concertId} ${fanId}`)
  return [...perFan.values()].flatMap((own) => {
    const firstByKey = new Map<string, EventOf<'hold'>>()
    return own.flatMap((call) => {
      if (call.op !== 'hold' || call.outcome === 'refused') return []
      if (call.key !== undefined) {
        if (firstByKey.has(call.key)) return []
        firstByKey.set(call.key, call)
      }
      const why = call.outcome === 'ok' ? (whyNotInside(own, call, facts) ?? whySpent(own, call)) : undefined
      if (why === undefined) return []
      const fault = `fan ${call.fanId} held seats ${call.seatIds.join(', ')} ${why}`
      return { oracle: 'no-hold-without-a-live-pass', fault, showId: call.showId }
    })
  })
}

type LineCall = ReturnType<typeof eventsOf<'join' | 'enter' | 'leave' | 'pay' | 'hold'>>[number]

function whyNotInside(
  own: readonly LineCall[],
  hold: EventOf<'hold'>,
  facts: HistoryFacts,
): string | undefined {
  const ways = own.filter((call) => isWayIn(call) && call.startMs <= hold.endMs)
  if (ways.length === 0) return 'and was never let in'
  const open = ways.filter((way) => !own.some((call) => endsPass(call, way, hold, facts)))
  if (open.length === 0) return 'after leaving or paying, and was not let in again'
  const untilMs = Math.max(
    ...open.map((way) => ('untilMs' in way && way.untilMs !== undefined ? way.untilMs : Infinity)),
  )
  return hold.startMs > untilMs + slackMs
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

function isWayIn(call: LineCall): boolean {
  if (!mayHaveHappened(call)) return false
  // an offer is claimed by being used; a join that got no answer may have let its fan in
  return (
    call.op === 'enter' || (call.op === 'join' && (call.outcome === 'unknown' || call.state !== 'waiting'))
  )
}

/** Whether the call ended, for certain and before the hold began, what the way in gave. */
function endsPass(call: LineCall, way: LineCall, hold: EventOf<'hold'>, facts: HistoryFacts): boolean {
  const isBetweenBoth = call.outcome === 'ok' && call.startMs > way.endMs && call.endMs < hold.startMs
  if (!isBetweenBoth || way.outcome === 'unknown') return false
  // who left is known to Redis alone, who paid to Postgres
  return (
    call.op === 'pay' || (call.op === 'leave' && !isBetween(facts.redisLostAtMs, call.startMs, hold.endMs))
  )
}
