import type { ConcertId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { admit } from './admit.ts'
import { mostOffers } from './admission-store.ts'
import { findPlace } from './find-place.ts'
import { admitsFans } from './line.ts'
import type { KnownPlace } from './queue-store.ts'
import type { LineNow } from './recent-line.ts'
import { recentValue } from '../platform/recent-value.ts'
import type { Bearer } from './tokens.ts'

/** Workers tick every second; a line whose last tick is older has none. As in lua/line.lua. */
const idleMs = 5_000

/** At most one tick a second from this process, however many ask. */
const ticks = recentValue({
  maxAgeMs: 1_000,
  maxEntries: 1_000,
  load: (deps: Deps, concertId: ConcertId) => admit(deps, { concertId }),
})

/**
 * A line moves without workers too: when nobody has ticked for 5 s, or ever, a fan near the front causes the tick by
 * asking, and gets the place it gives. Everybody else's place comes back as it is.
 */
export async function tickWhenIdle(
  deps: Deps,
  { line, phase }: LineNow,
  bearer: Bearer,
  found: KnownPlace,
): Promise<KnownPlace> {
  // further back than one tick reaches, asking again would change nothing
  const isNear = found.state === 'waiting' && found.ahead !== null && found.ahead < mostOffers
  if (!isNear || !admitsFans(phase) || found.nowMs - found.lastTickMs < idleMs) return found
  await ticks.read(deps, line.concertId)
  return await findPlace(deps, line, { ...bearer, mayJoin: false, mayAdmit: false })
}
