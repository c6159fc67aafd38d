import type { ServerLoad } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { mergeReports } from './load-report.ts'
import { readReports } from './load-store.ts'

/**
 * How busy the api processes are, as they said within the last five seconds; `processes` is 0 when none did. Rejects when
 * Redis is away: nobody knows then.
 */
export async function readLoad(deps: Pick<Deps, 'redis'>): Promise<ServerLoad> {
  const { nowMs, reports } = await readReports(deps.redis)
  return mergeReports(reports, nowMs)
}
