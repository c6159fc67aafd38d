import type { Violation } from '../violation.ts'
import { comparePlaces, type EventOf, eventsOf, isBetween, latestEffectMs, tellPlace } from './call-order.ts'
import type { HistoryEvent, HistoryFacts, LinePlace } from './history-event.ts'
import { oneOfEachEffect } from './one-effect.ts'

/**
 * `shown-place-never-rises`: while a fan keeps a place, no later reading shows more people ahead than an earlier one did. Not
 * in a lottery, whose lobby is drawn into. After a loss of Redis those ahead come back one by one: what a page shows is not
 * compared across it, and what the server says may rise by as many as may have come back since the earlier reading.
 */
export function checkShownPlace(history: readonly HistoryEvent[], facts: HistoryFacts = {}): Violation[] {
  const drawn = new Set(eventsOf(history, 'join').flatMap((join) => (join.isLottery ? join.concertId : [])))
  const calls = eventsOf(history, 'join', 'place', 'enter', 'hold', 'pay').filter(
    ({ concertId }) => !drawn.has(concertId),
  )
  const perConcert = Map.groupBy(calls, ({ concertId }) => `${concertId}`)
  return [...perConcert.values()].flatMap((own) => {
    const lost = placesLost(own, facts)
    const isAbove = (later: Reading, earlier: Reading): boolean => {
      if (later.ahead <= earlier.ahead) return false
      return later.state === undefined
        ? !isBetween(facts.redisLostAtMs, earlier.startMs, later.endMs)
        : later.ahead > earlier.ahead + countComingBack(lost, { earlier, later })
    }
    const perPage = Map.groupBy(own.flatMap(asReading), nameOf)
    return [...perPage.values()].flatMap((readings) => findRises(readings, isAbove))
  })
}

type LineCall = EventOf<'join' | 'place' | 'enter' | 'hold' | 'pay'>

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

/**
 * Each reading with those that were over before it began: of these, the ones that no other beats by being both later and
 * smaller, which are few as long as the place falls.
 */
function findRises(
  readings: readonly Reading[],
  isAbove: (later: Reading, earlier: Reading) => boolean,
): Violation[] {
  const byEnd = readings.toSorted((one, other) => one.endMs - other.endMs).values()
  let next = byEnd.next().value
  let least: Reading[] = []
  return readings.flatMap((later) => {
    for (; next !== undefined && next.endMs < later.startMs; next = byEnd.next().value) {
      const { ahead, startMs } = next
      least = least.filter((each) => each.ahead < ahead || each.startMs > startMs)
      least.push(next)
    }
    const earlier = least.find((each) => isAbove(later, each))
    if (earlier === undefined) return []
    const fault = `fan ${later.fanId} at ${tellPlace(later.place)} was shown ${later.ahead} ahead after ${earlier.ahead}`
    return [{ oracle: 'shown-place-never-rises', fault }]
  })
}

/**
 * A place that Redis lost at `lostMs`, and which its fan may show again until `untilMs`: for ever, unless it bought something.
 * Without a place when no answer told of it.
 */
type LostPlace = { place: LinePlace | undefined; lostMs: number; untilMs: number }

/** By fan. */
type LostPlaces = ReadonlyMap<number, readonly LostPlace[]>

function placesLost(calls: readonly LineCall[], facts: HistoryFacts): LostPlaces {
  const lossesMs = (facts.redisLostAtMs ?? []).toSorted((one, other) => one - other)
  if (lossesMs.length === 0) return new Map()
  const perFan = [...Map.groupBy(calls, ({ fanId }) => fanId)].map(([fanId, own]) => {
    const bought = purchasesOf(own, facts)
    const lost = new Map<string, LostPlace>()
    for (const call of own) {
      const lostMs = lossesMs.find((atMs) => atMs >= call.startMs)
      if (lostMs === undefined || !mayTellPlace(call)) continue
      const place = call.outcome === 'ok' ? call.place : undefined
      const spent = bought.filter((each) => isSpentBy(each, place, latestEffectMs(call, facts)))
      const untilMs = Math.min(...spent.map((each) => lastReturnMs(each, lostMs)))
      const name = `${place === undefined ? 'unknown' : tellPlace(place)} ${lostMs}`
      lost.set(name, { place, lostMs, untilMs: Math.max(untilMs, lost.get(name)?.untilMs ?? -Infinity) })
    }
    return [fanId, [...lost.values()]] as const
  })
  return new Map(perFan)
}

/** Whether the call says which place its fan has, or may have taken one that no answer told of. */
function mayTellPlace(call: LineCall): call is EventOf<'join' | 'place' | 'enter'> {
  if (call.op === 'hold' || call.op === 'pay') return false
  return call.outcome === 'ok' ? call.place !== undefined : call.op === 'join'
}

/** A Redis that is killed may have lost its last second, and is two behind its disk at the most. */
const forgottenMs = 2_000

/** What was bought with which place; until `heardMs` a call that had looked before may bring that place back. */
type Purchase = { place: LinePlace | undefined; startMs: number; endMs: number; heardMs: number }

function purchasesOf(own: readonly LineCall[], facts: HistoryFacts): Purchase[] {
  const { longestCallMs = 60_000, quietAtMs = [] } = facts
  const pays = own.filter((call) => call.op === 'pay')
  return oneOfEachEffect(pays).flatMap(({ outcome, reservationIds, startMs, endMs }) => {
    if (outcome !== 'ok') return []
    const shown = own.flatMap((call) =>
      call.op === 'hold' && call.reservationId !== undefined && reservationIds.includes(call.reservationId)
        ? (call.place ?? [])
        : [],
    )
    const quietMs = quietAtMs.find((atMs) => atMs >= endMs) ?? Infinity
    const heardMs = Math.min(endMs + longestCallMs, quietMs)
    return { place: shown.toSorted(comparePlaces)[0], startMs, endMs, heardMs }
  })
}

/** A payment spends the place that its seats were held with, and every one before it; not told, what was there before it. */
function isSpentBy(bought: Purchase, place: LinePlace | undefined, knownMs: number): boolean {
  return bought.place === undefined || place === undefined
    ? knownMs < bought.startMs
    : comparePlaces(place, bought.place) <= 0
}

/** What had bought before it was lost does not come back, unless the loss took the fan's going in with it. */
function lastReturnMs({ endMs, heardMs }: Purchase, lostMs: number): number {
  if (endMs >= lostMs) return heardMs
  return lostMs - endMs <= forgottenMs ? lostMs : -Infinity
}

/** How many others may have got back a place ahead that Redis lost, too late for the earlier reading to have counted them. */
function countComingBack(
  lostPlaces: LostPlaces,
  { earlier, later }: { earlier: Reading; later: Reading },
): number {
  return [...lostPlaces].filter(
    ([fanId, lost]) =>
      fanId !== later.fanId &&
      lost.some(
        ({ place, lostMs, untilMs }) =>
          lostMs <= later.endMs &&
          untilMs >= earlier.startMs &&
          (place === undefined || comparePlaces(place, later.place) < 0),
      ),
  ).length
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
          // whenever a device shows the receipt of a place that Redis lost, or lost the end of, that place is the fan's again
          !isBetween(facts.redisLostAtMs, Math.min(hadMs, other.startMs), later.endMs),
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
