import type { AccountId, ConcertId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { keepPass } from './admission-store.ts'

type Fan = { concertId: ConcertId; fanId: AccountId }

/**
 * Keeps the fan inside while a hold lives, at least until `untilMs`. A hint: should it not reach Redis, the pass ends by
 * itself and the hold can still be paid. Never rejects; safe to repeat.
 */
export async function pinPass(deps: Deps, fan: Fan, untilMs: number): Promise<void> {
  await hint(deps, 'a pass was not pinned', () => keepPass(deps, fan.concertId, fan.fanId, untilMs))
}

/** Undoes `pinPass` when no hold is left: the pass ends when it would have ended by itself. Never rejects. */
export async function unpinPass(deps: Deps, fan: Fan): Promise<void> {
  await hint(deps, 'a pass was not unpinned', () => keepPass(deps, fan.concertId, fan.fanId, undefined))
}
