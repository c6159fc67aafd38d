import type { ServerLoad } from '@greenroom/contract'
import { readLoad } from '../load/index.ts'
import type { Deps } from '../platform/deps.ts'
import { outageOf } from '../platform/outage.ts'

/** How the api answers; `null` while Redis is away or no process has said. */
export async function readLoadIfAny(deps: Deps): Promise<ServerLoad | null> {
  try {
    const load = await readLoad(deps)
    return load.processes === 0 ? null : load
  } catch (error) {
    if (outageOf(error)?.code === 'UNAVAILABLE') return null
    throw error
  }
}
