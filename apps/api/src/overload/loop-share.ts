import { type EventLoopUtilization, performance } from 'node:perf_hooks'

/** How busy the event loop may be before the crowd's share of it shrinks; the rest is what lets fans inside find it idle. */
const mostBusy = 0.6
const lookEveryMs = 20
/** Calls begun in a millisecond: from a seventh of the loop's time, which the crowd always has, to more than a loop can do. */
const bounds = { least: 1, most: 16 }
const grows = 1.1
const shrinks = 0.8

type Read = (since?: EventLoopUtilization) => EventLoopUtilization

export type LoopShare = {
  /** How much may begin now. */
  take: () => number
  /** What may begin in a millisecond, as things are. */
  perMs: () => number
  /** It is not asked for a while: what the loop does until it is asked again says nothing about that time. */
  rest: () => void
}

/**
 * How much of the crowd's work may begin now beside fans inside, by the millisecond: a little more while the loop is idle enough, a
 * little less while it is not, whatever keeps it busy. A server that would be busy all the time answers the few calls that matter
 * as slowly as all the others, and takes the cores that its database is waiting for.
 */
export function createLoopShare(
  read: Read = (since) => performance.eventLoopUtilization(since),
  nowMs: () => number = () => performance.now(),
): LoopShare {
  let looked = { atMs: nowMs(), utilization: read() }
  let perMs = 2
  let credit = { atMs: nowMs(), calls: 0 }
  let isResting = false
  const look = (): void => {
    if (nowMs() - looked.atMs < lookEveryMs) return
    const { utilization } = read(looked.utilization)
    looked = { atMs: nowMs(), utilization: read() }
    perMs = Math.min(bounds.most, Math.max(bounds.least, perMs * (utilization > mostBusy ? shrinks : grows)))
  }
  const wake = (): void => {
    isResting = false
    looked = { atMs: nowMs(), utilization: read() }
    credit = { atMs: nowMs(), calls: perMs }
  }
  const take = (): number => {
    if (isResting) wake()
    look()
    const atMs = nowMs()
    // of the time that passed, not of turns: a process that waits for its core has few of them
    const calls = Math.min(bounds.most, credit.calls + perMs * (atMs - credit.atMs))
    const share = Math.floor(calls)
    credit = { atMs, calls: calls - share }
    return share
  }
  return {
    take,
    perMs: () => perMs,
    rest: () => {
      isResting = true
    },
  }
}
