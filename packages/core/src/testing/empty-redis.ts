import type { Deps } from '../platform/deps.ts'
import { isCluster } from '../platform/redis.ts'

/** Takes everything away that this test's Redis has: of a cluster, on every master. */
export async function emptyRedis(deps: Pick<Deps, 'redis'>): Promise<void> {
  const nodes = isCluster(deps.redis) ? deps.redis.nodes('master') : [deps.redis]
  for (const node of nodes) await node.flushdb()
}
