import { m } from '../../paraglide/messages.js'
import { tellSecond, tellWhen } from '../tell-when.ts'

/** Below this two moments are one to a reader. */
const oneMomentMs = 60_000

/** A moment that is known to lie between two. */
export function tellMoment(fromMs: number, toMs: number): string {
  if (toMs - fromMs < oneMomentMs) return tellSecond(toMs)
  return m.between_moments({ from: tellWhen(fromMs), to: tellWhen(toMs) })
}
