import { createHash, timingSafeEqual } from 'node:crypto'
import type { Deps } from '../platform/deps.ts'

/** Whether a request shows the token that programs read the metrics with; says nothing by how long it takes. False where none is set. */
export function isMetricsToken(deps: Pick<Deps, 'settings'>, authorization: string | undefined): boolean {
  const { metricsToken } = deps.settings
  if (metricsToken === null || authorization === undefined) return false
  return timingSafeEqual(digestOf(`Bearer ${metricsToken}`), digestOf(authorization))
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()
