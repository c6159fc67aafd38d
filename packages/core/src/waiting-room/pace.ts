import type { PaceReason, ServerLoad } from '@greenroom/contract'
import type { Line } from './line.ts'

/** What load-aware admission has come to, as one decision leaves it for the next. */
export type Pace = {
  perMinute: number
  why: PaceReason
  /** By Redis' clock, as all times here. */
  decidedAtMs: number
  /** 0: never. */
  loweredAtMs: number
  /** When a process last told of its load. */
  heardAtMs: number
}

export type PaceBounds = { floorPerMinute: number; ceilingPerMinute: number; targetP95Ms: number }

/** What the decision goes by: fans inside are those who must not wait. `undefined`: no process told of itself lately. */
export type Evidence = { p95Ms: number | null; poolUse: number } | undefined

/** The load of three seconds is looked at: before they are over a decision would answer what came before the last one. */
const settleMs = 3_000
/** RFC 9438 (CUBIC) takes 0.7 where RFC 5681 takes 0.5: the first is for trouble, the second for more than that. */
const lowered = { byTrouble: 0.7, byMore: 0.5 }
/** Up to here the rate grows, above the target it falls, and in between it stays: noise moves nothing. */
const calmShare = 0.8
const pool = { calm: 0.7, trouble: 0.9, more: 2 }
/** From nothing to the ceiling. */
const risesInSeconds = 60
/** So long nothing changes when nobody tells anything; then the rate goes down by a tenth each second. */
const frozenForMs = 15_000
const blindShare = 0.9
/** Without a rate a room that is empty fills up within ten seconds: what line.lua lets a rate save up. */
const roomsPerMinute = 6

export function paceBoundsOf(
  line: Pick<Line, 'capacity' | 'ratePerMinute' | 'floorPerMinute' | 'targetP95Ms'>,
): PaceBounds {
  return {
    floorPerMinute: line.floorPerMinute,
    ceilingPerMinute: line.ratePerMinute ?? line.capacity * roomsPerMinute,
    targetP95Ms: line.targetP95Ms,
  }
}

export function evidenceOf(load: ServerLoad): Evidence {
  return load.processes === 0 ? undefined : { p95Ms: load.inside.p95Ms, poolUse: load.pool.use }
}

/**
 * One decision a second of how many may be let in a minute: additive increase, multiplicative decrease, which is what lets
 * many sources share a bottleneck that none of them sees (Chiu and Jain 1989, "Analysis of the Increase and Decrease Algorithms
 * for Congestion Avoidance"). It begins at the floor, as nothing is known then; falls once for what the last fall may not have
 * ended yet; stands still and then fades to the floor when nobody says how things are. Never above the ceiling; never below the
 * floor unless the ceiling is. `undefined`: this second has its decision.
 */
export function decidePace(
  before: Pace | undefined,
  bounds: PaceBounds,
  evidence: Evidence,
  nowMs: number,
): Pace | undefined {
  if (before !== undefined && secondOf(before.decidedAtMs) === secondOf(nowMs)) return undefined
  const heardAtMs = evidence === undefined ? (before?.heardAtMs ?? nowMs) : nowMs
  const known = { decidedAtMs: nowMs, loweredAtMs: before?.loweredAtMs ?? 0, heardAtMs }
  if (before === undefined)
    return clamped({ ...known, perMinute: bounds.floorPerMinute, why: 'starting' }, bounds)
  if (evidence === undefined) {
    const isFrozen = nowMs - heardAtMs < frozenForMs
    const perMinute = before.perMinute * (isFrozen ? 1 : blindShare)
    return clamped({ ...known, perMinute, why: isFrozen ? 'frozen' : 'blind' }, bounds)
  }
  const trouble = troubleOf(evidence, bounds)
  if (trouble !== undefined) {
    const sinceMs = nowMs - before.loweredAtMs
    if (sinceMs >= 0 && sinceMs < settleMs)
      return clamped({ ...known, perMinute: before.perMinute, why: 'settling' }, bounds)
    const perMinute = before.perMinute * trouble.share
    return clamped({ ...known, perMinute, why: trouble.why, loweredAtMs: nowMs }, bounds)
  }
  if (!isCalm(evidence, bounds))
    return clamped({ ...known, perMinute: before.perMinute, why: 'holding' }, bounds)
  const step = Math.max(1, bounds.ceilingPerMinute / risesInSeconds)
  return clamped({ ...known, perMinute: before.perMinute + step, why: 'rising' }, bounds)
}

function troubleOf(
  { p95Ms, poolUse }: NonNullable<Evidence>,
  { targetP95Ms }: PaceBounds,
): { share: number; why: PaceReason } | undefined {
  const isSlow = p95Ms !== null && p95Ms > targetP95Ms
  if (!isSlow && poolUse <= pool.trouble) return undefined
  const isMore = (p95Ms ?? 0) > 2 * targetP95Ms || poolUse > pool.more
  return { share: isMore ? lowered.byMore : lowered.byTrouble, why: isSlow ? 'latency' : 'pool' }
}

function isCalm({ p95Ms, poolUse }: NonNullable<Evidence>, { targetP95Ms }: PaceBounds): boolean {
  return (p95Ms ?? 0) <= calmShare * targetP95Ms && poolUse <= pool.calm
}

function clamped(pace: Pace, { floorPerMinute, ceilingPerMinute }: PaceBounds): Pace {
  const perMinute = Math.min(
    ceilingPerMinute,
    Math.max(floorPerMinute, Math.round(pace.perMinute * 100) / 100),
  )
  const isHighest = pace.why === 'rising' && perMinute >= ceilingPerMinute
  return { ...pace, perMinute, why: isHighest ? 'ceiling' : pace.why }
}

const secondOf = (ms: number): number => Math.floor(ms / 1_000)
