import type { Entry, LinePhase, QueueProgress } from '@greenroom/contract'

/** Where a fan stands: the line's phase, unless they have come further than it says. */
export type FanPhase = LinePhase | 'placing' | 'waiting' | 'turn' | 'inside'

/** `opensAtMs` and `nowMs` by the server's clock. A lobby that has reached its opening is drawing places. */
export function fanPhaseOf(
  entry: Entry,
  { phase }: Pick<QueueProgress, 'phase'>,
  opensAtMs: number,
  nowMs: number,
): FanPhase {
  if (entry.state === 'active') return 'inside'
  if (phase === 'closed') return 'closed'
  if (entry.state === 'offered') return 'turn'
  if (entry.state === 'none' || (phase !== 'lobby' && phase !== 'open')) return phase
  if (phase === 'lobby') return nowMs < opensAtMs ? 'lobby' : 'placing'
  return entry.ahead === null ? 'placing' : 'waiting'
}
