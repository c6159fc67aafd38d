import { type AccountId, type ConcertId, DomainError, type Role } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { requirePass } from '../waiting-room/index.ts'

/** Who wants to see a show's seats. `role` is that of their verified session, never of what they send. */
export type Viewer = { fanId: AccountId; role?: Role | undefined; pass?: string | undefined }

/**
 * Lets through who may see the seats of this concert's shows: a fan with a live pass, and an operator without one. It is for
 * looking alone: holding takes a pass of everybody. Refuses like `requirePass`, and with PASS_REQUIRED whoever shows none.
 */
export async function requireView(deps: Deps, viewer: Viewer & { concertId: ConcertId }): Promise<void> {
  const { concertId, fanId, pass, role } = viewer
  if (pass !== undefined) await requirePass(deps, { concertId, fanId, pass })
  else if (role !== 'operator') throw new DomainError('PASS_REQUIRED', {})
}
