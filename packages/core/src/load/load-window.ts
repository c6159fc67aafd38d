import { bucketOf, type Latencies, noLatencies, sumLatencies } from './latencies.ts'
import type { LoadReport } from './load-report.ts'

/** What a process notes of its calls, as of the last three seconds: a fixed amount of memory. */
export type LoadWindow = {
  /** A call was answered. `crowd`: of those outside; `inside`: of a fan who was let in. */
  noteCall: (kind: 'crowd' | 'inside', elapsedMs: number) => void
  /** `overload`: more was asked than could be answered, or a server was away. `rules`: anything else. */
  noteRefused: (because: 'overload' | 'rules') => void
  /** A look at the pool, to be taken often: a single one catches it full or idle by luck. */
  notePool: (pool: { size: number; total: number; idle: number; waiting: number }) => void
  report: (loop: { lagP99Ms: number }) => LoadReport
}

type Slot = {
  second: number
  crowd: Latencies
  inside: Latencies
  refused: Record<'overload' | 'rules', number>
  pool: { looks: number; busy: number; waiting: number; size: number; total: number }
}

/** Long enough that a quiet sale has calls in it, short enough that admission sees what its last decision did. */
const slots = 3

/** `nowMs` is a monotonic clock. */
export function createLoadWindow(nowMs: () => number = () => performance.now()): LoadWindow {
  const sinceMs = nowMs()
  const ring: Slot[] = []

  const current = (): Slot => {
    const second = Math.floor(nowMs() / 1_000)
    const at = second % (slots + 1)
    const slot = ring[at]
    if (slot?.second === second) return slot
    const fresh = newSlot(second)
    ring[at] = fresh
    return fresh
  }

  const add = (latencies: Latencies, elapsedMs: number): void => {
    const at = bucketOf(elapsedMs)
    latencies[at] = (latencies[at] ?? 0) + 1
  }

  return {
    noteCall: (kind, elapsedMs) => add(current()[kind], elapsedMs),
    noteRefused: (because) => {
      current().refused[because] += 1
    },
    notePool: ({ size, total, idle, waiting }) => {
      const { pool } = current()
      pool.looks += 1
      pool.busy += total - idle
      pool.waiting += waiting
      pool.size = size
      pool.total = total
    },
    report: ({ lagP99Ms }) => {
      const second = Math.floor(nowMs() / 1_000)
      // the second that has just begun is in it as far as it has come
      const recent = ring.filter((slot) => slot !== undefined && slot.second > second - slots)
      const fromMs = Math.max(sinceMs, (second - slots + 1) * 1_000)
      const looks = recent.reduce((sum, { pool }) => sum + pool.looks, 0)
      const mean = (of: (slot: Slot) => number): number =>
        looks === 0 ? 0 : recent.reduce((sum, slot) => sum + of(slot), 0) / looks
      const newest = recent.filter(({ pool }) => pool.looks > 0).toSorted((a, b) => b.second - a.second)[0]
      return {
        spanMs: Math.max(1, nowMs() - fromMs),
        crowd: sumLatencies(recent.map(({ crowd }) => crowd)),
        inside: sumLatencies(recent.map(({ inside }) => inside)),
        refused: recent.reduce((sum, { refused }) => sum + refused.overload, 0),
        refusedByRules: recent.reduce((sum, { refused }) => sum + refused.rules, 0),
        pool: {
          size: newest?.pool.size ?? 0,
          total: newest?.pool.total ?? 0,
          busy: mean(({ pool }) => pool.busy),
          waiting: mean(({ pool }) => pool.waiting),
        },
        loopLagP99Ms: lagP99Ms,
      }
    },
  }
}

function newSlot(second: number): Slot {
  return {
    second,
    crowd: noLatencies(),
    inside: noLatencies(),
    refused: { overload: 0, rules: 0 },
    pool: { looks: 0, busy: 0, waiting: 0, size: 0, total: 0 },
  }
}
