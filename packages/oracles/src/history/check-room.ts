import type { Violation } from '../violation.ts'
import {
  clockSlackMs,
  comparePlaces,
  type EventOf,
  eventsOf,
  isBetween,
  mayHaveHappened,
} from './call-order.ts'
import type { HistoryEvent, HistoryFacts } from './history-event.ts'

type Inside = { fanId: number; fromMs: number; toMs: number }

/**
 * `never-more-inside-than-there-is-room`: at no instant were more fans inside than the concert lets in, by a line swept over
 * the times in which each was inside for certain: from the answer that said so until their next call that may have let
 * them out began, their offer or pass ended by any clock, or Redis lost it. After a loss the next answer that says so counts anew. A hold
 * does not: while Redis is away those with a pass go on by Postgres, whoever has got their slot.
 */
export function checkRoom(history: readonly HistoryEvent[], facts: HistoryFacts): Violation[] {
  const calls = eventsOf(history, 'join', 'place', 'enter', 'leave', 'pay')
  return [...(facts.capacities ?? [])].flatMap(([concertId, capacity]) => {
    const here = Map.groupBy(
      calls.filter((call) => call.concertId === concertId),
      ({ fanId }) => `${fanId}`,
    )
    const inside = [...here.values()].flatMap((own) => certainlyInside(own, facts))
    return findCrowding(inside, { concertId, capacity })
  })
}

type LineCall = ReturnType<typeof eventsOf<'join' | 'place' | 'enter' | 'leave' | 'pay'>>[number]

function certainlyInside(own: readonly LineCall[], facts: HistoryFacts): Inside[] {
  const stays: Inside[] = []
  const told = own.filter(isInside)
  const outs = own.filter(({ op }) => op === 'leave' || op === 'pay').filter(mayHaveHappened)
  for (const call of told) {
    // a Redis that has not heard of a payment yet calls a place active which that payment spent: it is out since then
    const first = told.find((each) => isSamePlace(each, call)) ?? call
    const out = outs.find((later) => later.endMs > first.startMs)
    const lostMs = (facts.redisLostAtMs ?? []).filter((atMs) => atMs >= call.startMs)
    // told by the server's clock, and everything else here by the recorder's
    const untilMs = (untilOf(call) ?? call.endMs) - clockSlackMs
    const toMs = Math.min(untilMs, out?.startMs ?? Infinity, ...lostMs)
    const last = stays.at(-1)
    // asked again, and still inside: one stay
    if (last !== undefined && call.endMs <= last.toMs && !isBetween(lostMs, last.fromMs, call.endMs))
      last.toMs = Math.max(last.toMs, toMs)
    else if (toMs > call.endMs) stays.push({ fanId: call.fanId, fromMs: call.endMs, toMs })
  }
  return stays
}

type Entering = EventOf<'join' | 'place' | 'enter'>

/** Whether Redis said that the fan has a slot: an offer takes one, too. */
function isInside(call: LineCall): call is Entering {
  if (call.outcome !== 'ok' || call.op === 'leave' || call.op === 'pay') return false
  return call.op === 'enter' || call.state === 'offered' || call.state === 'active'
}

function untilOf(call: Entering): number | undefined {
  return call.op === 'join' && call.state === 'offered' ? call.offerEndsMs : call.untilMs
}

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
