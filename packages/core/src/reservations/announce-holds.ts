import type { Deps } from '../platform/deps.ts'
import { enqueueAll, jobs } from '../platform/jobs.ts'
import { kickRelay } from '../seating/index.ts'
import type { Placed } from './place-holds.ts'

/** The job should find the hold over, not just about to be. */
const expiryDelayMs = 50

/** What may be lost without harm: the sweep publishes and expires whatever is not announced here. */
export function announceHolds(deps: Deps, outcomes: readonly Placed[]): void {
  const placed = outcomes.flatMap(({ reservation, isNew }) => (isNew ? [reservation] : []))
  const asOfMs = placed[0]?.asOfMs
  if (asOfMs === undefined) return
  kickRelay(deps)
  // holds of one batch end together, unless the hard maximum cuts one short
  const ending = Map.groupBy(placed, ({ heldUntilMs }) => heldUntilMs)
  enqueueAll(
    deps,
    jobs.expireHolds,
    [...ending].map(([heldUntilMs, holds]) => ({
      data: { reservationIds: holds.map(({ reservationId }) => reservationId) },
      delayMs: Math.max(0, heldUntilMs - asOfMs) + expiryDelayMs,
    })),
  ).catch((error: unknown) => deps.log.warn({ err: error }, 'holds end by the sweep alone'))
}
