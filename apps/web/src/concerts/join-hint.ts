import type { LinePhase } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'

/** What joining means in a phase in which one may; that who comes first is let in first is so while somebody is. */
export function joinHint(phase: LinePhase): string {
  if (phase === 'lobby') return m.join_lobby_hint()
  if (phase === 'soldOut') return m.join_sold_out_hint()
  return phase === 'paused' ? m.join_paused_hint() : m.join_line_hint()
}
