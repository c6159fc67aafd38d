import type { Entry } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import type { InsidePlace, KnownPlace } from './queue-store.ts'
import { type Bearer, signPass, signReceipt } from './tokens.ts'

/** A place as its fan sees it, with the token that proves it. `outflowPerMinute` says how soon to ask again. */
export function entryOf(
  deps: Deps,
  bearer: Bearer,
  found: KnownPlace,
  outflowPerMinute: number | null,
): Entry {
  if (found.state === 'none') return { state: 'none' }
  if (found.state === 'inside') return insideEntryOf(deps, bearer, found)
  return {
    state: 'waiting',
    receipt: signReceipt(deps, bearer, found.place, found.epochBeganAtMs),
    ahead: found.ahead,
    admittedTotalAtRead: found.admittedTotal,
    asOfMs: found.nowMs,
    refreshAfterMs: refreshAfterMs(found.ahead, outflowPerMinute),
  }
}

export function insideEntryOf(deps: Deps, bearer: Bearer, inside: InsidePlace): Entry {
  const { kind, endsMs, nowMs, untilMs } = inside
  const pass = signPass(deps, bearer, { ...inside.place, kind, endsMs })
  return kind === 'o'
    ? { state: 'offered', pass, claimBeforeMs: untilMs, asOfMs: nowMs }
    : { state: 'active', pass, expiresAtMs: untilMs, asOfMs: nowMs }
}

/** Nobody asks more often than this, nor more seldom, however near or far their turn is. */
const soonestMs = 2_000
const latestMs = 300_000
/** Fans a second the whole crowd may cost before anything is measured. */
const assumedPerSecond = 100

/**
 * A quarter of the time the line ahead should take: the interval grows with the distance, and a fan asks about four
 * more times at each halving of it. Spread by a fifth, so that those who joined together do not come back together.
 */
export function refreshAfterMs(
  ahead: number | null,
  outflowPerMinute: number | null,
  random: () => number = Math.random,
): number {
  const perSecond = outflowPerMinute === null ? assumedPerSecond : Math.max(0.1, outflowPerMinute / 60)
  const waitMs = ahead === null ? 120_000 : (ahead / perSecond) * 1_000
  const baseMs = Math.min(latestMs, Math.max(soonestMs, waitMs / 4))
  return Math.round(baseMs * (0.8 + 0.4 * random()))
}
