import type { ConcertId, LineGuards } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { recentValue } from '../platform/recent-value.ts'
import type { Guards } from './guards.ts'
import { findGuards } from './guards-store.ts'

const recent = recentValue({
  // how long an operator's change may take to reach every process
  maxAgeMs: 1_000,
  // without Postgres the door stays as it was
  staleMs: 60_000,
  maxEntries: 1_000,
  load: (deps: Deps, concertId: ConcertId) => findGuards(deps.db, concertId),
})

/** What a line's newcomers are asked for, as of the last second. */
export async function readLineGuards(deps: Deps, concertId: ConcertId): Promise<Guards> {
  return (await recent.read(deps, concertId)).value
}

/** The same for an operator, read anew, and whether this server could ask a provider. Refuses with NOT_FOUND. */
export async function inspectLineGuards(deps: Deps, concertId: ConcertId): Promise<LineGuards> {
  const guards = await findGuards(deps.db, concertId)
  return { ...guards, hasProvider: deps.settings.challengeProvider !== undefined }
}

/** After a change made by this process. */
export function forgetLineGuards(deps: Deps, concertId: ConcertId): void {
  recent.forget(deps, concertId)
}
