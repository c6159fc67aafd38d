import type { Violation } from '../violation.ts'
import { comparePlaces, type EventOf, eventsOf, isBetween, mayHaveHappened } from './call-order.ts'
import type { HistoryEvent, HistoryFacts } from './history-event.ts'

type Inside = { fanId: number; fromMs: number; toMs: number }

/**
 * `never-more-inside-than-there-is-room`: at no instant were more fans inside than the concert lets in, by a line swept over
 * the times in which each was inside for certain: from the answer that let them in until their next call that may have let
 * them out began, their pass ended, or Redis lost it.
 */
export function checkRoom(history: readonly HistoryEvent[], facts: HistoryFacts): Violation[] {
  const calls = eventsOf(history, 'join', 'enter', 'leave', 'pay')
  return [...(facts.capacities ?? [])].flatMap(([concertId, capacity]) => {
    const here = Map.groupBy(
      calls.filter((call) => call.concertId === concertId),
      ({ fanId }) => `${fanId}`,
    )
    const inside = [...here.values()].flatMap((own) => certainlyInside(own, facts))
    return findCrowding(inside, { concertId, capacity })
  })
}

type LineCall = ReturnType<typeof eventsOf<'join' | 'enter' | 'leave' | 'pay'>>[number]

function certainlyInside(own: readonly LineCall[], facts: HistoryFacts): Inside[] {
  const stays: Inside[] = []
  for (const call of own) {
    if (!letsIn(call)) continue
    // a Redis that has not heard of a payment yet calls a place active which that payment spent: it is out since then
    const first = own.find((each) => letsIn(each) && isSamePlace(each, call)) ?? call
    const out = own.find(
      (later) =>
        later.endMs > first.startMs && (later.op === 'leave' || later.op === 'pay') && mayHaveHappened(later),
    )
    const lostMs = (facts.redisLostAtMs ?? []).filter((atMs) => atMs >= call.startMs)
    const toMs = Math.min(call.untilMs ?? call.endMs, out?.startMs ?? Infinity, ...lostMs)
    const last = stays.at(-1)
    // asked again, and still inside: one stay
    if (last !== undefined && call.endMs <= last.toMs && !isBetween(lostMs, last.fromMs, call.endMs))
      last.toMs = Math.max(last.toMs, toMs)
    else if (toMs > call.endMs) stays.push({ fanId: call.fanId, fromMs: call.endMs, toMs })
  }
  return stays
}

function letsIn(call: LineCall): call is Entering {
  return call.outcome === 'ok' && (call.op === 'enter' || (call.op === 'join' && call.state === 'active'))
}

type Entering = EventOf<'join' | 'enter'>

function isSamePlace(one: Entering, other: Entering): boolean {
  return one.place !== undefined && other.place !== undefined && comparePlaces(one.place, other.place) === 0
}

function findCrowding(
  inside: readonly Inside[],
  { concertId, capacity }: { concertId: number; capacity: number },
): Violation[] {
  const steps = inside
    .flatMap(({ fromMs, toMs }) => [
      { atMs: fromMs, change: 1 },
      { atMs: toMs, change: -1 },
    ])
    // whoever goes at the very moment another comes makes room first
    .toSorted((one, other) => one.atMs - other.atMs || one.change - other.change)
  let count = 0
  let most = { count: capacity, atMs: 0 }
  for (const { atMs, change } of steps) {
    count += change
    if (count > most.count) most = { count, atMs }
  }
  if (most.count <= capacity) return []
  return [
    {
      oracle: 'never-more-inside-than-there-is-room',
      fault: `${most.count} fans were inside concert ${concertId} at ${most.atMs}, which lets in ${capacity}`,
    },
  ]
}
