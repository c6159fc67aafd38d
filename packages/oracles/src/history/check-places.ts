import type { Violation } from '../violation.ts'
import { comparePlaces, type EventOf, eventsOf, isBetween, tellPlace } from './call-order.ts'
import type { HistoryEvent, HistoryFacts, LinePlace } from './history-event.ts'

/**
 * `shown-place-never-rises`: while a fan keeps a place, no later reading shows more people ahead than an earlier one did. Not
 * in a lottery, whose lobby is drawn into. After a loss of Redis those ahead come back one by one: what a page shows is not
 * compared across it, and what the server says may rise by as many as may have come back.
 */
export function checkShownPlace(history: readonly HistoryEvent[], facts: HistoryFacts = {}): Violation[] {
  const drawn = new Set(eventsOf(history, 'join').flatMap((join) => (join.isLottery ? join.concertId : [])))
  const calls = eventsOf(history, 'join', 'place', 'enter', 'pay').filter(
    ({ concertId }) => !drawn.has(concertId),
  )
  const perConcert = Map.groupBy(calls, ({ concertId }) => `${concertId}`)
  return [...perConcert.values()].flatMap((own) => {
    const lost = placesLost(own, facts)
    return [...Map.groupBy(own.flatMap(asReading), nameOf).values()].flatMap((readings) =>
      readings.flatMap((later) => {
        const most = (earlier: Reading): number =>
          later.state === undefined ? earlier.ahead : earlier.ahead + countComingBack(lost, later)
        const before = readings.filter(
          ({ startMs, endMs }) =>
            endMs < later.startMs &&
            !(later.state === undefined && isBetween(facts.redisLostAtMs, startMs, later.endMs)),
        )
        const least = before.toSorted((one, other) => one.ahead - other.ahead)[0]
        if (least === undefined || later.ahead <= least.ahead || later.ahead <= most(least)) return []
        const fault = `fan ${later.fanId} at ${tellPlace(later.place)} was shown ${later.ahead} ahead after ${least.ahead}`
        return { oracle: 'shown-place-never-rises', fault }
      }),
    )
  })
}

type LineCall = EventOf<'join' | 'place' | 'enter' | 'pay'>

type Reading = EventOf<'place'> & { place: LinePlace; ahead: number }

function asReading(call: LineCall): Reading[] {
  if (call.op !== 'place' || call.outcome !== 'ok') return []
  const { place, ahead } = call
  return place === undefined || ahead === undefined ? [] : [{ ...call, place, ahead }]
}

/** What one fan's page showed of a place, or what the server said of it. */
function nameOf({ fanId, place, state }: Reading): string {
  return `${fanId} ${tellPlace(place)} ${state === undefined ? 'shown' : 'told'}`
}

/** A place that Redis lost at `lostMs`, and which its fan may show again; without a place when no answer told of it. */
type LostPlace = { place: LinePlace | undefined; lostMs: number; endMs: number }

/** By fan, with when they paid: what was told before that has bought, and does not come back after it. */
type LostPlaces = ReadonlyMap<number, { lost: LostPlace[]; pays: EventOf<'pay'>[] }>

function placesLost(calls: readonly LineCall[], { redisLostAtMs = [] }: HistoryFacts): LostPlaces {
  const lossesMs = redisLostAtMs.toSorted((one, other) => one - other)
  const perFan = [...Map.groupBy(calls, ({ fanId }) => fanId)].map(([fanId, own]) => {
    const pays = own.filter((call) => call.op === 'pay').filter(({ outcome }) => outcome === 'ok')
    const lost = own.flatMap((call): LostPlace[] => {
      const lostMs = lossesMs.find((atMs) => atMs >= call.startMs)
      if (lostMs === undefined || call.op === 'pay') return []
      const { place, endMs } = call
      if (call.outcome === 'ok') return place === undefined ? [] : [{ place, lostMs, endMs }]
      return call.op === 'join' ? [{ place: undefined, lostMs, endMs }] : []
    })
    return [fanId, { lost, pays }] as const
  })
  return new Map(perFan)
}

/** How many others may have got back a place ahead that Redis lost. */
function countComingBack(lostPlaces: LostPlaces, { fanId, place, endMs }: Reading): number {
  return [...lostPlaces].filter(([other, { lost, pays }]) => {
    if (other === fanId) return false
    const paidMs = pays.findLast((pay) => pay.endMs < endMs)?.startMs ?? -Infinity
    return lost.some(
      (each) =>
        each.lostMs <= endMs &&
        // what was lost before it bought came back perhaps, and stays until the line hears of the payment
        (each.endMs >= paidMs || each.lostMs <= paidMs) &&
        (each.place === undefined || comparePlaces(each.place, place) < 0),
    )
  }).length
}

/**
 * `one-live-entry-per-fan`: a fan has one place in a line at a time, whatever tabs and devices ask: once another place was
 * answered, the one before it is never answered again. Not across a loss of Redis, where a receipt brings a place back.
 */
export function checkOneEntry(history: readonly HistoryEvent[], facts: HistoryFacts = {}): Violation[] {
  const perFan = Map.groupBy(
    eventsOf(history, 'join', 'place', 'enter'),
    ({ concertId, fanId }) => `${concertId} ${fanId}`,
  )
  return [...perFan.values()].flatMap((calls) => {
    const own = calls.flatMap((call) =>
      call.outcome === 'ok' && call.place !== undefined ? { ...call, place: call.place } : [],
    )
    const firstToldMs = new Map<string, number>()
    for (const { place, startMs } of own)
      if (!firstToldMs.has(tellPlace(place))) firstToldMs.set(tellPlace(place), startMs)
    const violations: Violation[] = []
    for (const later of own) {
      // a place that no answer told before may have been taken by any call, and lost since
      const knownMs = firstToldMs.get(tellPlace(later.place)) ?? later.startMs
      const hadMs = knownMs < later.startMs ? knownMs : (calls[0]?.startMs ?? knownMs)
      const between = own.find(
        (other) =>
          other.endMs < later.startMs &&
          comparePlaces(other.place, later.place) > 0 &&
          // whenever a device shows the receipt of a place that Redis lost, that place is the fan's again
          !(other.place.epoch > later.place.epoch && isBetween(facts.redisLostAtMs, hadMs, later.endMs)) &&
          !isBetween(facts.redisLostAtMs, other.startMs, later.endMs),
      )
      if (between === undefined) continue
      violations.push({
        oracle: 'one-live-entry-per-fan',
        fault: `fan ${later.fanId} had place ${tellPlace(between.place)} and then ${tellPlace(later.place)} in the line of concert ${later.concertId}`,
      })
    }
    return violations
  })
}

/** `no-place-is-given-twice`: no two fans were told the same place of one line, drawn ones aside, which chance may repeat. */
export function checkPlaceOwners(history: readonly HistoryEvent[]): Violation[] {
  const drawn = new Set(eventsOf(history, 'join').flatMap((join) => (join.isLottery ? join.concertId : [])))
  const told = eventsOf(history, 'join', 'place', 'enter').flatMap(({ outcome, place, fanId, concertId }) =>
    outcome === 'ok' && place !== undefined && !drawn.has(concertId) ? { place, fanId, concertId } : [],
  )
  const perPlace = Map.groupBy(told, ({ concertId, place }) => `${concertId} ${tellPlace(place)}`)
  return [...perPlace.values()].flatMap((answers) => {
    const [first] = answers
    const other = answers.find(({ fanId }) => fanId !== first?.fanId)
    if (first === undefined || other === undefined) return []
    const fault = `fans ${first.fanId} and ${other.fanId} both have place ${tellPlace(first.place)} in the line of concert ${first.concertId}`
    return [{ oracle: 'no-place-is-given-twice', fault }]
  })
}
