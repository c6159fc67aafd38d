import type { ConcertId, LineMessage, LinePhase } from '@greenroom/contract'

/** A concert's line as its operator set it up. */
export type Line = {
  concertId: ConcertId
  mode: 'lottery' | 'fifo'
  lobbyOpensAtMs: number | null
  opensAtMs: number
  closesAtMs: number | null
  override: 'open' | 'paused' | 'draining' | 'closed' | null
  /** An operator opened it before its time: from then on its clock says open, whatever was said since. */
  wasOpened: boolean
  capacity: number
  ratePerMinute: number | null
  /** How many are let in follows the load, from `floorPerMinute` up to the rate. */
  isLoadAware: boolean
  floorPerMinute: number
  targetP95Ms: number
  claimWindowMs: number
  passTtlMs: number
  reentryWindowMs: number
  /** The last epoch in which places may have been given; 0: none was ever given. */
  begunEpoch: number
  /** What everybody in line is told. */
  message: LineMessage | null
  lotterySeed: string | null
  lotteryCommitment: string | null
}

/** What an operator changes while the sale goes on. */
export type Steering = Pick<
  Line,
  'override' | 'capacity' | 'ratePerMinute' | 'isLoadAware' | 'floorPerMinute' | 'targetP95Ms'
>

export type LineTimes = Pick<Line, 'lobbyOpensAtMs' | 'opensAtMs' | 'closesAtMs' | 'override' | 'wasOpened'>

/** `soldOut` is `open` as far as the line is concerned: whether seats are left is not the clock's to know. */
export type ClockPhase = Exclude<LinePhase, 'soldOut'>

/** What the clock alone can say. */
export type ScheduledPhase = Exclude<ClockPhase, 'paused' | 'draining'>

/**
 * The phase at one instant. What an operator said goes before the clock, with two exceptions: pausing or draining does not open a
 * lobby early, and nothing that was said reopens what the clock has closed; opening such a line takes its close away (`steerLine`).
 */
export function linePhaseOf(line: LineTimes, nowMs: number): ClockPhase {
  const scheduled = scheduledPhaseOf(line, nowMs)
  if (line.override === 'closed') return 'closed'
  if (line.override === null || line.override === 'open') return scheduled
  return scheduled === 'before' || scheduled === 'closed' ? scheduled : line.override
}

/** The phase as if nobody had paused, drained or closed the line: what `resume` goes back to. Opened early is open. */
export function scheduledPhaseOf(line: LineTimes, nowMs: number): ScheduledPhase {
  if (line.closesAtMs !== null && nowMs >= line.closesAtMs) return 'closed'
  if (nowMs >= line.opensAtMs || isOpenedEarly(line)) return 'open'
  return line.lobbyOpensAtMs !== null && nowMs >= line.lobbyOpensAtMs ? 'lobby' : 'before'
}

/** Whether an operator opened it whatever its clock said of the opening, also when they have paused it since. */
export function isOpenedEarly(line: Pick<Line, 'override' | 'wasOpened'>): boolean {
  return line.override === 'open' || line.wasOpened
}

/** Phases in which somebody new gets a place. */
export function takesNewcomers(phase: ClockPhase): boolean {
  return phase === 'lobby' || phase === 'open' || phase === 'paused'
}

/** Phases in which those who wait are let in. */
export function admitsFans(phase: ClockPhase): boolean {
  return phase === 'open' || phase === 'draining'
}

/** When the draw takes nobody any more: places are given in order from then on. */
export function drawEndsAtMs(line: Line): number {
  return isOpenedEarly(line) ? 0 : line.opensAtMs
}

/** Every process has learnt within this time that an operator opened the line early (its settings are cached for 1 s). */
const seedMarginMs = 2_000

/** The seed is published when nobody can get a drawn place any more, or fans could pick accounts that draw well. */
export function isSeedPublic(line: Line, nowMs: number): boolean {
  return nowMs >= line.opensAtMs + seedMarginMs
}
