import type { Deps } from '../platform/deps.ts'
import { mastersOf } from './masters-of.ts'

/** Takes everything away that this test's Redis has: of a cluster, on every master. */
export async function emptyRedis(deps: Pick<Deps, 'redis'>): Promise<void> {
  for (const node of mastersOf(deps.redis)) await node.flushdb()
}
