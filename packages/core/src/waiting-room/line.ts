import type { ConcertId, LineMessage, LinePhase } from '@greenroom/contract'

/** A concert's line as its operator set it up. */
export type Line = {
  concertId: ConcertId
  mode: 'lottery' | 'fifo'
  lobbyOpensAtMs: number | null
  opensAtMs: number
  closesAtMs: number | null
  override: 'open' | 'paused' | 'draining' | 'closed' | null
  /** An operator opened it before its time, whatever was said since. */
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

export type LineTimes = Pick<Line, 'lobbyOpensAtMs' | 'opensAtMs' | 'closesAtMs' | 'override'>

/** `soldOut` is `open` as far as the line is concerned: whether seats are left is not the clock's to know. */
export type ClockPhase = Exclude<LinePhase, 'soldOut'>

/**
 * The phase at one instant. What an operator said goes before the clock, with two exceptions: pausing or draining does
 * not open a lobby early, and does not reopen what the clock has closed.
 */
export function linePhaseOf(line: LineTimes, nowMs: number): ClockPhase {
  const byClock = clockPhaseOf(line, nowMs)
  if (line.override === 'open' || line.override === 'closed') return line.override
  if (line.override === null || byClock === 'before' || byClock === 'closed') return byClock
  return line.override
}

function clockPhaseOf(line: LineTimes, nowMs: number): ClockPhase {
  if (line.closesAtMs !== null && nowMs >= line.closesAtMs) return 'closed'
  if (nowMs >= line.opensAtMs) return 'open'
  return line.lobbyOpensAtMs !== null && nowMs >= line.lobbyOpensAtMs ? 'lobby' : 'before'
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
  return line.override === 'open' ? 0 : line.opensAtMs
}

/** Every process has learnt within this time that an operator opened the line early (its settings are cached for 1 s). */
const seedMarginMs = 2_000

/** The seed is published when nobody can get a drawn place any more, or fans could pick accounts that draw well. */
export function isSeedPublic(line: Line, nowMs: number): boolean {
  return nowMs >= line.opensAtMs + seedMarginMs
}
