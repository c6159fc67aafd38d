import { DomainError, type Reservation } from '@greenroom/contract'
import { inRetriedTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { type Attempt, withIdempotency } from '../wallet/index.ts'
import { announceHolds } from './announce-holds.ts'
import type { HoldRequest } from './hold-decision.ts'
import { type Placed, placeAlone } from './place-holds.ts'

/** As for holds without a key: undecided this often, others change the same seats all the time. */
const maxTurns = 10
const retryAfterMs = 200

/**
 * A hold that happens once for its key: the key, the hold and the reply are committed together, so it cannot share a batch.
 * The key's row is locked before everything else. Refuses like `holdSeats` and `withIdempotency`; the key is free again then.
 */
export async function holdWithKey(
  deps: Deps,
  request: HoldRequest,
  attempt: Attempt<Reservation>,
): Promise<Reservation> {
  for (let turn = 1; turn <= maxTurns; turn++) {
    try {
      return await holdOnce(deps, request, attempt)
    } catch (error) {
      if (error !== undecided) throw error
    }
  }
  throw new DomainError('OVERLOADED', { retryAfterMs })
}

/** Rolls back and never leaves this file. */
const undecided = new Error('what was read has changed meanwhile')

async function holdOnce(
  deps: Deps,
  request: HoldRequest,
  attempt: Attempt<Reservation>,
): Promise<Reservation> {
  let placed: Placed | undefined
  const reply = await inRetriedTransaction(deps.db, (tx) => {
    placed = undefined
    return withIdempotency(tx, attempt, async () => {
      placed = await placeAlone(tx, request)
      if (placed === undefined) throw undecided
      return placed.reservation
    })
  })
  // a repeat placed nothing
  if (placed !== undefined) announceHolds(deps, [placed])
  return reply
}
